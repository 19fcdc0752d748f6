#pragma once
// The address of a proxy, as kubeconfigs and environments write it: judged at one place, so that who reads it and who
// connects agree.

#include "app/base/result.h"

#include <QUrl>

namespace config {

/// http (CONNECT) or socks5, with a host. Error{BadConfig}: "proxyUnsupported" for https, a proxy that would be spoken
/// to over TLS; "proxyInvalid" for anything else. `said` is the address without its login, made visible.
base::Result<QUrl> parseProxyUrl(const QString& text);

/// A text that may be an address with a login in it, for showing.
QString shownAddress(const QString& text);

} // namespace config
