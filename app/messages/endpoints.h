#pragma once
// What a probe found, in words.

#include "app/endpoint/probe.h"

namespace messages {

/// "Name", "Connection", "TLS", "/livez", ...
QString stageName(endpoint::Stage stage);
/// Where an address was heard of: "kubeconfig", "the API servers' own list", ...
QString sourceName(const QString& source);

/// How the address stands, in one sentence: the failing stage with its reason, another cluster, or that it answers.
QString verdict(const endpoint::ProbeResult& result);
/// What a person may do about it; empty when there is nothing.
QString verdictAdvice(const endpoint::ProbeResult& result);

} // namespace messages
