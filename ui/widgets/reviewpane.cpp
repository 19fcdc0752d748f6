#include "ui/widgets/reviewpane.h"

#include "ui/theme/grid.h"
#include "ui/widgets/commandbox.h"
#include "ui/widgets/signlist.h"

#include <QVBoxLayout>

namespace ui {

ReviewPane::ReviewPane(const QString& prefix, QWidget* parent)
    : QWidget(parent),
      m_lines(new SignList(prefix + QStringLiteral(".lines"))),
      m_diff(new DiffView(prefix + QStringLiteral(".diff"))),
      m_command(new CommandBox(prefix)),
      m_status(new SignLines(prefix + QStringLiteral(".status")))
{
    setObjectName(prefix + QStringLiteral(".review"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid::Gap);
    column->addWidget(m_lines, 4);
    column->addWidget(m_diff, 5);
    column->addWidget(m_command);
    column->addWidget(m_status);
    retranslate();
}

void ReviewPane::setLook(const Look& look)
{
    if (look == m_look)
        return;
    m_look = look;
    m_lines->setLines(look.lines);
    m_lines->setVisible(!look.lines.empty());
    m_diff->setLines(look.diff);
    m_command->setCommands({look.command});
    m_status->setLines(look.status.text.isEmpty() ? std::vector<SignLine>{} : std::vector{look.status});
}

void ReviewPane::retranslate()
{
    m_lines->setAccessibleName(tr("What will happen"));
    m_diff->setAccessibleName(tr("Difference between the live object and the server's answer"));
    m_command->setWords({{}, tr("The equal command"), tr("Copy the command")});
}

} // namespace ui
