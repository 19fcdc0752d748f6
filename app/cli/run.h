#pragma once
// One run of alidadectl: what a command needs, and how it ends. Commands parse and print; every decision is made by a
// core function that the window calls as well.

#include "app/cli/options.h"
#include "app/config/kubeconfig.h"
#include "app/kube/addresssurvey.h"
#include "app/kube/client.h"
#include "app/snapshot/snapshot.h"
#include "app/tke/clientof.h"
#include "app/tke/memberroutes.h"
#include "app/transport/pluginhost.h"

#include <QObject>
#include <memory>

namespace cli {

/// The contract's exit codes.
enum class Exit {
    Done = 0,
    SomethingWrong = 1,
    Usage = 2,
    NotConnected = 3,
    NotPermitted = 4,
    Conflict = 5,
    NotFound = 6,
    NotCaptured = 7
};
Exit exitOf(const base::Error& error);

/// Lives as long as the event loop, in its thread. A command answers by done() or fail(), once.
class Run : public QObject {
    Q_OBJECT
public:
    explicit Run(Options options, QObject* parent = nullptr);
    ~Run() override;

    const Options& options() const { return m_options; }
    const config::Kubeconfig& kubeconfig() const { return m_kubeconfig; }
    /// Those that were looked for, also where they are not there.
    const QStringList& files() const { return m_files; }
    transport::Journal* journal() { return &m_journal; }
    /// Runs sign-in programs, those that may.
    transport::PluginHost* plugins();
    /// For a command that may do without: client() is there from then on.
    base::Result<void> connect() { return m_client ? base::Result<void>() : connectTo(m_options.context); }
    /// What client() speaks to through: nothing, or a platform.
    bool isThroughPlatform() const { return m_isThroughPlatform; }
    /// The context of --context; of a member's cluster one that no file has, with `platform` and `member` set.
    const config::Context& context() const { return m_context; }
    const kube::Client& client() const { return *m_client; }
    /// Where client() goes: the context's server, or what --endpoint says.
    const transport::Endpoint& endpoint() const { return m_endpoint; }
    kube::ProbeOptions probeOptions() const;
    /// The cluster as one that leads to others.
    tke::PlatformAccess platformAccess();
    /// Its members, as those are asked for that stand in views of the platform.
    tke::ClientOf members();
    /// Null unless --snapshot says so.
    const snapshot::Snapshot* snapshot() const { return m_snapshot.get(); }
    /// What is remembered of the cluster's addresses.
    endpoint::Known known() const;
    void remember(const endpoint::Known& known);
    /// -n, else the context's, else "default"; empty with -A.
    QString nameSpace() const;

    /// What to do in place of an error when --timeout has passed: a report may be worth printing as far as it came.
    void onTimeout(std::function<void()> act) { m_onTimeout = std::move(act); }
    /// Where --endpoint says, as far as that is known without asking; the context's server without it. Error{NotFound,
    /// "endpointMissing"}. Needs no connection.
    base::Result<std::optional<endpoint::Address>> knownEndpoint() const;

    void start();
    void print(const QByteArray& text);
    void printJson(const kube::Json& json);
    /// "NAME  STATUS …" with columns aligned, three spaces apart, as kubectl does it.
    void printTable(const QStringList& headers, const std::vector<QStringList>& rows);
    void warn(const QString& sentence);
    void done(Exit exit = Exit::Done);
    void fail(const base::Error& error);
    void fail(const base::Error& error, Exit exit);

private:
    base::Result<void> connectTo(const QString& contextName);
    base::Result<void> openSnapshot();
    base::Result<void> speakTo(const transport::Endpoint& endpoint);
    void takeTransport(std::unique_ptr<transport::Transport> transport);
    void runCommand();
    /// Finds a way to --member and goes it; says on stderr which it was, and why not those before it.
    void enterMember();
    void follow(const tke::RouteSearch& search);
    /// Finds the address that --endpoint means, sees whether it may be used, and goes on with the command there.
    void moveTo(const endpoint::Choice& choice);

    const Options m_options;
    QStringList m_files;
    config::Kubeconfig m_kubeconfig;
    config::Context m_context;
    transport::Journal m_journal;
    std::unique_ptr<config::PluginConsents> m_consents;
    std::unique_ptr<transport::PluginHost> m_plugins;
    transport::Endpoint m_own; ///< the context's server
    transport::Endpoint m_endpoint;
    transport::Connector m_connect;
    std::unique_ptr<transport::Transport> m_transport;
    std::function<void()> m_onTimeout;
    std::unique_ptr<kube::Client> m_client;
    std::shared_ptr<const snapshot::Snapshot> m_snapshot;
    bool m_isThroughPlatform = false;
    bool m_ended = false;
};

} // namespace cli
