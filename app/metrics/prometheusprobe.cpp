#include "app/metrics/prometheusprobe.h"

#include "app/base/job.h"
#include "app/base/visible.h"
#include "app/kube/jsonread.h"
#include "app/metrics/promql.h"

namespace metrics {
namespace {

constexpr std::chrono::seconds Patience{15};
/// Series that each kube-state-metrics has, whatever else is switched off.
const QString StateQuery = QStringLiteral("count by (job) (kube_node_info or kube_pod_info)");

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
        for (const Series& series : jobs.series) {
            const auto job = series.labels.find(QStringLiteral("job"));
            m_probe.stateJobs->append(job == series.labels.end() ? QString() : base::visible(job->second));
        }
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
