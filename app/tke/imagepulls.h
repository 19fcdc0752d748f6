#pragma once
// Pods that wait for an image, and what their events say of it, sorted by what is wrong.

#include "app/kube/json.h"

#include <QStringList>
#include <vector>

namespace tke {

enum class PullTrouble {
    NameUnknown, ///< the node cannot turn the name into an address
    Refused,
    NoAnswer,
    Certificate, ///< the node does not trust it, or it is another's
    PlainHttp,
    Unauthorized,
    NotFound, ///< no such image, or no such tag
    Failing,  ///< 5xx
    Unsorted,
};
/// By the words of docker and containerd: of an event, or of a container's state.
PullTrouble troubleOf(const QString& words);

/// One container that waits for its image.
struct WaitingPull {
    QString nameSpace;
    QString pod;
    QString uid;
    QString node;
    QString image; ///< as the pod has it
    QString words; ///< of the container's state, else of an event; made visible; empty: nobody said why
    bool operator==(const WaitingPull&) const = default;
};
/// Those of this pod that say ErrImagePull or ImagePullBackOff; each image once.
std::vector<WaitingPull> waitingPullsOf(const kube::Json& pod);
/// Gives each the words of an event (reason Failed) that speaks of its image; they tell more than the state's.
void takeEvent(std::vector<WaitingPull>& pulls, const kube::Json& event);

} // namespace tke
