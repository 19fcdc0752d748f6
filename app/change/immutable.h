#pragma once
// An object of the same name is there already, and what is wanted of it can only be said when an object is made: which
// fields, by our own comparison (servers often name no more than "spec"), and the ways out.
//
// Rules after k8s.io/kubernetes/pkg/apis: core/validation (ValidatePodUpdate, ValidateServiceUpdate,
// ValidatePersistentVolumeClaimUpdate, ValidateConfigMapUpdate, ValidateSecretUpdate), apps/validation
// (ValidateStatefulSetUpdate and the selectors of its neighbours), batch/validation (ValidateJobUpdate),
// rbac/validation (roleRef), storage/validation (ValidateStorageClassUpdate). A custom resource's own rules
// (self == oldSelf) are known only by what the server says.

#include "app/base/error.h"
#include "app/kube/json.h"

#include <QStringList>
#include <vector>

namespace change {

struct ImmutableField {
    QString field; ///< "spec.selector.matchLabels.app", as servers name fields
    kube::Json live;
    kube::Json wanted; ///< null: is to be taken away
    bool operator==(const ImmutableField&) const = default;
};

/// None where the error is about something else. Of a Secret the values are masked.
std::vector<ImmutableField> immutableFields(const kube::Json& live, const kube::Json& wanted, const base::Error& error);

/// `wanted`, with these fields as the live object has them: the rest of it can be applied then.
kube::Json keeping(kube::Json wanted, const kube::Json& live, const std::vector<ImmutableField>& fields);

/// `id` is "keep" (leave these fields as they are, adopt the rest), "rename" (make another object), or "recreate"
/// (delete and make it again). Sentences are in messages/manifests.h.
struct WayOut {
    QString id;
    /// What is lost between deletion and creation, as ids with a detail behind a colon: "clusterIP:10.0.0.7",
    /// "nodePort:30080", "loadBalancer:192.0.2.9", "pods", "history", "data", "bindings".
    QStringList loses;
    bool operator==(const WayOut&) const = default;
};
std::vector<WayOut> waysOut(const kube::Json& live, const std::vector<ImmutableField>& fields);

} // namespace change
