#pragma once
// A kubeconfig of one context at one address, as the console's dialog 集群凭证 hands it out: user "<cluster>-admin",
// context "<cluster>-context-default" (tkestack/tke, web/console/helpers/downloadCrt.ts).

#include "app/config/context.h"

namespace config {

/// `user` has its secret. Credentials stand in it: not for showing, and a file of it is for its owner alone.
QByteArray kubeconfigText(const Context& context, const UserEntry& user, const QUrl& address);

} // namespace config
