#pragma once
// Fills the history: Alidade's own samples of usage, taken of what was looked at while the page is open, or what a
// Prometheus has kept; and the events of what is looked at as marks.

#include "app/base/calls.h"
#include "app/metrics/contrast.h"
#include "app/metrics/usagehistory.h"
#include "app/metrics/usagerange.h"
#include "app/metrics/workloadpods.h"
#include "app/store/cluster.h"
#include "ui/metrics/history.h"

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <map>

namespace ui {

class HistoryView;

class HistoryController : public QObject {
    Q_OBJECT
public:
    /// A child of the view. The cluster is open and outlives it.
    HistoryController(HistoryView* view, store::Cluster* cluster);

    /// Whose history is shown. A container is shown with its pod.
    void choose(const metrics::ContrastRow& row);
    /// Where a Prometheus stands, where there is one that answers.
    void setPrometheus(const std::optional<metrics::ServicePort>& place);
    /// The view is seen: a Prometheus and the events are asked.
    void refresh();

    /// As often as metrics-server looks at the kubelets.
    static constexpr std::chrono::seconds SampleEvery{15};

private:
    void sample();
    void askUsage(const std::vector<metrics::Subject>& subjects);
    void add(const base::Result<metrics::UsagePage>& page);
    void learnPods(const metrics::UsagePage& page);
    void askRange();
    void askEvents();
    void show();
    QString note() const;
    metrics::Subject subject() const;
    HistoryLine ownLine(Figure figure) const;

    HistoryView* m_view;
    QPointer<store::Cluster> m_cluster;
    metrics::UsageHistory m_samples;
    metrics::WorkloadPods m_pods;
    std::map<metrics::Subject, QDateTime> m_since; ///< when each was chosen first
    std::optional<base::Error> m_sampleError;
    std::optional<metrics::ContrastRow> m_row;
    std::optional<metrics::ServicePort> m_prometheus;
    bool m_fromPrometheus = false;
    std::optional<base::Result<metrics::UsageRange>> m_range;
    std::vector<HistoryMark> m_marks;
    QTimer m_tick;
    base::Calls m_calls; ///< about what is chosen
    base::Calls m_sampling;
};

} // namespace ui
