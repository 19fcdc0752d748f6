#include "ui/widgets/commandbox.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"

#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QToolButton>
#include <algorithm>

namespace ui {
namespace {

constexpr int CommandLines = 3;

} // namespace

CommandBox::CommandBox(const QString& prefix, const QStringList& tools, QWidget* parent)
    : QWidget(parent),
      m_tool(new QComboBox),
      m_command(new QPlainTextEdit),
      m_copy(new QToolButton)
{
    m_tool->setObjectName(prefix + QStringLiteral(".tool"));
    m_tool->addItems(tools);
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
    columns->setSpacing(metrics::Gap);
    columns->addWidget(m_tool, 0, Qt::AlignTop);
    columns->addWidget(m_command, 1);
    columns->addWidget(m_copy, 0, Qt::AlignTop);
    m_tool->setVisible(tools.size() > 1);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(m_tool, &QComboBox::currentIndexChanged, this, &CommandBox::showChosen);
    connect(m_copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_command->toPlainText()); });
    retranslate();
}

void CommandBox::setCommands(const QStringList& commands)
{
    m_commands = commands;
    showChosen();
}

void CommandBox::showChosen()
{
    const QString command = m_commands.value(std::max(0, m_tool->currentIndex()));
    if (command != m_command->toPlainText())
        m_command->setPlainText(command);
}

void CommandBox::retranslate()
{
    m_tool->setAccessibleName(tr("The same with"));
    m_command->setAccessibleName(tr("The equal command"));
    m_copy->setAccessibleName(tr("Copy the command"));
    m_copy->setToolTip(tr("Copy the command"));
}

void CommandBox::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui
