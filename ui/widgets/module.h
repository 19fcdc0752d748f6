#pragma once
// Libraries of the window that are loaded when they are used for the first time.

#include <QObject>
#include <QString>

namespace ui {

/// What a library exports; null when it is missing or no such library, with the loader's words in `why`. It stands
/// beside the program in a build, in the libraries' folder where it is installed.
QObject* loadModule(const QString& name, QString* why);

template <typename Factory> Factory* moduleOf(const QString& name, QString* why)
{
    return qobject_cast<Factory*>(loadModule(name, why));
}

} // namespace ui
