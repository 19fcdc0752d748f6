#pragma once
// Cells as text, the way the server's Tables write them, and as raw values to sort by. Pure functions.

#include "app/kube/rowview.h"

namespace kube {

/// "3d4h", "5m12s": k8s.io/apimachinery/pkg/util/duration.HumanDuration. A clock that is a second behind is forgiven;
/// beyond that a negative duration is "<invalid>".
QString humanDuration(std::int64_t seconds);
/// HumanDuration of `now - since`; "<unknown>" when `since` is 0 (translateTimestampSince in printers.go).
QString ageText(std::uint32_t since, std::int64_t now);
/// A Restarts cell: "0", "4", "4 (2m ago)".
QString restartsText(std::uint32_t count, std::uint32_t last, std::int64_t now);
/// Seconds since 1970 of an RFC 3339 time such as "2026-11-22T11:57:03Z" (fractions and offsets as well); 0 when it is
/// none or out of range.
std::uint32_t parseTime(std::string_view rfc3339);

/// What the server's Table shows in this column of this row at `now` (seconds since 1970).
QString cellText(const Column& column, const RowView& row, std::int64_t now);

/// The raw order of two rows by one column: negative, zero or positive. What is not known comes first; numbers by
/// value, ratios by part/whole ("0/0" is complete) and then by whole, restarts by count and then by the last one, times
/// by time (the oldest first), texts by code point. A strict weak order for any cells, also of different types.
int compareCells(const Column& column, const RowView& a, const RowView& b);

} // namespace kube
