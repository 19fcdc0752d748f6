#pragma once
// Parts that the commands of `metrics` print.

#include "app/kube/json.h"
#include "app/metrics/contrast.h"
#include "app/metrics/sources.h"

#include <QStringList>

namespace cli {

/// {metricsServer: {state, reason, detail, version, seenAt, …}, …}
kube::Json sourcesJson(const metrics::SourceSurvey& survey);
/// A line for each source that does not stand well, and for what was read at a cost.
QStringList sourceLines(const metrics::SourceSurvey& survey);
kube::Json rowJson(const metrics::ContrastRow& row);
/// ISO 8601 UTC, or null.
kube::Json timeOrNull(const QDateTime& time);

} // namespace cli
