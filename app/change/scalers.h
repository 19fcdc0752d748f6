#pragma once
// Who keeps the number of an object's pods by itself, or the object.

#include "app/change/intent.h"
#include "app/kube/client.h"

namespace change {

/// Notices scaledBy, one for each HorizontalPodAutoscaler that targets the object; scalersUnknown where that could not
/// be read, which is not the same as none. Never an error.
base::Call<std::vector<Notice>> scalersOf(const kube::Client& client, const kube::ApiCatalog& catalog,
                                          const Target& target);
/// A Scale says nothing of who keeps the object that it is of: that is read there. Notices as of keepersOf();
/// keepersUnknown where it could not be read. Never an error.
base::Call<std::vector<Notice>> keepersBehindScale(const kube::Client& client, Target target);

} // namespace change
