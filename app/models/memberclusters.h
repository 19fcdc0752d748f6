#pragma once
// The members of the platforms that are open: what each platform tells of them, and the way from there to an opened
// one. For the tree, the top bar and whatever else lists or opens them.

#include "app/base/calls.h"
#include "app/store/clusters.h"
#include "app/tke/memberclients.h"

#include <QHash>
#include <map>

namespace models {

/// Lives in the GUI thread. Credentials pass through it into the opened cluster's context and stay nowhere else.
class MemberClusters : public QObject {
    Q_OBJECT
public:
    struct Listing {
        enum class State {
            Loading,
            Known,  ///< `members` is what the platform said last
            Failed, ///< `error` says why; `members` is what it said before, if it ever did
        };
        State state = State::Loading;
        std::vector<tke::MemberCluster> members;
        base::Error error;
    };

    /// The clusters outlive it.
    explicit MemberClusters(store::Clusters* clusters, QObject* parent = nullptr);
    ~MemberClusters() override;

    /// Of a platform that is open, or was until now; null for any other cluster.
    const Listing* listing(const store::Cluster* platform) const;
    /// Null when the platform does not tell of one of that name.
    const tke::MemberCluster* member(const store::Cluster* platform, const QString& name) const;
    /// Asks the platform again: changed().
    void refresh(store::Cluster* platform);

    /// Looks for a way and opens the member over it: opened(), or refused(). A wish for another way than that of a
    /// member which is open already closes that first. Nothing while it is being looked for, and where the platform
    /// tells of none of that name that could be opened.
    void open(store::Cluster* platform, const QString& member, const tke::RouteWish& wish = {});
    bool isOpening(const store::Cluster* platform, const QString& member) const;
    /// The cluster that was opened of it; null when none is.
    store::Cluster* clusterOf(const store::Cluster* platform, const QString& member) const;
    /// All that were opened of it, in their order, also those of whom it tells no longer.
    std::vector<store::Cluster*> openOf(const store::Cluster* platform) const;
    /// How an opened member is spoken to; none for other clusters.
    std::optional<tke::RouteKind> routeOf(const store::Cluster* member) const;

signals:
    /// What is known of its members, or whether it is a platform.
    void changed(store::Cluster* platform);
    /// `refused` are the ways that stood before the one that was taken.
    void opened(store::Cluster* member, const std::vector<tke::RefusedRoute>& refused);
    /// No way reaches it.
    void refused(store::Cluster* platform, const QString& member, const std::vector<tke::RefusedRoute>& refused);

private:
    using Key = std::pair<const store::Cluster*, QString>;
    void adopt(store::Cluster* cluster);
    void look(store::Cluster* cluster);
    void forget(const store::Cluster* cluster);
    void follow(store::Cluster* platform, const QString& member, const tke::RouteSearch& search);

    store::Clusters* m_clusters;
    std::map<const store::Cluster*, Listing> m_listings;
    std::map<const store::Cluster*, std::function<void()>> m_asking;
    std::map<Key, std::function<void()>> m_opening;
    QHash<QString, tke::RouteKind> m_routes; ///< by the member's context
    base::Calls m_calls;
};

/// A platform as it is spoken to now; it is open.
tke::PlatformAccess accessTo(const store::Cluster& platform, transport::Journal* journal);
/// For who reads a little of its members. The platform may be closed, or gone, when a client is asked for: an Error.
tke::ClientOf clientsThrough(store::Cluster* platform, transport::Journal* journal);

} // namespace models
