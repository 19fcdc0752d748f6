// What the rows of the tree say.

#include "app/base/visible.h"
#include "app/messages/connections.h"
#include "app/messages/errors.h"
#include "app/messages/groups.h"
#include "app/messages/members.h"
#include "app/models/clusterdata.h"
#include "app/models/clustertreenode.h"

#include <QLocale>
#include <algorithm>

namespace models {
namespace {

kube::Severity severityOf(kube::KindState state)
{
    switch (state) {
    case kube::KindState::Ok:
        return kube::Severity::None;
    case kube::KindState::Forbidden:
        return kube::Severity::Unknown;
    case kube::KindState::Failing:
        return kube::Severity::Error;
    case kube::KindState::Stale:
        return kube::Severity::Warning;
    }
    return kube::Severity::None;
}

kube::Severity severityOf(const std::optional<base::Severity>& severity)
{
    if (!severity)
        return kube::Severity::None;
    switch (*severity) {
    case base::Severity::Error:
        return kube::Severity::Error;
    case base::Severity::Warning:
        return kube::Severity::Warning;
    case base::Severity::Info:
        break;
    }
    return kube::Severity::Info;
}

QString joined(QStringList words)
{
    words.removeAll(QString());
    return words.join(QStringLiteral(", "));
}

} // namespace

QVariant ClusterTreeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Node& node = *nodeAt(index);
    if (role == NodeTypeRole)
        return node.type;
    // A screen reader is told what stands beside the name.
    if (role == Qt::AccessibleDescriptionRole)
        return joined({node.isCluster() ? messages::marksText(node.cluster->context()) : QString(),
                       data(index, NoteRole).toString(), data(index, CountRole).toString()});
    switch (node.type) {
    case ClusterNode:
        return clusterData(*node.cluster, role);
    case GroupNode:
        return groupData(node, role);
    case KindNode:
        return kindData(node, role);
    case StaleGroupNode:
        return staleGroupData(node, role);
    case PageNode:
        return pageData(node, role);
    case MembersNode:
        return membersData(node, role);
    case MemberNode:
        return memberData(node, role);
    }
    return {};
}

QVariant ClusterTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool isText = role == Qt::DisplayRole || role == Qt::AccessibleTextRole;
    return section == 0 && orientation == Qt::Horizontal && isText ? tr("Clusters") : QVariant();
}

QVariant ClusterTreeModel::groupData(const Node& node, int role) const
{
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return messages::groupName(node.group);
    if (role == IdRole)
        return kube::idOf(node.group);
    return node.standsForKind ? kindData(node, role) : QVariant();
}

QVariant ClusterTreeModel::kindData(const Node& node, int role) const
{
    const auto count = node.cluster->count(node.resource.key());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return node.resource.kind;
    case Qt::ToolTipRole: {
        QString tip = node.resource.kind + QStringLiteral(" · ") + node.resource.apiVersion();
        if (count && count->state != kube::KindState::Ok)
            tip += QLatin1Char('\n') + messages::sentenceWithAdvice(count->error);
        return tip;
    }
    case IdRole:
        return node.resource.resource;
    case CountRole:
        return count && count->count ? QLocale().toString(*count->count) : QString();
    case NoteRole:
        return count && count->state != kube::KindState::Ok ? messages::stateName(count->state) : QString();
    case SeverityRole:
        return static_cast<int>(count ? severityOf(count->state) : kube::Severity::None);
    default:
        return {};
    }
}

QVariant ClusterTreeModel::staleGroupData(const Node& node, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return node.stale.group + QLatin1Char('/') + node.stale.version;
    case Qt::ToolTipRole:
        return messages::staleGroup(node.stale);
    case IdRole:
        return QStringLiteral("custom");
    case NoteRole:
        return messages::stateName(kube::KindState::Stale);
    case SeverityRole:
        return static_cast<int>(kube::Severity::Warning);
    default:
        return {};
    }
}

QVariant ClusterTreeModel::pageData(const Node& node, int role) const
{
    if (role == IdRole)
        return node.page;
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    if (node.page == Node::BusinessesPage)
        return tr("Overview");
    return node.page == Node::MetricsPage ? tr("Metrics") : tr("Troubleshoot");
}

QVariant ClusterTreeModel::membersData(const Node& node, int role) const
{
    const MemberClusters::Listing* listing = m_members->listing(node.cluster);
    const bool hasFailed = listing && listing->state == MemberClusters::Listing::State::Failed;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return tr("Member clusters");
    case Qt::ToolTipRole:
        return hasFailed ? messages::sentenceWithAdvice(listing->error) : QString();
    case IdRole:
        return QStringLiteral("members");
    case CountRole:
        return listing && (!hasFailed || !listing->members.empty()) &&
                       (listing->state != MemberClusters::Listing::State::Loading || !listing->members.empty())
                   ? QLocale().toString(listing->members.size())
                   : QString();
    case NoteRole:
        if (hasFailed)
            return messages::stateName(listing->error.kind == base::ErrorKind::Forbidden ? kube::KindState::Forbidden
                                                                                         : kube::KindState::Failing);
        return {};
    case SeverityRole:
        return static_cast<int>(!hasFailed                                          ? kube::Severity::None
                                : listing->error.kind == base::ErrorKind::Forbidden ? kube::Severity::Unknown
                                                                                    : kube::Severity::Error);
    default:
        return {};
    }
}

QVariant ClusterTreeModel::memberData(const Node& node, int role) const
{
    const tke::MemberCluster* member = m_members->member(node.platform, node.member);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return member && !member->displayName.isEmpty() ? member->displayName : base::visible(node.member);
    case Qt::ToolTipRole:
        return memberTip(node);
    case IdRole:
        return QStringLiteral("members");
    case NoteRole:
        return memberNote(node);
    case CountRole:
        return member ? member->version : QString();
    case SeverityRole:
        return static_cast<int>(memberSeverity(node));
    default:
        return node.isCluster() ? clusterData(*node.cluster, role) : QVariant();
    }
}

QString ClusterTreeModel::memberNote(const Node& node) const
{
    if (m_members->isOpening(node.platform, node.member))
        return tr("looking for a way…");
    QStringList words;
    if (node.isCluster()) // first: the tree is narrow
        words << clusterData(*node.cluster, NoteRole).toString();
    if (const tke::MemberCluster* member = m_members->member(node.platform, node.member)) {
        if (!member->displayName.isEmpty() && member->displayName != member->name)
            words << member->name;
        words << member->phase;
        if (const tke::MemberCluster::Condition* failing = member->firstFailing())
            words << failing->type;
    } else if (isGone(node)) {
        words << tr("no longer on the platform");
    }
    if (const auto route = routeOf(node))
        words << messages::routeName(*route);
    return joined(words);
}

QString ClusterTreeModel::memberTip(const Node& node) const
{
    QStringList words{base::visible(node.member)};
    if (const auto route = routeOf(node))
        words << messages::routeName(*route);
    if (node.isCluster())
        words << clusterData(*node.cluster, NoteRole).toString();
    QStringList lines{joined(words)};
    if (const tke::MemberCluster* member = m_members->member(node.platform, node.member)) {
        lines << tr("%1 · %2 · %3", "type, version and phase of a cluster")
                     .arg(member->type, member->version, member->phase);
        for (const endpoint::Address& each : member->addresses)
            lines << QStringLiteral("%1 %2").arg(endpoint::idOf(each.type), each.text());
        if (const tke::MemberCluster::Condition* failing = member->firstFailing())
            lines << QStringLiteral("%1: %2").arg(failing->type, failing->message);
        if (member->phase == QLatin1String("Failed"))
            lines << tr("Failed says that the platform cannot reach it, not that it is down.");
    } else if (isGone(node)) {
        lines << tr("The platform lists it no longer. It stays here until it is disconnected.");
    }
    if (node.isCluster())
        lines << clusterData(*node.cluster, Qt::ToolTipRole).toString();
    return lines.join(QLatin1Char('\n'));
}

kube::Severity ClusterTreeModel::memberSeverity(const Node& node) const
{
    const tke::MemberCluster* member = m_members->member(node.platform, node.member);
    const kube::Severity own = member         ? severityOf(member->severity())
                               : isGone(node) ? kube::Severity::Warning
                                              : kube::Severity::None;
    return node.isCluster()
               ? std::max(own, static_cast<kube::Severity>(clusterData(*node.cluster, SeverityRole).toInt()))
               : own;
}

std::optional<tke::RouteKind> ClusterTreeModel::routeOf(const Node& member) const
{
    return member.isCluster() ? m_members->routeOf(member.cluster) : std::nullopt;
}

bool ClusterTreeModel::isGone(const Node& member) const
{
    const MemberClusters::Listing* listing = m_members->listing(member.platform);
    return listing && listing->state == MemberClusters::Listing::State::Known &&
           !m_members->member(member.platform, member.member);
}

} // namespace models
