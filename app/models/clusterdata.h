#pragma once
// What a row says of a cluster, whichever model it stands in.

#include "app/kube/rows.h"
#include "app/models/roles.h"
#include "app/store/cluster.h"

#include <QVariant>

namespace models {

/// By the roles of Qt and those of roles.h; invalid for what is not said of a cluster.
QVariant clusterData(const store::Cluster& cluster, int role);

} // namespace models
