#pragma once
// Kubeconfigs, found and merged as kubectl does: k8s.io/client-go/tools/clientcmd/loader.go.

#include "app/base/result.h"
#include "app/config/context.h"

namespace config {

/// What the kubeconfigs say together.
struct Kubeconfig {
    QStringList files; ///< those that were read, in order
    QString currentContext;
    std::vector<Context> contexts;
    /// Files that could not be read or understood. The rest is usable all the same.
    std::vector<base::Error> errors;

    const Context* context(const QString& name) const;
    /// The context to start with: the one named, else the current one. Error{BadConfig} says what is missing.
    base::Result<Context> resolve(const QString& name = {}) const;
};

/// The files to read: `explicitFile` alone when given, else each of KUBECONFIG (separated by ':'), else
/// ~/.kube/config. `environment` is the value of KUBECONFIG.
QStringList kubeconfigFiles(const QString& explicitFile, const QString& environment, const QString& home);

/// Reads and merges. The first file that sets a value or a name wins; paths are relative to the file that holds them;
/// a file that is missing is passed over unless it is the only one and was named. Blocks for as long as the files take.
Kubeconfig loadKubeconfig(const QStringList& files, bool mustExist = false);

} // namespace config
