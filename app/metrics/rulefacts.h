#pragma once
// What the four conditions are about, as one source says it at one moment. Pure.

#include "app/base/error.h"
#include "app/kube/json.h"
#include "app/metrics/statepage.h"

#include <array>

namespace metrics {

enum class RuleId { JobFailed, NodeNotReady, PodFailed, PodRestarts };

struct JobFact {
    Subject subject;
    QString uid;
    bool isFailed = false; ///< its condition Failed: it does not try again
    bool isComplete = false;
    double failedPods = 0;
    QString reason; ///< of the condition: "BackoffLimitExceeded"
};

struct NodeFact {
    Subject subject;
    QString uid;
    QString ready; ///< "True", "False" or "Unknown"; empty: not said
};

struct PodFact {
    Subject subject;
    QString uid;
    QString phase;
    QString reason;
    bool isOfJob = false; ///< a Job made it: one of its attempts
};

struct RestartFact {
    Subject subject; ///< a container, init containers among them
    QString uid;     ///< of its pod
    qint64 restarts = 0;
    QDateTime lastEnd; ///< when the one before ended; invalid: not said, or there was none
    QString reason;    ///< why it did
};

struct RuleFacts {
    std::vector<JobFact> jobs;
    std::vector<NodeFact> nodes;
    std::vector<PodFact> pods;
    std::vector<RestartFact> restarts;
    QDateTime readAt;
    bool tellsLastEnds = false; ///< the source says when a container ended, where one did
    /// What the source says nothing of, where nothing was refused: the family that is not there.
    std::map<RuleId, QString> missing;
    /// What was refused, or did not come.
    std::map<RuleId, base::Error> errors;
};

RuleFacts factsOf(const StatePage& page);

/// From objects as they were served.
JobFact jobFact(const kube::Json& job);
NodeFact nodeFact(const kube::Json& node);
PodFact podFact(const kube::Json& pod);
std::vector<RestartFact> restartFacts(const kube::Json& pod);

} // namespace metrics
