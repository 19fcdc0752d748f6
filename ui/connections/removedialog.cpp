#include "ui/connections/removedialog.h"

#include "ui/theme/grid.h"
#include "ui/widgets/plainlabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace ui {

RemoveDialog::RemoveDialog(const QString& name, QWidget* parent)
    : QDialog(parent),
      m_name(name),
      m_words(new PlainLabel),
      m_typed(new QLineEdit),
      m_remove(new QPushButton),
      m_cancel(new QPushButton)
{
    setObjectName(QStringLiteral("removeDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_words->setObjectName(QStringLiteral("remove.words"));
    m_words->setWordWrap(true);
    m_typed->setObjectName(QStringLiteral("remove.name"));
    m_remove->setObjectName(QStringLiteral("remove.remove"));
    m_remove->setAutoDefault(false);
    m_remove->setEnabled(false);
    m_cancel->setObjectName(QStringLiteral("remove.cancel"));
    m_cancel->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_remove);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(grid::Margin);
    column->addWidget(m_words);
    column->addWidget(m_typed);
    column->addLayout(buttons);
    setMinimumWidth(420);
    connect(m_typed, &QLineEdit::textChanged, this,
            [this](const QString& text) { m_remove->setEnabled(text.trimmed() == m_name); });
    connect(m_remove, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    retranslate();
}

void RemoveDialog::retranslate()
{
    setWindowTitle(tr("Remove cluster %1").arg(m_name));
    m_words->setText(tr("“%1” is taken out of Alidade, and its token out of the keychain. The cluster itself is not "
                        "touched. Type the name to confirm.")
                         .arg(m_name));
    m_typed->setAccessibleName(tr("Name of the cluster to remove"));
    m_typed->setPlaceholderText(m_name);
    m_remove->setText(tr("Remove cluster"));
    m_remove->setAccessibleName(m_remove->text());
    m_cancel->setText(tr("Cancel"));
    m_cancel->setAccessibleName(m_cancel->text());
}

void RemoveDialog::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

} // namespace ui
