#pragma once
// Questions in PromQL to a Prometheus, through the APIServer's service proxy
// (https://prometheus.io/docs/prometheus/latest/querying/api/).

#include "app/kube/client.h"
#include "app/metrics/samples.h"
#include "app/metrics/serieslabels.h"
#include "app/metrics/serviceproxy.h"

namespace metrics {

/// One series of an answer. Texts are as they came: show them through base::visible().
struct Series {
    SeriesLabels labels; ///< __name__ among them, where the expression keeps it
    std::vector<Point> points;
};

/// Of an instant query each series has one point; a scalar is one series without labels.
struct QueryAnswer {
    std::vector<Series> series;
    QStringList warnings; ///< the server's own: a part of its store did not answer
    bool isCut = false;   ///< there were more than MostPoints
};

inline constexpr std::size_t MostPoints = 500'000; ///< of one answer, over all its series
inline constexpr qint64 MostAnswerBytes = 32LL << 20;

/// The answer is empty where no series matches: that is the same for a condition that does not hold and for a metric
/// that does not exist; see metricNames(). Any thread; the answer comes from the transport's worker thread.
/// Error{Invalid, "promqlRefused"}: the expression (errorType bad_data); Error{Timeout}; Error{Server,
/// "promqlFailed"}; Error{BadAnswer, "noPrometheus"}: what answers is none.
base::Call<QueryAnswer> query(const kube::Client& client, const ServicePort& where, const QString& expression);

/// Values at `from`, `from` + `step` … `to`; a step without a sample is left out: a gap. Prometheus refuses more than
/// 11 000 steps.
struct Range {
    QDateTime from;
    QDateTime to;
    std::chrono::seconds step{30};
};
base::Call<QueryAnswer> queryRange(const kube::Client& client, const ServicePort& where, const QString& expression,
                                   const Range& range);

/// Those of `names` that Prometheus has a series of, over its whole store.
base::Call<QStringList> metricNames(const kube::Client& client, const ServicePort& where, const QStringList& names);

/// Reads an answer; pure.
base::Result<QueryAnswer> readQueryAnswer(const kube::Json& json);
/// The error that a refusal is: {"status":"error","errorType":…,"error":…} comes with a 4xx or 5xx.
base::Error promqlError(const kube::Json& json);

} // namespace metrics
