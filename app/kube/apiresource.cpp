#include "app/kube/apiresource.h"

#include "app/transport/request.h"

#include <algorithm>

namespace kube {
namespace {

bool same(const QString& a, const QString& b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

bool isCalled(const ApiResource& resource, const QString& name)
{
    return same(resource.resource, name) || same(resource.singular, name) || same(resource.kind, name);
}

} // namespace

QByteArray ApiResource::path(const QString& nameSpace, const QString& name) const
{
    QByteArray path = group.isEmpty() ? transport::path({QStringLiteral("api"), version})
                                      : transport::path({QStringLiteral("apis"), group, version});
    if (namespaced && !nameSpace.isEmpty())
        path += transport::path({QStringLiteral("namespaces"), nameSpace});
    path += transport::path({resource});
    if (!name.isEmpty())
        path += transport::path({name});
    return path;
}

const ApiResource* ApiCatalog::find(const QString& name) const
{
    const auto first = [this](auto matches) -> const ApiResource* {
        const auto found = std::find_if(resources.begin(), resources.end(), matches);
        return found == resources.end() ? nullptr : &*found;
    };
    if (const auto* exact = first([&](const ApiResource& r) { return isCalled(r, name); }))
        return exact;
    if (const auto* shortly = first([&](const ApiResource& r) {
            return std::any_of(r.shortNames.begin(), r.shortNames.end(),
                               [&](const QString& s) { return same(s, name); });
        }))
        return shortly;
    const auto dot = name.indexOf(QLatin1Char('.'));
    if (dot < 0)
        return nullptr;
    const QString head = name.left(dot);
    const QString tail = name.mid(dot + 1);
    return first([&](const ApiResource& r) {
        return isCalled(r, head) && (same(r.group, tail) || same(r.version + QLatin1Char('.') + r.group, tail) ||
                                     (r.group.isEmpty() && same(r.version, tail)));
    });
}

const ApiResource* ApiCatalog::findKind(const QString& apiVersion, const QString& kind) const
{
    const auto slash = apiVersion.indexOf(QLatin1Char('/'));
    const QString group = slash < 0 ? QString() : apiVersion.left(slash);
    const auto found = std::find_if(resources.begin(), resources.end(), [&](const ApiResource& r) {
        return r.group == group && r.kind == kind && r.can(QLatin1String("get"));
    });
    return found == resources.end() ? nullptr : &*found;
}

} // namespace kube
