#pragma once
// Clusters as the window opens them, and script/cluster's faults, for tests that run inside the plane.

#include "app/store/cluster.h"
#include "tests/cluster/plane.h"

#include <QProcess>

namespace plane {

inline void script(const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral(ALIDADE_SOURCE "/script/cluster"), arguments);
    if (!process.waitForFinished(120'000) || process.exitCode() != 0)
        qFatal("script/cluster %s: %s", qPrintable(arguments.join(QLatin1Char(' '))),
               process.readAllStandardError().constData());
}

/// `which` as for connectTo().
inline std::unique_ptr<store::Cluster> cluster(transport::Journal& journal, const QString& which = {})
{
    const auto kubeconfig = config::loadKubeconfig({qEnvironmentVariable("KUBECONFIG")}, true);
    const auto context = kubeconfig.resolve(which.isEmpty() ? QString() : kubeconfig.currentContext + which);
    if (!context)
        qFatal("no context %s", qPrintable(which));
    return std::make_unique<store::Cluster>(*context, &journal);
}

inline std::map<QByteArray, quint64> rowsOf(const store::RowStore& rows)
{
    std::map<QByteArray, quint64> held;
    for (store::RowId id = 0; id < rows.idLimit(); ++id)
        if (rows.isAlive(id))
            held[kube::uuidText(rows.row(id).head->uid).toUtf8()] = rows.row(id).head->resourceVersion;
    return held;
}

inline std::map<QByteArray, quint64> freshList(const kube::Client& client, const QByteArray& path)
{
    std::map<QByteArray, quint64> held;
    const auto list = answerOf(client.askJson({.path = path}));
    if (!list)
        return held;
    for (const kube::Json& item : (*list)["items"])
        held[QByteArray::fromStdString(item["metadata"]["uid"].get<std::string>())] =
            std::stoull(item["metadata"]["resourceVersion"].get<std::string>());
    return held;
}

} // namespace plane
