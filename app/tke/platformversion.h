#pragma once
// The version of a platform, "v1.9.2", and what came with which.

#include <QString>
#include <QVersionNumber>
#include <optional>

namespace tke {

/// Nothing: the text names no version.
std::optional<bool> isSince(const QString& platformVersion, const QVersionNumber& since);

} // namespace tke
