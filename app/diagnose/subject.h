#pragma once
// What a guide is run over. It need not be reachable, nor need its kubeconfig be readable: that may be what is wrong.

#include "app/config/kubeconfig.h"
#include "app/endpoint/address.h"
#include "app/kube/client.h"
#include "app/tke/clientof.h"
#include "app/transport/journal.h"
#include "app/transport/pluginhost.h"

#include <QStringList>
#include <functional>

namespace diagnose {

struct Subject {
    config::Kubeconfig kubeconfig;
    /// The files that were looked for, also those that are not there.
    QStringList files;
    QString context;                           ///< empty: the current one
    std::optional<endpoint::Address> endpoint; ///< to look at in place of the context's server
    /// What follows the guide's name: "NAMESPACE/POD".
    QStringList arguments;
    QString nameSpace; ///< empty: all
    QString text;      ///< the error that a person pasted; empty: none
    QString clusterId; ///< of the refs of what is found; empty: not known
    /// The cluster, asked for before each question, since a connection may be closed meanwhile; null when there is
    /// none. No function: there never is.
    std::function<const kube::Client*()> client;
    /// Ways to member clusters of a TKEStack platform; no function: they are not looked at, which is said.
    tke::ClientOf clientOf = {};
    transport::Journal* journal = nullptr; ///< outlives the examination
    bool allowInsecureToken = false;
    bool isSnapshot = false; ///< what it is asked of are answers of then: no connection can be looked at
    transport::PluginHost* plugins = nullptr; ///< runs sign-in plugins; outlives the examination
};

} // namespace diagnose
