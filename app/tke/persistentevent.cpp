#include "app/tke/persistentevent.h"

#include "app/base/job.h"
#include "app/config/base64.h"
#include "app/kube/discovery.h"
#include "app/kube/jsonread.h"
#include "app/tke/platformversion.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <algorithm>

namespace tke {
namespace {

using base::Severity;
using kube::Json;

const QVersionNumber LoginSince(1, 5, 0);

void say(std::vector<Remark>& remarks, const char* id, Severity severity = Severity::Error, const QString& detail = {})
{
    remarks.push_back({QLatin1String(id), severity, detail});
}

/// The controller fills fluentd's configuration in by Go's html/template, which writes these as "&#43;" and the like.
bool isEscaped(const QString& value)
{
    static const QRegularExpression html(QStringLiteral("[&<>\"'+]"));
    return html.match(value).hasMatch();
}

void checkIndex(std::vector<Remark>& remarks, const QString& index)
{
    if (const QString problem = indexProblem(index); !problem.isEmpty())
        remarks.push_back({problem, Severity::Error, index});
    else if (isEscaped(index))
        say(remarks, "indexEscaped", Severity::Error, index);
    else if (!isConsoleIndex(index))
        say(remarks, "indexNotInConsole", Severity::Warning, index);
}

void checkLogin(std::vector<Remark>& remarks, const QString& user, const QString& password, const QString& scheme)
{
    if (user.isEmpty() && password.isEmpty())
        return;
    if (user.isEmpty())
        say(remarks, "userMissing");
    if (password.isEmpty())
        say(remarks, "passwordMissing");
    else if (password.contains(QLatin1Char('\n')) || password.contains(QLatin1Char('\r')))
        say(remarks, "passwordLineBreak");
    else if (isEscaped(password))
        say(remarks, "passwordEscaped");
    if (scheme == QLatin1String("http"))
        say(remarks, "loginInClear", Severity::Warning);
    say(remarks, "passwordReadable", Severity::Info);
}

void checkAddress(std::vector<Remark>& remarks, const StoreAddress& address)
{
    if (address.scheme != QLatin1String("http") && address.scheme != QLatin1String("https"))
        say(remarks, "schemeUnknown", Severity::Error, address.scheme);
    if (address.host.isEmpty())
        say(remarks, "hostMissing");
    if (address.port == 0)
        say(remarks, "portZero");
    else if (address.port < 0 || address.port > 65535)
        say(remarks, "portRange", Severity::Error, QString::number(address.port));
}

void checkCluster(std::vector<Remark>& remarks, const QString& cluster, const EventPlatform& platform)
{
    if (cluster.isEmpty()) {
        say(remarks, "clusterMissing");
        return;
    }
    if (!platform.clusters)
        say(remarks, "clustersUnread", Severity::Warning, platform.clustersError.said);
    else if (std::ranges::find(*platform.clusters, cluster, &MemberCluster::name) == platform.clusters->end())
        say(remarks, "clusterUnknown", Severity::Error, cluster);
    if (!platform.sinks)
        say(remarks, "sinksUnread", Severity::Warning, platform.sinksError.said);
    else if (const EventSink* sink = platform.sinkOf(cluster))
        say(remarks, "clusterTaken", Severity::Error,
            sink->phase.isEmpty() ? sink->ref.name : QStringLiteral("%1 (%2)").arg(sink->ref.name, sink->phase));
}

bool isAddressError(const Remark& remark)
{
    return remark.severity == Severity::Error &&
           (remark.id.startsWith(QLatin1String("address")) || remark.id.startsWith(QLatin1String("port")) ||
            remark.id.startsWith(QLatin1String("scheme")) || remark.id == QLatin1String("hostMissing"));
}

class Reading final : public base::Job<EventPlatform> {
public:
    explicit Reading(const kube::Client& client) : m_client(client) {}

    void begin()
    {
        follow(kube::discover(m_client), [this](const base::Result<kube::ApiCatalog>& catalog) {
            if (!catalog) {
                end(base::failure(catalog.error()));
                return;
            }
            const kube::ApiResource* kind = catalog->find(PersistentEventKey);
            if (!kind) {
                end(base::failure({.kind = base::ErrorKind::NotFound,
                                   .reason = QStringLiteral("kindNotServed"),
                                   .said = QStringLiteral("PersistentEvent"),
                                   .asked = PersistentEventKey}));
                return;
            }
            m_platform.kind = *kind;
            askSinks();
        });
    }

private:
    void askSinks()
    {
        const auto sinkOf = [apiVersion = m_platform.kind.apiVersion()](const Json& object) {
            EventSink sink = eventSinkOf(object);
            sink.ref.apiVersion = apiVersion;
            return sink;
        };
        follow(kube::listItems<EventSink>(m_client, {.path = m_platform.kind.path()}, sinkOf),
               [this](const base::Result<kube::ListedItems<EventSink>>& sinks) {
                   if (sinks)
                       m_platform.sinks = sinks->items;
                   else
                       m_platform.sinksError = sinks.error();
                   askClusters();
               });
    }

    void askClusters()
    {
        follow(readMembers(m_client), [this](const base::Result<kube::ListedItems<MemberCluster>>& clusters) {
            if (clusters)
                m_platform.clusters = clusters->items;
            else
                m_platform.clustersError = clusters.error();
            askVersion();
        });
    }

    void askVersion()
    {
        follow(m_client.askJson({.path = "/apis/apps/v1/namespaces/tke/deployments/tke-platform-api"}),
               [this](const base::Result<Json>& deployment) {
                   m_platform.version = deployment ? platformVersionOf(*deployment) : QString();
                   end(m_platform);
               });
    }

    const kube::Client m_client;
    EventPlatform m_platform;
};

} // namespace

bool hasErrors(const std::vector<Remark>& remarks)
{
    return std::ranges::any_of(remarks, [](const Remark& each) { return each.severity == Severity::Error; });
}

std::vector<Remark> remarksOn(const EventSinkDraft& draft, const EventPlatform& platform)
{
    std::vector<Remark> remarks;
    checkCluster(remarks, draft.cluster, platform);
    const StoreAddressText text = storeAddressOf(draft.address);
    if (!text.problem.isEmpty())
        remarks.push_back({text.problem, Severity::Error, withoutLogin(draft.address)});
    else
        checkAddress(remarks, text.address);
    if (std::ranges::none_of(remarks, isAddressError) && !text.address.url().isValid())
        say(remarks, "addressInvalid", Severity::Error, withoutLogin(draft.address));
    checkIndex(remarks, draft.index);
    checkLogin(remarks, draft.user, draft.password, text.address.scheme);
    if (!draft.user.isEmpty() && takesLogin(platform.version) == false)
        say(remarks, "loginUnsupported", Severity::Error, platform.version);
    say(remarks, "noCleaning", Severity::Info);
    return remarks;
}

std::vector<Remark> remarksOn(const StoreVisit& visit)
{
    std::vector<Remark> remarks;
    const auto failed = visit.way.probe.failure();
    if (failed && visit.way.trust == Trust::Untrusted)
        say(remarks, "storeUntrusted", Severity::Warning, visit.address.text());
    else if (failed)
        say(remarks, "storeUnreachable", Severity::Warning, endpoint::idOf(*failed));
    else if (!visit.answers())
        say(remarks, "storeUnreachable", Severity::Warning, QStringLiteral("http"));
    else if (visit.kind == StoreKind::SomethingElse)
        say(remarks, "storeIsNone", Severity::Error, visit.address.text());
    else if (visit.loginAccepted == false)
        say(remarks, "storeRefusesLogin");
    else if (visit.wantsLogin && !visit.loginAccepted)
        say(remarks, "storeWantsLogin");
    if (visit.kind == StoreKind::OpenSearch)
        say(remarks, "storeOpenSearch", Severity::Info, visit.version);
    return remarks;
}

const EventSink* EventPlatform::sinkOf(const QString& cluster) const
{
    if (!sinks)
        return nullptr;
    const auto found = std::ranges::find(*sinks, cluster, &EventSink::cluster);
    return found == sinks->end() ? nullptr : &*found;
}

base::Call<EventPlatform> readEventPlatform(const kube::Client& client)
{
    auto* reading = new Reading(client);
    auto call = reading->call();
    reading->begin();
    return call;
}

QString newPersistentEventName()
{
    // k8s.io/apimachinery/pkg/util/rand: no vowels, so that no words come about.
    static const QString letters = QStringLiteral("bcdfghjklmnpqrstvwxz2456789");
    QString name = QStringLiteral("pe-");
    for (int i = 0; i < 8; ++i)
        name += letters.at(QRandomGenerator::global()->bounded(static_cast<int>(letters.size())));
    return name;
}

Json persistentEventOf(const EventSinkDraft& draft, const kube::ApiResource& resource, const QString& name)
{
    const StoreAddress address = storeAddressOf(draft.address).address;
    Json store{{"ip", address.host.toStdString()},
               {"port", address.port},
               {"scheme", address.scheme.toStdString()},
               {"indexName", draft.index.toStdString()}};
    if (!draft.user.isEmpty()) {
        store["user"] = draft.user.toStdString();
        // The controller decodes it: one that is none fails there with "unable to parse password".
        store["password"] = draft.password.toUtf8().toBase64().toStdString();
    }
    Json spec = Json::object();
    if (!draft.tenant.isEmpty())
        spec["tenantID"] = draft.tenant.toStdString();
    spec["clusterName"] = draft.cluster.toStdString();
    spec["persistentBackEnd"] = {{"es", std::move(store)}};
    return {{"apiVersion", resource.apiVersion().toStdString()},
            {"kind", resource.kind.toStdString()},
            {"metadata", {{"name", name.toStdString()}}},
            {"spec", std::move(spec)}};
}

EventSink eventSinkOf(const Json& object)
{
    EventSink sink;
    sink.ref = {.cluster = {},
                .apiVersion = QStringLiteral("platform.tkestack.io/v1"),
                .kind = QStringLiteral("PersistentEvent"),
                .nameSpace = {},
                .name = kube::rawText(object, {"metadata", "name"}),
                .uid = kube::rawText(object, {"metadata", "uid"})};
    sink.cluster = kube::rawText(object, {"spec", "clusterName"});
    const Json& back = kube::at(object, {"spec", "persistentBackEnd"});
    const Json& store = kube::at(back, {"es"});
    sink.isElasticsearch = store.is_object();
    sink.isCls = kube::at(back, {"cls"}).is_object();
    sink.phase = kube::rawText(object, {"status", "phase"});
    sink.reason = kube::rawText(object, {"status", "reason"});
    sink.retries =
        static_cast<int>(std::clamp<qint64>(kube::number(object, {"status", "retryCount"}).value_or(0), 0, 999));
    if (sink.isElasticsearch && sink.isCls)
        say(sink.remarks, "backendSeveral");
    else if (!sink.isElasticsearch)
        say(sink.remarks, sink.isCls ? "backendCls" : "backendMissing");
    if (!sink.isElasticsearch)
        return sink;
    const qint64 port = kube::number(store, {"port"}).value_or(0);
    sink.address = {.scheme = kube::rawText(store, {"scheme"}),
                    .host = kube::rawText(store, {"ip"}),
                    .port = static_cast<int>(std::clamp<qint64>(port, -1, 65536))};
    sink.index = kube::rawText(store, {"indexName"});
    sink.user = kube::rawText(store, {"user"});
    const QByteArray encoded = kube::rawText(store, {"password"}).toUtf8();
    sink.hasPassword = !encoded.isEmpty();
    checkAddress(sink.remarks, sink.address);
    checkIndex(sink.remarks, sink.index);
    // Of one that is there, only what keeps it from delivering matters.
    std::erase_if(sink.remarks, [](const Remark& each) { return each.severity != Severity::Error; });
    const auto password = config::decodeBase64(encoded);
    if (!password)
        say(sink.remarks, "passwordNotBase64");
    else if (isEscaped(QString::fromUtf8(*password)))
        say(sink.remarks, "passwordEscaped");
    if (sink.user.isEmpty() && sink.hasPassword)
        say(sink.remarks, "userMissing");
    if (!sink.user.isEmpty() && !sink.hasPassword)
        say(sink.remarks, "passwordMissing");
    return sink;
}

QString platformVersionOf(const Json& deployment)
{
    static const QRegularExpression version(QStringLiteral("^v?[0-9]+\\.[0-9]+\\.[0-9]+"));
    for (const Json& container : kube::elements(deployment, {"spec", "template", "spec", "containers"})) {
        const QString image = kube::rawText(container, {"image"});
        const QString tag = image.section(QLatin1Char('/'), -1).section(QLatin1Char(':'), 1, 1);
        if (version.match(tag).hasMatch())
            return tag;
    }
    return {};
}

std::optional<bool> takesLogin(const QString& platformVersion)
{
    return isSince(platformVersion, LoginSince);
}

} // namespace tke
