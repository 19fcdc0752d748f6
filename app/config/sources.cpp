#include "app/config/sources.h"

#include "app/base/visible.h"

#include <QDir>
#include <QFileInfo>
#include <set>

namespace config {
namespace {

/// `name`, or the first that is free of "name (hint)", "name (hint 2)", ...
QString freeName(const QString& name, const QString& hint, const std::set<QString>& taken)
{
    QString free = name;
    for (int i = 1; taken.contains(free); ++i)
        free = i == 1 ? QStringLiteral("%1 (%2)").arg(name, hint)
                      : QStringLiteral("%1 (%2 %3)").arg(name, hint, QString::number(i));
    return free;
}

} // namespace

Sources sources(const QString& explicitFile)
{
    return {.explicitFile = explicitFile,
            .environment = qEnvironmentVariable("KUBECONFIG"),
            .home = QDir::homePath(),
            .settingsFile = settingsFile()};
}

Kubeconfig loadContexts(const Sources& sources)
{
    Settings settings;
    std::optional<base::Error> broken;
    if (!sources.settingsFile.isEmpty()) {
        if (auto loaded = loadSettings(sources.settingsFile))
            settings = std::move(*loaded);
        else
            broken = loaded.error();
    }
    const bool isNamed = !sources.explicitFile.isEmpty();
    Kubeconfig result =
        loadKubeconfig(kubeconfigFiles(sources.explicitFile, sources.environment, sources.home), isNamed);
    std::set<QString> taken;
    for (const Context& context : result.contexts)
        taken.insert(context.name);
    const auto add = [&](Context context, const QString& hint) {
        context.current = false;
        context.name = freeName(context.name, hint, taken);
        taken.insert(context.name);
        result.contexts.push_back(std::move(context));
    };
    if (!isNamed || !sources.alone) {
        for (const QString& file : settings.kubeconfigs) {
            if (result.files.contains(file))
                continue;
            Kubeconfig added = loadKubeconfig({file}, true);
            result.files << added.files;
            result.named << added.named;
            result.errors.insert(result.errors.end(), added.errors.begin(), added.errors.end());
            result.notes.insert(result.notes.end(), added.notes.begin(), added.notes.end());
            for (Context& context : added.contexts)
                add(std::move(context), base::visible(QFileInfo(file).fileName()));
        }
        for (const Profile& profile : settings.profiles)
            add(contextOf(profile, sources.settingsFile), QStringLiteral("2"));
    }
    for (Context& context : result.contexts) {
        const Marks marks = settings.marksOf(context);
        context.production = marks.production;
        context.readOnly = broken || marks.isReadOnly();
    }
    if (broken)
        result.errors.push_back(*broken);
    return result;
}

} // namespace config
