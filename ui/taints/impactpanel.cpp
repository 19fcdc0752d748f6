#include "ui/taints/impactpanel.h"

#include "app/base/visible.h"
#include "app/kube/objectname.h"
#include "app/messages/taints.h"
#include "app/models/roles.h"
#include "ui/taints/outcomebar.h"
#include "ui/theme/grid.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/tableview.h"

#include <QEvent>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {
namespace {

using Outcome = scheduling::Eviction::Outcome;

int severityOf(const scheduling::PodImpact& pod)
{
    if (!pod.isNew)
        return static_cast<int>(Sign::None);
    return static_cast<int>(pod.eviction.outcome == Outcome::EvictedNow ? Sign::Error : Sign::Warning);
}

QString nameOf(const kube::ObjectRef& ref)
{
    return kube::shownName(ref.nameSpace, ref.name);
}

} // namespace

ImpactPanel::ImpactPanel(QWidget* parent)
    : QWidget(parent),
      m_title(new PlainLabel),
      m_bar(new OutcomeBar),
      m_counts(new PlainLabel),
      m_table(new TableView(QStringLiteral("taints.pods"))),
      m_pods(new models::TextRowsModel(this)),
      m_schedulable(new PlainLabel),
      m_warnings(new PlainLabel)
{
    setObjectName(QStringLiteral("taints.impact"));
    m_bar->setObjectName(QStringLiteral("taints.bar"));
    m_counts->setObjectName(QStringLiteral("taints.counts"));
    m_schedulable->setObjectName(QStringLiteral("taints.schedulable"));
    m_warnings->setObjectName(QStringLiteral("taints.warnings"));
    m_warnings->setColorId(ColorId::Warning);
    for (PlainLabel* label : {m_counts, m_schedulable, m_warnings})
        label->setWordWrap(true);
    m_table->setSortable(false);
    m_table->cells()->setSignRole(models::SeverityRole);
    m_table->cells()->setLook(0, {.fixedFont = true});
    m_table->cells()->setLook(1, {.sign = true});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid::Gap, grid::Gap, grid::Gap, grid::Gap);
    column->setSpacing(grid::Unit);
    column->addWidget(m_title);
    column->addWidget(m_bar);
    column->addWidget(m_counts);
    column->addWidget(m_table, 1);
    column->addWidget(m_schedulable);
    column->addWidget(m_warnings);
    retranslate();
    m_table->setModel(m_pods);
}

void ImpactPanel::setImpact(const scheduling::TaintImpact& impact)
{
    m_impact = impact;
    show(impact);
}

void ImpactPanel::show(const scheduling::TaintImpact& impact)
{
    QStringList counts;
    std::vector<OutcomeBar::Part> parts;
    const auto part = [&](const QString& words, int count, std::optional<ColorId> color) {
        parts.push_back({words, count, color});
        if (count > 0)
            counts += words;
    };
    int notRecreated = 0;
    std::vector<models::TextRow> rows;
    for (int pass = 0; pass < 2; ++pass) // those that go stand first
        for (const scheduling::NodeImpact& node : impact.nodes)
            for (const scheduling::PodImpact& pod : node.pods) {
                if ((pass == 0) != pod.isNew)
                    continue;
                if (pod.isNew && pod.replacement == scheduling::Replacement::NotRecreated)
                    ++notRecreated;
                QStringList notes;
                for (const scheduling::Note& note : pod.notes)
                    notes += messages::sentence(note);
                rows.push_back({{nameOf(pod.pod.ref), messages::outcomeText(pod.eviction), base::visible(node.name),
                                 notes.join(QLatin1Char(' '))},
                                severityOf(pod),
                                pod.pod.ref});
            }
    part(tr("stays %1").arg(impact.staying()), impact.staying(), std::nullopt);
    part(tr("evicted now %1").arg(impact.evictedNow()), impact.evictedNow(), ColorId::Error);
    part(tr("evicted later %1").arg(impact.evictedLater()), impact.evictedLater(), ColorId::Warning);
    m_bar->setParts(parts);
    if (notRecreated > 0)
        counts += tr("not made again %1").arg(notRecreated);
    m_counts->setText(counts.isEmpty() ? tr("No pods on the chosen nodes.") : counts.join(QStringLiteral(" · ")));
    m_pods->setRows(std::move(rows));
    if (!m_sized && m_pods->rowCount() > 0) {
        m_sized = true;
        m_table->sizeColumnsToSample();
    }
    // Outcomes grow from "stays" to "evicted after 300 s": the column only ever widens.
    constexpr int Outcome = 1;
    m_table->setColumnWidth(Outcome, std::max(m_table->columnWidth(Outcome),
                                              static_cast<QAbstractItemView*>(m_table)->sizeHintForColumn(Outcome)));
    QStringList names;
    for (const scheduling::Placement& placement : impact.becomeSchedulable)
        names += nameOf(placement.pod.ref);
    m_schedulable->setText(
        names.isEmpty() ? tr("No pending pod becomes schedulable.")
                        : tr("As far as taints go, these become schedulable: %1").arg(names.join(QLatin1String(", "))));
    QStringList warnings;
    for (const scheduling::Note& warning : impact.warnings)
        if (warning.id != QLatin1String("nothingChanges"))
            warnings += messages::sentence(warning);
    for (const scheduling::BudgetImpact& budget : impact.budgets)
        warnings += messages::sentence(budget);
    m_warnings->setText(warnings.join(QLatin1Char('\n')));
    m_warnings->setVisible(!warnings.isEmpty());
}

void ImpactPanel::retranslate()
{
    m_title->setText(tr("What will happen"));
    m_table->setAccessibleName(tr("Pods of the chosen nodes"));
    m_pods->setHeaders({tr("Pod"), tr("What happens"), tr("Node"), tr("Notes")});
    show(m_impact);
}

void ImpactPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui
