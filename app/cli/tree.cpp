#include "app/kube/tree.h"

#include "app/cli/command.h"
#include "app/cli/run.h"
#include "app/messages/groups.h"

#include <QCoreApplication>

namespace cli {
namespace {

kube::Json toJson(const kube::ClusterTree& tree)
{
    kube::Json groups = kube::Json::array();
    for (const auto& [group, entries] : tree.groups) {
        kube::Json kinds = kube::Json::array();
        for (const kube::KindEntry& entry : entries) {
            const auto& resource = entry.resource;
            kinds.push_back(
                {{"kind", resource.kind.toStdString()},
                 {"resource", resource.resource.toStdString()},
                 {"apiVersion", resource.apiVersion().toStdString()},
                 {"namespaced", resource.namespaced},
                 {"count", entry.count.count ? kube::Json(*entry.count.count) : kube::Json(nullptr)},
                 {"state", kube::idOf(entry.count.state).toStdString()},
                 {"namespace", entry.count.nameSpace.isEmpty() ? kube::Json(nullptr)
                                                               : kube::Json(entry.count.nameSpace.toStdString())}});
        }
        groups.push_back({{"id", kube::idOf(group).toStdString()}, {"kinds", std::move(kinds)}});
    }
    kube::Json stale = kube::Json::array();
    for (const kube::StaleGroup& group : tree.stale)
        stale.push_back({{"group", group.group.toStdString()},
                         {"version", group.version.toStdString()},
                         {"state", "stale"},
                         {"message", group.said.toStdString()}});
    return {{"cluster", tree.clusterUid.isEmpty() ? kube::Json(nullptr) : kube::Json(tree.clusterUid.toStdString())},
            {"version", tree.version.gitVersion.isEmpty() ? kube::Json(nullptr)
                                                          : kube::Json(tree.version.gitVersion.toStdString())},
            {"groups", std::move(groups)},
            {"staleGroups", std::move(stale)}};
}

QByteArray toText(const kube::ClusterTree& tree, const QString& title)
{
    QString text = title + QStringLiteral("  ") + tree.version.gitVersion + QLatin1Char('\n');
    for (const auto& [group, entries] : tree.groups) {
        text += messages::groupName(group) + QLatin1Char('\n');
        for (const kube::KindEntry& entry : entries) {
            const QString count = entry.count.state == kube::KindState::Ok
                                      ? (entry.count.count ? QString::number(*entry.count.count) : QStringLiteral("?"))
                                      : messages::stateName(entry.count.state);
            text += QStringLiteral("  %1 %2  %3\n")
                        .arg(entry.resource.kind, -34)
                        .arg(count, 10)
                        .arg(entry.resource.apiVersion());
        }
    }
    for (const kube::StaleGroup& group : tree.stale)
        text += messages::staleGroup(group) + QLatin1Char('\n');
    return text.toUtf8();
}

void runTree(Run& run)
{
    const QString own = run.options().nameSpace.isEmpty() ? run.context().nameSpace : run.options().nameSpace;
    kube::surveyCluster(run.client(), own).future.then(&run, [&run](const base::Result<kube::ClusterTree>& tree) {
        if (!tree) {
            run.fail(tree.error());
            return;
        }
        if (run.options().json)
            run.printJson(toJson(*tree));
        else
            run.print(toText(*tree, run.context().name));
        run.done();
    });
}

} // namespace

Command treeCommand()
{
    return {.name = "tree",
            .arguments = "",
            .summary = QT_TRANSLATE_NOOP("Cli", "the kinds that a cluster serves, with counts"),
            .run = runTree};
}

} // namespace cli
