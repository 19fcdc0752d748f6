#include "app/kube/discovery.h"

#include "app/base/visible.h"

#include <QPromise>
#include <QRegularExpression>
#include <mutex>

namespace kube {
namespace {

using base::Result;

// k8s.io/client-go/discovery/discovery_client.go: newest form first, the unaggregated one last.
constexpr auto AggregatedAccept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
                                  "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
                                  "application/json";
constexpr std::chrono::milliseconds GroupSilence{8'000};

QString text(const Json& object, const char* key)
{
    if (!object.is_object())
        return {};
    const auto value = object.find(key);
    return value != object.end() && value->is_string() ? base::visible(value->get_ref<const std::string&>())
                                                       : QString();
}

const Json& member(const Json& object, const char* key)
{
    static const Json nothing = Json::array();
    if (!object.is_object())
        return nothing;
    const auto value = object.find(key);
    return value == object.end() ? nothing : *value;
}

QStringList texts(const Json& array)
{
    QStringList list;
    if (array.is_array())
        for (const Json& entry : array)
            if (entry.is_string())
                list += base::visible(entry.get_ref<const std::string&>());
    return list;
}

QStringList subresourcesOf(const Json& entry)
{
    QStringList names;
    for (const Json& each : member(entry, "subresources"))
        if (const QString name = text(each, "subresource"); !name.isEmpty())
            names += name;
    return names;
}

/// A resource is taken in the first version that lists it: versions come in the order of preference.
void add(ApiCatalog& catalog, ApiResource resource)
{
    if (resource.resource.isEmpty() || resource.kind.isEmpty() || resource.resource.contains(QLatin1Char('/')))
        return;
    for (const ApiResource& known : catalog.resources)
        if (known.group == resource.group && known.resource == resource.resource)
            return;
    catalog.resources.push_back(std::move(resource));
}

/// k8s.io/api/apidiscovery/v2/types.go, APIGroupDiscoveryList.
void addAggregated(ApiCatalog& catalog, const Json& list)
{
    for (const Json& group : member(list, "items")) {
        const QString groupName = text(member(group, "metadata"), "name");
        for (const Json& version : member(group, "versions")) {
            const QString versionName = text(version, "version");
            if (text(version, "freshness") == QLatin1String("Stale"))
                catalog.stale.push_back({groupName, versionName, {}});
            for (const Json& entry : member(version, "resources")) {
                const Json& kind = member(entry, "responseKind");
                add(catalog, {.group = groupName,
                              .version = versionName,
                              .resource = text(entry, "resource"),
                              .kind = text(kind, "kind"),
                              .singular = text(entry, "singularResource"),
                              .shortNames = texts(member(entry, "shortNames")),
                              .categories = texts(member(entry, "categories")),
                              .verbs = texts(member(entry, "verbs")),
                              .namespaced = text(entry, "scope") == QLatin1String("Namespaced"),
                              .subresources = subresourcesOf(entry)});
            }
        }
    }
}

/// Listed beside it: "deployments/scale".
QStringList subresourcesIn(const Json& list, const QString& resource)
{
    QStringList names;
    const QString start = resource + QLatin1Char('/');
    for (const Json& entry : member(list, "resources"))
        if (const QString name = text(entry, "name"); name.startsWith(start) && name.size() > start.size())
            names += name.mid(start.size());
    return names;
}

/// k8s.io/apimachinery/pkg/apis/meta/v1/types.go, APIResourceList.
void addResourceList(ApiCatalog& catalog, const QString& group, const QString& version, const Json& list)
{
    for (const Json& entry : member(list, "resources")) {
        const Json& namespaced = member(entry, "namespaced");
        add(catalog, {.group = group,
                      .version = version,
                      .resource = text(entry, "name"),
                      .kind = text(entry, "kind"),
                      .singular = text(entry, "singularName"),
                      .shortNames = texts(member(entry, "shortNames")),
                      .categories = texts(member(entry, "categories")),
                      .verbs = texts(member(entry, "verbs")),
                      .namespaced = namespaced.is_boolean() && namespaced.get<bool>(),
                      .subresources = subresourcesIn(list, text(entry, "name"))});
    }
}

/// The questions of one discovery, answered side by side in any thread.
class Discovery : public std::enable_shared_from_this<Discovery> {
public:
    explicit Discovery(const Client& client) : m_client(client) { m_promise.start(); }
    Discovery(const Discovery&) = delete;
    Discovery& operator=(const Discovery&) = delete;
    /// Let go unanswered: the transport went between the questions.
    ~Discovery() { finish(base::failure({.kind = base::ErrorKind::Canceled})); }

    base::Call<ApiCatalog> begin()
    {
        // Not held by the asker: what nobody works on any more ends here, answered.
        base::Call<ApiCatalog> call{m_promise.future(), [weak = weak_from_this()] {
                                        if (const auto self = weak.lock())
                                            self->cancel();
                                    }};
        m_open = 2;
        askRoot("/api", 0);
        askRoot("/apis", 1);
        return call;
    }

private:
    /// What one root answered: the parts of one group version each, in the server's order.
    struct Part {
        QString group;
        QString version;
        bool aggregated = false;
        Result<Json> answer;
    };

    void ask(transport::Request request, std::function<void(const Result<transport::Reply>&)> take)
    {
        auto call = m_client.ask(std::move(request));
        bool canceled = false;
        {
            const std::lock_guard lock(m_mutex);
            m_cancels.push_back(call.cancel);
            canceled = m_canceled;
        }
        if (canceled)
            call.cancel();
        call.future.then([self = shared_from_this(), take = std::move(take)](const Result<transport::Reply>& reply) {
            take(reply);
            self->close();
        });
    }

    void askRoot(const char* path, std::size_t root)
    {
        transport::Request request{.path = path};
        request.headers.emplace_back("Accept", AggregatedAccept);
        const QString asked = QStringLiteral("GET ") + QString::fromLatin1(path);
        ask(std::move(request),
            [this, root, asked](const Result<transport::Reply>& reply) { takeRoot(root, asked, reply); });
    }

    void takeRoot(std::size_t root, const QString& asked, const Result<transport::Reply>& reply)
    {
        if (!reply) {
            fail(reply.error());
            return;
        }
        auto json = parseJson(reply->body);
        const QString kind = json ? text(*json, "kind") : QString();
        const bool isAggregated = kind == QLatin1String("APIGroupDiscoveryList") && member(*json, "items").is_array();
        // Anything else would look like a cluster without kinds.
        if (json && !isAggregated && kind != QLatin1String(root == 0 ? "APIVersions" : "APIGroupList"))
            json = base::failure(
                {.kind = base::ErrorKind::BadAnswer, .reason = QStringLiteral("notDiscovery"), .said = kind});
        if (!json) {
            base::Error error = json.error();
            error.asked = asked;
            error.ofWhom = m_client.transport()->address();
            fail(error);
            return;
        }
        const std::lock_guard lock(m_mutex);
        if (isAggregated) {
            m_parts[root].push_back({{}, {}, true, std::move(*json)});
            return;
        }
        // Group by group. A version that is not the preferred one is asked too: it may hold kinds of its own.
        std::vector<std::pair<QString, QString>> wanted;
        if (root == 0) {
            for (const QString& version : texts(member(*json, "versions")))
                wanted.emplace_back(QString(), version);
        } else {
            for (const Json& group : member(*json, "groups")) {
                const QString name = text(group, "name");
                const QString preferred = text(member(group, "preferredVersion"), "version");
                if (!preferred.isEmpty())
                    wanted.emplace_back(name, preferred);
                for (const Json& version : member(group, "versions"))
                    if (text(version, "version") != preferred)
                        wanted.emplace_back(name, text(version, "version"));
            }
        }
        m_parts[root].resize(wanted.size());
        m_open += static_cast<int>(wanted.size());
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            m_parts[root][i].group = wanted[i].first;
            m_parts[root][i].version = wanted[i].second;
        }
        // Asked without the lock: an answer may come at once.
        QMetaObject::invokeMethod(
            m_client.transport(),
            [self = shared_from_this(), root, wanted] {
                for (std::size_t i = 0; i < wanted.size(); ++i)
                    self->askGroup(root, i, wanted[i].first, wanted[i].second);
            },
            Qt::QueuedConnection);
    }

    void askGroup(std::size_t root, std::size_t part, const QString& group, const QString& version)
    {
        transport::Request request{.path = group.isEmpty() ? transport::path({QStringLiteral("api"), version})
                                                           : transport::path({QStringLiteral("apis"), group, version})};
        request.silence = GroupSilence;
        ask(std::move(request), [this, root, part](const Result<transport::Reply>& reply) {
            Result<Json> answer = reply ? parseJson(reply->body) : Result<Json>(base::failure(reply.error()));
            if (answer && text(*answer, "kind") != QLatin1String("APIResourceList"))
                answer = base::failure({.kind = base::ErrorKind::BadAnswer, .reason = QStringLiteral("notDiscovery")});
            const std::lock_guard lock(m_mutex);
            m_parts[root][part].answer = std::move(answer);
        });
    }

    void fail(const base::Error& error)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_error)
            m_error = error;
    }

    void close()
    {
        {
            const std::lock_guard lock(m_mutex);
            if (--m_open > 0)
                return;
            m_cancels.clear();
            if (m_canceled && !m_error)
                m_error = base::Error{.kind = base::ErrorKind::Canceled};
        }
        if (m_error) {
            finish(base::failure(*m_error));
            return;
        }
        ApiCatalog catalog;
        for (const auto& root : m_parts) {
            for (const Part& part : root) {
                if (part.aggregated)
                    addAggregated(catalog, *part.answer);
                else if (part.answer)
                    addResourceList(catalog, part.group, part.version, *part.answer);
                else
                    catalog.stale.push_back({part.group, part.version, part.answer.error().said});
            }
        }
        finish(std::move(catalog));
    }

    void finish(Result<ApiCatalog> catalog)
    {
        if (std::exchange(m_answered, true))
            return;
        m_promise.addResult(std::move(catalog));
        m_promise.finish();
    }

    void cancel()
    {
        std::vector<std::function<void()>> cancels;
        {
            const std::lock_guard lock(m_mutex);
            m_canceled = true;
            cancels = m_cancels;
        }
        for (const auto& cancel : cancels)
            cancel();
    }

    Client m_client;
    QPromise<Result<ApiCatalog>> m_promise;
    std::mutex m_mutex;
    std::array<std::vector<Part>, 2> m_parts;
    std::vector<std::function<void()>> m_cancels;
    std::optional<base::Error> m_error;
    int m_open = 0;
    bool m_canceled = false;
    bool m_answered = false; ///< set by the last answer, or at the end of all
};

/// The digits of "36+", as some vendors write it.
int leadingNumber(const QString& text)
{
    static const QRegularExpression digits(QStringLiteral("^\\d{1,4}"));
    return digits.match(text).captured().toInt();
}

} // namespace

base::Call<ApiCatalog> discover(const Client& client)
{
    return std::make_shared<Discovery>(client)->begin();
}

base::Call<ServerVersion> serverVersion(const Client& client)
{
    return base::mapped<ServerVersion>(client.askJson({.path = "/version"}),
                                       [](const Result<Json>& json) -> Result<ServerVersion> {
                                           if (!json)
                                               return base::failure(json.error());
                                           ServerVersion version{.gitVersion = text(*json, "gitVersion"),
                                                                 .major = leadingNumber(text(*json, "major")),
                                                                 .minor = leadingNumber(text(*json, "minor"))};
                                           return version;
                                       });
}

base::Call<QString> clusterUid(const Client& client)
{
    return base::mapped<QString>(client.askJson({.path = "/api/v1/namespaces/kube-system"}),
                                 [](const Result<Json>& json) -> Result<QString> {
                                     if (!json)
                                         return base::failure(json.error());
                                     return text(member(*json, "metadata"), "uid");
                                 });
}

} // namespace kube
