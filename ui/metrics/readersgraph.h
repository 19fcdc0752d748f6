#pragma once
// Who reads metrics from whom, as boxes and arrows between them: what the picture draws and what its text says.

#include "app/metrics/sources.h"

#include <QString>
#include <optional>
#include <vector>

namespace ui {

struct ReadersBox {
    enum class Id {
        Kubelet,
        Objects,
        Heapster,
        MetricsServer,
        KubeStateMetrics,
        ResourceApi, ///< metrics.k8s.io
        Prometheus,
        CustomMetrics,
        InfluxDb,
        KubectlTop,
        Autoscaler,
        ExternalMetrics,
    };
    Id id = Id::Kubelet;
    int row = 0;
    int column = 0;
    QString name;
    std::optional<metrics::SourceKind> source; ///< none: it reads and is not read
    metrics::SourceState state = metrics::SourceState::Ok;
    QString detail; ///< the state in a word, and the version
};

struct ReadersArrow {
    ReadersBox::Id from = ReadersBox::Id::Kubelet; ///< the one that is read
    ReadersBox::Id to = ReadersBox::Id::Kubelet;
    QString what;
    /// Where it is written: where no other arrow passes.
    enum class Beside { End, Middle, Start };
    Beside beside = Beside::End;
    int leave = 0; ///< beside the middle of its boxes, in pixels
    int arrive = 0;
    bool flows = true; ///< false: one of the two is absent, or does not read the other
};

struct ReadersGraph {
    std::vector<ReadersBox> boxes; ///< in the order the keyboard goes
    std::vector<ReadersArrow> arrows;

    const ReadersBox* of(ReadersBox::Id id) const;
    /// The whole picture in sentences, one a line.
    QString text() const;
};

ReadersGraph readersGraph(const metrics::SourceSurvey& survey);

} // namespace ui
