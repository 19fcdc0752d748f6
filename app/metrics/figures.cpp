#include "app/metrics/figures.h"

#include <algorithm>

namespace metrics {

kube::ObjectRef refOf(const Subject& subject, const QString& uid)
{
    const QString& kind = subject.kind;
    const bool isCore = kind == QLatin1String("Node") || kind == QLatin1String("Pod");
    const bool isBatch = kind.endsWith(QLatin1String("Job"));
    const bool isScaler = kind == QLatin1String("HorizontalPodAutoscaler");
    return {.cluster = {},
            .apiVersion = isCore     ? QStringLiteral("v1")
                          : isBatch  ? QStringLiteral("batch/v1")
                          : isScaler ? QStringLiteral("autoscaling/v2")
                                     : QStringLiteral("apps/v1"),
            .kind = kind,
            .nameSpace = subject.nameSpace,
            .name = subject.name,
            .uid = uid};
}

std::optional<bool> isTrue(const std::vector<Condition>& conditions, QLatin1String type)
{
    const auto found = std::ranges::find(conditions, type, &Condition::type);
    return found == conditions.end() ? std::nullopt : std::optional(found->status == QLatin1String("True"));
}

} // namespace metrics
