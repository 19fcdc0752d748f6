#include "app/metrics/influxprobe.h"

#include "app/base/visible.h"
#include "app/kube/jsonread.h"
#include "app/metrics/amounts.h"

#include <algorithm>

namespace metrics {
namespace {

constexpr std::chrono::seconds Patience{15};
/// A line of some 200 bytes a group; a year of days in a hundred databases.
constexpr qint64 MostBytes = 8LL << 20;

/// Nothing: there is no such column.
std::optional<std::size_t> columnOf(const kube::Json& series, const char* name)
{
    const kube::Json::array_t& columns = kube::elements(series, {"columns"});
    const auto found = std::ranges::find_if(
        columns, [name](const kube::Json& each) { return kube::rawText(each) == QLatin1String(name); });
    return found == columns.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - columns.begin()));
}

base::Error refusal(const QString& said)
{
    return {.kind = base::ErrorKind::Server, .reason = QStringLiteral("influxRefused"), .said = base::visible(said)};
}

void addGroups(InfluxProbe& probe, const kube::Json& series)
{
    const auto database = columnOf(series, "database");
    const auto start = columnOf(series, "start_time");
    const auto end = columnOf(series, "end_time");
    if (!database || !start || !end)
        return;
    for (const kube::Json& row : kube::elements(series, {"values"})) {
        const kube::Json::array_t& cells = kube::elements(row);
        if (cells.size() <= std::max({*database, *start, *end}))
            continue;
        const QString name = base::visible(kube::rawText(cells[*database]));
        const QDateTime from = timeOf(cells[*start]);
        const QDateTime to = timeOf(cells[*end]);
        if (name == QLatin1String("_internal") || !from.isValid() || !to.isValid())
            continue;
        if (!probe.since.isValid() || from < probe.since)
            probe.since = from;
        if (!probe.until.isValid() || to > probe.until)
            probe.until = to;
        if (!probe.databases.contains(name))
            probe.databases += name;
    }
}

} // namespace

base::Result<InfluxProbe> readShardGroups(const kube::Json& json)
{
    if (const QString said = kube::rawText(json, {"error"}); !said.isEmpty())
        return base::failure(refusal(said));
    if (!kube::at(json, {"results"}).is_array())
        return base::failure({.kind = base::ErrorKind::BadAnswer, .reason = QStringLiteral("noInflux")});
    InfluxProbe probe;
    for (const kube::Json& result : kube::elements(json, {"results"})) {
        if (const QString said = kube::rawText(result, {"error"}); !said.isEmpty())
            return base::failure(refusal(said));
        for (const kube::Json& series : kube::elements(result, {"series"}))
            addGroups(probe, series);
    }
    return probe;
}

base::Call<InfluxProbe> probeInflux(const kube::Client& client, const ServicePort& where)
{
    transport::Request request = proxied(where, {QStringLiteral("query")});
    request.query.emplace_back(QStringLiteral("q"), QStringLiteral("SHOW SHARD GROUPS"));
    request.silence = Patience;
    request.mostBytes = MostBytes;
    return base::mapped<InfluxProbe>(client.askJson(std::move(request)),
                                     [](const base::Result<kube::Json>& json) -> base::Result<InfluxProbe> {
                                         return json ? readShardGroups(*json) : base::failure(json.error());
                                     });
}

} // namespace metrics
