#pragma once
// Names of the tree's groups and of states, in the person's language.

#include "app/kube/count.h"
#include "app/kube/kindgroups.h"

namespace messages {

QString groupName(kube::KindGroup group);
QString stateName(kube::KindState state);
/// "custom.metrics.k8s.io/v1beta1 does not answer just now: …"
QString staleGroup(const kube::StaleGroup& group);

} // namespace messages
