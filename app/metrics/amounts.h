#pragma once
// Amounts as objects write them, and sums of them. Internal to metrics/.

#include "app/kube/json.h"
#include "app/metrics/figures.h"

namespace metrics {

/// Of a ResourceList. A negative amount is none: nothing is declared by it and nothing used.
Amounts amountsOf(const kube::Json& resources);
/// The sum of what is declared: what one of them does not say counts as nothing of the other's.
Amounts sumOf(const Amounts& a, const Amounts& b);
/// The sum where both are known: of what is used, a part that is silent leaves the whole unknown.
Amounts totalOf(const Amounts& a, const Amounts& b);
/// The greater of what is declared.
Amounts greaterOf(const Amounts& a, const Amounts& b);
/// A time as objects write it (RFC 3339); invalid when it is none.
QDateTime timeOf(const kube::Json& value);

} // namespace metrics
