#include "ui/widgets/searchfield.h"

#include "ui/theme/icons.h"

#include <QAction>
#include <QEvent>
#include <QKeyEvent>
#include <QTimer>
#include <QToolButton>

namespace ui {

SearchField::SearchField(const QString& objectName, QWidget* parent)
    : QLineEdit(parent),
      m_clear(new QAction(this)),
      m_pause(new QTimer(this))
{
    setObjectName(objectName);
    auto* magnifier = new QAction(themeIcon(Icon::Search, ColorId::Muted), {}, this);
    magnifier->setObjectName(objectName + QStringLiteral(".focus"));
    addAction(magnifier, QLineEdit::LeadingPosition);
    connect(magnifier, &QAction::triggered, this, [this] { setFocus(); });

    m_clear->setIcon(themeIcon(Icon::Close, ColorId::Muted));
    m_clear->setObjectName(objectName + QStringLiteral(".clear"));
    m_clear->setVisible(false);
    addAction(m_clear, QLineEdit::TrailingPosition);
    connect(m_clear, &QAction::triggered, this, [this] {
        clear();
        speak();
        setFocus();
    });
    // Qt makes a nameless button for each of the two actions.
    for (auto* button : findChildren<QToolButton*>())
        if (button->defaultAction())
            button->setObjectName(button->defaultAction()->objectName() + QStringLiteral("Button"));

    m_pause->setSingleShot(true);
    m_pause->setInterval(120);
    connect(m_pause, &QTimer::timeout, this, &SearchField::speak);
    connect(this, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_clear->setVisible(!text.isEmpty());
        m_pause->start();
    });
    retranslate();
}

void SearchField::setPrompt(const QString& prompt)
{
    setPlaceholderText(prompt);
    setAccessibleName(prompt);
}

void SearchField::retranslate()
{
    const auto named = [this](const QString& name, const QString& words) {
        auto* action = findChild<QAction*>(name);
        action->setText(words);
        action->setToolTip(words);
        if (auto* button = findChild<QToolButton*>(name + QStringLiteral("Button")))
            button->setAccessibleName(words);
    };
    named(objectName() + QStringLiteral(".focus"), tr("Search"));
    named(m_clear->objectName(), tr("Clear"));
}

void SearchField::speak()
{
    m_pause->stop();
    if (text() == m_spoken)
        return;
    m_spoken = text();
    Q_EMIT
    searchChanged(m_spoken);
}

void SearchField::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QLineEdit::changeEvent(event);
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        if (!text().isEmpty()) {
            clear();
            speak();
            event->accept();
            return;
        }
        break;
    case Qt::Key_Down:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        speak();
        Q_EMIT
        leftForResults();
        event->accept();
        return;
    default:
        break;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace ui
