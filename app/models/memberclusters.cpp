#include "app/models/memberclusters.h"

#include "app/endpoint/reach.h"

#include <QPointer>
#include <algorithm>

namespace models {

using store::Cluster;

tke::PlatformAccess accessTo(const Cluster& platform, transport::Journal* journal)
{
    tke::PlatformAccess access;
    access.context = platform.context();
    access.endpoint = endpoint::endpointAt(platform.addresses()->own(), platform.addresses()->inUse());
    for (const endpoint::ProbeResult& each : platform.addresses()->results())
        if (each.sameCluster != false)
            access.others.push_back(each.address);
    if (platform.id() != platform.context().name)
        access.clusterUid = platform.id();
    access.connect = transport::connectAs(
        platform.identitySource(), journal,
        {.context = platform.context().name, .allowInsecureToken = platform.allowsInsecureToken()});
    access.journal = journal;
    return access;
}

MemberClusters::MemberClusters(store::Clusters* clusters, QObject* parent) : QObject(parent), m_clusters(clusters)
{
    const auto adoptAll = [this] {
        for (int i = 0; i < m_clusters->size(); ++i)
            adopt(m_clusters->at(i));
    };
    connect(clusters, &store::Clusters::loaded, this, [this, adoptAll] {
        m_listings.clear();
        m_asking.clear();
        m_opening.clear();
        m_routes.clear();
        adoptAll();
    });
    connect(clusters, &store::Clusters::inserted, this, [this](int index) { adopt(m_clusters->at(index)); });
    connect(clusters, &store::Clusters::removing, this, [this](int index) {
        forget(m_clusters->at(index));
        m_routes.remove(m_clusters->at(index)->context().name);
    });
    adoptAll();
}

MemberClusters::~MemberClusters()
{
    for (const auto& [cluster, cancel] : m_asking)
        cancel();
    for (const auto& [key, cancel] : m_opening)
        cancel();
}

void MemberClusters::adopt(Cluster* cluster)
{
    connect(cluster, &Cluster::catalogChanged, this, [this, cluster] { look(cluster); });
    connect(cluster, &Cluster::stateChanged, this, [this, cluster] {
        if (!cluster->isOpen() && m_listings.contains(cluster)) {
            forget(cluster);
            emit changed(cluster);
        }
    });
    look(cluster);
}

void MemberClusters::look(Cluster* cluster)
{
    // A member that is a platform itself is one of its own, when a context leads to it.
    const bool isOne = cluster->isOpen() && cluster->context().member.isEmpty() && tke::isPlatform(cluster->catalog());
    if (isOne == m_listings.contains(cluster))
        return;
    if (isOne) {
        m_listings[cluster] = {};
        refresh(cluster);
    } else {
        forget(cluster);
    }
    emit changed(cluster);
}

void MemberClusters::forget(const Cluster* cluster)
{
    m_listings.erase(cluster);
    if (const auto asking = m_asking.extract(cluster))
        asking.mapped()();
    for (auto it = m_opening.begin(); it != m_opening.end();) {
        if (it->first.first != cluster) {
            ++it;
            continue;
        }
        const auto cancel = it->second;
        it = m_opening.erase(it);
        cancel();
    }
}

const MemberClusters::Listing* MemberClusters::listing(const Cluster* platform) const
{
    const auto found = m_listings.find(platform);
    return found == m_listings.end() ? nullptr : &found->second;
}

const tke::MemberCluster* MemberClusters::member(const Cluster* platform, const QString& name) const
{
    const Listing* known = listing(platform);
    if (!known)
        return nullptr;
    const auto found = std::ranges::find(known->members, name, &tke::MemberCluster::name);
    return found == known->members.end() ? nullptr : &*found;
}

void MemberClusters::refresh(Cluster* platform)
{
    if (!m_listings.contains(platform) || m_asking.contains(platform) || !platform->isOpen())
        return;
    auto call = tke::readMembers(platform->client());
    m_asking[platform] = call.cancel;
    m_calls.follow(
        std::move(call), [this, platform](const base::Result<kube::ListedItems<tke::MemberCluster>>& listed) {
            // Forgotten: what comes now is void, and so may the pointer be.
            if (!listed && listed.error().kind == base::ErrorKind::Canceled)
                return;
            if (m_asking.erase(platform) == 0 || !m_listings.contains(platform))
                return;
            Listing& listing = m_listings[platform];
            const Listing before = std::exchange(listing, {});
            if (listed) {
                listing = {Listing::State::Known, listed->items, {}};
            } else {
                listing = {Listing::State::Failed, before.members, listed.error()};
            }
            if (listing.state != before.state || listing.members != before.members || listing.error != before.error)
                emit changed(platform);
        });
}

Cluster* MemberClusters::clusterOf(const Cluster* platform, const QString& member) const
{
    for (Cluster* each : openOf(platform))
        if (each->context().member == member)
            return each;
    return nullptr;
}

std::vector<Cluster*> MemberClusters::openOf(const Cluster* platform) const
{
    std::vector<Cluster*> open = m_clusters->membersOf(platform);
    std::erase_if(open, [](const Cluster* each) { return each->state() == Cluster::State::Closed; });
    return open;
}

bool MemberClusters::isOpening(const Cluster* platform, const QString& member) const
{
    return m_opening.contains({platform, member});
}

std::optional<tke::RouteKind> MemberClusters::routeOf(const Cluster* member) const
{
    const auto found = m_routes.constFind(member->context().name);
    return found == m_routes.constEnd() ? std::nullopt : std::optional(*found);
}

void MemberClusters::open(Cluster* platform, const QString& name, const tke::RouteWish& wish)
{
    if (!platform->isOpen() || isOpening(platform, name))
        return;
    if (Cluster* there = clusterOf(platform, name)) {
        const auto route = routeOf(there);
        if (!wish.address && (!wish.kind || route == wish.kind)) {
            emit opened(there, {});
            return;
        }
    }
    const tke::MemberCluster* known = member(platform, name);
    if (!known)
        return;
    if (platform->isSnapshot()) { // its addresses are those of then, and what leads there may be somebody else now
        emit refused(platform, name,
                     {{.kind = tke::RouteKind::Proxy, .address = {}, .error = {.kind = base::ErrorKind::NotCaptured}}});
        return;
    }
    auto call = tke::findRoute(platform->client(), accessTo(*platform, m_clusters->journal()), *known, wish);
    m_opening[{platform, name}] = call.cancel;
    emit changed(platform);
    m_calls.follow(std::move(call), [this, platform, name](const base::Result<tke::RouteSearch>& search) {
        if ((!search && search.error().kind == base::ErrorKind::Canceled) || m_opening.erase({platform, name}) == 0)
            return;
        if (search)
            follow(platform, name, *search);
        emit changed(platform);
    });
}

void MemberClusters::follow(Cluster* platform, const QString& name, const tke::RouteSearch& search)
{
    if (!search.taken) {
        emit refused(platform, name, search.refused);
        return;
    }
    const tke::MemberRoute& route = *search.taken;
    Cluster::Way way;
    if (route.kind != tke::RouteKind::Direct) {
        way.identity = platform->identitySource();
        way.allowInsecureToken = platform->allowsInsecureToken();
    }
    if (route.kind == tke::RouteKind::Proxy)
        // Where the platform is spoken to when it is needed: it may have gone to another of its addresses by then.
        way.through = [platform = QPointer(platform), name](transport::Connector http,
                                                            QThread*) -> transport::Connector {
            return [platform, name,
                    http = std::move(http)](const transport::Endpoint& to,
                                            transport::As as) -> base::Result<std::unique_ptr<transport::Transport>> {
                if (!platform || !platform->isOpen())
                    return base::failure(
                        {.kind = base::ErrorKind::BadConfig, .reason = QStringLiteral("platformClosed"), .said = name});
                const store::Addresses& addresses = *platform->addresses();
                return tke::throughPlatform(http, endpoint::endpointAt(addresses.own(), addresses.inUse()), name)(to,
                                                                                                                  as);
            };
        };
    if (Cluster* there = clusterOf(platform, name)) // by another way
        m_clusters->dropMember(there);
    m_routes[route.context.name] = route.kind;
    emit opened(m_clusters->openMember(platform, route.context, std::move(way)), search.refused);
}

tke::ClientOf clientsThrough(store::Cluster* platform, transport::Journal* journal)
{
    return [platform = QPointer(platform), journal](const QString& member) {
        if (!platform || !platform->isOpen())
            return base::answered<std::shared_ptr<const kube::Client>>(
                base::failure({.kind = base::ErrorKind::Canceled, .ofWhom = member}));
        if (platform->isSnapshot()) // nobody is asked by way of a file
            return base::answered<std::shared_ptr<const kube::Client>>(
                base::failure({.kind = base::ErrorKind::NotCaptured, .ofWhom = member}));
        return tke::memberClients(platform->client(), accessTo(*platform, journal))(member);
    };
}

} // namespace models
