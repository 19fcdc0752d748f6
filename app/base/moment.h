#pragma once
// A point in time as it is written in sentences.

#include <QDateTime>
#include <QString>

namespace base {

enum class Precision { Minutes, Seconds };

/// "2026-11-22 12:00:22 UTC", the same in each language.
QString moment(const QDateTime& time, Precision precision = Precision::Seconds);

} // namespace base
