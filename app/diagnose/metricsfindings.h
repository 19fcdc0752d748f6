#pragma once
// What the guide metrics-sources finds: pure functions over the survey. Internal to diagnose/.

#include "app/diagnose/finding.h"
#include "app/metrics/sources.h"

namespace diagnose {

/// None for sources that stand well, nor for those that a cluster may well be without.
std::vector<Finding> metricsFindings(const metrics::SourceSurvey& survey, const QString& cluster);

} // namespace diagnose
