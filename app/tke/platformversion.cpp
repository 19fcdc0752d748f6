#include "app/tke/platformversion.h"

namespace tke {

std::optional<bool> isSince(const QString& platformVersion, const QVersionNumber& since)
{
    const QString digits = platformVersion.startsWith(QLatin1Char('v')) ? platformVersion.mid(1) : platformVersion;
    const QVersionNumber version = QVersionNumber::fromString(digits);
    if (version.segmentCount() < 2)
        return std::nullopt;
    return version >= since;
}

} // namespace tke
