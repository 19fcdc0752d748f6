#pragma once
// A path of an APIServer, read: /apis/{group}/{version}/namespaces/{namespace}/{resource}/{name}/{subresource}
// (k8s.io/apiserver/pkg/endpoints/request/requestinfo.go). Internal to snapshot/.

#include "app/snapshot/snapshot.h"

namespace snapshot {

/// Of the answer then, with the time of then where the server told none.
std::vector<transport::Header> headersOf(const Answer& answer);

base::Result<void> give(const base::Result<transport::Reply>& reply, AnswerSink& sink);

struct Snapshot::Target {
    QString group;
    QString version;
    QString nameSpace;
    QString resource;
    QString name;        ///< empty: the collection
    QString subresource; ///< with what follows it

    /// Nothing for what is no path of a resource.
    static std::optional<Target> of(const QByteArray& path);
};

} // namespace snapshot
