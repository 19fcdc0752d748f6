#pragma once
// What the sources say of the same things, side by side: usage, declared and observed state, the objects, the ratios of
// these, and where two of them disagree, why. Pure functions: window and command line call the same.

#include "app/kube/json.h"
#include "app/metrics/objects.h"
#include "app/metrics/statepage.h"
#include "app/metrics/usage.h"

namespace metrics {

/// What is laid side by side. Null: not read; then nothing is said to be missing in it. Everything outlives the call.
struct ContrastInput {
    View view = View::Pods;
    QString nameSpace; ///< rows of it alone; empty: of all
    const UsagePage* usage = nullptr;
    const StatePage* kubeStateMetrics = nullptr;
    const ObjectPage* objects = nullptr;
    /// Samples of nodes beside those of pods: a silent node explains silent pods. May be null.
    const UsagePage* nodeUsage = nullptr;
};

/// One field of which two sources say different things.
struct Disagreement {
    QString field;                            ///< "phase", "requests.cpuMilli"
    QString id;                               ///< why, as far as it can be told; messages/ has the sentence
    kube::Json values = kube::Json::object(); ///< by source: {"kubeStateMetrics": "Pending", "object": "Running"}
    bool operator==(const Disagreement&) const = default;
};

/// A part of a whole: 0.9 is 90 %. Nothing where one of the two is not known, or the whole is zero.
struct Ratio {
    std::optional<double> cpu;
    std::optional<double> memory;
};

struct Answered {
    int pods = 0;   ///< of a workload, those that metrics-server has a sample of
    int of = 0;     ///< those that are not finished
    int silent = 0; ///< those that run and have no sample
};

struct ContrastRow {
    Subject subject;
    QString uid;
    std::optional<Usage> metricsServer;
    std::optional<State> kubeStateMetrics;
    std::optional<State> object;
    std::optional<Answered> answered; ///< of a workload
    std::vector<Subject> pods;        ///< of a workload, those that are not finished
    Ratio usageOfRequest;
    Ratio usageOfLimit; ///< of the limit that bounds the whole: nothing where one container has none
    Ratio usageOfAllocatable;
    Ratio requestOfAllocatable;
    std::vector<Disagreement> disagreements;
};

/// In the order of their subjects.
std::vector<ContrastRow> contrast(const ContrastInput& input);

enum class ContrastOrder {
    Name,
    Cpu,    ///< the most in use first
    Memory, ///< the most in use first
    Gap,    ///< where usage is farthest from what is requested first
};
void sortRows(std::vector<ContrastRow>& rows, ContrastOrder order);
/// "gap", "cpu", "memory", "name"; nothing for another text.
std::optional<ContrastOrder> orderOf(const QString& id);

Ratio ratioOf(const Amounts& part, const Amounts& whole);

} // namespace metrics
