#pragma once
// Asks an APIServer which kinds it serves: aggregated discovery (two requests), or group by group where the server does
// not know that (before 1.26). An APIService that is down neither delays nor empties the answer: it is named in
// ApiCatalog::stale.

#include "app/kube/apiresource.h"
#include "app/kube/client.h"

namespace kube {

/// What /version says.
struct ServerVersion {
    QString gitVersion; ///< "v1.36.3"; "" when the server says none
    int major = 0;      ///< 0 when it cannot be read from what was said
    int minor = 0;
};

base::Call<ApiCatalog> discover(const Client& client);
base::Call<ServerVersion> serverVersion(const Client& client);
/// The UID of namespace kube-system: the same cluster whatever its address.
base::Call<QString> clusterUid(const Client& client);

} // namespace kube
