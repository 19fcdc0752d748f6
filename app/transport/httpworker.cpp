#include "app/transport/httpworker.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <algorithm>

namespace transport {
namespace {

constexpr int MostInFlight = 6; // Qt's own limit a host and manager; the seventh would wait in silence there
constexpr qint64 MostOfATokenFile = 1 << 20;

} // namespace

HttpWorker::HttpWorker(Endpoint endpoint, Identity identity, QSslConfiguration tls, Journal* journal,
                       HttpTransport::Options options)
    : m_endpoint(std::move(endpoint)),
      m_identity(std::move(identity)),
      m_tls(std::move(tls)),
      m_journal(journal),
      m_options(std::move(options)),
      m_address(m_endpoint.text())
{
}

HttpWorker::~HttpWorker()
{
    m_waiting.clear();
    for (const auto& [id, job] : std::exchange(m_jobs, {})) {
        job->disconnect(this);
        delete job;
    }
}

void HttpWorker::ask(quint64 id, Request request, std::shared_ptr<StreamSink> sink)
{
    HttpJob* job = adopt(id, std::move(request), std::move(sink));
    connect(job, &HttpJob::ended, this, [this, job] {
        if (const auto waiting = std::find(m_waiting.begin(), m_waiting.end(), job); waiting != m_waiting.end())
            m_waiting.erase(waiting);
        else
            --m_inFlight;
        // Six of them would keep all others waiting for as long as TCP does. Those under way hold the old manager.
        if (job->leftConnecting())
            m_calls.reset();
        startNext();
    });
    m_waiting.push_back(job);
    startNext();
}

void HttpWorker::open(quint64 id, Request request, std::shared_ptr<StreamSink> sink)
{
    HttpJob* job = adopt(id, std::move(request), std::move(sink));
    run(job, newManager(), true);
}

void HttpWorker::abort(quint64 id)
{
    if (const auto job = m_jobs.find(id); job != m_jobs.end())
        job->second->abort();
}

HttpJob* HttpWorker::adopt(quint64 id, Request request, std::shared_ptr<StreamSink> sink)
{
    auto* job = new HttpJob(id, std::move(request), std::move(sink), m_address);
    m_jobs.emplace(id, job);
    connect(job, &HttpJob::ended, this, [this, job] {
        m_jobs.erase(job->id());
        job->deleteLater();
    });
    return job;
}

void HttpWorker::startNext()
{
    while (m_inFlight < MostInFlight && !m_waiting.empty()) {
        HttpJob* job = m_waiting.front();
        m_waiting.pop_front();
        ++m_inFlight;
        if (!m_calls)
            m_calls = newManager();
        run(job, m_calls, false);
    }
}

void HttpWorker::run(HttpJob* job, std::shared_ptr<QNetworkAccessManager> manager, bool stream)
{
    auto prepared = prepare(job->request());
    if (!prepared) {
        // Later: who asked in this thread has not got the handle yet.
        QMetaObject::invokeMethod(
            job, [job, error = prepared.error()] { job->fail(error); }, Qt::QueuedConnection);
        return;
    }
    JournalEntry entry;
    entry.context = m_options.context;
    entry.address = m_address;
    entry.verb = job->request().verb;
    entry.target = job->request().target();
    entry.background = job->request().background;
    job->start(std::move(manager), *prepared, m_journal, m_journal->begin(std::move(entry)), stream);
}

std::shared_ptr<QNetworkAccessManager> HttpWorker::newManager()
{
    // Later: the last to hold it may be called by it.
    std::shared_ptr<QNetworkAccessManager> manager(new QNetworkAccessManager(this),
                                                   [](QNetworkAccessManager* unused) { unused->deleteLater(); });
    manager->setProxy(m_endpoint.proxy);
    manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    manager->setStrictTransportSecurityEnabled(false);
    return manager;
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
    if (!m_identity.impersonate.isEmpty()) {
        prepared.setRawHeader("Impersonate-User", m_identity.impersonate.toUtf8());
        if (!m_identity.impersonateUid.isEmpty())
            prepared.setRawHeader("Impersonate-Uid", m_identity.impersonateUid.toUtf8());
        for (const auto& [key, value] : m_identity.impersonateExtra)
            prepared.setRawHeader("Impersonate-Extra-" + QUrl::toPercentEncoding(key), value.toUtf8());
        if (m_identity.impersonateGroups.size() > 1)
            // Qt joins equal headers with a comma, which the APIServer reads as one group of that name.
            return base::failure({.kind = base::ErrorKind::BadConfig, .reason = QStringLiteral("impersonateGroups")});
        if (!m_identity.impersonateGroups.isEmpty())
            prepared.setRawHeader("Impersonate-Group", m_identity.impersonateGroups.front().toUtf8());
    }
    for (const auto& [name, value] : request.headers)
        prepared.setRawHeader(name, value);
    return prepared;
}

base::Result<QByteArray> HttpWorker::authorization()
{
    QByteArray token = m_identity.token.toUtf8();
    if (!m_identity.tokenFile.isEmpty()) {
        if (!m_fileTokenAge.isValid() || m_fileTokenAge.elapsed() > m_options.tokenFileAge.count()) {
            QFile file(m_identity.tokenFile);
            const bool isOpen = file.open(QIODevice::ReadOnly);
            const QByteArray fresh = isOpen ? file.read(MostOfATokenFile).trimmed() : QByteArray();
            // A file that is just being replaced may be missing or empty: what was read before still stands, and the
            // kubeconfig's own token where nothing was (client-go, transport/token_source.go).
            if (!fresh.isEmpty()) {
                m_fileToken = fresh;
                m_fileTokenAge.start();
            } else if (m_fileToken.isEmpty() && token.isEmpty()) {
                return base::failure(
                    {.kind = base::ErrorKind::BadConfig,
                     .reason = isOpen ? QStringLiteral("tokenFileEmpty") : QStringLiteral("tokenFileUnreadable"),
                     .said = isOpen ? m_identity.tokenFile : file.errorString()});
            }
        }
        if (!m_fileToken.isEmpty())
            token = m_fileToken;
    }
    QByteArray authorization;
    if (!token.isEmpty())
        authorization = "Bearer " + token;
    else if (!m_identity.username.isEmpty())
        authorization = "Basic " + (m_identity.username + QLatin1Char(':') + m_identity.password).toUtf8().toBase64();
    if (authorization.contains('\r') || authorization.contains('\n'))
        return base::failure({.kind = base::ErrorKind::BadConfig, .reason = QStringLiteral("tokenInvalid")});
    const bool verified = m_endpoint.url.scheme() == QLatin1String("https") && !m_endpoint.insecureSkipTlsVerify;
    if (!authorization.isEmpty() && !verified && !m_options.allowInsecureToken)
        return base::failure({.kind = base::ErrorKind::Tls, .reason = QStringLiteral("insecureToken")});
    return authorization;
}

} // namespace transport
