#include "app/kube/probe.h"

#include "app/base/job.h"
#include "app/base/visible.h"
#include "app/endpoint/reach.h"
#include "app/kube/discovery.h"
#include "app/kube/errors.h"
#include "app/kube/httpdate.h"

#include <QElapsedTimer>

namespace kube {
namespace {

using base::ErrorKind;
using endpoint::ProbeResult;
using endpoint::Stage;

constexpr int Connections = 4; // two servers in turn behind one address are both met, and a third mostly
constexpr int LatencyAsks = 5;
constexpr int MostFailingChecks = 50;

/// "[-]etcd failed: reason withheld" (k8s.io/apiserver/pkg/server/healthz/healthz.go, handleRootHealth).
QStringList failingChecks(const QString& verbose)
{
    QStringList failing;
    for (const QString& line : verbose.split(QLatin1Char('\n'))) {
        if (!line.startsWith(QLatin1String("[-]")) || failing.size() == MostFailingChecks)
            continue;
        failing += line.mid(3).section(QLatin1Char(' '), 0, 0);
    }
    return failing;
}

QString gitVersionIn(const QByteArray& body)
{
    const auto json = parseJson(body);
    if (!json || !json->is_object())
        return {};
    const auto version = json->find("gitVersion");
    return version != json->end() && version->is_string() ? base::visible(version->get_ref<const std::string&>())
                                                          : QString();
}

/// A Date header tells whole seconds: what lies within the one that it names is no skew.
std::optional<qint64> skewOf(const transport::ReplyHead& head, const QDateTime& asked, const QDateTime& answered)
{
    const QDateTime date = dateOf(head);
    if (!date.isValid())
        return std::nullopt;
    const qint64 ours = (asked.toMSecsSinceEpoch() + answered.toMSecsSinceEpoch()) / 2;
    const qint64 theirs = date.toMSecsSinceEpoch();
    if (ours >= theirs && ours < theirs + 1000)
        return 0;
    return ours < theirs ? theirs - ours : theirs + 999 - ours;
}

class Probing final : public base::Job<ProbeResult> {
public:
    Probing(const endpoint::Address& address, ProbeOptions options)
        : m_options(std::move(options)),
          m_to(endpoint::endpointAt(m_options.own, address)),
          m_isOwn(endpoint::isSameAddress(address.url, m_options.own.url))
    {
        m_result.address = address;
    }

    void begin()
    {
        const int connections = m_options.quick ? 1 : Connections;
        m_open = connections;
        for (int i = 0; i < connections; ++i)
            follow(endpoint::reach(m_to, m_result.address, m_options.patience),
                   [this](const base::Result<ProbeResult>& reached) { takeReached(reached); });
    }

private:
    void takeReached(const base::Result<ProbeResult>& reached)
    {
        if (!reached) {
            end(base::failure(reached.error()));
            return;
        }
        auto& attempts = m_result.attempts;
        const auto failure = reached->failure();
        const bool isFirst = attempts.tried++ == 0;
        // What failed once and then did not is told by the attempts; the stages tell of one that came through.
        const bool isBetter = !isFirst && m_result.failure() && !failure;
        if (failure) {
            ++attempts.failed;
            attempts.error = reached->at(*failure).error;
        }
        if (isFirst || isBetter) {
            const auto kept = attempts;
            m_result = *reached;
            m_result.attempts = kept;
        }
        if (--m_open > 0)
            return;
        if (m_result.certificate && m_result.certificate->isOfCluster == false && !m_isOwn)
            m_result.sameCluster = false;
        if (m_result.failure())
            end(m_result);
        else
            connectIt();
    }

    bool mayShowCredential() const
    {
        if (m_isOwn)
            return true;
        if (m_to.url.scheme() != QLatin1String("https"))
            return false;
        const bool isOfCluster = m_result.certificate && m_result.certificate->isOfCluster == true;
        return isOfCluster || m_options.assumeSameCluster;
    }

    void connectIt()
    {
        auto made = m_options.connect(m_to, mayShowCredential() ? transport::As::Self : transport::As::Nobody);
        if (!made) {
            end(base::failure(made.error()));
            return;
        }
        m_transport = std::move(*made);
        m_client = std::make_unique<Client>(m_transport.get());
        askLivez();
    }

    transport::Request request(const QByteArray& path) const
    {
        transport::Request request{.path = path};
        request.silence = m_options.patience;
        request.background = true;
        return request;
    }

    /// From the answer itself, not from Client: a 503 with Retry-After is an answer here.
    void take(Stage stage, const base::Result<transport::Reply>& reply)
    {
        endpoint::StageResult& result = m_result.at(stage);
        result.ms = m_elapsed.elapsed();
        if (!reply) {
            result.ok = false;
            result.error = reply.error();
            return;
        }
        if (reply->head.status >= 200 && reply->head.status < 300) {
            result.ok = true;
            return;
        }
        result.error = errorFrom(*reply);
        result.error.asked = QStringLiteral("GET /") + idOf(stage);
        result.error.ofWhom = m_transport->address();
        const bool notPermitted =
            result.error.kind == ErrorKind::Unauthorized || result.error.kind == ErrorKind::Forbidden;
        // Before 1.16 there is no /livez and no /readyz.
        if (!notPermitted && result.error.kind != ErrorKind::NotFound)
            result.ok = false;
    }

    void askLivez()
    {
        ++m_livezTries;
        const QDateTime asked = QDateTime::currentDateTimeUtc();
        m_elapsed.start();
        follow(m_transport->send(request("/livez")), [this, asked](const base::Result<transport::Reply>& reply) {
            m_result.at(Stage::Livez) = {};
            take(Stage::Livez, reply);
            if (reply)
                m_result.skewMs = skewOf(reply->head, asked, QDateTime::currentDateTimeUtc());
            const bool mayBeTheOther = !reply && m_result.attempts.failed > 0 && m_livezTries < 3;
            if (mayBeTheOther)
                askLivez();
            else if (!reply)
                end(m_result);
            else
                askTheRest();
        });
    }

    void askTheRest()
    {
        m_open = 3;
        m_elapsed.start();
        transport::Request readyz = request("/readyz");
        readyz.query.emplace_back(QStringLiteral("verbose"), QString());
        follow(m_transport->send(readyz), [this](const base::Result<transport::Reply>& reply) {
            take(Stage::Readyz, reply);
            if (reply)
                m_result.failingChecks =
                    failingChecks(base::visible(reply->body.left(64 * 1024).toStdString(), base::Lines::Many));
            close();
        });
        follow(m_transport->send(request("/version")), [this](const base::Result<transport::Reply>& reply) {
            take(Stage::Version, reply);
            if (m_result.at(Stage::Version).ok == true)
                m_result.version = gitVersionIn(reply->body);
            close();
        });
        follow(clusterUid(*m_client), [this](const base::Result<QString>& uid) {
            if (uid)
                m_result.clusterUid = *uid;
            close();
        });
    }

    void close()
    {
        if (--m_open > 0)
            return;
        if (m_result.clusterUid.isEmpty())
            m_result.sameCluster = m_isOwn ? std::optional(true) : std::nullopt;
        else if (!m_options.clusterUid.isEmpty())
            m_result.sameCluster = m_result.clusterUid == m_options.clusterUid;
        else
            m_result.sameCluster = m_isOwn ? std::optional(true) : std::nullopt;
        if (m_options.quick)
            end(m_result);
        else
            askForLatency();
    }

    void askForLatency()
    {
        m_elapsed.start();
        follow(m_transport->send(request("/livez")), [this](const base::Result<transport::Reply>& reply) {
            if (reply)
                m_latencies.push_back(static_cast<int>(m_elapsed.elapsed()));
            if (reply && m_latencies.size() < LatencyAsks) {
                askForLatency();
                return;
            }
            m_result.latency = endpoint::latencyOf(m_latencies);
            end(m_result);
        });
    }

    const ProbeOptions m_options;
    const transport::Endpoint m_to;
    const bool m_isOwn;
    ProbeResult m_result;
    std::unique_ptr<transport::Transport> m_transport;
    std::unique_ptr<Client> m_client;
    QElapsedTimer m_elapsed;
    std::vector<int> m_latencies;
    int m_open = 0;
    int m_livezTries = 0;
};

} // namespace

base::Call<ProbeResult> probe(const endpoint::Address& address, const ProbeOptions& options)
{
    auto* probing = new Probing(address, options);
    auto call = probing->call();
    probing->begin();
    return call;
}

std::optional<base::Error> refusalOf(const ProbeResult& result, bool assumeSameCluster)
{
    const QString ofWhom = result.address.text();
    if (result.sameCluster == false)
        return base::Error{.kind = ErrorKind::Tls, .reason = QStringLiteral("otherCluster"), .ofWhom = ofWhom};
    if (const auto failed = result.failure(); failed && *failed <= Stage::Livez) {
        base::Error error = result.at(*failed).error;
        error.asked = QStringLiteral("GET /livez"); // what did not get through
        return error;
    }
    if (!result.sameCluster && !assumeSameCluster)
        return base::Error{.kind = ErrorKind::Tls, .reason = QStringLiteral("sameClusterUnknown"), .ofWhom = ofWhom};
    return std::nullopt;
}

} // namespace kube
