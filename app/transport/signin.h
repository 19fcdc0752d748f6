#pragma once
// From what a kubeconfig's user says to an identity that can be asked for: the one way to make one.

#include "app/transport/identitysource.h"

namespace transport {

/// The identity of a context, to be shared by all transports to its cluster. Error{BadConfig} names a certificate or
/// key that cannot be used.
base::Result<std::shared_ptr<IdentitySource>> identitySourceOf(const config::Context& context);

} // namespace transport
