#include "app/tke/eventstore.h"

#include "app/base/job.h"
#include "app/base/visible.h"
#include "app/kube/jsonread.h"

#include <QHostAddress>
#include <QRegularExpression>

namespace tke {
namespace {

using kube::Json;

constexpr qsizetype LongestIndex = 255; // bytes
constexpr qsizetype LongestInConsole = 60;
constexpr qint64 MostRead = 1 << 20;
/// What tke-event-watcher writes is the Event itself; others add a time of their own.
constexpr const char* Times[] = {"lastTimestamp", "@timestamp", "eventTime", "firstTimestamp"};

class Visiting final : public base::Job<StoreVisit> {
public:
    Visiting(const StoreAddress& address, QString index, StoreLogin login, OutsideOptions options)
        : m_index(std::move(index)),
          m_login(std::move(login)),
          m_options(std::move(options))
    {
        m_visit.address = address;
    }

    void begin()
    {
        const QUrl url = m_visit.address.url();
        if (!url.isValid()) {
            end(base::failure({.kind = base::ErrorKind::BadConfig,
                               .reason = QStringLiteral("addressInvalid"),
                               .said = base::visible(m_visit.address.text())}));
            return;
        }
        follow(findWay(url, m_options), [this](const base::Result<OutsideWay>& way) {
            if (!way) {
                end(base::failure(way.error()));
                return;
            }
            m_visit.way = *way;
            if (way->probe.failure())
                end(m_visit);
            else if (open({}))
                askWho();
        });
    }

private:
    bool open(transport::Identity login)
    {
        auto made = openWay(m_visit.address.url(), m_visit.way.trust, m_options, journal(), std::move(login));
        if (!made) {
            end(base::failure(made.error()));
            return false;
        }
        m_transport = std::move(*made);
        return true;
    }

    void ask(const QByteArray& path, std::vector<std::pair<QString, QString>> query,
             std::function<void(const transport::Reply&)> take)
    {
        transport::Request request{.path = path, .query = std::move(query)};
        request.silence = m_options.patience;
        request.mostBytes = MostRead;
        follow(m_transport->send(std::move(request)),
               [this, take = std::move(take)](const base::Result<transport::Reply>& reply) {
                   if (reply) {
                       take(*reply);
                       return;
                   }
                   m_visit.error = reply.error();
                   end(m_visit);
               });
    }

    void askWho()
    {
        ask("/", {}, [this](const transport::Reply& reply) {
            if (m_visit.status == 0)
                m_visit.status = reply.head.status;
            read(reply);
            const bool isClosed = reply.head.status == 401 || reply.head.status == 403;
            if (isClosed && !m_visit.loginAccepted)
                m_visit.wantsLogin = true;
            if (isClosed && !m_login.user.isEmpty() && !m_visit.loginAccepted)
                tryLogin();
            else if (isClosed || m_index.isEmpty() || m_visit.kind == StoreKind::SomethingElse)
                end(m_visit);
            else
                askIndex();
        });
    }

    void tryLogin()
    {
        transport::Identity login;
        login.username = m_login.user;
        login.password = m_login.password;
        if (open(std::move(login)))
            ask("/", {}, [this](const transport::Reply& reply) {
                m_visit.loginAccepted = reply.head.status < 400;
                read(reply);
                if (*m_visit.loginAccepted && !m_index.isEmpty() && m_visit.kind != StoreKind::SomethingElse)
                    askIndex();
                else
                    end(m_visit);
            });
    }

    void read(const transport::Reply& reply)
    {
        const auto json = kube::parseJson(reply.body);
        const bool saysSo = reply.head.header("X-elastic-product") == "Elasticsearch";
        const bool isObject = json && json->is_object();
        const Json& version = isObject ? kube::at(*json, {"version"}) : Json(nullptr);
        const QString number = base::visible(kube::rawText(version, {"number"}));
        if (!number.isEmpty() && kube::at(version, {"lucene_version"}).is_string()) {
            m_visit.kind = kube::rawText(version, {"distribution"}) == QLatin1String("opensearch")
                               ? StoreKind::OpenSearch
                               : StoreKind::Elasticsearch;
            m_visit.version = number;
            m_visit.clusterName = base::visible(kube::rawText(*json, {"cluster_name"}));
        } else if (saysSo || (isObject && kube::at(*json, {"error", "root_cause"}).is_array())) {
            m_visit.kind = StoreKind::Elasticsearch;
        } else if (reply.head.status != 401 && reply.head.status != 403 && reply.head.status < 500) {
            m_visit.kind = StoreKind::SomethingElse;
        }
    }

    QByteArray indexPath(const QString& what) const { return transport::path({m_index, what}); }

    void askIndex()
    {
        ask(indexPath(QStringLiteral("_count")), {}, [this](const transport::Reply& reply) {
            if (reply.head.status == 404)
                m_visit.hasIndex = false;
            if (reply.head.status != 200) {
                end(m_visit);
                return;
            }
            m_visit.hasIndex = true;
            if (const auto json = kube::parseJson(reply.body))
                m_visit.documents = kube::number(*json, {"count"});
            if (m_visit.documents.value_or(0) > 0)
                askNewest(0);
            else
                end(m_visit);
        });
    }

    void askNewest(std::size_t next)
    {
        if (next >= std::size(Times)) {
            end(m_visit);
            return;
        }
        const std::string field = Times[next];
        const Json order{{"order", "desc"}, {"unmapped_type", "date"}};
        Json sort = Json::array();
        sort.push_back({{field, order}});
        const Json search{{"size", 1}, {"sort", sort}, {"_source", Json::array({field})}};
        ask(indexPath(QStringLiteral("_search")),
            {{QStringLiteral("source_content_type"), QStringLiteral("application/json")},
             {QStringLiteral("source"), QString::fromUtf8(kube::toBytes(search))}},
            [this, next](const transport::Reply& reply) {
                const auto json = kube::parseJson(reply.body);
                const auto& hits = json ? kube::elements(*json, {"hits", "hits"}) : kube::elements(Json(nullptr));
                if (!hits.empty())
                    m_visit.newest =
                        QDateTime::fromString(kube::rawText(hits.front(), {"_source", Times[next]}), Qt::ISODateWithMs)
                            .toUTC();
                if (m_visit.newest.isValid())
                    end(m_visit);
                else
                    askNewest(next + 1);
            });
    }

    transport::Journal* journal() { return m_options.journal ? m_options.journal : &m_ownJournal; }

    const QString m_index;
    const StoreLogin m_login;
    const OutsideOptions m_options;
    transport::Journal m_ownJournal{1};
    StoreVisit m_visit;
    std::unique_ptr<transport::HttpTransport> m_transport;
};

} // namespace

QString StoreAddress::text() const
{
    const QString shown = host.contains(QLatin1Char(':')) ? QLatin1Char('[') + host + QLatin1Char(']') : host;
    return QStringLiteral("%1://%2:%3").arg(scheme, shown).arg(port);
}

QUrl StoreAddress::url() const
{
    QUrl url;
    url.setScheme(scheme);
    url.setHost(host, QUrl::StrictMode);
    url.setPort(port > 0 ? port : -1);
    const bool isHttp = scheme == QLatin1String("http") || scheme == QLatin1String("https");
    return isHttp && !url.host().isEmpty() && port > 0 && port <= 65535 ? url : QUrl();
}

StoreAddressText storeAddressOf(const QString& text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return {{}, QStringLiteral("addressMissing")};
    static const QRegularExpression shape(QStringLiteral(
        "^(?:([A-Za-z][A-Za-z0-9+.-]*)://)?(\\[[0-9A-Fa-f:.]+\\]|[^\\s/:@?#]+)(?::([0-9]{1,9}))?(/.*)?$"));
    const auto match = shape.match(trimmed);
    if (!match.hasMatch())
        return {{}, QStringLiteral("addressInvalid")};
    StoreAddress address{.scheme = match.captured(1).toLower(), .host = match.captured(2).toLower()};
    if (address.host.startsWith(QLatin1Char('[')))
        address.host = address.host.mid(1).chopped(1);
    address.port = match.captured(3).toInt();
    QString problem;
    if (match.captured(1).isEmpty())
        problem = QStringLiteral("schemeMissing");
    else if (match.captured(3).isEmpty())
        problem = QStringLiteral("portMissing");
    else if (!match.captured(4).isEmpty() && match.captured(4) != QLatin1String("/"))
        problem = QStringLiteral("addressPath");
    return {std::move(address), problem};
}

QString storeAddressText(const QString& scheme, const QString& host, const QString& port)
{
    const QString name = host.trimmed();
    if (name.isEmpty() || name.contains(QLatin1String("://")))
        return name;
    const bool isBare = name.count(QLatin1Char(':')) > 1 && !name.startsWith(QLatin1Char('['));
    const QString text = scheme + QStringLiteral("://") + (isBare ? QLatin1Char('[') + name + QLatin1Char(']') : name);
    return port.trimmed().isEmpty() ? text : text + QLatin1Char(':') + port.trimmed();
}

QString withoutLogin(const QString& addressText)
{
    const auto at = addressText.lastIndexOf(QLatin1Char('@'));
    if (at < 0)
        return addressText.trimmed();
    static const QRegularExpression scheme(QStringLiteral("^\\s*([A-Za-z][A-Za-z0-9+.-]*://)"));
    return scheme.match(addressText).captured(1) + QStringLiteral("…") + addressText.mid(at).trimmed();
}

QString indexProblem(const QString& name)
{
    if (name.isEmpty())
        return QStringLiteral("indexMissing");
    if (name != name.toLower())
        return QStringLiteral("indexUpperCase");
    static const QRegularExpression refused(QStringLiteral("[\\\\/*?\"<>|\\s,#:\\x00-\\x1f]"));
    if (refused.match(name).hasMatch())
        return QStringLiteral("indexCharacter");
    if (name == QLatin1String(".") || name == QLatin1String(".."))
        return QStringLiteral("indexDots");
    if (QStringLiteral("-_+").contains(name.front()))
        return QStringLiteral("indexStart");
    return name.toUtf8().size() > LongestIndex ? QStringLiteral("indexTooLong") : QString();
}

bool isConsoleIndex(const QString& name)
{
    static const QRegularExpression shape(QStringLiteral("^[a-z][a-z0-9_+-]*$"));
    return name.size() <= LongestInConsole && shape.match(name).hasMatch();
}

bool StoreVisit::isUsable() const
{
    const bool isStore = kind == StoreKind::Elasticsearch || kind == StoreKind::OpenSearch;
    return isStore && error == base::Error{} && (!wantsLogin || loginAccepted == true);
}

base::Call<StoreVisit> visitStore(const StoreAddress& address, const QString& index, const StoreLogin& login,
                                  const OutsideOptions& options)
{
    auto* visiting = new Visiting(address, index, login, options);
    auto call = visiting->call();
    visiting->begin();
    return call;
}

} // namespace tke
