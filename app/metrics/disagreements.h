#pragma once
// Where the sources of one row disagree, and why. Pure. Internal to metrics/.

#include "app/metrics/contrast.h"

namespace metrics {

/// The row has all that the sources say; its disagreements are not filled in yet.
std::vector<Disagreement> disagreementsOf(const ContrastRow& row, const ContrastInput& input);

} // namespace metrics
