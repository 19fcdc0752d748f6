#pragma once
// An identity that a kubeconfig's plugin makes: run when it is first wanted, a little before it expires, and once when
// a server refuses it.

#include "app/transport/execplugin.h"
#include "app/transport/identitysource.h"
#include "app/transport/pluginhost.h"

#include <QJsonObject>

namespace transport {

/// Failures are Error{Unauthorized}: "pluginConsent" (nobody has said yet that it may run; ends by itself when somebody
/// does), "pluginRefused", "pluginNotFound" (causes: the folders that were searched, the kubeconfig's hint),
/// "pluginNeedsTerminal", and those of ExecPlugin.
class ExecIdentity final : public IdentitySource {
    Q_OBJECT
public:
    /// `given` is what the kubeconfig says beside the plugin: whom to act as. `cluster` is the Cluster of
    /// KUBERNETES_EXEC_INFO where the plugin wants it, as JSON. The host outlives this.
    ExecIdentity(config::ExecEntry entry, Identity given, QJsonObject cluster, PluginHost* host);
    ~ExecIdentity() override;

    Offer current() override;
    bool refused(quint64 version) override;
    void accepted(quint64 version) override;
    void renew() override;

private:
    using Clock = std::chrono::steady_clock;

    void begin(); ///< with the mutex held
    void look();
    void found(const QString& program, const QString& path);
    void run(const config::PluginCall& call, const QString& path);
    void take(const base::Result<PluginAnswer>& answer);
    void fail(base::Error error, Clock::duration pause);

    const config::ExecEntry m_entry;
    const Identity m_given;
    const QJsonObject m_cluster;
    PluginHost* const m_host;
    std::unique_ptr<ExecPlugin> m_plugin;

    std::mutex m_mutex; ///< for what follows
    std::shared_ptr<const Identity> m_identity;
    quint64 m_version = 0;
    QDateTime m_expires;
    QDateTime m_refreshAt;
    bool m_isRefused = false; ///< the version that is held
    bool m_isRunning = false;
    std::optional<base::Error> m_error;
    Clock::time_point m_nextTry{};
    Clock::time_point m_nextRefusal{};
    Clock::duration m_pause{};
    quint64 m_accepted = 0;
};

/// Cluster of an ExecCredential's spec.
QJsonObject execCluster(const config::ClusterEntry& cluster);

} // namespace transport
