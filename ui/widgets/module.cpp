#include "ui/widgets/module.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPluginLoader>

namespace ui {

QObject* loadModule(const QString& name, QString* why)
{
    const QString file = QStringLiteral("lib%1.so").arg(name);
    for (const char* folder : {"/../lib/alidade/", "/" ALIDADE_PLUGIN_FOLDER "/"}) {
        const QString path = QCoreApplication::applicationDirPath() + QLatin1String(folder) + file;
        if (!QFileInfo::exists(path))
            continue;
        QPluginLoader loader(path);
        QObject* const root = loader.instance();
        if (!root)
            *why = loader.errorString();
        return root;
    }
    *why = file;
    return nullptr;
}

} // namespace ui
