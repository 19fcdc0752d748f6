#include "app/endpoint/probe.h"

#include <algorithm>

namespace endpoint {

QString idOf(Stage stage)
{
    constexpr std::array names{"resolve", "tcp", "tls", "livez", "readyz", "version"};
    return QLatin1String(names[static_cast<std::size_t>(stage)]);
}

bool ProbeResult::answers() const
{
    return std::any_of(stages.begin() + static_cast<int>(Stage::Livez), stages.end(),
                       [](const StageResult& each) { return each.ok == true || each.error.httpStatus > 0; });
}

bool ProbeResult::isWell() const
{
    return answers() && !failure() && attempts.failed == 0;
}

std::optional<Stage> ProbeResult::failure() const
{
    for (const Stage stage : AllStages)
        if (at(stage).ok == false)
            return stage;
    return std::nullopt;
}

QString offeredName(const QStringList& sans)
{
    for (const char* usual : {"kubernetes", "kubernetes.default.svc", "kubernetes.default", "api.tke.com"})
        if (sans.contains(QLatin1String(usual)))
            return QLatin1String(usual);
    const auto isOfOne = [](const QString& name) {
        return name == QLatin1String("localhost") || name == QLatin1String("127.0.0.1") || name == QLatin1String("::1");
    };
    for (const QString& name : sans)
        if (!name.contains(QLatin1Char('*')) && !isOfOne(name))
            return name;
    return {};
}

std::optional<Latency> latencyOf(std::vector<int> ms)
{
    if (ms.empty())
        return std::nullopt;
    std::sort(ms.begin(), ms.end());
    return Latency{.medianMs = ms[(ms.size() - 1) / 2], .maxMs = ms.back()};
}

} // namespace endpoint
