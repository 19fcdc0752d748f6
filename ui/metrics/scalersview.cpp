#include "ui/metrics/scalersview.h"

#include "app/base/visible.h"
#include "app/kube/objectname.h"
#include "app/messages/metrics.h"
#include "app/models/roles.h"
#include "app/models/textrowsmodel.h"
#include "ui/theme/grid.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/rowopening.h"
#include "ui/widgets/signlines.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/tableview.h"

#include <QEvent>
#include <QHeaderView>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {
namespace {

using metrics::Scaler;
using metrics::ScalerMetric;

Sign signOf(const metrics::ScalerNote& note)
{
    const auto is = [&note](const char* id) { return note.id == QLatin1String(id); };
    if (is("atMinimum") || is("disabled"))
        return Sign::Info;
    return is("atMaximum") || is("apiOld") ? Sign::Warning : Sign::Error;
}

Sign signOf(const Scaler& scaler)
{
    Sign worst = Sign::None;
    for (const metrics::ScalerNote& note : scaler.notes)
        worst = std::max(worst, signOf(note));
    return worst;
}

QString unknown()
{
    return ScalersView::tr("unknown");
}

QString figureText(const QString& figure, const QString& targetType)
{
    if (figure.isEmpty())
        return unknown();
    const QString text = base::visible(figure);
    if (targetType == QLatin1String("Utilization"))
        return ScalersView::tr("%1% of the request").arg(text);
    return targetType == QLatin1String("AverageValue") ? ScalersView::tr("%1 per pod").arg(text) : text;
}

/// In the terms of the target, which stands beside it.
QString currentText(const ScalerMetric& metric)
{
    if (metric.current.isEmpty() || metric.targetType != QLatin1String("Utilization"))
        return figureText(metric.current, metric.targetType);
    return ScalersView::tr("%1%").arg(base::visible(metric.current));
}

QString metricText(const ScalerMetric& metric)
{
    const QString name = base::visible(metric.name.isEmpty() ? metric.type : metric.name);
    if (!metric.container.isEmpty())
        return ScalersView::tr("%1 of the container %2").arg(name, base::visible(metric.container));
    return metric.object.isEmpty() ? name : ScalersView::tr("%1 of %2").arg(name, base::visible(metric.object));
}

QString sourceText(const ScalerMetric& metric, const metrics::SourceSurvey& sources)
{
    if (!metric.source)
        return unknown();
    return ScalersView::tr("%1: %2", "an API and its state")
        .arg(metrics::apiGroupOf(*metric.source), messages::stateName(sources.of(*metric.source).state));
}

QString countText(const std::optional<qint64>& count)
{
    return count ? QString::number(*count) : unknown();
}

QString nameOf(const Scaler& scaler)
{
    return kube::shownName(scaler.nameSpace, scaler.name);
}

/// What a condition says is good news or not.
Sign signOf(const metrics::ScalerCondition& condition)
{
    const bool isGoodWhenTrue = condition.type != QLatin1String("ScalingLimited");
    if (condition.status == QLatin1String("Unknown"))
        return Sign::Unknown;
    if ((condition.status == QLatin1String("True")) == isGoodWhenTrue)
        return Sign::None;
    return isGoodWhenTrue ? Sign::Error : Sign::Warning;
}

} // namespace

ScalersView::ScalersView(QWidget* parent)
    : QWidget(parent),
      m_empty(new PlainLabel),
      m_table(new TableView(QStringLiteral("metrics.scalers.table"))),
      m_rows(new models::TextRowsModel(this)),
      m_detail(new QWidget),
      m_name(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_notes(new SignLines(QStringLiteral("metrics.scalers.notes"))),
      m_conditions(new TableView(QStringLiteral("metrics.scalers.conditions"))),
      m_conditionRows(new models::TextRowsModel(this))
{
    setObjectName(QStringLiteral("metrics.scalers"));
    m_empty->setObjectName(QStringLiteral("metrics.scalers.empty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setColorId(ColorId::Muted);
    m_name->setObjectName(QStringLiteral("metrics.scalers.name"));
    QFont bold = font();
    bold.setBold(true);
    m_name->setFont(bold);
    for (TableView* table : {m_table, m_conditions}) {
        table->setSortable(false);
        table->cells()->setSignRole(models::SeverityRole);
        table->cells()->setLook(0, {.fixedFont = table == m_table, .sign = true});
    }
    for (const int column : {1, 2})
        m_table->cells()->setLook(column, {.fixedFont = true});
    m_conditions->setWordWrap(true);
    auto* detail = new QVBoxLayout(m_detail);
    detail->setContentsMargins(grid::Gap, grid::Gap, grid::Gap, 0);
    detail->setSpacing(grid::Unit);
    detail->addWidget(m_name);
    detail->addWidget(m_notes);
    detail->addWidget(m_conditions, 1);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setObjectName(QStringLiteral("metrics.scalers.splitter"));
    splitter->addWidget(m_table);
    splitter->addWidget(m_detail);
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(0, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_empty, 1);
    column->addWidget(splitter, 1);
    m_table->setModel(m_rows);
    m_conditions->setModel(m_conditionRows);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ScalersView::fillDetail);
    onRowOpened(m_table, [this](int row) {
        if (const Scaler* scaler = scalerAt(row))
            Q_EMIT
        objectActivated({QStringLiteral("HorizontalPodAutoscaler"), scaler->nameSpace, scaler->name, {}});
    });
    retranslate();
}

void ScalersView::show(const metrics::ScalerReport& report)
{
    m_report = report;
    m_isShown = true;
    fill();
}

const Scaler* ScalersView::scalerAt(int row) const
{
    const auto at = static_cast<std::size_t>(row);
    return row >= 0 && at < m_scalerOfRow.size() ? &m_report.scalers[m_scalerOfRow[at]] : nullptr;
}

void ScalersView::fill()
{
    m_scalerOfRow.clear();
    std::vector<models::TextRow> rows;
    for (std::size_t i = 0; i < m_report.scalers.size(); ++i) {
        const Scaler& scaler = m_report.scalers[i];
        const auto add = [&](const QStringList& metric) {
            QStringList cells{nameOf(scaler), base::visible(scaler.targetKind + QLatin1Char('/') + scaler.targetName)};
            cells += metric;
            cells += tr("%1 → %2 (%3–%4)", "replicas now and wanted, least and most")
                         .arg(countText(scaler.current), countText(scaler.desired), countText(scaler.least),
                              countText(scaler.most));
            rows.push_back({.cells = cells, .severity = static_cast<int>(signOf(scaler))});
            m_scalerOfRow.push_back(i);
        };
        for (const ScalerMetric& metric : scaler.metrics)
            add({metricText(metric), currentText(metric), figureText(metric.target, metric.targetType),
                 sourceText(metric, m_report.sources)});
        if (scaler.metrics.empty())
            add({tr("none"), {}, {}, {}});
    }
    const bool isEmpty = rows.empty();
    m_rows->setRows(std::move(rows));
    m_empty->setText(m_isShown ? tr("There are no HorizontalPodAutoscalers.")
                               : tr("The autoscalers have not been asked for yet."));
    m_empty->setVisible(isEmpty);
    m_table->parentWidget()->setVisible(!isEmpty);
    if (!isEmpty && !m_isSized) {
        m_isSized = true;
        m_table->sizeColumnsToSample();
    }
    if (!isEmpty && !m_table->currentIndex().isValid())
        m_table->selectRow(0);
    fillDetail();
}

void ScalersView::fillDetail()
{
    const Scaler* scaler = scalerAt(m_table->currentIndex().row());
    m_detail->setVisible(scaler);
    if (!scaler)
        return;
    m_name->setText(nameOf(*scaler));
    std::vector<SignLine> notes;
    for (const metrics::ScalerNote& note : scaler->notes)
        notes.push_back({signOf(note), messages::sentence(note)});
    if (notes.empty())
        notes.push_back({Sign::None, tr("Nothing keeps it from its work.")});
    m_notes->setLines(notes);
    std::vector<models::TextRow> rows;
    for (const metrics::ScalerCondition& condition : scaler->conditions)
        rows.push_back({.cells = {base::visible(condition.type), base::visible(condition.status),
                                  base::visible(condition.reason), base::visible(condition.message)},
                        .severity = static_cast<int>(signOf(condition))});
    m_conditionRows->setRows(std::move(rows));
    m_conditions->sizeColumnsToSample();
}

void ScalersView::retranslate()
{
    m_table->setAccessibleName(tr("Autoscalers"));
    m_conditions->setAccessibleName(tr("Conditions of the autoscaler"));
    m_rows->setHeaders(
        {tr("Autoscaler"), tr("Scales"), tr("Metric"), tr("Current"), tr("Target"), tr("Fed by"), tr("Replicas")});
    m_conditionRows->setHeaders({tr("Condition"), tr("Status"), tr("Reason"), tr("Message")});
    fill();
}

void ScalersView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_isSized = false;
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace ui
