#pragma once
// What there is to say of usage that a Prometheus was asked for, in the language of the installed translators.

#include "app/metrics/usagerange.h"

namespace messages {

/// Why there is nothing to draw; empty when there is.
QString sentence(const metrics::UsageFigures& figures);
/// Over how long CPU time is averaged, how far apart the values are, and what Prometheus warns of.
QString formula(const metrics::UsageRange& range);

} // namespace messages
