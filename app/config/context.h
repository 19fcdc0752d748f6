#pragma once
// One context of the kubeconfigs, resolved: what is needed to reach a cluster as somebody. A value.
// Field by field after k8s.io/client-go/tools/clientcmd/api/v1/types.go.

#include "app/config/address.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QUrl>
#include <optional>
#include <vector>

namespace config {

/// What is wrong with a context, found before anything is sent. `id` is stable; the sentence comes from messages/.
/// Those marked * block: resolve() refuses the context. What kubectl refuses blocks, and what it would guess at (a
/// cluster that is not there is localhost:8080 to it); a broken certificate never leads to asking as nobody.
///
///   clusterMissing*            the context names no cluster (no detail), or one that no file has (its name)
///   userMissing*               no file has the user (its name). A context may name none: then nobody asks
///   namespaceInvalid           not a DNS label (the namespace)
///   serverMissing*             the cluster has no `server`
///   serverInvalid*             `server` is no address of http or https (the text)
///   serverWithoutScheme        read as http, as kubectl does whatever else the entry says (the text)
///   serverLoginIgnored         `server` holds a user name or password; they are left out
///   credentialsNotSent         over http client-go sends none and looks at none, so they are left out (cert, token,
///   ...)
///   proxyInvalid*              `proxy-url` is not http, https or socks5 (the text, without a login)
///   proxyUnsupported*          `proxy-url` is https: Qt speaks to no proxy over TLS (the text, without a login)
///   caUnreadable*              (file and the system's words)
///   caInvalid*                 no certificate in it (file, or the field's name)
///   caWithInsecure*            `certificate-authority` beside `insecure-skip-tls-verify`
///   dataOverridesFile          a file and data are given for the same thing; the data is used (the field)
///   clientCertificateUnreadable*, clientKeyUnreadable*   (file and the system's words)
///   clientCertificateInvalid*  no certificate in it (file, or the field's name)
///   clientKeyMissing*          a client certificate without a key
///   clientKeyInvalid*          no private key in it (file, or the field's name)
///   keyUnsupported*            a private key that Qt cannot use: Ed25519, or one with a passphrase (its PEM label)
///   keyDoesNotMatch*           the key is not the certificate's
///   certificateExpired         (notAfter, ISO 8601 UTC)
///   certificateNotYetValid     (notBefore, ISO 8601 UTC)
///   tokenFileUnreadable        (file and the system's words); * when there is no `token` beside it
///   tokenFileEmpty             (file); * when there is no `token` beside it
///   tokenInvalid*              a control character in the token: it could not be a header
///   severalSignIns*            a user name or password beside a token
///   impersonationWithoutUser*  `as-uid`, `as-groups` or `as-user-extra` without `as`
///   impersonationInvalid*      a control character in one of them (the field)
///   execIncomplete*            a field of `exec` is missing or wrong (the field)
///   execVersionUnsupported*    (the apiVersion)
///   authProviderUnsupported    `auth-provider` (its name); * when there is no other way to sign in
///   contextGone                open, and in no file any more (the file). Of store::Clusters, not of resolve()
struct Problem {
    QString id;
    QString detail; ///< the name, file or field it is about; made visible
    bool blocks = false;
    bool operator==(const Problem&) const = default;
};

/// Text is as the file has it and not for showing, but for `server`.
struct ClusterEntry {
    QUrl server; ///< http or https; a path is a prefix of all paths and has no slash at its end; no query, no login
    QString tlsServerName;
    QByteArray certificateAuthority; ///< PEM, from the data or the file; empty: the system's roots
    bool insecureSkipTlsVerify = false;
    QString proxyUrl; ///< may hold a login
    bool disableCompression = false;
    QByteArray execConfig; ///< JSON: the extension client.authentication.k8s.io/exec, for a plugin that asks for it
    bool operator==(const ClusterEntry&) const = default;
};

/// An exec plugin as it stands in the file; running it is the connection's business. What of it is shown passes
/// base::visible() there.
struct ExecEntry {
    QString apiVersion;
    QString command; ///< absolute when it has a separator, else looked for in the PATH
    QStringList arguments;
    std::vector<std::pair<QString, QString>> environment;
    QString installHint;
    QString interactiveMode;
    bool provideClusterInfo = false;
    QString file; ///< where it stands, absolute
    bool operator==(const ExecEntry&) const = default;
};

enum class AuthKind { None, Certificate, Token, TokenFile, Exec, Basic };
/// The name in alidadectl's JSON: none, cert, token, tokenFile, exec, basic.
QString idOf(AuthKind kind);

/// Credentials as the file has them: not for showing.
struct UserEntry {
    QByteArray clientCertificate; ///< PEM, from the data or the file
    QByteArray clientKey;         ///< PEM
    QString token;
    QString tokenFile; ///< absolute; wins over `token` while it can be read, as in client-go
    QString username;
    QString password;
    std::optional<ExecEntry> exec;
    QString impersonate;
    QString impersonateUid;
    QStringList impersonateGroups;
    std::vector<std::pair<QString, QString>> impersonateExtra; ///< a key stands once for each of its values
    /// Not empty: the token, or the certificate's key, lies in the SecretStore and is read when it is needed.
    QString secretId;
    bool operator==(const UserEntry&) const = default;

    /// Which way to sign in decides who one is: certificate, token file, token, basic, exec. A certificate and a token
    /// are both sent, and kube-apiserver asks its x509 authenticator before those for tokens; any of them keeps
    /// client-go from running the exec plugin (plugin/pkg/client/auth/exec, UpdateTransportConfig).
    AuthKind authKind() const;
};

/// The names are for showing: control characters are made visible.
struct Context {
    QString name;       ///< unique among all that are loaded
    QString nameInFile; ///< what kubectl calls it; the same unless two files have it
    QString file;       ///< where the context itself stands, absolute
    QString profile;    ///< the id of the cluster added by hand that it is; empty for a kubeconfig's
    QString clusterName;
    QString userName;
    QString nameSpace; ///< empty: "default"
    ClusterEntry cluster;
    UserEntry user;
    bool current = false;
    // Marks of Alidade's own settings, not of the kubeconfig.
    bool production = false;
    bool readOnly = false; ///< nothing is written to the cluster through it; a production context is by itself
    /// Other addresses of the cluster that are known before it is asked, the one in `cluster` among them; empty for a
    /// kubeconfig's.
    std::vector<KnownAddress> addresses;
    /// A member cluster of a TKEStack platform, opened from it: the platform's context and the cluster's name there.
    /// Made when it is opened, with a credential that is in memory only, and in no file. Empty for all others.
    QString platform;
    QString member;
    /// Not empty: no cluster is reached by it, its answers come from this file, or from the demo ("demo").
    QString snapshot;
    std::vector<Problem> problems;
    bool operator==(const Context&) const = default;
};

} // namespace config
