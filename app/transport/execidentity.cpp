#include "app/transport/execidentity.h"

#include "app/base/visible.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>

namespace transport {
namespace {

using namespace std::chrono_literals;

constexpr auto FirstPause = 30s;
constexpr auto LongestPause = 10min;
constexpr auto Never = std::chrono::hours(24 * 365);
constexpr qint64 EarlySeconds = 60; ///< before it expires

} // namespace

QJsonObject execCluster(const config::ClusterEntry& cluster)
{
    QJsonObject object{{QStringLiteral("server"), cluster.server.toString(QUrl::FullyEncoded)}};
    if (!cluster.tlsServerName.isEmpty())
        object[QStringLiteral("tls-server-name")] = cluster.tlsServerName;
    if (cluster.insecureSkipTlsVerify)
        object[QStringLiteral("insecure-skip-tls-verify")] = true;
    if (!cluster.certificateAuthority.isEmpty())
        object[QStringLiteral("certificate-authority-data")] =
            QString::fromLatin1(cluster.certificateAuthority.toBase64());
    if (!cluster.proxyUrl.isEmpty())
        object[QStringLiteral("proxy-url")] = cluster.proxyUrl;
    if (cluster.disableCompression)
        object[QStringLiteral("disable-compression")] = true;
    if (!cluster.execConfig.isEmpty()) {
        // Any JSON value; only an array takes them all.
        const QJsonArray wrapped = QJsonDocument::fromJson('[' + cluster.execConfig + ']').array();
        object[QStringLiteral("config")] = wrapped.isEmpty() ? QJsonValue() : wrapped.first();
    }
    return object;
}

ExecIdentity::ExecIdentity(config::ExecEntry entry, Identity given, QJsonObject cluster, PluginHost* host)
    : m_entry(std::move(entry)),
      m_given(std::move(given)),
      m_cluster(std::move(cluster)),
      m_host(host)
{
    connect(m_host->consents(), &config::PluginConsents::answered, this, [this] {
        {
            const std::lock_guard lock(m_mutex);
            if (m_isRunning || !m_error ||
                (m_error->reason != QLatin1String("pluginConsent") &&
                 m_error->reason != QLatin1String("pluginRefused")))
                return;
            begin();
        }
    });
}

ExecIdentity::~ExecIdentity() = default;

IdentitySource::Offer ExecIdentity::current()
{
    const std::lock_guard lock(m_mutex);
    const QDateTime now = m_host->options().clock();
    const bool mayTry = !m_isRunning && Clock::now() >= m_nextTry;
    const bool isGood = m_identity && !m_isRefused && (!m_expires.isValid() || now < m_expires);
    if (isGood) {
        if (m_refreshAt.isValid() && now >= m_refreshAt && mayTry)
            begin();
        return {.identity = m_identity, .version = m_version, .error = {}};
    }
    if (mayTry)
        begin();
    if (m_isRunning)
        return {.state = Offer::State::Waiting, .identity = {}, .error = {}};
    return {.state = Offer::State::Failed, .identity = {}, .error = m_error.value_or(base::Error{})};
}

bool ExecIdentity::refused(quint64 version)
{
    const std::lock_guard lock(m_mutex);
    if (version != m_version || m_isRefused)
        return true; // there is another already, or one is being made
    const auto now = Clock::now();
    if (now < m_nextRefusal)
        return false;
    // What was never known by any server and came from a refresh already is not made again for each who asks.
    m_pause = m_accepted >= version ? FirstPause : std::clamp<Clock::duration>(m_pause * 2, FirstPause, LongestPause);
    m_nextRefusal = now + m_pause;
    m_isRefused = true;
    if (!m_isRunning)
        begin();
    return true;
}

void ExecIdentity::accepted(quint64 version)
{
    const std::lock_guard lock(m_mutex);
    m_accepted = std::max(m_accepted, version);
}

void ExecIdentity::renew()
{
    const std::lock_guard lock(m_mutex);
    m_nextTry = {};
    m_nextRefusal = {};
    m_pause = {};
    if (m_error && !m_isRunning)
        begin();
}

void ExecIdentity::begin()
{
    m_isRunning = true;
    QMetaObject::invokeMethod(this, &ExecIdentity::look, Qt::QueuedConnection);
}

void ExecIdentity::look()
{
    if (m_entry.interactiveMode == QLatin1String("Always") && !m_host->options().terminal) {
        fail(pluginError(QStringLiteral("pluginNeedsTerminal"), m_entry.command), Never);
        return;
    }
    const QString own = qEnvironmentVariable("PATH");
    const QString program = findProgram(m_entry.command, foldersIn(own));
    if (!program.isEmpty() || m_entry.command.contains(QLatin1Char('/'))) {
        found(program, {});
        return;
    }
    m_host->loginPath(this, [this, own](const QString& login) {
        const QString both = login.isEmpty() ? own : login + QLatin1Char(':') + own;
        found(findProgram(m_entry.command, foldersIn(both)), both);
    });
}

void ExecIdentity::found(const QString& program, const QString& path)
{
    if (program.isEmpty()) {
        auto error = pluginError(QStringLiteral("pluginNotFound"), m_entry.command);
        const QStringList folders = foldersIn(path.isEmpty() ? qEnvironmentVariable("PATH") : path);
        if (!m_entry.command.contains(QLatin1Char('/')))
            error.causes.push_back({.reason = QStringLiteral("searched"),
                                    .message = base::visible(folders.join(QStringLiteral(", "))),
                                    .field = {}});
        error.said = m_entry.installHint; // made visible when it was read
        fail(std::move(error), FirstPause);
        return;
    }
    const config::PluginCall call{
        .file = m_entry.file, .program = program, .arguments = m_entry.arguments, .environment = m_entry.environment};
    using Answer = config::PluginConsents::Answer;
    switch (m_host->consents()->answerFor(call)) {
    case Answer::Allowed:
        run(call, path);
        return;
    case Answer::Refused:
        fail(pluginError(QStringLiteral("pluginRefused"), program), Never);
        return;
    case Answer::Unknown: {
        auto error = pluginError(QStringLiteral("pluginConsent"), program);
        error.causes.push_back({.reason = QStringLiteral("file"), .message = base::visible(m_entry.file), .field = {}});
        fail(std::move(error), Never);
        m_host->consents()->ask(call);
        return;
    }
    }
}

void ExecIdentity::run(const config::PluginCall& call, const QString& path)
{
    const bool terminal = m_host->options().terminal && m_entry.interactiveMode != QLatin1String("Never");
    QJsonObject spec{{QStringLiteral("interactive"), terminal}};
    if (m_entry.provideClusterInfo)
        spec[QStringLiteral("cluster")] = m_cluster;
    const QJsonObject info{{QStringLiteral("apiVersion"), m_entry.apiVersion},
                           {QStringLiteral("kind"), QStringLiteral("ExecCredential")},
                           {QStringLiteral("spec"), spec}};
    m_plugin = std::make_unique<ExecPlugin>(ExecPlugin::Run{.call = call,
                                                            .apiVersion = m_entry.apiVersion,
                                                            .info = QJsonDocument(info).toJson(QJsonDocument::Compact),
                                                            .path = path,
                                                            .terminal = terminal,
                                                            .limit = m_host->options().limit},
                                            nullptr);
    connect(m_plugin.get(), &ExecPlugin::said, this,
            [this, program = base::visible(call.program)](const QString& text) { emit m_host->said(program, text); });
    connect(m_plugin.get(), &ExecPlugin::ended, this, [this](const base::Result<PluginAnswer>& answer) {
        m_plugin.release()->deleteLater(); // it is what calls
        take(answer);
    });
}

void ExecIdentity::take(const base::Result<PluginAnswer>& answer)
{
    if (!answer) {
        // One that waited for a person is not started again by itself: it may open a window each time.
        const bool timedOut = answer.error().reason == QLatin1String("pluginTimedOut");
        fail(answer.error(), timedOut ? Clock::duration(Never) : Clock::duration(FirstPause));
        return;
    }
    auto identity = std::make_shared<Identity>(m_given);
    identity->token = answer->token;
    identity->clientCertificate = answer->clientCertificate;
    identity->clientKey = answer->clientKey;
    if (const auto tls = tlsConfiguration({}, *identity); !tls) {
        fail(pluginError(QStringLiteral("pluginAnswerInvalid"), m_entry.command, tls.error().reason), FirstPause);
        return;
    }
    const QDateTime now = m_host->options().clock();
    if (answer->expires.isValid() && answer->expires <= now) {
        fail(pluginError(QStringLiteral("pluginAnswerInvalid"), m_entry.command,
                         QStringLiteral("status.expirationTimestamp: ") + answer->expires.toString(Qt::ISODate)),
             FirstPause);
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_identity = std::move(identity);
        m_version = nextIdentityVersion();
        m_expires = answer->expires;
        m_refreshAt = {};
        if (m_expires.isValid()) {
            const qint64 lifetime = now.secsTo(m_expires);
            m_refreshAt = m_expires.addSecs(-std::min(EarlySeconds, lifetime / 10));
        }
        m_isRefused = false;
        m_isRunning = false;
        m_error.reset();
        m_nextTry = {};
    }
    emit settled();
}

void ExecIdentity::fail(base::Error error, Clock::duration pause)
{
    {
        const std::lock_guard lock(m_mutex);
        m_isRunning = false;
        m_error = std::move(error);
        m_nextTry = Clock::now() + pause;
    }
    emit settled();
}

} // namespace transport
