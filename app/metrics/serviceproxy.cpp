#include "app/metrics/serviceproxy.h"

namespace metrics {

transport::Request proxied(const ServicePort& where, const QStringList& path)
{
    const QString service = where.scheme + QLatin1Char(':') + where.service + QLatin1Char(':') + where.port;
    QByteArray target =
        transport::path({QStringLiteral("api"), QStringLiteral("v1"), QStringLiteral("namespaces"), where.nameSpace,
                         QStringLiteral("services"), service, QStringLiteral("proxy")});
    for (const QString& segment : path)
        target += transport::path({segment});
    return {.path = std::move(target)};
}

} // namespace metrics
