#include "app/tke/eventdelivery.h"

#include "app/base/job.h"
#include "app/base/visible.h"
#include "app/kube/jsonread.h"

#include <QRegularExpression>
#include <algorithm>

namespace tke {
namespace {

using kube::Json;

constexpr QLatin1String Space("kube-system");
constexpr QLatin1String Name("tke-persistent-event");
constexpr QLatin1String Fluentd("tke-persistent-event-fluentd");
constexpr qint64 MostLog = 256 << 10;
constexpr qsizetype LongestLine = 600;

QByteArray inSystem(const QString& resource, const QString& name, bool isApps = false)
{
    return isApps ? transport::path({QStringLiteral("apis"), QStringLiteral("apps"), QStringLiteral("v1"),
                                     QStringLiteral("namespaces"), Space, resource, name})
                  : transport::path({QStringLiteral("api"), QStringLiteral("v1"), QStringLiteral("namespaces"), Space,
                                     resource, name});
}

QString withoutPasswords(QString line)
{
    static const QRegularExpression named(
        QStringLiteral("(password\\\\?[\"']?\\s*(?:=>|=|:)?\\s*\\\\?[\"']?)[^\"'\\\\\\s,}]+"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression inUrl(QStringLiteral("(://[^:/@\\s]+:)[^@\\s]+@"));
    line.replace(named, QStringLiteral("\\1…"));
    line.replace(inUrl, QStringLiteral("\\1…@"));
    return line;
}

class Looking final : public base::Job<Delivery> {
public:
    explicit Looking(kube::Client client) : m_client(client) {}

    void begin()
    {
        follow(m_client.askJson({.path = inSystem(QStringLiteral("deployments"), Name, true)}),
               [this](const base::Result<Json>& deployment) {
                   if (deployment) {
                       take(*deployment);
                       askConfiguration();
                       return;
                   }
                   if (deployment.error().kind == base::ErrorKind::NotFound)
                       m_delivery.hasDeployment = false;
                   m_delivery.error = deployment.error();
                   end(m_delivery);
               });
    }

private:
    void take(const Json& deployment)
    {
        const auto count = [&deployment](std::initializer_list<const char*> path, qint64 otherwise) {
            return static_cast<int>(std::clamp<qint64>(kube::number(deployment, path).value_or(otherwise), 0, 1 << 20));
        };
        m_delivery.hasDeployment = true;
        m_delivery.wanted = count({"spec", "replicas"}, 1);
        m_delivery.ready = count({"status", "readyReplicas"}, 0);
        for (const Json& condition : kube::elements(deployment, {"status", "conditions"}))
            if (kube::rawText(condition, {"status"}) != QLatin1String("True"))
                m_delivery.complaint = base::visible(kube::rawText(condition, {"message"}));
    }

    void askConfiguration()
    {
        follow(m_client.askJson({.path = inSystem(QStringLiteral("configmaps"), QStringLiteral("fluentd-config"))}),
               [this](const base::Result<Json>& map) {
                   // Who may not read it is told nothing of it, and the rest stands.
                   const auto store = map ? storeIn(kube::rawText(*map, {"data", "fluentd.conf"})) : std::nullopt;
                   if (store) {
                       m_delivery.configured = store->first;
                       m_delivery.configuredIndex = store->second;
                   }
                   askPods();
               });
    }

    void askPods()
    {
        transport::Request request{.path = "/api/v1/namespaces/kube-system/pods"};
        request.query = {{QStringLiteral("labelSelector"), QStringLiteral("k8s-app=") + Name},
                         {QStringLiteral("limit"), QStringLiteral("20")}};
        follow(m_client.askJson(std::move(request)), [this](const base::Result<Json>& pods) {
            if (!pods) {
                m_delivery.logError = pods.error();
                end(m_delivery);
                return;
            }
            QString newest;
            QString since;
            for (const Json& pod : kube::elements(*pods, {"items"})) {
                takeStates(pod);
                const QString made = kube::rawText(pod, {"metadata", "creationTimestamp"});
                const bool isGoing = kube::at(pod, {"metadata", "deletionTimestamp"}).is_string();
                if (!isGoing && made >= since) {
                    since = made;
                    newest = kube::rawText(pod, {"metadata", "name"});
                }
            }
            if (newest.isEmpty()) {
                m_delivery.logError = {.kind = base::ErrorKind::NotFound, .reason = QStringLiteral("noPod")};
                end(m_delivery);
                return;
            }
            askLog(newest);
        });
    }

    void takeStates(const Json& pod)
    {
        for (const Json& status : kube::elements(pod, {"status", "containerStatuses"})) {
            const QString reason = kube::rawText(status, {"state", "waiting", "reason"});
            if (reason.isEmpty() || reason == QLatin1String("ContainerCreating"))
                continue;
            m_delivery.complaint = base::visible(QStringLiteral("%1: %2 %3")
                                                     .arg(kube::rawText(status, {"name"}), reason,
                                                          kube::rawText(status, {"state", "waiting", "message"})));
        }
    }

    void askLog(const QString& pod)
    {
        transport::Request request{.path = inSystem(QStringLiteral("pods"), pod) + "/log"};
        request.query = {{QStringLiteral("container"), Fluentd},
                         {QStringLiteral("tailLines"), QStringLiteral("500")},
                         {QStringLiteral("limitBytes"), QString::number(MostLog)}};
        request.mostBytes = 2 * MostLog;
        follow(m_client.ask(std::move(request)), [this](const base::Result<transport::Reply>& reply) {
            if (reply) {
                const LogVerdict verdict = verdictOf(QString::fromUtf8(reply->body));
                m_delivery.log = verdict.log;
                m_delivery.words = verdict.words;
                m_delivery.hasLogLines = !reply->body.trimmed().isEmpty();
            } else {
                m_delivery.logError = reply.error();
            }
            end(m_delivery);
        });
    }

    const kube::Client m_client;
    Delivery m_delivery;
};

} // namespace

base::Call<Delivery> lookAtDelivery(const kube::Client& member)
{
    auto* looking = new Looking(member);
    auto call = looking->call();
    looking->begin();
    return call;
}

LogVerdict verdictOf(const QString& log)
{
    // That a connection was opened is said before anything is sent over it, so it proves nothing.
    static const QRegularExpression fails(
        QStringLiteral("failed to flush the buffer|could not push logs|could not communicate|cannot connect to|"
                       "error_class=|Rejected by Elasticsearch|\\[error\\]"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression delivers(QStringLiteral("retry succeeded"),
                                             QRegularExpression::CaseInsensitiveOption);
    LogVerdict verdict;
    for (const QString& line : log.split(QLatin1Char('\n'))) {
        const bool gotThrough = delivers.match(line).hasMatch();
        if (!gotThrough && !fails.match(line).hasMatch())
            continue;
        verdict.log = gotThrough ? Delivery::Log::Delivers : Delivery::Log::Fails;
        verdict.words = line;
    }
    verdict.words = base::visible(withoutPasswords(verdict.words).left(LongestLine));
    return verdict;
}

std::optional<std::pair<StoreAddress, QString>> storeIn(const QString& fluentdConfiguration)
{
    const auto setting = [&fluentdConfiguration](const char* key) {
        const QRegularExpression line(QStringLiteral("^\\s*%1\\s+(\\S+)\\s*$").arg(QLatin1String(key)),
                                      QRegularExpression::MultilineOption);
        return line.match(fluentdConfiguration).captured(1);
    };
    StoreAddress address{.scheme = setting("scheme"), .host = setting("host"), .port = setting("port").toInt()};
    if (address.host.isEmpty())
        return std::nullopt;
    return std::pair(std::move(address), setting("index_name"));
}

} // namespace tke
