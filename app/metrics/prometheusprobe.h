#pragma once
// What a Prometheus says of itself, asked through the service proxy. Internal to metrics/.

#include "app/kube/client.h"
#include "app/metrics/places.h"

#include <QDateTime>
#include <QStringList>
#include <optional>

namespace metrics {

struct PrometheusProbe {
    static constexpr double UsualScrapeSeconds = 60;

    QString version;
    QDateTime newest; ///< its newest sample of any target; invalid: it has none
    QDateTime now;    ///< by its own clock
    /// The jobs by which kube-state-metrics comes in; an empty name where the job label was dropped on the way. None
    /// of them: it is not scraped. Nothing: not known.
    std::optional<QStringList> stateJobs;
    QDateTime stateNewest; ///< its newest sample of kube-state-metrics, of the last day; invalid: none
};

/// What it does not tell is left out; an Error only when it answers no query. Works in the calling thread.
base::Call<PrometheusProbe> probePrometheus(const kube::Client& client, const Place& place);

} // namespace metrics
