#pragma once
// A Service that is read through the APIServer:
// https://kubernetes.io/docs/tasks/access-application-cluster/access-cluster-services/#manually-constructing-apiserver-proxy-urls
// It reads v1 Endpoints, and takes only addresses whose targetRef is a Pod of the same namespace: its 404 may mean
// that there are none, not that the Service is missing.

#include "app/transport/request.h"

#include <QStringList>

namespace metrics {

struct ServicePort {
    QString nameSpace;
    QString service;
    QString port;                            ///< its name or number
    QString scheme = QStringLiteral("http"); ///< "http" or "https"
    bool operator==(const ServicePort&) const = default;
};

/// A read of what the Service serves below a path: proxied(where, {"api", "v1", "query"}).
transport::Request proxied(const ServicePort& where, const QStringList& path);

} // namespace metrics
