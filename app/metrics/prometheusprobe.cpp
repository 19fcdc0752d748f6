#include "app/metrics/prometheusprobe.h"

#include "app/base/job.h"
#include "app/base/visible.h"
#include "app/kube/jsonread.h"

namespace metrics {
namespace {

constexpr std::chrono::seconds Patience{15};

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
        query(QStringLiteral("max(timestamp(up))"), [this](const base::Result<kube::Json>& json) {
            if (!json) {
                end(base::failure(json.error()));
                return;
            }
            // One pair: the moment of asking, and the value.
            for (const kube::Json& each : kube::elements(*json, {"data", "result"})) {
                const auto& pair = kube::elements(each, {"value"});
                if (pair.size() != 2)
                    continue;
                m_probe.now = pair[0].is_number() ? momentOf(pair[0].get<double>()) : QDateTime();
                m_probe.newest = momentOf(kube::rawText(pair[1]).toDouble());
            }
        });
        query(QStringLiteral("count by (job) (kube_node_info or kube_pod_info)"),
              [this](const base::Result<kube::Json>& json) {
                  if (!json)
                      return;
                  for (const kube::Json& each : kube::elements(*json, {"data", "result"}))
                      m_probe.stateJobs += base::visible(kube::rawText(each, {"metric", "job"}));
              });
        ask(proxied(m_place.at, {QStringLiteral("api"), QStringLiteral("v1"), QStringLiteral("status"),
                                 QStringLiteral("buildinfo")}),
            [this](const base::Result<kube::Json>& json) {
                if (json)
                    m_probe.version = base::visible(kube::rawText(*json, {"data", "version"}));
            });
        return answer;
    }

private:
    using Take = std::function<void(const base::Result<kube::Json>&)>;

    void query(const QString& expression, Take take)
    {
        transport::Request request =
            proxied(m_place.at, {QStringLiteral("api"), QStringLiteral("v1"), QStringLiteral("query")});
        request.query.emplace_back(QStringLiteral("query"), expression);
        ask(std::move(request), std::move(take));
    }

    void ask(transport::Request request, Take take)
    {
        request.silence = Patience;
        follow(m_client.askJson(std::move(request)), [this, take = std::move(take)](const auto& json) {
            take(json);
            if (--m_open == 0)
                end(std::move(m_probe));
        });
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
