#pragma once
// Kubeconfigs, found and merged as kubectl does: k8s.io/client-go/tools/clientcmd/loader.go.

#include "app/base/result.h"
#include "app/config/context.h"

namespace config {

/// Something in a file that is read all the same, but perhaps not as was meant.
struct FileNote {
    QString id;
    QString file;
    QString detail;
    int line = 0;
    int column = 0;
    bool operator==(const FileNote&) const = default;
};

/// What the kubeconfigs say together.
struct Kubeconfig {
    QStringList files;             ///< those that were read, absolute, in order
    QStringList named;             ///< those that they name (certificates, keys, tokens), absolute, there or not
    QString currentContext;        ///< made visible, as the contexts' names are
    std::vector<Context> contexts; ///< in the order of the files
    /// Files that could not be read or understood: kubectl would refuse everything, here the rest is usable. `reason`
    /// is "fileMissing", "fileUnreadable" or one of parseRawConfig()'s; `ofWhom` is the file, and where a place is
    /// known causes[0].field is "line:column".
    std::vector<base::Error> errors;
    /// "duplicateKey" (the last one is used), "moreDocuments" (the first is used), "fileMissing" (passed over).
    std::vector<FileNote> notes;

    bool operator==(const Kubeconfig&) const = default;
    const Context* context(const QString& name) const;
    /// The context to start with: the one named, else the current one. Error{BadConfig} says what is missing: `reason`
    /// is "noCurrentContext", "contextMissing" (`said` is its name), the id of the problem that blocks it (`said` is
    /// the detail, `ofWhom` the context's file), or the first of `errors` where the context may stand in that file.
    base::Result<Context> resolve(const QString& name = {}) const;
};

/// The files to read: `explicitFile` alone when given, else each of KUBECONFIG (separated by ':', empty parts and
/// repetitions left out), else ~/.kube/config. `environment` is the value of KUBECONFIG.
QStringList kubeconfigFiles(const QString& explicitFile, const QString& environment, const QString& home);

/// Reads and merges. The first file that sets a value or a name wins; paths are relative to the file that holds them;
/// a file that is missing is passed over unless `mustExist`. Blocks for as long as the files take, those that they name
/// included (certificates, keys, tokens). Any thread.
Kubeconfig loadKubeconfig(const QStringList& files, bool mustExist = false);

} // namespace config
