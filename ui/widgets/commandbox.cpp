#include "ui/widgets/commandbox.h"

#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/theme/icons.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QToolButton>

namespace ui {
namespace {

constexpr int CommandLines = 3;

} // namespace

CommandBox::CommandBox(const QString& prefix, const QStringList& tools, QWidget* parent)
    : QWidget(parent),
      m_tool(tools.isEmpty() ? nullptr : new QComboBox),
      m_command(new QPlainTextEdit),
      m_copy(new QToolButton)
{
    m_command->setObjectName(prefix + QStringLiteral(".command"));
    m_command->setReadOnly(true);
    m_command->setTabChangesFocus(true);
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_command->setFont(fixedFont(font()));
    m_command->setFixedHeight(m_command->fontMetrics().lineSpacing() * CommandLines + 12);
    m_copy->setObjectName(prefix + QStringLiteral(".copy"));
    m_copy->setIcon(themeIcon(Icon::Copy));
    m_copy->setAutoRaise(true);
    m_copy->setFocusPolicy(Qt::StrongFocus);
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(grid::Gap);
    if (m_tool) {
        m_tool->setObjectName(prefix + QStringLiteral(".tool"));
        m_tool->addItems(tools);
        columns->addWidget(m_tool, 0, Qt::AlignTop);
        connect(m_tool, &QComboBox::currentIndexChanged, this, &CommandBox::showChosen);
    }
    columns->addWidget(m_command, 1);
    columns->addWidget(m_copy, 0, Qt::AlignTop);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(m_copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_command->toPlainText()); });
}

void CommandBox::setCommands(const QStringList& commands)
{
    m_commands = commands;
    showChosen();
}

void CommandBox::showChosen()
{
    const QString command = m_commands.value(m_tool ? m_tool->currentIndex() : 0);
    if (command != m_command->toPlainText())
        m_command->setPlainText(command);
}

void CommandBox::setWords(const Words& words)
{
    if (m_tool)
        m_tool->setAccessibleName(words.tool);
    m_command->setAccessibleName(words.command);
    m_copy->setAccessibleName(words.copy);
    m_copy->setToolTip(words.copy);
}

} // namespace ui
