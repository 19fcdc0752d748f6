#pragma once
// One context of the kubeconfigs, resolved: what is needed to reach a cluster as somebody. A value.
// Field by field after k8s.io/client-go/tools/clientcmd/api/v1/types.go.

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QUrl>
#include <optional>
#include <vector>

namespace config {

/// What is wrong with a context, found before anything is sent. `id` is stable; the sentence comes from messages/.
struct Problem {
    QString id;     ///< "clusterMissing", "userMissing", "caUnreadable", "serverInvalid", ...
    QString detail; ///< the name, file or field it is about
    bool operator==(const Problem&) const = default;
};

struct ClusterEntry {
    QUrl server;
    QString tlsServerName;
    QByteArray certificateAuthority; ///< PEM, from the data or the file; empty: the system's roots
    bool insecureSkipTlsVerify = false;
    QString proxyUrl;
    bool disableCompression = false;
    bool operator==(const ClusterEntry&) const = default;
};

/// An exec plugin as it stands in the file; running it is the connection's business.
struct ExecEntry {
    QString apiVersion;
    QString command;
    QStringList arguments;
    std::vector<std::pair<QString, QString>> environment;
    QString installHint;
    QString interactiveMode;
    bool provideClusterInfo = false;
    bool operator==(const ExecEntry&) const = default;
};

enum class AuthKind { None, Certificate, Token, TokenFile, Exec, Basic };
/// The name in alidadectl's JSON: none, cert, token, tokenFile, exec, basic.
QString idOf(AuthKind kind);

struct UserEntry {
    QByteArray clientCertificate; ///< PEM
    QByteArray clientKey;         ///< PEM
    QString token;
    QString tokenFile; ///< absolute; wins over `token`, as in client-go
    QString username;
    QString password;
    std::optional<ExecEntry> exec;
    QString impersonate;
    QString impersonateUid;
    QStringList impersonateGroups;
    std::vector<std::pair<QString, QString>> impersonateExtra;
    bool operator==(const UserEntry&) const = default;

    /// Which way to sign in is used: the order is client-go's (token file, token, certificate beside either, exec, basic).
    AuthKind authKind() const;
};

struct Context {
    QString name;
    QString file; ///< where the context itself stands, absolute
    QString clusterName;
    QString userName;
    QString nameSpace; ///< empty: "default"
    ClusterEntry cluster;
    UserEntry user;
    bool current = false;
    bool readOnly = false; ///< a mark of Alidade's own settings, not of the kubeconfig
    std::vector<Problem> problems;
    bool operator==(const Context&) const = default;
};

} // namespace config
