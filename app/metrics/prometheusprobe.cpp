#include "app/metrics/prometheusprobe.h"

#include "app/base/job.h"
#include "app/base/visible.h"
#include "app/kube/jsonread.h"
#include "app/metrics/promql.h"

namespace metrics {
namespace {

constexpr std::chrono::seconds Patience{15};
/// Series that each kube-state-metrics has, whatever else is switched off.
const QString StateQuery = QStringLiteral("max by (job) (timestamp(kube_node_info) or timestamp(kube_pod_info))");
/// A series is there for five minutes after its last sample: when it was there last is looked for in that step, over
/// nodes alone, and only where none is there now.
const QString StateGoneQuery = QStringLiteral("max(max_over_time(timestamp(kube_node_info)[1d:5m]))");

QDateTime momentOf(double seconds)
{
    constexpr double Latest = 253402300799.0; // the year 9999
    return seconds > 0 && seconds < Latest
               ? QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(seconds * 1000), Qt::UTC)
               : QDateTime();
}

class ProbeJob final : public base::Job<PrometheusProbe> {
public:
    ProbeJob(const kube::Client& client, Place place) : m_client(client), m_place(std::move(place)) {}

    base::Call<PrometheusProbe> begin()
    {
        auto answer = call();
        m_open = 3;
        take<QueryAnswer>(query(m_client, m_place.at, QStringLiteral("max(timestamp(up))")),
                          [this](const base::Result<QueryAnswer>& up) {
                              if (!up)
                                  end(base::failure(up.error()));
                              else
                                  hearUp(*up);
                          });
        take<QueryAnswer>(query(m_client, m_place.at, StateQuery), [this](const base::Result<QueryAnswer>& jobs) {
            if (jobs)
                hearJobs(*jobs);
        });
        transport::Request request = proxied(m_place.at, {QStringLiteral("api"), QStringLiteral("v1"),
                                                          QStringLiteral("status"), QStringLiteral("buildinfo")});
        request.silence = Patience;
        take<kube::Json>(m_client.askJson(std::move(request)), [this](const base::Result<kube::Json>& json) {
            if (json)
                m_probe.version = base::visible(kube::rawText(*json, {"data", "version"}));
        });
        return answer;
    }

private:
    template <typename T, typename F> void take(base::Call<T> question, F hear)
    {
        follow(std::move(question), [this, hear = std::move(hear)](const base::Result<T>& answer) {
            hear(answer);
            if (--m_open == 0)
                end(std::move(m_probe));
        });
    }

    /// One series: the moment of asking, and the value.
    void hearUp(const QueryAnswer& up)
    {
        if (up.series.empty() || up.series.front().points.empty())
            return;
        const Point& point = up.series.front().points.front();
        m_probe.now = point.at;
        m_probe.newest = momentOf(point.value);
    }

    void hearJobs(const QueryAnswer& jobs)
    {
        m_probe.stateJobs = QStringList();
        hearState(jobs);
        if (jobs.series.empty()) {
            ++m_open;
            take<QueryAnswer>(query(m_client, m_place.at, StateGoneQuery),
                              [this](const base::Result<QueryAnswer>& gone) {
                                  if (gone)
                                      hearState(*gone);
                              });
        }
        for (const Series& series : jobs.series) {
            const auto job = series.labels.find(QStringLiteral("job"));
            m_probe.stateJobs->append(job == series.labels.end() ? QString() : base::visible(job->second));
        }
    }

    void hearState(const QueryAnswer& moments)
    {
        for (const Series& series : moments.series)
            if (const QDateTime moment = momentOf(series.points.front().value);
                moment.isValid() && (!m_probe.stateNewest.isValid() || moment > m_probe.stateNewest))
                m_probe.stateNewest = moment;
    }

    const kube::Client m_client;
    const Place m_place;
    PrometheusProbe m_probe;
    int m_open = 0;
};

} // namespace

base::Call<PrometheusProbe> probePrometheus(const kube::Client& client, const Place& place)
{
    return (new ProbeJob(client, place))->begin();
}

} // namespace metrics
