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

QByteArray Target::path() const
{
    const QByteArray path = resource.path(nameSpace, name);
    return subresource.isEmpty() ? path : path + '/' + subresource.toUtf8();
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
