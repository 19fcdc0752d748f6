#include "app/messages/groups.h"

#include <QCoreApplication>

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

QString staleGroup(const kube::StaleGroup& group)
{
    const QString name = group.group.isEmpty() ? group.version : group.group + QLatin1Char('/') + group.version;
    return group.said.isEmpty()
               ? Groups::tr("%1 does not answer just now; its kinds are not known.").arg(name)
               : Groups::tr("%1 does not answer just now; its kinds are not known: %2").arg(name, group.said);
}

} // namespace messages
