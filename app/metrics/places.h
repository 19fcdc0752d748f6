#pragma once
// Where in a cluster the parts stand that figures come from: Services found by their labels, names and ports. Pure.

#include "app/kube/json.h"
#include "app/metrics/serviceproxy.h"

#include <QString>
#include <map>
#include <optional>
#include <vector>

namespace metrics {

/// A map of texts, as labels are; anything else in it is empty.
std::map<QString, QString> textsOf(const kube::Json& map);

/// What a Service says that a place is found by.
struct ServiceFacts {
    struct Port {
        QString name;
        qint64 number = 0;
    };
    QString nameSpace;
    QString name;
    std::map<QString, QString> labels;
    std::map<QString, QString> selector;
    std::vector<Port> ports;
    QString scrape; ///< the annotation that has Prometheus scrape it: its name and value; empty: none
};
ServiceFacts serviceFacts(const kube::Json& service);

/// A Service that was found, and which of its ports is meant.
struct Place {
    ServicePort at;
    QString scrape;                      ///< as in ServiceFacts
    std::map<QString, QString> selector; ///< of its pods
    bool operator==(const Place&) const = default;
};

enum class Part { KubeStateMetrics, Prometheus, Heapster, InfluxDb };
/// The best match: by label, then by name; a Service without a cluster-wide port of its own comes last.
std::optional<Place> findPart(Part part, const std::vector<ServiceFacts>& services);
Place placeOf(const ServiceFacts& service, const ServiceFacts::Port& port);
/// Where such a part usually stands: for who may not list Services.
Place usualPlace(Part part);

/// What follows the last colon of an image, without a digest: "v0.9.0"; empty when nothing does.
QString versionOfImage(const QString& image);

} // namespace metrics
