#include "ui/widgets/texteditor.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPluginLoader>

namespace ui {

TextEditor* createTextEditor(QWidget* parent, QString* why)
{
    // Beside the program in a build, in the libraries' folder where it is installed.
    const QString here = QCoreApplication::applicationDirPath();
    for (const char* folder : {"/../lib/alidade", "/" ALIDADE_PLUGIN_FOLDER}) {
        const QString file = here + QLatin1String(folder) + QStringLiteral("/libalidade_editor.so");
        if (!QFileInfo::exists(file))
            continue;
        QPluginLoader loader(file);
        if (auto* factory = qobject_cast<TextEditorFactory*>(loader.instance()))
            return factory->create(parent);
        *why = loader.errorString();
        return nullptr;
    }
    *why = QStringLiteral("libalidade_editor.so");
    return nullptr;
}

} // namespace ui
