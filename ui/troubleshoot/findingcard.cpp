#include "ui/troubleshoot/findingcard.h"

#include "app/diagnose/report.h"
#include "app/kube/objectname.h"
#include "ui/theme/fonts.h"
#include "ui/theme/grid.h"
#include "ui/theme/signs.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/plaintext.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

namespace ui {
namespace {

QString withVisible(const kube::ObjectRef& object)
{
    return object.kind + QLatin1Char(' ') + kube::objectName(object.nameSpace, object.name);
}

} // namespace

FindingCard::FindingCard(const QString& objectName, diagnose::Finding finding, QWidget* parent)
    : OutlinedFrame(parent),
      m_finding(std::move(finding)),
      m_sign(new PlainLabel),
      m_title(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_cause(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_fix(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_steps(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_command(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_do(new QPushButton),
      m_copy(new QPushButton),
      m_goTo(new QPushButton),
      m_fold(new QToolButton),
      m_evidence(new QPlainTextEdit)
{
    setObjectName(objectName);
    const auto name = [&](QObject* object, const char* part) {
        object->setObjectName(objectName + QLatin1Char('.') + QLatin1String(part));
    };
    name(m_sign, "sign");
    name(m_title, "title");
    name(m_cause, "cause");
    name(m_fix, "fix");
    name(m_steps, "steps");
    name(m_command, "command");
    name(m_do, "do");
    name(m_copy, "copy");
    name(m_goTo, "goTo");
    name(m_fold, "evidence");
    name(m_evidence, "words");

    QFont larger = font();
    larger.setPointSizeF(larger.pointSizeF() * 1.15);
    m_title->setFont(larger);
    QFont bold = font();
    bold.setBold(true);
    m_fix->setFont(bold);
    m_command->setFont(fixedFont(font()));
    for (auto* label : {m_title, m_cause, m_fix, m_steps, m_command}) {
        label->setWordWrap(true);
        label->setMinimumWidth(200);
    }
    m_copy->setIcon(themeIcon(Icon::Copy));
    m_goTo->setIcon(themeIcon(Icon::Details));
    m_do->setIcon(themeIcon(m_finding.fix.nodes.isEmpty() ? Icon::Details : Icon::Nodes));
    for (auto* button : {m_do, m_copy, m_goTo})
        button->setAutoDefault(false);
    m_fold->setAutoRaise(true);
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_evidence->setReadOnly(true);
    m_evidence->setFont(fixedFont(font()));
    m_evidence->setFixedHeight(6 * grid::RowHeight);
    m_evidence->setTabChangesFocus(true);
    m_evidence->setPlainText(m_finding.evidence.join(QLatin1Char('\n')));

    auto* head = new QHBoxLayout;
    head->setSpacing(grid::Gap);
    head->addWidget(m_sign, 0, Qt::AlignTop);
    head->addWidget(m_title, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(grid::Gap);
    buttons->addWidget(m_do);
    buttons->addWidget(m_copy);
    buttons->addWidget(m_goTo);
    buttons->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid::Margin, grid::Margin, grid::Margin, grid::Margin);
    column->setSpacing(grid::Gap);
    column->addLayout(head);
    for (QWidget* widget : {static_cast<QWidget*>(m_cause), static_cast<QWidget*>(m_fix),
                            static_cast<QWidget*>(m_steps), static_cast<QWidget*>(m_command)})
        column->addWidget(widget);
    column->addLayout(buttons);
    column->addWidget(m_fold, 0, Qt::AlignLeft);
    column->addWidget(m_evidence);

    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_finding.fix.command);
        emit copied();
    });
    connect(m_do, &QPushButton::clicked, this, [this] { emit fixRequested(m_finding.fix); });
    connect(m_goTo, &QPushButton::clicked, this, [this] { emit goToRequested(*m_finding.ref); });
    connect(m_fold, &QToolButton::clicked, this, [this] { unfold(!m_open); });
    unfold(false);
    retranslate();
}

void FindingCard::unfold(bool open)
{
    m_open = open;
    m_fold->setIcon(themeIcon(open ? Icon::ChevronDown : Icon::ChevronRight));
    m_evidence->setVisible(open && !m_finding.evidence.isEmpty());
}

void FindingCard::retranslate()
{
    const Sign sign = signOf(m_finding.severity);
    m_sign->setPixmap(signIcon(sign).pixmap(QSize(grid::Icon, grid::Icon), devicePixelRatioF()));
    const QString title = tr("%1: %2", "severity and title of a finding")
                              .arg(diagnose::wordOf(m_finding.severity), m_finding.title.text());
    m_title->setText(title);
    m_title->setColorId(signColor(sign));
    m_cause->setText(m_finding.cause.text());
    const QString fix = m_finding.fix.title.text();
    m_fix->setText(fix);
    m_fix->setVisible(!fix.isEmpty());
    QStringList steps;
    for (const diagnose::Text& step : m_finding.fix.steps)
        steps << QStringLiteral("%1. %2").arg(steps.size() + 1).arg(step.text());
    m_steps->setText(steps.join(QLatin1Char('\n')));
    m_steps->setVisible(!steps.isEmpty());
    m_command->setText(m_finding.fix.command);
    m_command->setVisible(!m_finding.fix.command.isEmpty());
    const bool fillsForm = m_finding.fix.action == QLatin1String("event-persistence");
    m_do->setVisible(fillsForm || m_finding.fix.action == QLatin1String("editTaints"));
    m_do->setText(fillsForm ? tr("Fill in the form…") : tr("Edit taints…"));
    m_do->setAccessibleName(
        fillsForm ? tr("Fill in the form of event persistence")
                  : tr("Edit the taints of %n node(s)", nullptr, static_cast<int>(m_finding.fix.nodes.size())));
    m_copy->setText(tr("Copy command"));
    m_copy->setVisible(!m_finding.fix.command.isEmpty());
    m_copy->setAccessibleName(tr("Copy the command: %1").arg(m_finding.fix.command));
    m_goTo->setVisible(m_finding.ref.has_value());
    if (m_finding.ref) {
        const QString object = withVisible(*m_finding.ref);
        m_goTo->setText(withoutMnemonic(tr("Go to %1").arg(object)));
        m_goTo->setAccessibleName(tr("Go to %1").arg(object));
    }
    m_fold->setText(tr("Evidence"));
    m_fold->setAccessibleName(tr("Evidence"));
    m_fold->setVisible(!m_finding.evidence.isEmpty());
    m_evidence->setAccessibleName(tr("Evidence"));
    setAccessibleName(title);
}

void FindingCard::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        retranslate();
    OutlinedFrame::changeEvent(event);
}

} // namespace ui
