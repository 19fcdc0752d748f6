#include "app/metrics/amounts.h"

#include "app/kube/jsonread.h"
#include "app/kube/quantity.h"

#include <algorithm>

namespace metrics {
namespace {

using Amount = std::optional<qint64>;

Amount unlessNegative(Amount amount)
{
    return amount && *amount >= 0 ? amount : std::nullopt;
}

/// What is beyond 64 bits is not known.
Amount added(Amount a, Amount b)
{
    if (!a || !b)
        return a ? a : b;
    qint64 sum = 0;
    return __builtin_add_overflow(*a, *b, &sum) ? std::nullopt : Amount(sum);
}

} // namespace

Amounts amountsOf(const kube::Json& resources)
{
    return {unlessNegative(kube::milliOf(kube::quantityText(kube::at(resources, {"cpu"})))),
            unlessNegative(kube::wholeOf(kube::quantityText(kube::at(resources, {"memory"}))))};
}

Amounts sumOf(const Amounts& a, const Amounts& b)
{
    return {added(a.cpuMilli, b.cpuMilli), added(a.memoryBytes, b.memoryBytes)};
}

Amounts totalOf(const Amounts& a, const Amounts& b)
{
    const Amounts sum = sumOf(a, b);
    return {a.cpuMilli && b.cpuMilli ? sum.cpuMilli : std::nullopt,
            a.memoryBytes && b.memoryBytes ? sum.memoryBytes : std::nullopt};
}

Amounts greaterOf(const Amounts& a, const Amounts& b)
{
    return {std::max(a.cpuMilli, b.cpuMilli), std::max(a.memoryBytes, b.memoryBytes)};
}

QDateTime timeOf(const kube::Json& value)
{
    const QDateTime time = QDateTime::fromString(kube::rawText(value), Qt::ISODate);
    return time.isValid() ? time.toUTC() : QDateTime();
}

} // namespace metrics
