#pragma once
// The way to an address, step by step and without a credential: its name, a TCP connection, a TLS handshake.

#include "app/base/call.h"
#include "app/endpoint/probe.h"
#include "app/transport/endpoint.h"

namespace endpoint {

/// The address as an endpoint of this cluster: certificate authority and proxy are those of `own`, the server name is
/// the address's; that of `own` where it is the very same address.
transport::Endpoint endpointAt(const transport::Endpoint& own, const Address& address);

/// Resolves, connects and shakes hands; fills address, the stages up to TLS, certificate, serverName and
/// offeredServerName. No client certificate is shown. Each step has `patience`. Called in a thread with an event loop,
/// where it works. Never an Error but Canceled, and BadConfig where the endpoint's certificate authority cannot be
/// read.
base::Call<ProbeResult> reach(const transport::Endpoint& to, const Address& address,
                              std::chrono::milliseconds patience = std::chrono::seconds(5));

} // namespace endpoint
