#include "ui/shell/commandpalette.h"

#include "ui/shell/actionregistry.h"
#include "ui/shell/commanddelegate.h"
#include "ui/theme/grid.h"
#include "ui/widgets/outlinedframe.h"

#include <QAbstractButton>
#include <QEvent>
#include <QKeyEvent>
#include <QListWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {
namespace {

constexpr std::size_t MostShown = 60;

} // namespace

CommandPalette::CommandPalette(const ActionRegistry& actions, QWidget* parent) : QLineEdit(parent), m_actions(actions)
{
    setObjectName(QStringLiteral("palette"));
    auto* magnifier = addAction(themeIcon(Icon::Search, ColorId::Muted), QLineEdit::LeadingPosition);
    magnifier->setObjectName(QStringLiteral("palette.open"));
    connect(magnifier, &QAction::triggered, this, &CommandPalette::open);
    for (auto* button : findChildren<QAbstractButton*>())
        button->setObjectName(QStringLiteral("palette.openButton"));
    connect(this, &QLineEdit::textEdited, this, [this] {
        open();
        fill();
    });
    retranslate();
}

void CommandPalette::addProvider(CommandProvider provider)
{
    m_providers.push_back(std::move(provider));
}

bool CommandPalette::isOpen() const
{
    return m_frame && m_frame->isVisible();
}

int CommandPalette::score(const QString& query, const QString& title, const QString& id)
{
    const QStringList words = query.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    int sum = 1;
    for (const QString& word : words) {
        const qsizetype at = title.indexOf(word, 0, Qt::CaseInsensitive);
        if (at == 0)
            sum += 8;
        else if (at > 0 && !title[at - 1].isLetterOrNumber())
            sum += 4;
        else if (at > 0)
            sum += 2;
        else if (id.contains(word, Qt::CaseInsensitive))
            sum += 1;
        else
            return 0;
    }
    return sum;
}

std::vector<Command> CommandPalette::actionCommands() const
{
    std::vector<Command> commands;
    for (QAction* action : m_actions.actions()) {
        if (!action->isEnabled() || !action->isVisible() || !m_actions.isInPalette(action))
            continue;
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        commands.push_back({action->objectName(), ActionRegistry::title(action),
                            keys.isEmpty() ? ActionRegistry::menuTitle(ActionRegistry::menuOf(action)) : keys,
                            action->icon(), [action] { action->trigger(); }});
    }
    return commands;
}

void CommandPalette::build()
{
    m_frame = new OutlinedFrame(window());
    m_frame->setObjectName(QStringLiteral("palette.frame"));
    m_frame->hide();
    m_list = new QListWidget;
    m_list->setObjectName(QStringLiteral("palette.list"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    auto* column = new QVBoxLayout(m_frame);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_list);
    connect(m_list, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) { run(m_list->row(item)); });
    window()->installEventFilter(this);
    retranslate();
}

void CommandPalette::open()
{
    if (!m_frame)
        build();
    if (!hasFocus())
        setFocus(Qt::ShortcutFocusReason);
    if (isOpen())
        return;
    selectAll();
    fill();
    m_frame->show();
    m_frame->raise();
}

void CommandPalette::place()
{
    const int rows = std::clamp(m_list->count(), 1, 14);
    const int width = std::max(this->width(), 480);
    const int height = rows * grid::RowHeight + 2;
    QPoint at = mapTo(window(), QPoint(0, this->height() + 2));
    at.setX(std::clamp(at.x(), 0, std::max(0, window()->width() - width)));
    m_frame->setGeometry(QRect(at, QSize(width, height)));
}

void CommandPalette::fill()
{
    // The text from before is selected on opening, and is no query until it is typed into.
    const QString query = hasSelectedText() && selectedText() == text() ? QString() : text().trimmed();
    std::vector<std::pair<int, Command>> found;
    const auto take = [&](std::vector<Command> commands) {
        for (Command& command : commands)
            if (const int points = score(query, command.title, command.id); points > 0)
                found.emplace_back(points, std::move(command));
    };
    take(actionCommands());
    for (const CommandProvider& provider : m_providers)
        take(provider(query));
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    if (found.size() > MostShown)
        found.resize(MostShown);

    m_shown.clear();
    m_list->clear();
    for (auto& [points, command] : found) {
        auto* item = new QListWidgetItem(command.icon, command.title, m_list);
        item->setData(CommandDelegate::DetailRole, command.detail);
        m_shown.push_back(std::move(command));
    }
    if (m_shown.empty()) {
        auto* item = new QListWidgetItem(tr("Nothing found"), m_list);
        item->setFlags(Qt::NoItemFlags);
    }
    m_list->setCurrentRow(0);
    place();
}

void CommandPalette::close()
{
    if (m_frame)
        m_frame->hide();
    clear();
}

void CommandPalette::run(int row)
{
    if (row < 0 || row >= static_cast<int>(m_shown.size()))
        return;
    const std::function<void()> command = m_shown[static_cast<std::size_t>(row)].run;
    close();
    // The keyboard goes back before the command decides where it is to be.
    clearFocus();
    command();
}

void CommandPalette::retranslate()
{
    setPlaceholderText(tr("Search or run…"));
    setAccessibleName(tr("Search or run"));
    auto* magnifier = findChild<QAction*>(QStringLiteral("palette.open"));
    magnifier->setText(tr("Search or run"));
    magnifier->setToolTip(tr("Search or run"));
    for (auto* button : findChildren<QAbstractButton*>(QStringLiteral("palette.openButton")))
        button->setAccessibleName(tr("Search or run"));
    if (m_list)
        m_list->setAccessibleName(tr("Commands"));
}

void CommandPalette::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        if (isOpen())
            fill();
    }
    QLineEdit::changeEvent(event);
}

void CommandPalette::keyPressEvent(QKeyEvent* event)
{
    const auto step = [this](int by) {
        if (const int rows = static_cast<int>(m_shown.size()); rows > 0)
            m_list->setCurrentRow(std::clamp(m_list->currentRow() + by, 0, rows - 1));
    };
    switch (event->key()) {
    case Qt::Key_Down:
    case Qt::Key_Up:
        if (isOpen())
            step(event->key() == Qt::Key_Down ? 1 : -1);
        else
            open();
        return;
    case Qt::Key_PageDown:
    case Qt::Key_PageUp:
        if (isOpen())
            step(event->key() == Qt::Key_PageDown ? 12 : -12);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (isOpen())
            run(m_list->currentRow());
        return;
    case Qt::Key_Escape:
        close();
        clearFocus();
        Q_EMIT
        editingFinished();
        return;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

void CommandPalette::focusInEvent(QFocusEvent* event)
{
    QLineEdit::focusInEvent(event);
    if (event->reason() == Qt::MouseFocusReason)
        open();
}

void CommandPalette::focusOutEvent(QFocusEvent* event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason)
        close();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == window() && event->type() == QEvent::Resize && isOpen())
        place();
    return QLineEdit::eventFilter(watched, event);
}

} // namespace ui
