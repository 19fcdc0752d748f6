#include "app/store/cluster.h"

#include "app/base/logging.h"
#include "app/config/profile.h"
#include "app/endpoint/reach.h"

#include <QPointer>
#include <algorithm>

namespace store {
namespace {

constexpr std::chrono::seconds Linger{30};
/// The address answers the heartbeat and broke this connection: one server of several behind it is gone, and the next
/// connection may reach another.
constexpr std::chrono::milliseconds HalfDead{2'000};
constexpr int FirstStreamingMinor = 33; // servers before it make a list whole before they send it

/// Nothing was asked, since there is nothing yet to sign it with.
bool isUnsigned(const base::Error& error)
{
    return error.kind == base::ErrorKind::Unauthorized && error.reason.startsWith(QLatin1String("plugin"));
}

bool isBlocked(const config::Context& context)
{
    return std::any_of(context.problems.begin(), context.problems.end(),
                       [](const config::Problem& problem) { return problem.blocks; });
}

} // namespace

struct Cluster::Shared {
    std::unique_ptr<Feed> feed;
    std::weak_ptr<Feed> users;
    std::unique_ptr<QTimer> linger;
};

Cluster::Cluster(config::Context context, transport::Journal* journal, transport::PluginHost* plugins, QObject* parent)
    : QObject(parent),
      m_context(std::move(context)),
      m_journal(journal),
      m_plugins(plugins),
      m_again(this)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &Cluster::discover);
}

Cluster::~Cluster()
{
    close();
}

QString Cluster::address() const
{
    return m_transport ? m_transport->address() : m_context.cluster.server.toDisplayString(QUrl::StripTrailingSlash);
}

void Cluster::setWay(Way way)
{
    m_allowInsecureToken = way.allowInsecureToken;
    m_way = std::move(way);
}

void Cluster::setMarks(bool production, bool readOnly)
{
    if (m_context.production == production && m_context.readOnly == readOnly)
        return;
    m_context.production = production;
    m_context.readOnly = readOnly;
    emit stateChanged();
}

bool Cluster::needsReopening(const config::Context& context) const
{
    if (!isOpen() || isBlocked(context))
        return false;
    return context.cluster != m_context.cluster || context.addresses != m_context.addresses ||
           context.user.secretId != m_context.user.secretId;
}

void Cluster::setContext(const config::Context& context)
{
    if (context == m_context)
        return;
    const bool isOther = context.user != m_context.user;
    if (isOpen() && (isBlocked(context) || needsReopening(context))) {
        m_context.problems = context.problems;
        emit stateChanged();
        return;
    }
    const bool wasBlocked = !isOpen() && m_state == State::Unreachable;
    config::Context before = std::exchange(m_context, context);
    if (isOpen() && isOther) {
        auto identity = transport::identitySourceOf(m_context, m_plugins);
        if (identity) {
            m_identity->replace(std::move(*identity));
            moveFeeds();
            m_heartbeat->beatNow();
            discover();
        } else {
            m_context.user = std::move(before.user);
        }
    }
    if (wasBlocked) // why it could not be opened may be no more
        setState(State::Closed);
    else
        emit stateChanged();
}

void Cluster::open()
{
    if (isOpen() || m_readsSecret)
        return;
    for (const config::Problem& problem : m_context.problems) {
        if (problem.blocks) {
            setState(State::Unreachable, {.kind = base::ErrorKind::BadConfig,
                                          .reason = problem.id,
                                          .said = problem.detail,
                                          .ofWhom = m_context.file});
            return;
        }
    }
    if (m_way.identity || m_context.user.secretId.isEmpty() || !m_secrets) {
        connectAs(m_context.user);
        return;
    }
    m_readsSecret = true;
    setState(State::Connecting);
    m_calls.follow(m_secrets->read(m_context.user.secretId), [this](const base::Result<QString>& answer) {
        m_readsSecret = false;
        if (answer)
            connectAs(config::withSecret(m_context.user, *answer));
        else
            setState(State::Unreachable, answer.error());
    });
}

void Cluster::connectAs(const config::UserEntry& user)
{
    config::Context as = m_context;
    as.user = user;
    auto endpoint = transport::endpointOf(as);
    auto identity = m_way.identity ? base::Result<std::shared_ptr<transport::IdentitySource>>(m_way.identity)
                                   : transport::identitySourceOf(as, m_plugins);
    if (!endpoint || !identity) {
        setState(State::Unreachable, endpoint ? identity.error() : endpoint.error());
        return;
    }
    m_identity = std::make_shared<transport::ReplaceableIdentity>(std::move(*identity));
    connect(m_identity.get(), &transport::IdentitySource::settled, this, [this] {
        if (!isOpen() || !isUnsigned(m_error))
            return;
        m_heartbeat->beatNow();
        discover();
    });
    auto routed = std::make_unique<transport::RoutedTransport>();
    m_route = transport::connectAs(
        m_identity, m_journal,
        {.context = m_context.name, .allowInsecureToken = m_allowInsecureToken, .thread = routed->workerThread()});
    if (m_way.through)
        m_route = m_way.through(std::move(m_route), routed->workerThread());
    auto transport = m_route(*endpoint, transport::As::Self);
    if (!transport) {
        setState(State::Unreachable, transport.error());
        return;
    }
    routed->setTarget(std::move(*transport));
    m_transport = std::move(routed);
    transport::Connector probing = transport::connectAs(
        m_identity, m_journal, {.context = m_context.name, .allowInsecureToken = m_allowInsecureToken});
    if (m_way.through) {
        // Its addresses can be looked at as nobody: there is no credential for them, and no CA to know them by.
        endpoint->insecureSkipTlsVerify = true;
        endpoint->certificateAuthority.clear();
        probing = [http = std::move(probing),
                   isOffline = m_way.isOffline](const transport::Endpoint& to,
                                                transport::As) -> base::Result<std::unique_ptr<transport::Transport>> {
            if (isOffline)
                return base::failure({.kind = base::ErrorKind::NotCaptured, .ofWhom = to.url.toDisplayString()});
            return http(to, transport::As::Nobody);
        };
    }
    m_addresses = std::make_unique<Addresses>(*endpoint, endpoint::addressesOf(m_context.addresses), std::move(probing),
                                              m_way.through ? QString() : m_memoryFile);
    connect(m_addresses.get(), &Addresses::changed, this, &Cluster::heard);
    m_client = std::make_unique<kube::Client>(m_transport.get());
    m_heartbeat = std::make_unique<transport::Heartbeat>(m_transport.get());
    connect(m_heartbeat.get(), &transport::Heartbeat::wentDown, this, [this](const base::Error& error) {
        for (auto& [key, shared] : m_feeds)
            shared.feed->pathDied(error);
        setState(stateFor(error), error);
        if (error.reason != QLatin1String("slept")) // the next beat tells
            failOver(error);
    });
    connect(m_heartbeat.get(), &transport::Heartbeat::beat, this, [this] {
        m_lastHeard = QDateTime::currentDateTimeUtc();
        emit heard();
    });
    connect(m_heartbeat.get(), &transport::Heartbeat::cameBack, this, [this] {
        m_backoff.reset();
        for (auto& [key, shared] : m_feeds)
            shared.feed->pathCameBack();
        if (m_hasCatalog)
            settle();
        else
            discover();
    });
    setState(State::Connecting);
    m_heartbeat->start();
    discover();
}

base::Result<std::unique_ptr<transport::Transport>> Cluster::newTransport() const
{
    transport::Connector connector = transport::connectAs(
        m_identity, m_journal, {.context = m_context.name, .allowInsecureToken = m_allowInsecureToken});
    if (m_way.through)
        connector = m_way.through(std::move(connector), nullptr);
    return connector(endpoint::endpointAt(m_addresses->own(), m_addresses->inUse()), transport::As::Self);
}

void Cluster::close()
{
    ++m_generation;
    m_again.stop();
    for (base::Calls* calls : {&m_calls, &m_switchCalls, &m_countCalls})
        calls->cancel();
    m_heartbeat.reset();
    m_feeds.clear();
    m_addresses.reset();
    m_switching = false;
    m_client.reset();
    m_transport.reset();
    m_route = nullptr;
    m_identity.reset();
    m_counts.clear();
    m_counting.clear();
    m_readsSecret = false;
    m_hasCatalog = false;
    m_catalog = {};
    setState(State::Closed);
}

void Cluster::allowInsecureToken()
{
    m_allowInsecureToken = true;
    if (!isOpen())
        return;
    close();
    open();
}

void Cluster::refresh()
{
    if (!isOpen()) {
        open();
        return;
    }
    m_backoff.reset();
    m_identity->renew();
    m_heartbeat->beatNow();
    discover();
}

void Cluster::wake()
{
    if (isOpen())
        m_heartbeat->suspect(
            {.kind = base::ErrorKind::Network, .reason = QStringLiteral("slept"), .ofWhom = address()});
}

void Cluster::retry()
{
    if (isOpen() && m_heartbeat->isDown())
        m_heartbeat->beatNow();
}

void Cluster::discover()
{
    m_again.stop();
    ++m_generation;
    m_calls.cancel();
    auto uid = kube::clusterUid(*m_client);
    auto version = kube::serverVersion(*m_client);
    auto catalog = kube::discover(*m_client);
    m_calls.follow(std::move(uid), [this](const base::Result<QString>& answer) {
        if (!answer)
            return;
        m_uid = *answer;
        m_addresses->setClusterUid(m_uid);
    });
    m_calls.follow(std::move(version), [this](const base::Result<kube::ServerVersion>& answer) {
        if (!answer)
            return;
        m_version = *answer;
        emit stateChanged();
    });
    m_calls.follow(std::move(catalog), [this](const base::Result<kube::ApiCatalog>& answer) {
        if (answer) {
            const bool isOther =
                !m_hasCatalog || answer->resources != m_catalog.resources || answer->stale != m_catalog.stale;
            if (!m_hasCatalog)
                m_addresses->learn(*m_client);
            m_catalog = *answer;
            m_hasCatalog = true;
            settle();
            if (isOther)
                emit catalogChanged();
            return;
        }
        using base::ErrorKind;
        const ErrorKind kind = answer.error().kind;
        const bool refused = kind == ErrorKind::Unauthorized || kind == ErrorKind::Forbidden;
        setState(stateFor(answer.error()), answer.error());
        // Where nobody answers the heart goes on asking, and says when somebody does.
        if (!refused && kind != ErrorKind::BadConfig && kind != ErrorKind::Redirect && !m_heartbeat->isDown())
            m_again.start(kind == ErrorKind::Network ? std::min(m_backoff.next(), HalfDead) : m_backoff.next());
    });
}

void Cluster::moveFeeds()
{
    for (auto& [key, shared] : m_feeds)
        shared.feed->pathMoved();
}

Cluster::State Cluster::stateFor(const base::Error& error) const
{
    if (isUnsigned(error))
        return State::Unsigned;
    if (error.kind == base::ErrorKind::Unauthorized || error.kind == base::ErrorKind::Forbidden)
        return State::NoPermission;
    return m_hasCatalog ? State::Stale : State::Unreachable;
}

void Cluster::settle()
{
    if (m_heartbeat->isDown())
        return;
    if (m_catalog.stale.empty()) {
        setState(State::Connected);
        return;
    }
    const kube::StaleGroup& group = m_catalog.stale.front();
    setState(State::Degraded, {.kind = base::ErrorKind::Server,
                               .reason = QStringLiteral("staleGroup"),
                               .said = group.said,
                               .asked = QStringLiteral("GET /apis/%1/%2").arg(group.group, group.version),
                               .ofWhom = address()});
}

void Cluster::setState(State state, const base::Error& error)
{
    if (state == m_state && error == m_error)
        return;
    const bool fallsStale = state == State::Stale && m_state != State::Stale;
    if (fallsStale && m_lastHeard.isValid())
        m_since = m_lastHeard;
    else if (state != State::Stale)
        m_since = QDateTime::currentDateTimeUtc();
    m_state = state;
    m_error = error;
    qCDebug(logStore) << m_context.name << state << base::idOf(error.kind) << error.said;
    emit stateChanged();
}

kube::ObjectRef Cluster::identity(const kube::ApiResource& resource) const
{
    return {.cluster = id(), .apiVersion = resource.apiVersion(), .kind = resource.kind};
}

std::shared_ptr<Feed> Cluster::feed(const kube::ApiResource& resource, const kube::ListScope& scope)
{
    Shared& shared = m_feeds[{resource.key(), scope}];
    if (auto used = shared.users.lock())
        return used;
    if (!shared.feed) {
        const bool streams = m_version.major == 0 || m_version.major > 1 || m_version.minor >= FirstStreamingMinor;
        shared.feed = std::make_unique<Feed>(
            m_transport.get(),
            kube::Reflector::Options{.resource = resource, .scope = scope, .serverStreams = streams});
        connect(shared.feed->rows(), &RowStore::rowsChanged, this,
                [this, key = resource.key(), scope, feed = shared.feed.get()] {
                    if (scope != kube::ListScope{})
                        return;
                    m_counts[key] = {.count = static_cast<qint64>(feed->rows()->size())};
                    emit countChanged(key);
                });
    }
    if (shared.linger)
        shared.linger->stop();
    // The pointer that is handed out is a user's; the feed itself stays the cluster's.
    std::shared_ptr<Feed> user(shared.feed.get(), [self = QPointer<Cluster>(this)](Feed* feed) {
        if (self)
            self->releaseFeed(feed);
    });
    shared.users = user;
    return user;
}

void Cluster::releaseFeed(Feed* feed)
{
    for (auto it = m_feeds.begin(); it != m_feeds.end(); ++it) {
        Shared& shared = it->second;
        if (shared.feed.get() != feed)
            continue;
        if (!shared.linger) {
            shared.linger = std::make_unique<QTimer>();
            shared.linger->setSingleShot(true);
            connect(shared.linger.get(), &QTimer::timeout, this, [this, key = it->first] {
                // The timer is part of what is erased: it must not be while it fires.
                QMetaObject::invokeMethod(
                    this,
                    [this, key] {
                        const auto found = m_feeds.find(key);
                        if (found != m_feeds.end() && found->second.users.expired())
                            m_feeds.erase(found);
                    },
                    Qt::QueuedConnection);
            });
        }
        shared.linger->start(Linger);
        return;
    }
}

std::optional<kube::KindCount> Cluster::count(const QString& resourceKey) const
{
    const auto found = m_counts.constFind(resourceKey);
    return found == m_counts.constEnd() ? std::nullopt : std::optional(*found);
}

void Cluster::recount(const std::vector<kube::ApiResource>& resources)
{
    if (!isOpen())
        return;
    const QString own = m_context.nameSpace;
    for (const kube::ApiResource& resource : resources) {
        const QString key = resource.key();
        const auto live = m_feeds.find({key, {}});
        const bool isWatched =
            live != m_feeds.end() && live->second.feed->rows()->state().phase == kube::FeedState::Phase::Live;
        if (isWatched || m_counting.value(key) == m_generation)
            continue;
        m_counting[key] = m_generation;
        m_countCalls.follow(kube::countObjects(*m_client, resource, own),
                            [this, key, generation = m_generation](const base::Result<kube::KindCount>& count) {
                                if (m_counting.value(key) == generation)
                                    m_counting.remove(key);
                                if (!count || count->error.kind == base::ErrorKind::Canceled)
                                    return;
                                m_counts[key] = *count;
                                emit countChanged(key);
                            });
    }
}

} // namespace store
