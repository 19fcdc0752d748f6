#pragma once
// Reads all sources of one table of figures at once, and lays them side by side.

#include "app/metrics/contrast.h"
#include "app/metrics/sources.h"

namespace metrics {

struct ContrastQuestion {
    View view = View::Pods;
    QString nameSpace;    ///< empty: all; nodes have none
    QString ownNamespace; ///< where sources are looked for by who may not look everywhere; empty: none
    /// What is read of the page of kube-state-metrics unasked, in bytes; of a larger one nothing. None: any, see
    /// StateQuestion.
    std::optional<qint64> freeStateBytes;
};

struct ContrastReport {
    /// A source that was found and then gave no figures stands as failing or forbidden here, with why.
    SourceSurvey sources;
    std::vector<ContrastRow> rows;
    QDateTime usageReadAt; ///< by the server's clock; invalid: not read
    QDateTime stateReadAt; ///< of the page of kube-state-metrics; invalid: not read
    QDateTime objectsReadAt;
    std::vector<std::pair<QString, base::Error>> unread; ///< as in ObjectPage
};

/// An Error when neither the objects nor usage could be read: that of the objects. Heapster is asked where there is no
/// metrics-server and it stands there. Works in the calling thread, which has an event loop.
base::Call<ContrastReport> readContrast(const kube::Client& client, const ContrastQuestion& question);

} // namespace metrics
