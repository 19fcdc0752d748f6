#include "app/transport/httpworker.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QPointer>
#include <algorithm>

namespace transport {
namespace {

constexpr std::chrono::milliseconds DesktopProxyAge{60'000};
constexpr int MostInFlight = 6; // Qt's own limit a host and manager; the seventh would wait in silence there

/// A control character would end a header, or hide in it; net/http refuses the same ones.
bool fitsHeader(const QByteArray& value)
{
    return std::ranges::none_of(value, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && byte != '\t') || byte == 0x7f;
    });
}

} // namespace

/// Hands everything on but an answer of 401, which the worker may have a better one for.
class HttpWorker::Keeper final : public StreamSink {
public:
    Keeper(std::shared_ptr<StreamSink> sink, std::function<void()> onAccepted)
        : m_sink(std::move(sink)),
          m_onAccepted(std::move(onAccepted))
    {
    }
    void answered(const ReplyHead& head) override
    {
        m_onAccepted();
        m_sink->answered(head);
    }
    void refused(const Reply& reply) override
    {
        if (reply.head.status == 401) {
            m_refusal = reply;
            return;
        }
        m_onAccepted();
        m_sink->refused(reply);
    }
    std::span<char> space() override { return m_sink->space(); }
    base::Result<void> commit(std::size_t count) override { return m_sink->commit(count); }
    void finished(const base::Result<void>& end) override { m_sink->finished(end); }

    bool hasRefusal() const { return m_refusal.has_value(); }
    void giveRefusal() { m_sink->refused(*std::exchange(m_refusal, std::nullopt)); }
    std::shared_ptr<StreamSink> takeSink() { return std::move(m_sink); }

private:
    std::shared_ptr<StreamSink> m_sink;
    std::function<void()> m_onAccepted;
    std::optional<Reply> m_refusal;
};

HttpWorker::HttpWorker(Endpoint endpoint, std::shared_ptr<IdentitySource> identity, Journal* journal,
                       HttpTransport::Options options)
    : m_endpoint(std::move(endpoint)),
      m_source(std::move(identity)),
      m_journal(journal),
      m_options(std::move(options)),
      m_address(m_endpoint.text())
{
    connect(m_source.get(), &IdentitySource::settled, this, &HttpWorker::startWaiting, Qt::QueuedConnection);
}

HttpWorker::~HttpWorker()
{
    m_waitingCalls.clear();
    m_waitingStreams.clear();
    m_asked.clear();
    // The ended ones as well: a reply tells its manager of a handshake even when that is gone, and a manager goes with
    // this worker.
    for (HttpJob* job : std::exchange(m_jobs, {})) {
        job->disconnect(this);
        delete job;
    }
    // It is the GUI thread's, and goes there if nobody else holds it any more.
    if (auto* app = QCoreApplication::instance())
        QMetaObject::invokeMethod(
            app, [source = std::move(m_source)] {}, Qt::QueuedConnection);
}

void HttpWorker::ask(quint64 id, Request request, std::shared_ptr<StreamSink> sink)
{
    adopt(id, std::move(request), std::move(sink), false, false);
    m_waitingCalls.push_back(id);
    startWaiting();
}

void HttpWorker::open(quint64 id, Request request, std::shared_ptr<StreamSink> sink)
{
    adopt(id, std::move(request), std::move(sink), true, false);
    if (!start(id))
        m_waitingStreams.push_back(id);
}

void HttpWorker::abort(quint64 id)
{
    if (const auto asked = m_asked.find(id); asked != m_asked.end())
        asked->second.job->abort();
}

void HttpWorker::adopt(quint64 id, Request request, std::shared_ptr<StreamSink> sink, bool isStream, bool again)
{
    auto keeper = std::make_shared<Keeper>(std::move(sink), [this, id] {
        if (const auto asked = m_asked.find(id); asked != m_asked.end())
            m_source->accepted(asked->second.version);
    });
    auto* job = new HttpJob(id, std::move(request), keeper, m_address);
    m_jobs.insert(job);
    connect(job, &QObject::destroyed, this, [this, job] { m_jobs.erase(job); });
    m_asked[id] = {.job = job, .keeper = std::move(keeper), .isStream = isStream, .again = again};
    connect(job, &HttpJob::ended, this, [this, id] { onEnded(id); });
}

void HttpWorker::onEnded(quint64 id)
{
    const auto node = m_asked.extract(id);
    const Asked& asked = node.mapped();
    HttpJob* job = asked.job;
    job->deleteLater();
    auto& waiting = asked.isStream ? m_waitingStreams : m_waitingCalls;
    if (const auto place = std::find(waiting.begin(), waiting.end(), id); place != waiting.end())
        waiting.erase(place);
    else if (!asked.isStream)
        --m_inFlight;
    // Six of them would keep all others waiting for as long as TCP does. Those under way hold the old manager.
    if (!asked.isStream && job->leftConnecting())
        m_calls.reset();
    if (asked.keeper->hasRefusal()) {
        if (!asked.again && m_source->refused(asked.version)) {
            adopt(id, job->request(), asked.keeper->takeSink(), asked.isStream, true);
            (asked.isStream ? m_waitingStreams : m_waitingCalls).push_back(id);
        } else {
            asked.keeper->giveRefusal();
        }
    }
    startWaiting();
}

void HttpWorker::startWaiting()
{
    while (!m_waitingStreams.empty()) {
        const quint64 id = m_waitingStreams.front();
        m_waitingStreams.pop_front();
        if (!start(id)) {
            m_waitingStreams.push_front(id);
            break;
        }
    }
    while (m_inFlight < MostInFlight && !m_waitingCalls.empty()) {
        const quint64 id = m_waitingCalls.front();
        m_waitingCalls.pop_front();
        ++m_inFlight;
        if (!start(id)) {
            --m_inFlight;
            m_waitingCalls.push_front(id);
            break;
        }
    }
}

bool HttpWorker::start(quint64 id)
{
    Asked& asked = m_asked.at(id);
    HttpJob* job = asked.job;
    const IdentitySource::Offer offer = m_source->current();
    if (offer.state == IdentitySource::Offer::State::Waiting)
        return false;
    // Later: who asked in this thread has not got the handle yet.
    const auto failLater = [job](const base::Error& error) {
        QMetaObject::invokeMethod(
            job, [job, error] { job->fail(error); }, Qt::QueuedConnection);
        return true;
    };
    if (offer.state == IdentitySource::Offer::State::Failed)
        return failLater(offer.error);
    if (const auto taken = takeOver(offer); !taken)
        return failLater(taken.error());
    auto prepared = prepare(job->request());
    if (!prepared)
        return failLater(prepared.error());
    asked.version = offer.version;
    if (!asked.isStream && !m_calls)
        m_calls = newManager();
    JournalEntry entry;
    entry.context = m_options.context;
    entry.address = m_address;
    entry.verb = job->request().verb;
    entry.target = job->request().target();
    entry.background = job->request().background;
    job->start(asked.isStream ? newManager() : m_calls, *prepared, m_journal, m_journal->begin(std::move(entry)),
               asked.isStream);
    return true;
}

base::Result<void> HttpWorker::takeOver(const IdentitySource::Offer& offer)
{
    if (offer.version == m_version)
        return {};
    auto tls = tlsConfiguration(m_endpoint, *offer.identity);
    if (!tls)
        return base::failure(tls.error());
    m_tls = *tls;
    m_identity = offer.identity;
    m_version = offer.version;
    m_calls.reset(); // its connections are another's
    return {};
}

std::shared_ptr<QNetworkAccessManager> HttpWorker::newManager()
{
    auto* made = new QNetworkAccessManager(this);
    // Later: the last to hold it may be called by it. That one may also outlive this worker, and so the manager.
    std::shared_ptr<QNetworkAccessManager> manager(made, [guard = QPointer(made)](QNetworkAccessManager*) {
        if (guard)
            guard->deleteLater();
    });
    manager->setProxy(proxy());
    manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    manager->setStrictTransportSecurityEnabled(false);
    return manager;
}

QNetworkProxy HttpWorker::proxy()
{
    if (m_endpoint.proxy.type() != QNetworkProxy::DefaultProxy)
        return m_endpoint.proxy;
    // The desktop may have to run a script for it, and is not asked for every manager: there is one for each stream.
    if (!m_desktopAsked.isValid() || m_desktopAsked.elapsed() > DesktopProxyAge.count()) {
        m_desktopProxy = desktopProxyFor(m_endpoint.url);
        m_desktopAsked.start();
    }
    return m_desktopProxy;
}

base::Result<QNetworkRequest> HttpWorker::prepare(const Request& request)
{
    QByteArray url = m_endpoint.url.toEncoded(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    while (url.endsWith('/'))
        url.chop(1);
    QNetworkRequest prepared(QUrl::fromEncoded(url + request.target(), QUrl::StrictMode));
    // Qt tidies a path before it sends it: "." and "..", however they are written, lead elsewhere, and "/.a/" to "//".
    const bool wouldMove = prepared.url().toEncoded(QUrl::NormalizePathSegments) != prepared.url().toEncoded();
    if (!prepared.url().isValid() || wouldMove)
        return base::failure({.kind = base::ErrorKind::BadConfig, .reason = QStringLiteral("urlInvalid")});
    prepared.setSslConfiguration(m_tls);
    if (!m_endpoint.serverName.isEmpty())
        prepared.setPeerVerifyName(m_endpoint.serverName);
    prepared.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    prepared.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    prepared.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    prepared.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    prepared.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    prepared.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    prepared.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    prepared.setRawHeader("User-Agent", "alidade/" ALIDADE_VERSION);
    prepared.setRawHeader("Accept", "application/json");
    prepared.setRawHeader("Accept-Encoding", request.compress ? "gzip" : "identity");
    auto authorized = authorization();
    if (!authorized)
        return base::failure(authorized.error());
    if (!authorized->isEmpty())
        prepared.setRawHeader("Authorization", *authorized);
    if (const auto impersonated = impersonate(prepared); !impersonated)
        return base::failure(impersonated.error());
    for (const auto& [name, value] : request.headers)
        prepared.setRawHeader(name, value);
    return prepared;
}

base::Result<QByteArray> HttpWorker::authorization() const
{
    QByteArray authorization;
    if (!m_identity->token.isEmpty())
        authorization = "Bearer " + m_identity->token.toUtf8();
    else if (!m_identity->username.isEmpty())
        authorization = "Basic " + (m_identity->username + QLatin1Char(':') + m_identity->password).toUtf8().toBase64();
    if (!fitsHeader(authorization))
        return base::failure({.kind = base::ErrorKind::BadConfig, .reason = QStringLiteral("tokenInvalid")});
    const bool verified = m_endpoint.url.scheme() == QLatin1String("https") && !m_endpoint.insecureSkipTlsVerify;
    if (!authorization.isEmpty() && !verified && !m_options.allowInsecureToken)
        return base::failure({.kind = base::ErrorKind::Tls, .reason = QStringLiteral("insecureToken")});
    return authorization;
}

base::Result<void> HttpWorker::impersonate(QNetworkRequest& prepared) const
{
    if (m_identity->impersonate.isEmpty())
        return {};
    // The APIServer takes each group and each value of an extra from a header line of its own and splits none at a
    // comma. Qt keeps one value for a name and joins what comes twice; but it writes a value as it is, so that the
    // lines that follow can stand in it. None of them may bring a line end of its own.
    std::vector<std::pair<QByteArray, QByteArrayList>> lines{
        {"Impersonate-User", {m_identity->impersonate.toUtf8()}},
        {"Impersonate-Uid", {}},
        {"Impersonate-Group", {}},
    };
    if (!m_identity->impersonateUid.isEmpty())
        lines[1].second += m_identity->impersonateUid.toUtf8();
    for (const QString& group : m_identity->impersonateGroups)
        lines[2].second += group.toUtf8();
    for (const auto& [key, value] : m_identity->impersonateExtra) {
        const QByteArray name = "Impersonate-Extra-" + QUrl::toPercentEncoding(key);
        auto known = std::ranges::find_if(
            lines, [&](const auto& line) { return line.first.compare(name, Qt::CaseInsensitive) == 0; });
        if (known == lines.end())
            known = lines.insert(known, {name, {}});
        known->second += value.toUtf8();
    }
    for (const auto& [name, values] : lines) {
        if (!std::ranges::all_of(values, fitsHeader))
            return base::failure(
                {.kind = base::ErrorKind::BadConfig, .reason = QStringLiteral("impersonationInvalid")});
        if (!values.isEmpty())
            prepared.setRawHeader(name, values.join("\r\n" + name + ": "));
    }
    return {};
}

} // namespace transport
