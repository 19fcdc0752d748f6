#pragma once
// How many objects of a kind there are, asked with one small request.

#include "app/kube/apiresource.h"
#include "app/kube/client.h"

#include <optional>

namespace kube {

enum class KindState { Ok, Forbidden, Failing, Stale };
/// The name in alidadectl's JSON.
QString idOf(KindState state);

struct KindCount {
    KindState state = KindState::Ok;
    /// Not known where the server does not say how many remain, and where `state` is not Ok.
    std::optional<qint64> count;
    /// Where it was counted; empty: in all namespaces (or the kind has none).
    QString nameSpace;
    base::Error error; ///< when not Ok
};

/// Always answers. Where a person may not list all namespaces, `ownNamespace` is counted instead when it is given.
base::Call<KindCount> countObjects(const Client& client, const ApiResource& resource, const QString& ownNamespace = {});

} // namespace kube
