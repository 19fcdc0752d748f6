#pragma once
// What stands in a member cluster of the addons that its platform has installed there, by the objects' own status.

#include "app/tke/addonkinds.h"
#include "app/tke/addons.h"
#include "app/tke/clientof.h"

namespace tke {

/// One object that an addon makes.
struct PartState {
    enum class State {
        NotKnown, ///< it could not be read: `error` says why
        Absent,
        Present, ///< it is there, and has no health of its own
        Healthy, ///< as many pods are ready as are wanted
        Failing,
        Off, ///< none is wanted
    };
    kube::ObjectRef ref; ///< in the member
    bool isWorkload = false;
    bool isOptional = false; ///< Absent says nothing then
    State state = State::NotKnown;
    int wanted = 0; ///< pods; of a workload that is there
    int ready = 0;
    QString message; ///< of one that fails: of its first failing pod, else of its conditions; made visible
    std::optional<base::Error> error;

    bool isKnown() const { return state != State::NotKnown; }
};
/// "notKnown", "absent", "present", "healthy", "failing", "off".
QString idOf(PartState::State state);

/// A workload that an addon makes, without that addon.
struct LeftOver {
    QString type; ///< "TappController"
    PartState part;
};

struct MemberAddons {
    std::vector<std::vector<PartState>> parts; ///< of each addon that was asked for; none where it is not known what
                                               ///< its kind makes
    std::vector<LeftOver> leftOver;
    std::optional<base::Error> error; ///< the member could not be reached: every part is NotKnown
};

/// What would be there, none of it known.
std::vector<PartState> partsOf(const Addon& addon);
/// Reads the status of a Deployment, a DaemonSet or a StatefulSet.
PartState workloadState(const kube::Json& object, const AddonPart& part);
/// Why a pod is not ready, in the words of its first container that waits or ended, else of its conditions; empty: it
/// says nothing.
QString podTrouble(const kube::Json& pod);

/// `installed`: all in the cluster that `member` speaks to. `read`: keys of the kinds of addons of which all are known;
/// only of those something may be left over. Three lists in kube-system, the pods of what fails, and one question for
/// each other object, of which nothing but its metadata is asked for. Never an Error but Canceled. Works in the calling
/// thread.
base::Call<MemberAddons> readMemberAddons(const kube::Client& member, const std::vector<Addon>& installed,
                                          const QStringList& read);

} // namespace tke
