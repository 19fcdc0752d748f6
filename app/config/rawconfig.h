#pragma once
// Kubeconfigs as they are written: clusters, users and contexts by name, before anything is looked up or judged. Field
// by field after k8s.io/client-go/tools/clientcmd/api/v1/types.go; what Alidade has no use for (preferences,
// extensions) is checked for its type, as kubectl does, and left out. Text here is as the file has it: not for showing.

#include "app/config/kubeconfig.h"

#include <optional>

namespace config {

struct RawCluster {
    QString file; ///< where it stands, absolute
    QString server;
    QString tlsServerName;
    bool insecureSkipTlsVerify = false;
    QString certificateAuthority; ///< paths are absolute here and below
    QByteArray certificateAuthorityData;
    QString proxyUrl;
    bool disableCompression = false;
    QByteArray execConfig; ///< JSON
};

struct RawUser {
    QString file;
    QString clientCertificate;
    QByteArray clientCertificateData;
    QString clientKey;
    QByteArray clientKeyData;
    QString token;
    QString tokenFile;
    QString impersonate;
    QString impersonateUid;
    QStringList impersonateGroups;
    std::vector<std::pair<QString, QStringList>> impersonateExtra; ///< in the order of the keys
    QString username;
    QString password;
    std::optional<QString> authProvider; ///< its name
    std::optional<ExecEntry> exec;
};

struct RawContext {
    QString file;
    QString cluster;
    QString user;
    QString nameSpace;
};

template <typename T> using Named = std::vector<std::pair<QString, T>>;

struct RawConfig {
    QString currentContext;
    Named<RawCluster> clusters; ///< names are unique in each list; the order is that of the files
    Named<RawUser> users;
    Named<RawContext> contexts;
    std::vector<FileNote> notes;
};

/// The text of one file; `file` is its absolute path, which relative paths in it start from. Error{BadConfig} names
/// file, line and column: "textInvalid", "yamlInvalid", "wrongType", "wrongKind", "duplicateName", "base64Invalid";
/// Error{Limit} as parseYaml().
base::Result<RawConfig> parseRawConfig(const QByteArray& text, const QString& file);

/// Adds what `next` says and `into` does not: a name or a value that an earlier file has set stays whole.
void mergeInto(RawConfig& into, RawConfig next);

/// The value under a name; nullptr when there is none.
template <typename T> const T* findNamed(const Named<T>& list, const QString& name)
{
    for (const auto& [key, value] : list) {
        if (key == name)
            return &value;
    }
    return nullptr;
}

} // namespace config
