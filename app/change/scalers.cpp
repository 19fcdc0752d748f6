#include "app/change/scalers.h"

#include "app/base/visible.h"
#include "app/kube/jsonread.h"

namespace change {

base::Call<std::vector<Notice>> scalersOf(const kube::Client& client, const kube::ApiCatalog& catalog,
                                          const Target& target)
{
    using Notices = std::vector<Notice>;
    const kube::ApiResource* scalers = catalog.find(QStringLiteral("horizontalpodautoscalers.autoscaling"));
    if (!scalers || target.nameSpace.isEmpty())
        return base::answered<Notices>(Notices{});
    return base::mapped<Notices>(
        client.askJson({.path = scalers->path(target.nameSpace)}),
        [target](const base::Result<kube::Json>& list) -> base::Result<Notices> {
            if (!list)
                return Notices{{QStringLiteral("scalersUnknown"), list.error().said}};
            Notices notices;
            for (const kube::Json& scaler : kube::elements(*list, {"items"})) {
                const kube::Json& of = kube::at(scaler, {"spec", "scaleTargetRef"});
                const QString group = kube::rawText(of, {"apiVersion"}).section(QLatin1Char('/'), 0, -2);
                if (kube::rawText(of, {"kind"}) != target.resource.kind || kube::rawText(of, {"name"}) != target.name ||
                    group != target.resource.group)
                    continue;
                // Not set, the least is 1.
                notices.push_back({QStringLiteral("scaledBy"),
                                   QStringLiteral("%1–%2")
                                       .arg(kube::number(scaler, {"spec", "minReplicas"}).value_or(1))
                                       .arg(kube::number(scaler, {"spec", "maxReplicas"}).value_or(1)),
                                   base::visible(kube::rawText(scaler, {"metadata", "name"}))});
            }
            return notices;
        });
}

base::Call<std::vector<Notice>> keepersBehindScale(const kube::Client& client, Target target)
{
    using Notices = std::vector<Notice>;
    target.subresource.clear();
    return base::mapped<Notices>(
        client.askJson({.path = target.path()}), [](const base::Result<kube::Json>& object) -> base::Result<Notices> {
            if (!object)
                return Notices{{QStringLiteral("keepersUnknown"), object.error().said}};
            return keepersOf(*object, {QStringLiteral("f:spec"), QStringLiteral("f:replicas")});
        });
}

} // namespace change
