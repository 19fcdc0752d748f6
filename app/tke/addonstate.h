#pragma once
// The addons of a platform's clusters, as the platform tells of them and as they stand in the clusters, and where the
// two do not agree.

#include "app/base/severity.h"
#include "app/tke/memberaddons.h"

namespace tke {

/// How an addon is, of both sides. NotKnown is never Well.
enum class AddonState { Well, Underway, Failing, NotKnown };
/// "well", "underway", "failing", "notKnown".
QString idOf(AddonState state);

/// One addon of one cluster. What was found is an id; sentences are in messages/addons.h:
///   clusterUnknown      it names a cluster that the platform does not have
///   installedTwice      there is another of its type for the cluster: two write the same objects
///   runsButGone         phase Running, and a workload is not there
///   runsButNotReady     phase Running, and a workload has fewer pods ready than it wants
///   runsButOff          phase Running, and a workload wants no pod
///   runsIncomplete      phase Running, and something that it needs is not there (an account, a binding, …)
///   failedButStands     phase Failed, and every workload has its pods ready
///   blockedByRemains    the phase's reason is that something of an earlier installation is there already
///   failed              phase Failed or Unhealthy
///   partsUnknown        it is not known what its kind makes
struct AddonView {
    Addon addon;
    std::vector<PartState> parts; ///< in the cluster
    AddonState state = AddonState::NotKnown;
    QString finding; ///< empty: nothing

    std::optional<base::Severity> severity() const;
    /// The workload, or else the part, that is worst; null: all are well, or none is known.
    const PartState* worst() const;
};

struct ClusterAddons {
    QString cluster;
    bool isKnown = true; ///< the platform has a cluster of that name, or could not be asked
    std::vector<AddonView> addons;
    std::vector<LeftOver> leftOver;
    std::optional<base::Error> error; ///< why nothing is known of what stands there
    bool isLooking = true;            ///< what stands there has not been read yet
};

/// By cluster, in the order of `clusters`; then those that are no clusters of the platform.
std::vector<ClusterAddons> clusterAddons(const AddonSurvey& survey, const std::optional<QStringList>& clusters);
/// Takes what was read of the member, and judges.
void take(ClusterAddons& into, const base::Result<MemberAddons>& member);
/// Of the phase and the parts as they stand in it.
void judge(ClusterAddons& cluster);

/// Reads all of these in their clusters, eight at a time; `seen` is called with each as it comes, in the calling
/// thread. Never an Error but Canceled.
base::Call<std::vector<ClusterAddons>> readInClusters(const ClientOf& clientOf, std::vector<ClusterAddons> clusters,
                                                      const QStringList& read,
                                                      std::function<void(const ClusterAddons&)> seen = {});

} // namespace tke
