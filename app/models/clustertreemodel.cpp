#include "app/models/clustertreemodel.h"

#include "app/base/visible.h"
#include "app/kube/kindgroups.h"
#include "app/messages/connections.h"
#include "app/messages/errors.h"
#include "app/messages/groups.h"
#include "app/messages/members.h"
#include "app/messages/snapshots.h"

#include <QLocale>
#include <algorithm>
#include <array>

namespace models {
namespace {

constexpr std::chrono::seconds Recount{30};

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

messages::Connection connectionOf(store::Cluster::State state)
{
    return static_cast<messages::Connection>(state);
}
/// What every cluster has, below its kinds.
constexpr std::array Pages{QLatin1String("metrics"), QLatin1String("troubleshoot")};
/// Below the kinds of businesses, where they are served.
constexpr QLatin1String BusinessesPage("businesses");

static_assert(static_cast<int>(store::Cluster::State::Unsigned) == static_cast<int>(messages::Connection::Unsigned));

} // namespace

struct ClusterTreeModel::Node {
    NodeType type = ClusterNode;
    Node* parent = nullptr;
    std::vector<std::unique_ptr<Node>> children;
    store::Cluster* cluster = nullptr;
    kube::KindGroup group{};
    kube::ApiResource resource; ///< of a kind, or of a group that stands for one
    kube::StaleGroup stale;
    bool standsForKind = false;
    bool expanded = false;
    QString page;   ///< of a PageNode
    QString member; ///< of a MemberNode: its name on the platform

    Node* add(NodeType childType)
    {
        auto child = std::make_unique<Node>();
        child->type = childType;
        child->parent = this;
        child->cluster = cluster;
        return children.emplace_back(std::move(child)).get();
    }
    int row() const
    {
        const auto& all = parent->children;
        return static_cast<int>(
            std::find_if(all.begin(), all.end(), [this](const auto& each) { return each.get() == this; }) -
            all.begin());
    }
};

ClusterTreeModel::ClusterTreeModel(store::Clusters* clusters, QObject* parent, MemberClusters* members)
    : QAbstractItemModel(parent),
      m_clusters(clusters),
      m_members(members),
      m_root(std::make_unique<Node>()),
      m_recount(this)
{
    connect(clusters, &store::Clusters::loaded, this, &ClusterTreeModel::load);
    connect(clusters, &store::Clusters::inserted, this, [this](int row) {
        beginInsertRows({}, row, row);
        m_root->children.insert(m_root->children.begin() + row, nodeFor(m_clusters->at(row)));
        endInsertRows();
    });
    connect(clusters, &store::Clusters::removing, this, [this](int row) {
        m_clusters->at(row)->disconnect(this);
        beginRemoveRows({}, row, row);
        m_root->children.erase(m_root->children.begin() + row);
        endRemoveRows();
    });
    if (members)
        connect(members, &MemberClusters::changed, this, [this](store::Cluster* platform) {
            for (const auto& node : m_root->children)
                if (node->cluster == platform)
                    showMembers(node.get());
        });
    connect(&m_recount, &QTimer::timeout, this, &ClusterTreeModel::recount);
    m_recount.start(Recount);
    load();
}

ClusterTreeModel::~ClusterTreeModel() = default;

void ClusterTreeModel::load()
{
    beginResetModel();
    m_root->children.clear();
    for (int i = 0; i < m_clusters->size(); ++i)
        m_root->children.push_back(nodeFor(m_clusters->at(i)));
    endResetModel();
}

std::unique_ptr<ClusterTreeModel::Node> ClusterTreeModel::nodeFor(store::Cluster* cluster)
{
    auto made = std::make_unique<Node>();
    Node* node = made.get();
    node->parent = m_root.get();
    node->cluster = cluster;
    for (const QLatin1String page : Pages) // the last children, whatever the cluster says of itself
        node->add(PageNode)->page = page;
    connect(cluster, &store::Cluster::stateChanged, this, [this, node] {
        if (!node->cluster->hasCatalog() && node->children.size() > Pages.size())
            rebuild(node);
        emit dataChanged(indexOf(node), indexOf(node));
    });
    connect(cluster, &store::Cluster::catalogChanged, this, [this, node] { rebuild(node); });
    connect(cluster, &store::Cluster::countChanged, this, [this, node](const QString& key) {
        for (const auto& group : node->children) {
            if (group->standsForKind && group->resource.key() == key)
                emit dataChanged(indexOf(group.get()), indexOf(group.get()));
            for (const auto& kind : group->children)
                if (kind->resource.key() == key)
                    emit dataChanged(indexOf(kind.get()), indexOf(kind.get()));
        }
    });
    return made;
}

void ClusterTreeModel::rebuild(Node* cluster)
{
    // Discovery seldom finds anything else than before: then nothing is folded up under the person's eyes.
    QSet<kube::KindGroup> expanded;
    for (const auto& group : cluster->children)
        if (group->expanded)
            expanded.insert(group->group);
    const QModelIndex parent = indexOf(cluster);
    showMembers(cluster); // they stand first, and are left alone
    const int first = cluster->children.front()->type == MembersNode ? 1 : 0;
    const int end = static_cast<int>(cluster->children.size() - Pages.size());
    if (end > first) {
        beginRemoveRows(parent, first, end - 1);
        cluster->children.erase(cluster->children.begin() + first, cluster->children.begin() + end);
        endRemoveRows();
    }
    if (!cluster->cluster->hasCatalog())
        return;
    std::vector<std::unique_ptr<Node>> fresh;
    Node builder;
    builder.cluster = cluster->cluster;
    for (auto& [group, resources] : kube::groupedKinds(cluster->cluster->catalog())) {
        Node* groupNode = builder.add(GroupNode);
        groupNode->group = group;
        groupNode->expanded = expanded.contains(group);
        if (group == kube::KindGroup::Nodes && resources.size() == 1) {
            groupNode->standsForKind = true;
            groupNode->resource = resources.front();
            continue;
        }
        if (group == kube::KindGroup::Businesses)
            groupNode->add(PageNode)->page = BusinessesPage;
        for (const kube::ApiResource& resource : resources)
            groupNode->add(KindNode)->resource = resource;
    }
    for (const kube::StaleGroup& stale : cluster->cluster->catalog().stale)
        builder.add(StaleGroupNode)->stale = stale;
    if (builder.children.empty())
        return;
    beginInsertRows(parent, first, first + static_cast<int>(builder.children.size()) - 1);
    for (const auto& child : builder.children)
        child->parent = cluster;
    cluster->children.insert(cluster->children.begin() + first, std::make_move_iterator(builder.children.begin()),
                             std::make_move_iterator(builder.children.end()));
    endInsertRows();
    recount();
}

/// Rows that stay are left alone, so that nothing moves under the person's eyes while health comes in.
void ClusterTreeModel::showMembers(Node* platform)
{
    const MemberClusters::Listing* listing = m_members ? m_members->listing(platform->cluster) : nullptr;
    const bool isShown = !platform->children.empty() && platform->children.front()->type == MembersNode;
    if (!listing || !platform->cluster->hasCatalog()) {
        if (isShown) {
            beginRemoveRows(indexOf(platform), 0, 0);
            platform->children.erase(platform->children.begin());
            endRemoveRows();
        }
        return;
    }
    if (!isShown) {
        auto made = std::make_unique<Node>();
        made->type = MembersNode;
        made->parent = platform;
        made->cluster = platform->cluster;
        beginInsertRows(indexOf(platform), 0, 0);
        platform->children.insert(platform->children.begin(), std::move(made));
        endInsertRows();
    }
    Node* group = platform->children.front().get();
    QStringList before;
    for (const auto& child : group->children)
        before << child->member;
    QStringList now;
    for (const tke::MemberCluster& each : listing->members)
        now << each.name;
    const QModelIndex index = indexOf(group);
    if (before != now) {
        if (!before.isEmpty()) {
            beginRemoveRows(index, 0, static_cast<int>(before.size()) - 1);
            group->children.clear();
            endRemoveRows();
        }
        if (!now.isEmpty()) {
            beginInsertRows(index, 0, static_cast<int>(now.size()) - 1);
            for (const QString& name : now)
                group->add(MemberNode)->member = name;
            endInsertRows();
        }
    } else if (!now.isEmpty()) {
        emit dataChanged(this->index(0, 0, index), this->index(static_cast<int>(now.size()) - 1, 0, index));
    }
    emit dataChanged(index, index);
}

void ClusterTreeModel::recount()
{
    for (const auto& cluster : m_root->children) {
        if (!cluster->expanded || !cluster->cluster->isOpen())
            continue;
        std::vector<kube::ApiResource> wanted;
        for (const auto& group : cluster->children) {
            if (group->standsForKind)
                wanted.push_back(group->resource);
            if (group->expanded)
                for (const auto& kind : group->children)
                    if (kind->type == KindNode)
                        wanted.push_back(kind->resource);
        }
        cluster->cluster->recount(wanted);
    }
}

void ClusterTreeModel::setExpanded(const QModelIndex& index, bool expanded)
{
    Node* node = nodeAt(index);
    if (node == m_root.get() || node->expanded == expanded)
        return;
    node->expanded = expanded;
    if (!expanded)
        return;
    if (node->type == ClusterNode)
        node->cluster->open();
    recount();
}

void ClusterTreeModel::retranslate()
{
    const std::function<void(const QModelIndex&)> tell = [&](const QModelIndex& parent) {
        const int rows = rowCount(parent);
        if (rows == 0)
            return;
        emit dataChanged(index(0, 0, parent), index(rows - 1, 0, parent));
        for (int row = 0; row < rows; ++row)
            tell(index(row, 0, parent));
    };
    tell({});
}

store::Cluster* ClusterTreeModel::clusterAt(const QModelIndex& index) const
{
    return index.isValid() ? nodeAt(index)->cluster : nullptr;
}

const kube::ApiResource* ClusterTreeModel::resourceAt(const QModelIndex& index) const
{
    if (!index.isValid())
        return nullptr;
    const Node* node = nodeAt(index);
    return node->type == KindNode || node->standsForKind ? &node->resource : nullptr;
}

QString ClusterTreeModel::pageAt(const QModelIndex& index) const
{
    return index.isValid() && nodeAt(index)->type == PageNode ? nodeAt(index)->page : QString();
}

QString ClusterTreeModel::memberAt(const QModelIndex& index) const
{
    return index.isValid() ? nodeAt(index)->member : QString();
}

QModelIndex ClusterTreeModel::indexOf(store::Cluster* cluster) const
{
    for (const auto& node : m_root->children)
        if (node->cluster == cluster)
            return indexOf(node.get());
    return {};
}

ClusterTreeModel::Node* ClusterTreeModel::nodeAt(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : m_root.get();
}

QModelIndex ClusterTreeModel::indexOf(const Node* node) const
{
    return node->parent ? createIndex(node->row(), 0, node) : QModelIndex();
}

QModelIndex ClusterTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, nodeAt(parent)->children[static_cast<std::size_t>(row)].get());
}

QModelIndex ClusterTreeModel::parent(const QModelIndex& child) const
{
    return child.isValid() ? indexOf(nodeAt(child)->parent) : QModelIndex();
}

int ClusterTreeModel::rowCount(const QModelIndex& parent) const
{
    return static_cast<int>(nodeAt(parent)->children.size());
}

bool ClusterTreeModel::hasChildren(const QModelIndex& parent) const
{
    const Node* node = nodeAt(parent);
    // A cluster that was not opened yet can be unfolded: that opens it.
    return node->type == ClusterNode && node->parent ? true : !node->children.empty();
}

QVariant ClusterTreeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Node& node = *nodeAt(index);
    if (role == NodeTypeRole)
        return node.type;
    // A screen reader is told what stands beside the name.
    if (role == Qt::AccessibleDescriptionRole && node.type != ClusterNode) {
        QStringList words{data(index, NoteRole).toString(), data(index, CountRole).toString()};
        words.removeAll(QString());
        return words.join(QStringLiteral(", "));
    }
    switch (node.type) {
    case ClusterNode:
        return clusterData(node, role);
    case GroupNode:
        if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
            return messages::groupName(node.group);
        if (role == IdRole)
            return kube::idOf(node.group);
        return node.standsForKind ? kindData(node, role) : QVariant();
    case KindNode:
        if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
            return node.resource.kind;
        return kindData(node, role);
    case StaleGroupNode:
        if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
            return node.stale.group + QLatin1Char('/') + node.stale.version;
        if (role == Qt::ToolTipRole)
            return messages::staleGroup(node.stale);
        if (role == NoteRole)
            return messages::stateName(kube::KindState::Stale);
        if (role == SeverityRole)
            return static_cast<int>(kube::Severity::Warning);
        return role == IdRole ? QVariant(QStringLiteral("custom")) : QVariant();
    case PageNode:
        if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) {
            if (node.page == BusinessesPage)
                return tr("Overview");
            return node.page == QLatin1String("metrics") ? tr("Metrics") : tr("Troubleshoot");
        }
        return role == IdRole ? QVariant(node.page) : QVariant();
    case MembersNode:
        return membersData(node, role);
    case MemberNode:
        return memberData(node, role);
    }
    return {};
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
    const tke::MemberCluster* member = m_members->member(node.cluster, node.member);
    if (!member)
        return {};
    const tke::MemberCluster::Condition* failing = member->firstFailing();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return member->displayName.isEmpty() ? member->name : member->displayName;
    case Qt::ToolTipRole: {
        QStringList lines{member->name, tr("%1 · %2 · %3", "type, version and phase of a cluster")
                                            .arg(member->type, member->version, member->phase)};
        for (const endpoint::Address& each : member->addresses)
            lines << QStringLiteral("%1 %2").arg(endpoint::idOf(each.type), each.text());
        if (failing)
            lines << QStringLiteral("%1: %2").arg(failing->type, failing->message);
        if (member->phase == QLatin1String("Failed"))
            lines << tr("Failed says that the platform cannot reach it, not that it is down.");
        return lines.join(QLatin1Char('\n'));
    }
    case IdRole:
        return QStringLiteral("members");
    case NoteRole: {
        if (m_members->isOpening(node.cluster, node.member))
            return tr("looking for a way…");
        QString note = member->displayName.isEmpty() || member->displayName == member->name
                           ? member->phase
                           : QStringLiteral("%1, %2").arg(member->name, member->phase);
        if (failing)
            note += QStringLiteral(", ") + failing->type;
        if (const store::Cluster* open = m_members->clusterOf(node.cluster, node.member))
            if (const auto route = m_members->routeOf(open))
                note += QStringLiteral(", ") + messages::routeName(*route);
        return note;
    }
    case CountRole:
        return member->version;
    case SeverityRole:
        return static_cast<int>(severityOf(member->severity()));
    default:
        return {};
    }
}

QVariant ClusterTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool isText = role == Qt::DisplayRole || role == Qt::AccessibleTextRole;
    return section == 0 && orientation == Qt::Horizontal && isText ? tr("Clusters") : QVariant();
}

QString ClusterTreeModel::noteOf(const store::Cluster& cluster)
{
    if (cluster.isSnapshot())
        return messages::snapshotMark(cluster.context().snapshot);
    const QString note = messages::connectionNote(connectionOf(cluster.state()), cluster.since());
    if (!cluster.isInsecure())
        return note;
    return note.isEmpty() ? tr("not verified") : tr("not verified, %1", "then the connection's state").arg(note);
}

QVariant ClusterTreeModel::clusterData(const Node& node, int role) const
{
    const store::Cluster& cluster = *node.cluster;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return base::visible(cluster.context().name);
    case Qt::ToolTipRole: {
        QString tip = cluster.address();
        if (const QString marks = messages::marksText(cluster.context()); !marks.isEmpty())
            tip += QLatin1Char('\n') + marks;
        if (cluster.error() != base::Error{})
            tip += QLatin1Char('\n') + messages::sentenceWithAdvice(cluster.error());
        if (cluster.isInsecure())
            tip += QLatin1Char('\n') + tr("Nobody checks who answers at this address (insecure-skip-tls-verify).");
        for (const config::Problem& problem : cluster.context().problems)
            tip += QLatin1Char('\n') + messages::sentence(problem);
        return tip;
    }
    case IdRole:
        return QStringLiteral("cluster");
    case ConnectionRole:
        return static_cast<int>(cluster.state());
    case NoteRole:
        return noteOf(cluster);
    case Qt::AccessibleDescriptionRole: {
        QStringList words{messages::marksText(cluster.context()), noteOf(cluster)};
        words.removeAll(QString());
        return words.join(QStringLiteral(", "));
    }
    case SeverityRole:
        return static_cast<int>(cluster.isInsecure() ? kube::Severity::Error : kube::Severity::None);
    case ReadOnlyRole:
        return cluster.context().readOnly;
    case ProductionRole:
        return cluster.context().production;
    case SnapshotRole:
        return cluster.isSnapshot();
    default:
        return {};
    }
}

QVariant ClusterTreeModel::kindData(const Node& node, int role) const
{
    const auto count = node.cluster->count(node.resource.key());
    switch (role) {
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

} // namespace models
