#include "app/snapshot/target.h"

namespace snapshot {

std::optional<Snapshot::Target> Snapshot::Target::of(const QByteArray& path)
{
    QStringList parts;
    for (const QByteArray& each : path.split('/'))
        if (!each.isEmpty())
            parts += QString::fromUtf8(QByteArray::fromPercentEncoding(each));
    Target target;
    if (parts.value(0) == QLatin1String("api") && parts.size() >= 3) {
        target.version = parts[1];
        parts = parts.mid(2);
    } else if (parts.value(0) == QLatin1String("apis") && parts.size() >= 4) {
        target.group = parts[1];
        target.version = parts[2];
        parts = parts.mid(3);
    } else {
        return std::nullopt;
    }
    const bool isOfNamespace = parts[0] == QLatin1String("namespaces") && parts.size() >= 3 &&
                               parts[2] != QLatin1String("status") && parts[2] != QLatin1String("finalize");
    if (isOfNamespace) {
        target.nameSpace = parts[1];
        parts = parts.mid(2);
    }
    target.resource = parts[0];
    target.name = parts.value(1);
    target.subresource = parts.mid(2).join(QLatin1Char('/'));
    return target;
}

} // namespace snapshot
