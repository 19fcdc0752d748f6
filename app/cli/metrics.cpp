#include "app/messages/metrics.h"
#include "app/base/visible.h"
#include "app/cli/command.h"
#include "app/cli/metricsautoscalers.h"
#include "app/cli/metricsparts.h"
#include "app/cli/metricsrules.h"
#include "app/cli/run.h"
#include "app/messages/errors.h"
#include "app/metrics/readcontrast.h"

#include <QCoreApplication>
#include <cmath>

namespace cli {
namespace {

using kube::Json;

struct Cli {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

std::optional<metrics::View> viewOf(const QString& word)
{
    for (const auto view :
         {metrics::View::Nodes, metrics::View::Pods, metrics::View::Containers, metrics::View::Workloads})
        if (word == metrics::idOf(view))
            return view;
    return std::nullopt;
}

QString percentText(const std::optional<double>& ratio)
{
    return ratio ? QString::number(std::lround(*ratio * 100)) + QLatin1Char('%') : QStringLiteral("–");
}

/// Usage, what is declared, their ratio, for one of CPU and memory.
QStringList amountCells(const metrics::ContrastRow& row, const metrics::State* state, bool isCpu, bool isNode)
{
    const auto text = [isCpu](const metrics::Amounts& amounts) {
        return isCpu ? messages::cpuText(amounts.cpuMilli) : messages::memoryText(amounts.memoryBytes);
    };
    const auto ratio = [isCpu](const metrics::Ratio& of) { return percentText(isCpu ? of.cpu : of.memory); };
    const metrics::State none;
    const metrics::State& said = state ? *state : none;
    return {text(row.metricsServer ? row.metricsServer->used : metrics::Amounts{}), text(said.requests),
            text(isNode ? said.allocatable : said.limits), ratio(isNode ? row.usageOfAllocatable : row.usageOfRequest),
            ratio(isNode ? row.requestOfAllocatable : row.usageOfLimit)};
}

QString flagsText(const metrics::ContrastRow& row)
{
    QStringList ids;
    for (const metrics::Disagreement& each : row.disagreements)
        ids += each.id;
    ids.removeDuplicates();
    return ids.join(QLatin1Char(','));
}

void printText(Run& run, metrics::View view, const metrics::ContrastReport& report)
{
    const bool isNode = view == metrics::View::Nodes;
    const bool isNamespaceShown = !isNode && run.options().allNamespaces;
    QStringList headers;
    if (isNamespaceShown)
        headers += Cli::tr("NAMESPACE");
    headers += Cli::tr("NAME");
    if (view == metrics::View::Containers)
        headers += Cli::tr("CONTAINER");
    for (const QString& what : {Cli::tr("CPU"), Cli::tr("MEMORY")})
        headers += {what, Cli::tr("REQUESTED"), isNode ? Cli::tr("ALLOCATABLE") : Cli::tr("LIMIT"),
                    isNode ? Cli::tr("USED") : Cli::tr("OF REQUEST"), isNode ? Cli::tr("BOOKED") : Cli::tr("OF LIMIT")};
    headers += {Cli::tr("STATE"), Cli::tr("DISAGREEMENTS")};
    std::vector<QStringList> rows;
    for (const metrics::ContrastRow& row : report.rows) {
        const metrics::State* state = row.object             ? &*row.object
                                      : row.kubeStateMetrics ? &*row.kubeStateMetrics
                                                             : nullptr;
        QStringList cells;
        if (isNamespaceShown)
            cells += base::visible(row.subject.nameSpace);
        cells += base::visible(view == metrics::View::Workloads
                                   ? row.subject.kind.toLower() + QLatin1Char('/') + row.subject.name
                                   : row.subject.name);
        if (view == metrics::View::Containers)
            cells += base::visible(row.subject.container);
        cells += amountCells(row, state, true, isNode) + amountCells(row, state, false, isNode);
        cells += {state ? messages::stateText(*state) : QStringLiteral("–"), flagsText(row)};
        rows.push_back(std::move(cells));
    }
    run.printTable(headers, rows);
}

void warnOfGaps(Run& run, const metrics::ContrastReport& report)
{
    for (const QString& line : sourceLines(report.sources))
        run.warn(line);
    for (const auto& [list, error] : report.unread)
        run.warn(base::visible(messages::labelled(list, messages::sentence(error))));
}

void runTable(Run& run, metrics::View view)
{
    const auto order =
        metrics::orderOf(run.options().isSet("sort") ? run.options().value("sort") : QStringLiteral("name"));
    const QString nameSpace = view == metrics::View::Nodes ? QString() : run.nameSpace();
    const QString own = run.options().nameSpace.isEmpty() ? run.context().nameSpace : run.options().nameSpace;
    metrics::readContrast(run.client(), {.view = view, .nameSpace = nameSpace, .ownNamespace = own})
        .future.then(&run, [&run, view, order](base::Result<metrics::ContrastReport> report) {
            if (!report) {
                run.fail(report.error());
                return;
            }
            metrics::sortRows(report->rows, *order);
            if (run.options().json) {
                Json rows = Json::array();
                for (const metrics::ContrastRow& row : report->rows) {
                    rows.push_back(rowJson(row));
                    if (row.kubeStateMetrics)
                        rows.back()["kubeStateMetrics"]["scrapedAt"] = timeOrNull(report->stateReadAt);
                }
                run.printJson({{"sources", sourcesJson(report->sources)}, {"rows", std::move(rows)}});
            } else {
                printText(run, view, *report);
            }
            warnOfGaps(run, *report);
            run.done();
        });
}

void runMetrics(Run& run)
{
    const QString& what = run.options().arguments.front();
    if (const auto view = viewOf(what))
        runTable(run, *view);
    else if (what == QLatin1String("rules"))
        metricsRules(run);
    else
        metricsAutoscalers(run);
}

QString checkMetrics(Options& options)
{
    const QString what = options.arguments.size() == 1 ? options.arguments.front() : QString();
    if (!viewOf(what) && what != QLatin1String("rules") && what != QLatin1String("autoscalers"))
        return Cli::tr("“metrics” takes one of nodes, pods, containers, workloads, rules, autoscalers.");
    if (options.isSet("sort") && !metrics::orderOf(options.value("sort")))
        return Cli::tr("“--sort” takes gap, cpu, memory or name.");
    return {};
}

} // namespace

Command metricsCommand()
{
    return {.name = "metrics",
            .arguments = "nodes|pods|containers|workloads|rules|autoscalers",
            .summary =
                QT_TRANSLATE_NOOP("Cli", "what metrics-server, kube-state-metrics and the objects say, side by side"),
            .options = {{"sort", "ORDER", QT_TRANSLATE_NOOP("Cli", "By gap, cpu, memory or name.")}},
            .check = checkMetrics,
            .run = runMetrics};
}

} // namespace cli
