#pragma once
// A quantity as Kubernetes writes it: "100m", "1.5Gi", "488689522n", "1e3"
// (k8s.io/apimachinery/pkg/api/resource/quantity.go). Rounded away from zero, as MilliValue() and Value() do.

#include "app/kube/json.h"

#include <QString>
#include <optional>

namespace kube {

/// In thousandths of the unit: millicores of CPU. Nothing when the text is no quantity or is beyond 64 bits.
std::optional<qint64> milliOf(const QString& quantity);
/// In whole units: bytes of memory.
std::optional<qint64> wholeOf(const QString& quantity);

/// The text of a quantity that stands in an object, where a whole number may stand without quotes.
QString quantityText(const Json& value);

} // namespace kube
