#include "ui/volumes/hostpathreviewpage.h"

#include "ui/theme/grid.h"
#include "ui/widgets/commandbox.h"
#include "ui/widgets/signlist.h"

#include <QVBoxLayout>

namespace ui {

HostPathReviewPage::HostPathReviewPage(QWidget* parent)
    : QWidget(parent),
      m_lines(new SignList(QStringLiteral("hostpath.lines"))),
      m_diff(new DiffView(QStringLiteral("hostpath.diff"))),
      m_command(new CommandBox(QStringLiteral("hostpath"))),
      m_status(new SignLines(QStringLiteral("hostpath.status")))
{
    setObjectName(QStringLiteral("hostpath.page.3"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid::Gap);
    column->addWidget(m_lines, 4);
    column->addWidget(m_diff, 5);
    column->addWidget(m_command);
    column->addWidget(m_status);
    retranslate();
}

void HostPathReviewPage::setLook(const Look& look)
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

void HostPathReviewPage::retranslate()
{
    m_lines->setAccessibleName(tr("What will happen"));
    m_diff->setAccessibleName(tr("Difference between the live object and the server's answer"));
    m_command->setWords({{}, tr("The equal command"), tr("Copy the command")});
}

} // namespace ui
