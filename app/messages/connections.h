#pragma once
// Words of connections: how a context signs in, how its server is verified, what it is marked as.

#include "app/config/context.h"

namespace messages {

/// "Client certificate", "Token", ...
QString authName(config::AuthKind kind);
/// What stands behind the connection to the server: its CA, the system's, or none at all.
QString verificationSentence(const config::ClusterEntry& cluster);
/// "production", "read-only", both or nothing.
QString marksText(const config::Context& context);

} // namespace messages
