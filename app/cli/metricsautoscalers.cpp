#include "app/cli/metricsautoscalers.h"

#include "app/base/visible.h"
#include "app/cli/jsonparts.h"
#include "app/cli/metricsparts.h"
#include "app/cli/run.h"
#include "app/kube/objectname.h"
#include "app/messages/errors.h"
#include "app/messages/metrics.h"
#include "app/metrics/autoscalers.h"

#include <QCoreApplication>

namespace cli {
namespace {

using kube::Json;

struct Cli {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

QString figureText(const metrics::ScalerMetric& metric, const QString& figure)
{
    if (figure.isEmpty())
        return QStringLiteral("<unknown>");
    return base::visible(figure) +
           (metric.targetType == QLatin1String("Utilization") ? QStringLiteral("%") : QString());
}

Json scalerJson(const metrics::Scaler& scaler)
{
    Json list = Json::array();
    for (const metrics::ScalerMetric& each : scaler.metrics)
        list.push_back({{"type", each.type.toStdString()},
                        {"name", each.name.toStdString()},
                        {"container", textOrNull(each.container)},
                        {"object", textOrNull(each.object)},
                        {"api", each.source ? textOrNull(metrics::apiGroupOf(*each.source)) : Json(nullptr)},
                        {"targetType", textOrNull(each.targetType)},
                        {"target", textOrNull(each.target)},
                        {"current", textOrNull(each.current)}});
    Json conditions = Json::array();
    for (const metrics::ScalerCondition& each : scaler.conditions)
        conditions.push_back({{"type", each.type.toStdString()},
                              {"status", each.status.toStdString()},
                              {"reason", each.reason.toStdString()},
                              {"message", each.message.toStdString()}});
    Json notes = Json::array();
    for (const metrics::ScalerNote& each : scaler.notes)
        notes.push_back({{"id", each.id.toStdString()}, {"message", messages::sentence(each).toStdString()}});
    return {{"ref", refJson({.cluster = {},
                             .apiVersion = QStringLiteral("autoscaling/v2"),
                             .kind = QStringLiteral("HorizontalPodAutoscaler"),
                             .nameSpace = scaler.nameSpace,
                             .name = scaler.name,
                             .uid = scaler.uid})},
            {"target", {{"kind", scaler.targetKind.toStdString()}, {"name", scaler.targetName.toStdString()}}},
            {"replicas",
             {{"least", valueOrNull(scaler.least)},
              {"most", valueOrNull(scaler.most)},
              {"current", valueOrNull(scaler.current)},
              {"desired", valueOrNull(scaler.desired)}}},
            {"metrics", std::move(list)},
            {"conditions", std::move(conditions)},
            {"notes", std::move(notes)}};
}

void printScalers(Run& run, const metrics::ScalerReport& report)
{
    const auto count = [](const std::optional<qint64>& number) {
        return number ? QString::number(*number) : QStringLiteral("-");
    };
    std::vector<QStringList> rows;
    for (const metrics::Scaler& scaler : report.scalers) {
        QStringList figures;
        QStringList apis;
        for (const metrics::ScalerMetric& each : scaler.metrics) {
            figures +=
                QStringLiteral("%1: %2/%3")
                    .arg(base::visible(each.name), figureText(each, each.current), figureText(each, each.target));
            apis += each.source ? metrics::apiGroupOf(*each.source) : base::visible(each.type);
        }
        apis.removeDuplicates();
        QStringList notes;
        for (const metrics::ScalerNote& each : scaler.notes)
            notes += each.id;
        rows.push_back({base::visible(scaler.nameSpace), base::visible(scaler.name),
                        base::visible(scaler.targetKind + QLatin1Char('/') + scaler.targetName),
                        figures.join(QStringLiteral(", ")), apis.join(QLatin1Char(',')), count(scaler.least),
                        count(scaler.most), count(scaler.current), count(scaler.desired),
                        notes.join(QLatin1Char(','))});
    }
    run.printTable({Cli::tr("NAMESPACE"), Cli::tr("NAME"), Cli::tr("TARGET"), Cli::tr("METRICS"), Cli::tr("FED BY"),
                    Cli::tr("MIN"), Cli::tr("MAX"), Cli::tr("CURRENT"), Cli::tr("WANTED"), Cli::tr("NOTES")},
                   rows);
    for (const metrics::Scaler& scaler : report.scalers)
        for (const metrics::ScalerNote& each : scaler.notes)
            run.warn(messages::labelled(kube::shownName(scaler.nameSpace, scaler.name), messages::sentence(each)));
}

} // namespace

void metricsAutoscalers(Run& run)
{
    const QString own = run.options().nameSpace.isEmpty() ? run.context().nameSpace : run.options().nameSpace;
    metrics::readScalers(run.client(), run.nameSpace(), own)
        .future.then(&run, [&run](const base::Result<metrics::ScalerReport>& report) {
            if (!report) {
                run.fail(report.error());
                return;
            }
            if (run.options().json) {
                Json rows = Json::array();
                for (const metrics::Scaler& scaler : report->scalers)
                    rows.push_back(scalerJson(scaler));
                run.printJson({{"sources", sourcesJson(report->sources)}, {"rows", std::move(rows)}});
            } else {
                printScalers(run, *report);
            }
            run.done();
        });
}

} // namespace cli
