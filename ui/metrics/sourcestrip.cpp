#include "ui/metrics/sourcestrip.h"

#include "app/base/visible.h"
#include "app/messages/metrics.h"
#include "ui/metrics/statelook.h"
#include "ui/theme/grid.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/timelabel.h"

#include <QEvent>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

using metrics::Source;
using metrics::SourceKind;
using metrics::SourceState;

SourceStrip::SourceStrip(QWidget* parent)
    : QWidget(parent),
      m_chips(new QWidget),
      m_detail(new PlainLabel(PlainLabel::Selectable::Yes))
{
    setObjectName(QStringLiteral("metrics.sources"));
    m_flow = new FlowLayout(m_chips);
    m_flow->setContentsMargins(0, 0, 0, 0);
    m_flow->setSpacing(grid::Unit);
    m_detail->setObjectName(QStringLiteral("metrics.source"));
    m_detail->setWordWrap(true);
    m_detail->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid::Gap, grid::Unit, grid::Gap, grid::Unit);
    column->setSpacing(grid::Unit);
    column->addWidget(m_chips);
    column->addWidget(m_detail);
}

void SourceStrip::show(const metrics::SourceSurvey& survey)
{
    m_survey = survey;
    if (m_buttons.empty())
        for (const Source& source : survey.sources) {
            auto* button = new QToolButton;
            button->setObjectName(QStringLiteral("metrics.source.") + metrics::idOf(source.kind));
            button->setCheckable(true);
            button->setAutoRaise(true);
            button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
            button->setFocusPolicy(Qt::StrongFocus);
            connect(button, &QToolButton::clicked, this, [this, kind = source.kind] { choose(kind); });
            m_flow->addWidget(button);
            m_buttons.emplace_back(source.kind, button);
        }
    update();
}

void SourceStrip::choose(SourceKind kind)
{
    m_chosen = m_chosen == kind ? std::nullopt : std::optional(kind);
    update();
}

QString SourceStrip::wordsOf(const Source& source) const
{
    QString state = messages::stateName(source.state);
    if (source.state == SourceState::Ok && source.kind == SourceKind::MetricsServer && source.seenAt.isValid())
        state = timeAgo(source.seenAt, m_survey.takenAt);
    const QDateTime newest = source.reason == QLatin1String("stateSamplesOld") ? source.stateSeenAt : source.seenAt;
    if (source.state == SourceState::Old && source.reason != QLatin1String("retired") && newest.isValid())
        state = tr("%1 (%2)", "a word for old, how long ago").arg(state, timeAgo(newest, m_survey.takenAt));
    return tr("%1: %2", "a source of metrics, how it stands").arg(messages::sourceName(source.kind), state);
}

void SourceStrip::update()
{
    for (const auto& [kind, button] : m_buttons) {
        const Source& source = m_survey.of(kind);
        button->setText(wordsOf(source));
        button->setIcon(lookOf(source.state).drawing());
        button->setChecked(m_chosen == kind);
        button->setAccessibleName(button->text());
        button->setAccessibleDescription(messages::sentence(source));
        button->setToolTip(messages::sentence(source).toHtmlEscaped());
    }
    m_detail->setVisible(m_chosen.has_value());
    if (!m_chosen)
        return;
    const Source& source = m_survey.of(*m_chosen);
    QStringList lines{messages::purpose(source.kind), messages::detail(source), messages::advice(source)};
    QStringList facts;
    if (!source.version.isEmpty())
        facts << tr("Version %1").arg(base::visible(source.version));
    if (source.place)
        facts << tr("Service %1")
                     .arg(base::visible(source.place->at.nameSpace + QLatin1Char('/') + source.place->at.service +
                                        QLatin1Char(':') + source.place->at.port));
    if (!source.apiService.isEmpty())
        facts << tr("APIService %1").arg(base::visible(source.apiService));
    if (!source.workload.isEmpty())
        facts << tr("Deployment %1").arg(base::visible(source.workload));
    if (source.resolutionSeconds)
        facts << tr("asks kubelets every %1 s").arg(*source.resolutionSeconds);
    lines << facts.join(QStringLiteral(" · "));
    lines.removeAll(QString());
    m_detail->setText(lines.join(QLatin1Char('\n')));
}

void SourceStrip::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange && !m_buttons.empty())
        update();
    QWidget::changeEvent(event);
}

} // namespace ui
