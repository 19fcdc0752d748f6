#pragma once
// Event persistence of a cluster, made through the change flow: a POST that is tried first, kept in the log without its
// password, and taken back by deleting it.

#include "app/change/deleteflow.h"
#include "app/change/manifestflow.h"
#include "app/tke/persistentevent.h"

#include <memory>

namespace change {

/// The creation of what the draft says, under a new name; Idle. The draft has no errors. Error: never but for an object
/// that could not be read back.
base::Result<std::unique_ptr<ManifestFlow>> createEventSink(const kube::Client& client, const Origin& origin,
                                                            const kube::ApiResource& resource,
                                                            const tke::EventSinkDraft& draft, const WriteLog* log);
/// Takes it back: the platform then takes away what it made in the member cluster. Only of one that is Applied.
std::unique_ptr<DeleteFlow> undoEventSink(const kube::Client& client, const ManifestFlow& created, const WriteLog* log);

/// For a shell: it reads the password from ES_PASSWORD, where the draft has a login.
QString curlEventSink(const ManifestFlow& flow);

} // namespace change
