#pragma once
// Cells as text, the way the server's Tables write them, and times as kubectl does.

#include "app/kube/rows.h"

namespace kube {

/// "3d4h", "5m12s": k8s.io/apimachinery/pkg/util/duration.HumanDuration.
QString humanDuration(std::int64_t seconds);
/// HumanDuration of `now - since`; "<unknown>" when `since` is 0 (translateTimestampSince in printers.go).
QString ageText(std::uint32_t since, std::int64_t now);
/// A Restarts cell: "0", "4", "4 (2m ago)".
QString restartsText(std::uint32_t count, std::uint32_t last, std::int64_t now);
/// Seconds since 1970 of an RFC 3339 time such as "2026-11-22T11:57:03Z" (fractions and offsets as well); 0 when it is
/// none or out of range.
std::uint32_t parseTime(std::string_view rfc3339);

} // namespace kube
