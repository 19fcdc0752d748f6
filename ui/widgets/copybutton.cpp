#include "ui/widgets/copybutton.h"

#include "ui/theme/icons.h"
#include "ui/widgets/plaintext.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>

namespace ui {

CopyButton::CopyButton(const QString& objectName, QWidget* parent) : QPushButton(parent)
{
    setObjectName(objectName);
    setIcon(themeIcon(Icon::Copy));
    setAutoDefault(false);
    hide();
    connect(this, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_command); });
    retranslate();
}

void CopyButton::standInFor(QPushButton* button, const QString& why, const QString& command)
{
    button->setToolTip(plainToolTip(why));
    button->setAccessibleDescription(why);
    m_command = command;
    setVisible(!why.isEmpty() && !button->isHidden());
    setEnabled(!command.isEmpty());
}

void CopyButton::retranslate()
{
    setText(tr("Copy command"));
    setAccessibleName(text());
}

void CopyButton::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QPushButton::changeEvent(event);
}

} // namespace ui
