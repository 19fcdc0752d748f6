#pragma once
// The labels of a series that name its object. Where a scrape writes labels of its own over the object's, those arrive
// as exported_namespace, exported_pod …, and are the ones that count
// (https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config, honor_labels). TKEStack's
// scrape calls pod and container pod_name and container_name.

#include "app/metrics/expositionline.h"

#include <map>

namespace metrics {

using SeriesLabels = std::map<QString, QString>;

/// The value of a label of the object's: "namespace", "pod", "container", "node" …; empty when there is none.
std::string_view objectLabel(std::span<const Label> labels, std::string_view name);
QString objectLabel(const SeriesLabels& labels, const QString& name);

} // namespace metrics
