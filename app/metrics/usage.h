#pragma once
// What is in use, from metrics.k8s.io/v1beta1 (k8s.io/metrics/pkg/apis/metrics/v1beta1/types.go): metrics-server, and
// heapster, which answers in the same words.

#include "app/kube/client.h"
#include "app/metrics/figures.h"

#include <map>
#include <vector>

namespace metrics {

using Usages = std::map<Subject, Usage>;

/// Who is asked. Heapster is retired: for clusters that have nothing else.
enum class UsageApi { MetricsServer, Heapster };

struct UsagePage {
    Usages usages;
    QDateTime readAt; ///< by the server's clock
    /// When the newest sample was taken; invalid when there is none.
    QDateTime newest() const;
};

/// The figures of one NodeMetrics.
Usages nodeUsage(const kube::Json& item);
/// Those of one PodMetrics: of each container, and of the pod, which is the sum. Where one container is silent, so is
/// the sum.
Usages podUsage(const kube::Json& item);
/// "14.974s", "1m0.5s" (Go's time.Duration), in seconds; nothing when it is none, or not above zero.
std::optional<double> secondsOf(const QString& duration);

base::Call<UsagePage> readNodeUsage(const kube::Client& client, UsageApi api = UsageApi::MetricsServer);
/// `nameSpace`: empty for all.
base::Call<UsagePage> readPodUsage(const kube::Client& client, const QString& nameSpace,
                                   UsageApi api = UsageApi::MetricsServer);

/// A single object, with the figures of a pod's containers. Error{NotFound} also where it has no sample. Nothing else
/// than a pod or a node has one.
base::Call<UsagePage> readUsageOf(const kube::Client& client, const Subject& subject,
                                  UsageApi api = UsageApi::MetricsServer);

/// How the usage of some objects is asked for with little: each by its name, or as a list where there are many.
struct UsageQuestions {
    std::vector<Subject> single;     ///< pods and nodes
    std::vector<QString> nameSpaces; ///< whose pods are read together
    bool allNodes = false;
    bool operator==(const UsageQuestions&) const = default;
};
/// `subjects`: containers stand for their pods, workloads for all pods of their namespace, since more may come.
UsageQuestions questionsFor(const std::vector<Subject>& subjects);

} // namespace metrics
