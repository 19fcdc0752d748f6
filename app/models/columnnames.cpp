#include "app/models/columnnames.h"

#include <QCoreApplication>
#include <QHash>

namespace models {

QString columnName(const QString& header)
{
    static const QHash<QString, const char*> known = [] {
        QHash<QString, const char*> names;
        for (const char* name : {
                 QT_TRANSLATE_NOOP("Column", "Access Modes"),
                 QT_TRANSLATE_NOOP("Column", "Age"),
                 QT_TRANSLATE_NOOP("Column", "Available"),
                 QT_TRANSLATE_NOOP("Column", "Capacity"),
                 QT_TRANSLATE_NOOP("Column", "Cluster-IP"),
                 QT_TRANSLATE_NOOP("Column", "Completions"),
                 QT_TRANSLATE_NOOP("Column", "Container-Runtime"),
                 QT_TRANSLATE_NOOP("Column", "Containers"),
                 QT_TRANSLATE_NOOP("Column", "Created At"),
                 QT_TRANSLATE_NOOP("Column", "Current"),
                 QT_TRANSLATE_NOOP("Column", "Data"),
                 QT_TRANSLATE_NOOP("Column", "Desired"),
                 QT_TRANSLATE_NOOP("Column", "Duration"),
                 QT_TRANSLATE_NOOP("Column", "External-IP"),
                 QT_TRANSLATE_NOOP("Column", "Images"),
                 QT_TRANSLATE_NOOP("Column", "Internal-IP"),
                 QT_TRANSLATE_NOOP("Column", "IP"),
                 QT_TRANSLATE_NOOP("Column", "Kernel-Version"),
                 QT_TRANSLATE_NOOP("Column", "Last Schedule"),
                 QT_TRANSLATE_NOOP("Column", "Last Seen"),
                 QT_TRANSLATE_NOOP("Column", "Message"),
                 QT_TRANSLATE_NOOP("Column", "Name"),
                 QT_TRANSLATE_NOOP("Column", "Namespace"),
                 QT_TRANSLATE_NOOP("Column", "Node"),
                 QT_TRANSLATE_NOOP("Column", "Node Selector"),
                 QT_TRANSLATE_NOOP("Column", "Nominated Node"),
                 QT_TRANSLATE_NOOP("Column", "Object"),
                 QT_TRANSLATE_NOOP("Column", "OS-Image"),
                 QT_TRANSLATE_NOOP("Column", "Ports"),
                 QT_TRANSLATE_NOOP("Column", "Port(s)"),
                 QT_TRANSLATE_NOOP("Column", "Provisioner"),
                 QT_TRANSLATE_NOOP("Column", "Readiness Gates"),
                 QT_TRANSLATE_NOOP("Column", "Ready"),
                 QT_TRANSLATE_NOOP("Column", "Reason"),
                 QT_TRANSLATE_NOOP("Column", "Reclaim Policy"),
                 QT_TRANSLATE_NOOP("Column", "Restarts"),
                 QT_TRANSLATE_NOOP("Column", "Role"),
                 QT_TRANSLATE_NOOP("Column", "Roles"),
                 QT_TRANSLATE_NOOP("Column", "Schedule"),
                 QT_TRANSLATE_NOOP("Column", "Selector"),
                 QT_TRANSLATE_NOOP("Column", "Status"),
                 QT_TRANSLATE_NOOP("Column", "Suspend"),
                 QT_TRANSLATE_NOOP("Column", "Type"),
                 QT_TRANSLATE_NOOP("Column", "Up-to-date"),
                 QT_TRANSLATE_NOOP("Column", "Version"),
                 QT_TRANSLATE_NOOP("Column", "Volume"),
                 QT_TRANSLATE_NOOP("Column", "Taints"),
                 QT_TRANSLATE_NOOP("Column", "Service"),
             })
            names.insert(QLatin1String(name), name);
        return names;
    }();
    const char* name = known.value(header);
    return name ? QCoreApplication::translate("Column", name) : header;
}

} // namespace models
