#pragma once
// The one place where transports are made for a context: whoever wants to speak to one of its cluster's addresses asks
// here, and needs not know how the context signs in.

#include "app/transport/httptransport.h"
#include "app/transport/pluginhost.h"

#include <functional>

namespace transport {

enum class As {
    Self,   ///< as the context's user
    Nobody, ///< without any credential: for an address of which is not known whose it is
};

/// Error{BadConfig} when certificates, keys or the way to sign in cannot be used.
using Connector = std::function<base::Result<std::unique_ptr<Transport>>(const Endpoint&, As)>;

/// Transports over HTTP as this identity. The journal outlives them.
Connector connectAs(std::shared_ptr<IdentitySource> identity, Journal* journal, HttpTransport::Options options);
/// Transports over HTTP as this context's user, who signs in once for all of them. The journal outlives them.
/// `plugins` does as well, and without it nobody signs in by a program.
Connector connectAs(const config::Context& context, Journal* journal, HttpTransport::Options options,
                    PluginHost* plugins = nullptr);

} // namespace transport
