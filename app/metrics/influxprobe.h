#pragma once
// Since when an InfluxDB 1.x holds data, asked through the service proxy. Internal to metrics/.

#include "app/kube/client.h"
#include "app/metrics/places.h"

#include <QDateTime>
#include <QStringList>

namespace metrics {

/// By its shard groups, each of which covers a span of time (a day, a week): what SHOW SHARD GROUPS lists is kept apart
/// from the data, so that the question costs the same however much is stored
/// (https://docs.influxdata.com/influxdb/v1/query_language/explore-schema/). The points themselves begin somewhere
/// within the first span. InfluxDB's own database is left out.
struct InfluxProbe {
    QDateTime since;       ///< where the oldest group begins; invalid: it holds nothing
    QDateTime until;       ///< where the newest ends; it may lie ahead
    QStringList databases; ///< that hold something
};

/// Error{Unauthorized}: it wants a login of its own; Error{BadAnswer, "noInflux"}: what answers is none.
base::Call<InfluxProbe> probeInflux(const kube::Client& client, const ServicePort& where);

/// Reads the answer; pure.
base::Result<InfluxProbe> readShardGroups(const kube::Json& json);

} // namespace metrics
