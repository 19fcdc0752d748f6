#pragma once
// Clusters of a platform by their names there.

#include "app/kube/client.h"

#include <memory>

namespace tke {

/// A way to a member cluster by its name on the platform, to be held as long as it is asked. Error: there is none, and
/// why.
using ClientOf = std::function<base::Call<std::shared_ptr<const kube::Client>>(const QString& cluster)>;

} // namespace tke
