#include "app/messages/groups.h"

#include <QCoreApplication>
#include <QLocale>

namespace messages {
namespace {

struct Groups {
    Q_DECLARE_TR_FUNCTIONS(Groups)
};

} // namespace

QString groupName(kube::KindGroup group)
{
    using kube::KindGroup;
    switch (group) {
    case KindGroup::Nodes:
        return Groups::tr("Nodes");
    case KindGroup::Workloads:
        return Groups::tr("Workloads");
    case KindGroup::Network:
        return Groups::tr("Network");
    case KindGroup::Config:
        return Groups::tr("Config");
    case KindGroup::Storage:
        return Groups::tr("Storage");
    case KindGroup::Access:
        return Groups::tr("Access");
    case KindGroup::Custom:
        return Groups::tr("Custom resources");
    case KindGroup::Cluster:
        return Groups::tr("Cluster");
    case KindGroup::Businesses:
        return Groups::tr("Businesses");
    }
    return {};
}

QString stateName(kube::KindState state)
{
    switch (state) {
    case kube::KindState::Ok:
        return Groups::tr("ok");
    case kube::KindState::Forbidden:
        return Groups::tr("no permission");
    case kube::KindState::Failing:
        return Groups::tr("failing");
    case kube::KindState::Stale:
        return Groups::tr("stale");
    }
    return {};
}

QString listedByTenant(const QString& kind)
{
    return Groups::tr(
               "The platform lists the %1 of a tenant only, and no tenant was asked about: how many there are is "
               "not known.")
        .arg(kind);
}

QString staleGroup(const kube::StaleGroup& group)
{
    const QString name = group.group.isEmpty() ? group.version : group.group + QLatin1Char('/') + group.version;
    return group.said.isEmpty()
               ? Groups::tr("%1 does not answer just now; its kinds are not known.").arg(name)
               : Groups::tr("%1 does not answer just now; its kinds are not known: %2").arg(name, group.said);
}

QString connectionName(Connection state)
{
    switch (state) {
    case Connection::Closed:
        return Groups::tr("not connected");
    case Connection::Connecting:
        return Groups::tr("connecting");
    case Connection::Connected:
        return Groups::tr("connected");
    case Connection::Degraded:
        return Groups::tr("degraded");
    case Connection::Stale:
        return Groups::tr("stale");
    case Connection::NoPermission:
        return Groups::tr("no permission");
    case Connection::Unreachable:
        return Groups::tr("unreachable");
    case Connection::Unsigned:
        return Groups::tr("not signed in");
    }
    return {};
}

QString connectionNote(Connection state, const QDateTime& since)
{
    if (state == Connection::Closed || state == Connection::Connected)
        return {};
    if (state == Connection::Stale && since.isValid())
        return Groups::tr("stale since %1", "a time of day")
            .arg(QLocale().toString(since.toLocalTime().time(), QStringLiteral("HH:mm")));
    return connectionName(state);
}

} // namespace messages
