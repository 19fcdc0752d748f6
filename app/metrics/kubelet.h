#pragma once
// What a kubelet says itself of its node and of the pods there, asked through the APIServer's node proxy: the raw
// source below metrics-server. /metrics/resource is the page that metrics-server reads
// (https://kubernetes.io/docs/reference/instrumentation/node-metrics/); it has CPU time and no rate. /stats/summary has
// a rate of its own reckoning.

#include "app/kube/client.h"
#include "app/metrics/figures.h"

#include <map>

namespace metrics {

enum class KubeletPath { Resource, Summary };
/// "/metrics/resource", "/stats/summary".
QString idOf(KubeletPath path);

struct KubeletFigure {
    Usage usage;                      ///< its time is the kubelet's; where a page has none, that of the answer
    std::optional<double> cpuSeconds; ///< CPU time since the start of what runs
    bool operator==(const KubeletFigure&) const = default;
};
/// Of the node, its pods and their containers.
using KubeletFigures = std::map<Subject, KubeletFigure>;

struct KubeletPage {
    QString node;
    KubeletFigures resource;
    KubeletFigures summary;
    QDateTime readAt;                      ///< by the server's clock
    std::optional<base::Error> noResource; ///< why /metrics/resource could not be read
    std::optional<base::Error> noSummary;  ///< why /stats/summary could not be read
    qint64 badLines = 0;                   ///< of /metrics/resource
};

/// One node, once. An Error where neither page could be read: that of /metrics/resource. A node whose annotation
/// metrics.k8s.io/resource-metrics-path names another path is read there, as metrics-server does. Works in the calling
/// thread, which has an event loop.
base::Call<KubeletPage> readKubelet(const kube::Client& client, const QString& node);

/// CPU in use as metrics-server reckons it: the growth of CPU time between two readings of /metrics/resource, where
/// nothing restarted in between. Fills `now`.
void reckonCpu(KubeletPage& now, const KubeletPage& before);

/// The readings of one page; pure. `node`: its name, that neither page need tell.
KubeletFigures readResourcePage(const QString& node, const transport::Reply& reply, const QDateTime& answeredAt,
                                qint64* badLines);
KubeletFigures readSummary(const QString& node, const kube::Json& json);
/// Where a Node says that its page is: the path's segments. What is no plain path is not followed.
QStringList resourcePath(const kube::Json& node);

} // namespace metrics
