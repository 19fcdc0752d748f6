#pragma once
// What a person should know before an object is written: who else keeps it, and what the server warned of.

#include "app/kube/json.h"
#include "app/transport/request.h"

#include <QDateTime>
#include <QString>
#include <optional>
#include <vector>

namespace change {

/// The sentence comes from messages/. `id` is one of
///   serverWarning   the server's own words (`detail`)
///   ownedBy         a controller keeps it and may put it back (`detail`: "ReplicaSet web-5d4")
///   helm            a Helm release (`detail`: its name)
///   argo, flux      a GitOps application (`detail`: its name)
///   otherManager    another field manager wrote the same field last (`detail`: its name; `subject`: which field, where
///                   several are written)
///   stopsAllPods    scaled to nothing
///   scaledBy        a HorizontalPodAutoscaler will put the number back (`subject`: its name, `detail`: "2–10")
///   scalersUnknown  it could not be read whether there is one (`detail`: why)
///   keepersUnknown  it could not be read who keeps the object (`detail`: why)
///   onDelete        the strategy OnDelete: nothing restarts until pods are deleted
///   noWayBack       a rollout cannot be taken back, only followed by another
///   suspendStops    pods of a Job are deleted when it is suspended
///   runningGoesOn   suspending a CronJob leaves the jobs that run
/// and about a deletion
///   systemObject, nodeLease     the cluster itself needs it
///   finalizers      it stays until they are done (`detail`: which)
///   terminating     it is being deleted already (`detail`: since when)
///   comesBack       a controller makes another in its place (`detail`: "ReplicaSet web-5d4")
///   allInNamespace, allOfKind, nodeStays, boundClaim (`detail`: the claim, `subject`: the reclaim policy)
struct Notice {
    QString id;
    QString detail;       ///< made visible
    QString subject = {}; ///< made visible
    bool operator==(const Notice&) const = default;
};

/// The values of `Warning:` headers, without their code and agent (RFC 7234, 5.5).
std::vector<Notice> warningsOf(const transport::ReplyHead& head);
/// Who keeps the object, and who wrote the field (as in Intent::field()) before; nobody for a field of no name.
std::vector<Notice> keepersOf(const kube::Json& object, const std::vector<QString>& field);

/// Who wrote a field last, by metadata.managedFields: nothing where nobody is named.
struct LastWriter {
    QString manager; ///< made visible
    QDateTime at;    ///< UTC
    bool operator==(const LastWriter&) const = default;
};
std::optional<LastWriter> lastWriterOf(const kube::Json& object, const std::vector<QString>& field);

} // namespace change
