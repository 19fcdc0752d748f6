#pragma once
// One cluster as one context reaches it: connection, what it serves, and the feeds that views share.

#include "app/base/calls.h"
#include "app/config/context.h"
#include "app/config/secretstore.h"
#include "app/kube/count.h"
#include "app/kube/discovery.h"
#include "app/kube/objectref.h"
#include "app/store/addresses.h"
#include "app/store/feed.h"
#include "app/transport/heartbeat.h"
#include "app/transport/journal.h"
#include "app/transport/routedtransport.h"
#include "app/transport/signin.h"

#include <QHash>
#include <map>
#include <memory>

namespace store {

/// Lives in the GUI thread. Nothing is sent before open().
class Cluster : public QObject {
    Q_OBJECT
public:
    enum class State {
        Closed,
        Connecting,
        Connected,
        Degraded,     ///< answers, but some of its APIs do not
        Stale,        ///< answered before and does not now
        NoPermission, ///< does not know us, or lets us see nothing
        Unreachable,  ///< has not answered yet
        Unsigned,     ///< the program that signs in may not run yet, or gave nothing: error() says which
    };
    Q_ENUM(State)

    /// How a cluster is reached that is not asked at its context's server as its context's user: a platform's member.
    struct Way {
        /// Who asks, shared with the cluster that leads to it; null: the context's user.
        std::shared_ptr<transport::IdentitySource> identity;
        /// Makes transports to it out of those over HTTP, or in place of them; they work in `thread`, or in one of
        /// their own when that is null. Then it has one address only, that of who leads to it: it switches to no other,
        /// and none is remembered. Null: they are the same.
        std::function<transport::Connector(transport::Connector http, QThread* thread)> through;
        /// Nothing may be sent anywhere: no address is looked at.
        bool isOffline = false;
        /// What time it is there, for a snapshot: ages are as they were then. Invalid: what the clock says.
        QDateTime at = {};
        bool allowInsecureToken = false; ///< as a person has allowed of who leads to it
    };

    /// The journal and the host, which may be null, outlive it.
    Cluster(config::Context context, transport::Journal* journal, transport::PluginHost* plugins = nullptr,
            QObject* parent = nullptr);
    ~Cluster() override;

    /// Where the secret of a cluster added by hand is read when it is opened; outlives the cluster. Before open().
    void setSecretStore(config::SecretStore* secrets) { m_secrets = secrets; }
    /// Before open().
    void setWay(Way way);
    /// No cluster is spoken to: its answers come from a file, nothing in it changes, and nothing can be sent.
    bool isSnapshot() const { return !m_context.snapshot.isEmpty(); }
    /// What ages are reckoned from, in UTC: now, or when the snapshot was taken.
    QDateTime now() const { return m_way.at.isValid() ? m_way.at : QDateTime::currentDateTimeUtc(); }
    /// It is spoken to through another cluster.
    bool isThroughAnother() const { return m_way.through != nullptr; }
    /// What it is spoken to through has another address: goes on over that. addressChanged().
    void moveAlong();
    /// What its files say now. While open: another credential is used from the next request on; of another server, or
    /// of what blocks, only the problems are taken over (see needsReopening()). Emits stateChanged() when it is other.
    void setContext(const config::Context& context);
    /// It is open, and what the context says can only be used by connecting anew.
    bool needsReopening(const config::Context& context) const;
    /// What a person marked it as; changes nothing about the connection. Emits stateChanged().
    void setMarks(bool production, bool readOnly);

    const config::Context& context() const { return m_context; }
    State state() const { return m_state; }
    /// Why it is not Connected; for Degraded the first stale group's words.
    const base::Error& error() const { return m_error; }
    /// Stale: when it last answered.
    QDateTime since() const { return m_since; }
    /// When the address last answered; invalid before it did.
    QDateTime lastHeard() const { return m_lastHeard; }
    std::optional<int> latencyMs() const { return m_heartbeat ? m_heartbeat->latencyMs() : std::nullopt; }
    /// UID of kube-system; the context's name until that is known, and of a snapshot: what is seen in it is not to be
    /// looked for in the cluster itself, which may be open beside it.
    QString id() const { return m_uid.isEmpty() || !m_context.snapshot.isEmpty() ? m_context.name : m_uid; }
    const kube::ServerVersion& version() const { return m_version; }
    const kube::ApiCatalog& catalog() const { return m_catalog; }
    bool hasCatalog() const { return m_hasCatalog; }
    QString address() const;
    /// Only while open.
    const kube::Client& client() const { return *m_client; }
    bool isOpen() const { return m_client != nullptr; }
    /// As whom it is asked, for further transports to it. Only while open.
    std::shared_ptr<transport::IdentitySource> identitySource() const { return m_identity; }
    /// A further transport to it, as who it is asked and to the address in use, in a thread of its own: for what takes
    /// long and must not keep feeds waiting. Only while open; it goes before the cluster closes what leads to it.
    base::Result<std::unique_ptr<transport::Transport>> newTransport() const;
    /// Nobody checks who answers: to be marked for as long as it is so.
    bool isInsecure() const { return m_context.cluster.insecureSkipTlsVerify; }
    /// A person allows a token to go to a server that is not verified: error() was Tls "insecureToken". Connects anew.
    void allowInsecureToken();
    bool allowsInsecureToken() const { return m_allowInsecureToken; }

    /// Where addresses are remembered, before open(); empty: nowhere.
    void setMemoryFile(const QString& file) { m_memoryFile = file; }
    /// Its addresses, for looking and adding. Only while open.
    Addresses* addresses() const { return m_addresses.get(); }
    /// Looks at the address and, when it may be used, speaks to it from then on: addressChanged(). Feeds go on where
    /// they were. Else switchRefused(); with `assumeSameCluster` a person has decided what cannot be told. Another
    /// cluster is refused whatever was decided.
    void switchTo(const endpoint::Address& address, bool assumeSameCluster = false);
    bool isSwitching() const { return m_switching; }
    /// Whether it goes to another address by itself when the one in use is gone: failedOver(). Off unless set.
    void setFailsOver(bool failsOver);
    bool failsOver() const { return m_failsOver; }

    void open();
    void close();
    /// F5: discovery again, and what waits is tried at once.
    void refresh();
    /// The machine slept: what was believed about the connections is void. Feeds go on where they were.
    void wake();
    /// The network is another, or somebody looks: a dead address is tried at once.
    void retry();

    /// The feed of a kind, shared with all who ask for the same scope. It goes on for half a minute after the last of
    /// them let it go, so that going back costs nothing. Only while open.
    std::shared_ptr<Feed> feed(const kube::ApiResource& resource, const kube::ListScope& scope = {});
    kube::ObjectRef identity(const kube::ApiResource& resource) const;

    /// The last count that was heard, if any.
    std::optional<kube::KindCount> count(const QString& resourceKey) const;
    /// Counts again, one question a kind.
    void recount(const std::vector<kube::ApiResource>& resources);

signals:
    void stateChanged();
    /// It answered, or more is known of its addresses: lastHeard(), latencyMs() and addresses() may be new.
    void heard();
    void catalogChanged();
    /// Another address is in use.
    void addressChanged();
    void switchRefused(const endpoint::Address& address, const base::Error& error);
    /// It went from a dead address to another by itself; addressChanged() came before.
    void failedOver(const QString& from, const QString& to, const base::Error& error);
    void countChanged(const QString& resourceKey);

private:
    void connectAs(const config::UserEntry& user);
    void setState(State state, const base::Error& error = {});
    void discover();
    void moveFeeds();
    void moveTo(const endpoint::Address& address);
    void goOnOver(std::unique_ptr<transport::Transport> transport);
    void failOver(const base::Error& error);
    State stateFor(const base::Error& error) const;
    void settle();
    void releaseFeed(Feed* feed);

    config::Context m_context;
    transport::Journal* m_journal;
    transport::PluginHost* m_plugins;
    config::SecretStore* m_secrets = nullptr;
    Way m_way;
    bool m_readsSecret = false;
    std::shared_ptr<transport::ReplaceableIdentity> m_identity;
    bool m_allowInsecureToken = false;
    transport::Connector m_route; ///< makes transports that work in m_transport's thread
    std::unique_ptr<transport::RoutedTransport> m_transport;
    std::unique_ptr<Addresses> m_addresses;
    QString m_memoryFile;
    bool m_switching = false;
    bool m_failsOver = false;
    std::unique_ptr<kube::Client> m_client;
    std::unique_ptr<transport::Heartbeat> m_heartbeat;
    State m_state = State::Closed;
    base::Error m_error;
    QDateTime m_since;
    QDateTime m_lastHeard;
    QString m_uid;
    kube::ServerVersion m_version;
    kube::ApiCatalog m_catalog;
    bool m_hasCatalog = false;
    base::Backoff m_backoff;
    QTimer m_again; ///< discovery that failed
    base::Calls m_calls;
    base::Calls m_switchCalls;
    base::Calls m_countCalls;
    quint64 m_generation = 0; ///< of the discovery, after which what was counted before is counted anew

    struct Shared;
    std::map<std::pair<QString, kube::ListScope>, Shared> m_feeds;
    QHash<QString, kube::KindCount> m_counts;
    QHash<QString, quint64> m_counting; ///< generation of the count that is under way
};

} // namespace store
