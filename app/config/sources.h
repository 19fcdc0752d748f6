#pragma once
// Everywhere that contexts come from: the kubeconfigs that kubectl would read, those that a person added, and clusters
// added by hand; with the marks of our own settings on all of them.

#include "app/config/kubeconfig.h"
#include "app/config/settings.h"

namespace config {

struct Sources {
    QString explicitFile; ///< --kubeconfig: then no other that kubectl would read
    QString environment;  ///< the value of KUBECONFIG
    QString home;
    QString settingsFile; ///< empty: no settings are read
    bool alone = true;    ///< with an explicit file: neither added files nor clusters added by hand
};

/// The sources of this process.
Sources sources(const QString& explicitFile = {});

/// What kubectl would see comes first, merged as kubectl does it. A file that a person added is read by itself: two of
/// kubeadm's, whose entries all have the same names, must not be mixed. A name that is taken already gets the file's
/// behind it, then a number. Settings that cannot be read are among the errors, and every context is read-only then:
/// what was marked is not known. Blocks as loadKubeconfig() does. Any thread.
Kubeconfig loadContexts(const Sources& sources);

} // namespace config
