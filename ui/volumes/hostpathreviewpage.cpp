#include "ui/volumes/hostpathreviewpage.h"

#include "ui/theme/fonts.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/plainlabel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QToolButton>

namespace ui {

HostPathReviewPage::HostPathReviewPage(QWidget* parent)
    : QWidget(parent),
      m_lines(new QListWidget),
      m_diff(new DiffView(QStringLiteral("hostpath.diff"))),
      m_command(new QPlainTextEdit),
      m_copy(new QToolButton),
      m_status(new SignLines(QStringLiteral("hostpath.status")))
{
    setObjectName(QStringLiteral("hostpath.page.3"));
    m_lines->setObjectName(QStringLiteral("hostpath.lines"));
    m_lines->setWordWrap(true);
    m_lines->setIconSize({metrics::Icon, metrics::Icon});
    m_lines->setFrameShape(QFrame::NoFrame);
    m_lines->setResizeMode(QListView::Adjust);
    m_lines->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_command->setObjectName(QStringLiteral("hostpath.command"));
    m_command->setReadOnly(true);
    m_command->setTabChangesFocus(true);
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_command->setFont(fixedFont(font()));
    m_command->setFixedHeight(m_command->fontMetrics().lineSpacing() * 3 + 12);
    m_copy->setObjectName(QStringLiteral("hostpath.copy"));
    m_copy->setIcon(themeIcon(Icon::Copy));
    m_copy->setAutoRaise(true);
    m_copy->setFocusPolicy(Qt::StrongFocus);
    auto* command = new QHBoxLayout;
    command->addWidget(m_command, 1);
    command->addWidget(m_copy, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::Gap);
    column->addWidget(m_lines, 4);
    column->addWidget(m_diff, 5);
    column->addLayout(command);
    column->addWidget(m_status);
    connect(m_copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_command->toPlainText()); });
    retranslate();
}

void HostPathReviewPage::setLook(const Look& look)
{
    if (look == m_look)
        return;
    if (look.lines != m_look.lines) {
        m_lines->clear();
        for (const SignLine& line : look.lines) {
            auto* row = new QListWidgetItem(signIcon(line.sign), line.text, m_lines);
            const QString word = signWord(line.sign);
            row->setData(Qt::AccessibleTextRole, word.isEmpty() ? line.text : word + QStringLiteral(": ") + line.text);
        }
    }
    m_look = look;
    m_lines->setVisible(!look.lines.empty());
    m_diff->setLines(look.diff);
    if (look.command != m_command->toPlainText())
        m_command->setPlainText(look.command);
    m_status->setLines(look.status.text.isEmpty() ? std::vector<SignLine>{} : std::vector{look.status});
}

void HostPathReviewPage::retranslate()
{
    m_lines->setAccessibleName(tr("What will happen"));
    m_diff->setAccessibleName(tr("Difference between the live object and the server's answer"));
    m_command->setAccessibleName(tr("The equal command"));
    m_copy->setAccessibleName(tr("Copy the command"));
    m_copy->setToolTip(tr("Copy the command"));
}

} // namespace ui
