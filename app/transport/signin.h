#pragma once
// From what a kubeconfig's user says to an identity that can be asked for: the one way to make one.

#include "app/transport/identitysource.h"
#include "app/transport/pluginhost.h"

namespace transport {

/// The identity of a context, to be shared by all transports to its cluster. `host` runs sign-in plugins and outlives
/// it; without one Error{BadConfig} "execUnsupported". Error{BadConfig} also names a certificate or key that cannot be
/// used.
base::Result<std::shared_ptr<IdentitySource>> identitySourceOf(const config::Context& context, PluginHost* host);

/// One source in place of another: what was made with it goes on as somebody else.
class ReplaceableIdentity final : public IdentitySource {
    Q_OBJECT
public:
    explicit ReplaceableIdentity(std::shared_ptr<IdentitySource> source) { replace(std::move(source)); }

    /// GUI thread only.
    void replace(std::shared_ptr<IdentitySource> source);

    Offer current() override { return source()->current(); }
    bool refused(quint64 version) override { return source()->refused(version); }
    void accepted(quint64 version) override { source()->accepted(version); }
    void renew() override { source()->renew(); }

private:
    std::shared_ptr<IdentitySource> source();

    std::mutex m_mutex;
    std::shared_ptr<IdentitySource> m_source;
    std::vector<std::shared_ptr<IdentitySource>> m_past; ///< a call in another thread may still be in one
};

} // namespace transport
