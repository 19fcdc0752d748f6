#pragma once
// Fills the metrics page: reads what is looked at when it is looked at, and keeps Alidade's own samples while the page
// is open. The page of kube-state-metrics is read when asked, never in a loop, and a large one only after its cost was
// shown.

#include "app/base/calls.h"
#include "app/metrics/autoscalers.h"
#include "app/metrics/readcontrast.h"
#include "app/metrics/rulecheck.h"
#include "app/store/cluster.h"

#include <QObject>
#include <QPointer>

namespace ui {

class ConditionsView;
class HistoryController;
class MetricsPage;
class Navigator;
class ReadersView;
class ScalersView;

/// A child of the page. The cluster is open and outlives it.
class MetricsController : public QObject {
    Q_OBJECT
public:
    MetricsController(MetricsPage* page, store::Cluster* cluster, Navigator* navigator);

    /// What is read of kube-state-metrics without asking.
    static constexpr qint64 FreeStateBytes = 64LL << 20;

private:
    void begin();
    void refresh();
    void build();
    /// What the tab that is looked at needs.
    void read();
    void readContrast();
    void readSources();
    void readRules();
    void readScalers();
    /// What the tab that is looked at asks of the sources, which are known.
    void readBySources();
    std::optional<qint64> freeBytes() const;
    void takeCost(const std::optional<qint64>& estimate);
    bool canLookAtHome() const;
    bool mayOnlyLookAtHome(const metrics::RuleReport& report) const;
    void lookAtHome();
    void takeSources(const metrics::SourceSurvey& sources);
    void failContrast(const base::Error& error);
    void takeContrast(const base::Result<metrics::ContrastReport>& report);
    void showReading();
    void showOffer();
    void openObject(const metrics::Subject& subject, const QString& uid);
    template <typename T> void follow(base::Call<T> call, std::function<void(const base::Result<T>&)> take);

    MetricsPage* m_page;
    QPointer<store::Cluster> m_cluster;
    Navigator* m_navigator;
    ConditionsView* m_conditions;
    ScalersView* m_scalers;
    ReadersView* m_readers;
    HistoryController* m_history;
    metrics::ContrastReport m_report;
    metrics::SampleHistory m_restarts; ///< what was read of restart counters, for the next look
    QStringList m_nameSpaces;
    std::optional<qint64> m_cost; ///< of the page of kube-state-metrics, in bytes; none: not known
    enum class Sources { Old, Asked, Known };
    Sources m_sources = Sources::Old;
    bool m_isContrastOld = true; ///< it is read when it is looked at
    bool m_paysAll = false;      ///< the person wants the page, whatever it costs
    base::Calls m_calls;
};

} // namespace ui
