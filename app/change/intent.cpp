#include "app/change/intent.h"

namespace change {

kube::ObjectRef Target::ref() const
{
    return {.cluster = {},
            .apiVersion = resource.apiVersion(),
            .kind = resource.kind,
            .nameSpace = nameSpace,
            .name = name,
            .uid = {}};
}

Target nodeTarget(const QString& name)
{
    return {.resource = {.group = {},
                         .version = QStringLiteral("v1"),
                         .resource = QStringLiteral("nodes"),
                         .kind = QStringLiteral("Node"),
                         .singular = QStringLiteral("node"),
                         .shortNames = {},
                         .categories = {},
                         .verbs = {},
                         .namespaced = false},
            .nameSpace = {},
            .name = name};
}

} // namespace change
