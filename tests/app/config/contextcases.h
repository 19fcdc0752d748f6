#pragma once
// Contexts with something to them: what we say of each, and whether kubectl goes as far as asking the server.

#include "app/config/kubeconfig.h"
#include "tests/support/fixture.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <vector>

namespace contextcases {

enum class Kubectl {
    Asks,    ///< the server that the context means
    Refuses, ///< or asks localhost:8080, its guess where it knows no server
};

struct Case {
    const char* name;
    const char* cluster; ///< in flow style; data(FILE) stands for a file of the fixtures in base64
    const char* user;
    /// Each "id detail", with "*" behind the id where it blocks; DIR is the folder of the kubeconfig. Then what else is
    /// expected: "signsIn KIND" where it is not the token, "at URL".
    std::vector<const char*> expected;
    Kubectl kubectl;
    /// Why we and kubectl differ; empty where what blocks is what it refuses.
    const char* why = "";
    const char* context = "cluster: c, user: u";
};

#define HTTPS "server: 'https://127.0.0.1:1'"
#define HTTP "server: 'http://127.0.0.1:1'"
#define RSA "client-certificate-data: data(rsa.crt), client-key-data: data(rsa.key)"
#define EXEC                                                                                                           \
    "command: /bin/echo, args: ['{\"apiVersion\": \"client.authentication.k8s.io/v1\", \"kind\": "                     \
    "\"ExecCredential\", \"status\": {\"token\": \"t\"}}']"
#define V1 "apiVersion: client.authentication.k8s.io/v1"

inline std::vector<Case> all()
{
    using enum Kubectl;
    return {
        {"a token", HTTPS, "token: t", {}, Asks},
        {"nobody", HTTPS, "", {"signsIn none"}, Refuses, "kubectl asks the person for a login"},
        {"no user named",
         HTTPS,
         "token: t",
         {"signsIn none"},
         Refuses,
         "kubectl asks the person for a login",
         "cluster: c"},
        {"a user that is not there", HTTPS, "", {"userMissing* x", "signsIn none"}, Refuses, "", "cluster: c, user: x"},
        {"no cluster named", HTTPS, "token: t", {"clusterMissing*"}, Refuses, "", "user: u"},
        {"a cluster that is not there", HTTPS, "token: t", {"clusterMissing* x"}, Refuses, "", "cluster: x, user: u"},
        {"a namespace", HTTPS, "token: t", {}, Asks, "", "cluster: c, user: u, namespace: shop"},
        {"no namespace",
         HTTPS,
         "token: t",
         {"namespaceInvalid Shop/x"},
         Asks,
         "",
         "cluster: c, user: u, namespace: Shop/x"},

        {"no server", "tls-server-name: x", "token: t", {"serverMissing*"}, Refuses},
        {"nothing about the cluster", "", "token: t", {"serverMissing*"}, Refuses},
        {"a path",
         "server: 'https://127.0.0.1:1/k8s/clusters/c-1/'",
         "token: t",
         {"at https://127.0.0.1:1/k8s/clusters/c-1"},
         Asks},
        {"a query", "server: 'https://127.0.0.1:1/?a=b#c'", "token: t", {"at https://127.0.0.1:1"}, Asks},
        {"large letters", "server: 'HTTPS://127.0.0.1:1'", "token: t", {"at https://127.0.0.1:1"}, Asks},
        {"IPv6", "server: 'https://[::1]:1'", "token: t", {"at https://[::1]:1"}, Asks},
        {"no scheme",
         "server: '127.0.0.1:1'",
         "",
         {"serverWithoutScheme 127.0.0.1:1", "at http://127.0.0.1:1", "signsIn none"},
         Asks},
        {"no scheme, a name",
         "server: 'localhost:1'",
         "",
         {"serverWithoutScheme localhost:1", "at http://localhost:1", "signsIn none"},
         Asks},
        {"no scheme, whatever the CA",
         "server: '127.0.0.1:1', certificate-authority-data: data(ca.crt)",
         "token: t",
         {"serverWithoutScheme 127.0.0.1:1", "credentialsNotSent token", "at http://127.0.0.1:1", "signsIn none"},
         Asks},
        {"no scheme, a path", "server: '127.0.0.1:1/k8s'", "token: t", {"serverInvalid* 127.0.0.1:1/k8s"}, Refuses},
        {"another scheme", "server: 'ftp://127.0.0.1:1'", "token: t", {"serverInvalid* ftp://127.0.0.1:1"}, Refuses},
        {"no port at all",
         "server: 'https://127.0.0.1:99999'",
         "token: t",
         {"serverInvalid* https://127.0.0.1:99999"},
         Refuses},
        {"a space", "server: ' https://127.0.0.1:1'", "token: t", {"serverInvalid*  https://127.0.0.1:1"}, Refuses},
        {"no host", "server: 'https://'", "token: t", {"serverInvalid* https://"}, Refuses},
        {"a login in the address",
         "server: 'https://me:secret@127.0.0.1:1'",
         "token: t",
         {"serverLoginIgnored https://127.0.0.1:1", "at https://127.0.0.1:1"},
         Asks},
        {"a login in what is no address",
         "server: 'ftp://me:secret@127.0.0.1:1'",
         "token: t",
         {"serverInvalid* ftp://127.0.0.1:1"},
         Refuses},
        {"http and a token", HTTP, "token: t", {"credentialsNotSent token", "signsIn none"}, Asks},
        {"http and a token file that is not there",
         HTTP,
         "tokenFile: nope",
         {"credentialsNotSent tokenFile", "signsIn none"},
         Asks},
        {"http and a broken certificate",
         HTTP,
         "client-certificate-data: QUJD, client-key-data: QUJD",
         {"credentialsNotSent cert", "signsIn none"},
         Asks},
        {"http and a broken CA", HTTP ", certificate-authority-data: QUJD", "", {"signsIn none"}, Asks},
        {"http and groups alone", HTTP, "as-groups: [a]", {"impersonationWithoutUser*", "signsIn none"}, Refuses},

        {"a proxy", HTTPS ", proxy-url: 'http://127.0.0.1:1'", "token: t", {}, Asks},
        {"a SOCKS proxy", HTTPS ", proxy-url: 'socks5://127.0.0.1:1'", "token: t", {}, Asks},
        {"a proxy of another kind",
         HTTPS ", proxy-url: 'ftp://me:secret@p'",
         "token: t",
         {"proxyInvalid* ftp://p"},
         Refuses},
        {"a proxy without a scheme",
         HTTPS ", proxy-url: 'localhost:1'",
         "token: t",
         {"proxyInvalid* localhost:1"},
         Refuses},

        {"a CA", HTTPS ", certificate-authority-data: data(ca.crt)", "token: t", {}, Asks},
        {"a CA file", HTTPS ", certificate-authority: pki/ca.crt", "token: t", {}, Asks},
        {"a CA file that is not there",
         HTTPS ", certificate-authority: nope.crt",
         "token: t",
         {"caUnreadable* DIR/nope.crt: No such file or directory"},
         Refuses},
        {"a CA file that is a folder",
         HTTPS ", certificate-authority: pki",
         "token: t",
         {"caUnreadable* DIR/pki: Is a directory"},
         Refuses},
        {"a CA that is none",
         HTTPS ", certificate-authority-data: QUJD",
         "token: t",
         {"caInvalid* certificate-authority-data"},
         Refuses},
        {"a CA file that is none",
         HTTPS ", certificate-authority: secrets/token",
         "token: t",
         {"caInvalid* DIR/secrets/token"},
         Refuses},
        {"an empty CA file",
         HTTPS ", certificate-authority: secrets/empty",
         "token: t",
         {"caInvalid* DIR/secrets/empty"},
         Asks,
         "kubectl would trust no server then"},
        {"a CA beside its file",
         HTTPS ", certificate-authority: pki/ca.crt, certificate-authority-data: data(ca.crt)",
         "token: t",
         {"dataOverridesFile certificate-authority"},
         Refuses,
         "kubectl says which one wins, and refuses"},
        {"insecure", HTTPS ", insecure-skip-tls-verify: true", "token: t", {}, Asks},
        {"insecure and a CA",
         HTTPS ", insecure-skip-tls-verify: true, certificate-authority-data: data(ca.crt)",
         "token: t",
         {"caWithInsecure*"},
         Refuses},

        {"a certificate", HTTPS, RSA, {"signsIn cert"}, Asks},
        {"certificate files",
         HTTPS,
         "client-certificate: ./pki/rsa.crt, client-key: pki/rsa-pkcs1.key",
         {"signsIn cert"},
         Asks},
        {"an elliptic certificate",
         HTTPS,
         "client-certificate: pki/ec.crt, client-key: pki/ec.key",
         {"signsIn cert"},
         Asks},
        {"an elliptic key with its parameters",
         HTTPS,
         "client-certificate: pki/ec.crt, client-key: pki/ec-sec1.key",
         {"signsIn cert"},
         Asks},
        {"an Ed25519 key",
         HTTPS,
         "client-certificate: pki/ed25519.crt, client-key: pki/ed25519.key",
         {"keyUnsupported* PRIVATE KEY", "signsIn cert"},
         Asks,
         "Qt cannot read the key"},
        {"a key with a passphrase",
         HTTPS,
         "client-certificate-data: data(rsa.crt), client-key-data: data(encrypted.key)",
         {"keyUnsupported* ENCRYPTED PRIVATE KEY", "signsIn cert"},
         Refuses},
        {"somebody else's key",
         HTTPS,
         "client-certificate-data: data(rsa.crt), client-key-data: data(ec.key)",
         {"keyDoesNotMatch* client-key-data", "signsIn cert"},
         Refuses},
        {"another key of the same kind",
         HTTPS,
         "client-certificate-data: data(ca.crt), client-key-data: data(rsa.key)",
         {"keyDoesNotMatch* client-key-data", "signsIn cert"},
         Refuses},
        {"a certificate of an unknown curve",
         HTTPS,
         "client-certificate-data: data(unknowncurve.crt), client-key-data: data(ec.key)",
         {"signsIn cert"},
         Refuses,
         "OpenSSL says so no sooner than when it connects"},
        {"a certificate without a key",
         HTTPS,
         "client-certificate-data: data(rsa.crt)",
         {"clientKeyMissing*", "signsIn none"},
         Refuses},
        {"a key without a certificate", HTTPS, "client-key: nope, token: t", {}, Asks},
        {"a certificate that is none",
         HTTPS,
         "client-certificate-data: QUJD, client-key-data: data(rsa.key)",
         {"clientCertificateInvalid* client-certificate-data", "signsIn cert"},
         Refuses},
        {"a key that is none",
         HTTPS,
         "client-certificate-data: data(rsa.crt), client-key-data: QUJD",
         {"clientKeyInvalid* client-key-data", "signsIn cert"},
         Refuses},
        {"certificate files that are not there",
         HTTPS,
         "client-certificate: a.crt, client-key: a.key",
         {"clientCertificateUnreadable* DIR/a.crt: No such file or directory",
          "clientKeyUnreadable* DIR/a.key: No such file or directory", "signsIn none"},
         Refuses},
        {"a certificate beside its file",
         HTTPS,
         RSA ", client-certificate: nope, client-key: nope",
         {"dataOverridesFile client-certificate", "dataOverridesFile client-key", "signsIn cert"},
         Refuses,
         "kubectl says which one wins, and refuses"},
        {"a certificate that has run out",
         HTTPS,
         "client-certificate: pki/expired.crt, client-key: pki/rsa.key",
         {"certificateExpired 2021-01-01T00:00:00Z", "signsIn cert"},
         Asks},
        {"a certificate of the future",
         HTTPS,
         "client-certificate: pki/future.crt, client-key: pki/rsa.key",
         {"certificateNotYetValid 2100-01-01T00:00:00Z", "signsIn cert"},
         Asks},
        {"a certificate and a token", HTTPS, RSA ", token: t", {"signsIn cert"}, Asks},
        {"a certificate and a password", HTTPS, RSA ", username: u, password: p", {"signsIn cert"}, Asks},

        {"a token file", HTTPS, "tokenFile: secrets/token", {"signsIn tokenFile"}, Asks},
        {"a token file that is not there",
         HTTPS,
         "tokenFile: secrets/nope",
         {"tokenFileUnreadable* DIR/secrets/nope: No such file or directory", "signsIn tokenFile"},
         Refuses},
        {"a token beside a file that is not there",
         HTTPS,
         "tokenFile: secrets/nope, token: t",
         {"tokenFileUnreadable DIR/secrets/nope: No such file or directory", "signsIn tokenFile"},
         Asks},
        {"an empty token file",
         HTTPS,
         "tokenFile: secrets/empty",
         {"tokenFileEmpty* DIR/secrets/empty", "signsIn tokenFile"},
         Refuses},
        {"a token file of two lines",
         HTTPS,
         "tokenFile: secrets/lines",
         {"tokenInvalid*", "signsIn tokenFile"},
         Refuses},
        {"a token of two lines", HTTPS, "token: \"a\\nb\"", {"tokenInvalid*"}, Refuses},
        {"a token with its line end", HTTPS, "token: \"t\\n\"", {"tokenInvalid*"}, Refuses},
        {"a password", HTTPS, "username: u, password: p", {"signsIn basic"}, Asks},
        {"a token and a password", HTTPS, "token: t, username: u, password: p", {"severalSignIns*"}, Refuses},
        {"a token and a password for nobody", HTTPS, "token: t, password: p", {"severalSignIns*"}, Refuses},
        {"a token file and a password",
         HTTPS,
         "tokenFile: secrets/token, username: u, password: p",
         {"severalSignIns*", "signsIn tokenFile"},
         Refuses},

        {"acting as another",
         HTTPS,
         "token: t, as: jane, as-uid: '7', as-groups: [a, b], as-user-extra: {x: [w]}",
         {},
         Asks},
        {"acting as groups of nobody", HTTPS, "token: t, as-groups: [a]", {"impersonationWithoutUser*"}, Refuses},
        {"acting as a uid of nobody", HTTPS, "token: t, as-uid: '7'", {"impersonationWithoutUser*"}, Refuses},
        {"acting as two lines", HTTPS, "token: t, as: \"a\\nb\"", {"impersonationInvalid* as"}, Refuses},
        {"acting as a group of two lines",
         HTTPS,
         "token: t, as: a, as-groups: [\"a\\r\\nb\"]",
         {"impersonationInvalid* as-groups"},
         Refuses},

        {"a plugin", HTTPS, "exec: {" EXEC ", " V1 ", interactiveMode: Never}", {"signsIn exec"}, Asks},
        {"a plugin beside the kubeconfig",
         HTTPS,
         "exec: {command: ./bin/plugin, " V1 ", interactiveMode: Never}",
         {"signsIn exec"},
         Asks},
        {"a plugin and a token", HTTPS, "token: t, exec: {command: /nope, " V1 ", interactiveMode: Never}", {}, Asks},
        {"a plugin and a password",
         HTTPS,
         "username: u, password: p, exec: {command: /nope, " V1 ", interactiveMode: Never}",
         {"signsIn basic"},
         Asks},
        {"a plugin of v1 without its mode",
         HTTPS,
         "exec: {" EXEC ", " V1 "}",
         {"execIncomplete* interactiveMode", "signsIn exec"},
         Refuses},
        {"a plugin with a mode of its own",
         HTTPS,
         "exec: {" EXEC ", " V1 ", interactiveMode: Often}",
         {"execIncomplete* interactiveMode", "signsIn exec"},
         Refuses},
        {"nothing about the plugin",
         HTTPS,
         "exec: {}",
         {"execIncomplete* command", "execIncomplete* interactiveMode", "execIncomplete* apiVersion", "signsIn exec"},
         Refuses},
        {"a plugin with a nameless variable",
         HTTPS,
         "exec: {" EXEC ", " V1 ", interactiveMode: Never, env: [{value: x}]}",
         {"execIncomplete* env", "signsIn exec"},
         Refuses},
        {"a plugin of v1alpha1",
         HTTPS,
         "exec: {" EXEC ", apiVersion: client.authentication.k8s.io/v1alpha1}",
         {"execVersionUnsupported* client.authentication.k8s.io/v1alpha1", "signsIn exec"},
         Refuses},
        {"an auth provider",
         HTTPS,
         "auth-provider: {name: gcp}",
         {"authProviderUnsupported* gcp", "signsIn none"},
         Refuses},
        {"an auth provider and a plugin",
         HTTPS,
         "auth-provider: {name: gcp}, exec: {" EXEC ", " V1 ", interactiveMode: Never}",
         {"execIncomplete* auth-provider", "authProviderUnsupported gcp", "signsIn exec"},
         Refuses},
    };
}

#undef HTTPS
#undef HTTP
#undef RSA
#undef EXEC
#undef V1

struct Refused {
    const char* name;
    QByteArray text;
    const char* error; ///< "reason line:column words"
};

/// Files that kubectl refuses.
inline std::vector<Refused> refused()
{
    return {
        {"a number for a name", "clusters:\n- cluster: {}\n  name: 12\n",
         "wrongType 3:9 name: string expected, number found"},
        {"a boolean for a name", "current-context: y\n",
         "wrongType 1:18 current-context: string expected, boolean found"},
        {"text for a boolean", "clusters: [{name: a, cluster: {insecure-skip-tls-verify: 'true'}}]",
         "wrongType 1:58 insecure-skip-tls-verify: boolean expected, string found"},
        {"columns count characters", "current-context: x\nusers: [{name: \xc3\xa9\xe6\x97\xa5, user: 1}]\n",
         "wrongType 2:26 user: mapping expected, number found"},
        {"lines end in CR LF", "current-context: x\r\nusers: 1\r\n",
         "wrongType 2:8 users: list expected, number found"},
        {"a list of what should be a mapping", "- a\n", "wrongType 1:1 kubeconfig: mapping expected, list found"},
        {"text", "abc\n", "wrongType 1:1 kubeconfig: mapping expected, string found"},
        {"a list in a list", "users: [[a]]\n", "wrongType 1:9 users: mapping expected, list found"},
        {"extensions that are none", "extensions: {}\n", "wrongType 1:13 extensions: list expected, mapping found"},
        {"a setting that is a number", "users: [{name: a, user: {auth-provider: {config: {a: 1}}}}]\n",
         "wrongType 1:54 auth-provider.config: string expected, number found"},
        {"another kind", "apiVersion: v1\nkind: Pod\n", "wrongKind 1:1 v1 Pod"},
        {"another version", "\n\napiVersion: v2\nkind: Config\n", "wrongKind 3:1 v2 Config"},
        {"two of a name", "users:\n- name: a\n- name: b\n- name: a\n", "duplicateName 4:3 users: a"},
        {"a space in base64", "clusters: [{name: a, cluster: {certificate-authority-data: QQ ==}}]\n",
         "base64Invalid 1:60 certificate-authority-data"},
        {"base64 without its end", "clusters: [{name: a, cluster: {certificate-authority-data: QQ}}]\n",
         "base64Invalid 1:60 certificate-authority-data"},
        {"a tab", "clusters:\n\t- name: x\n", "yamlInvalid 2:2 illegal block entry"},
        {"a bracket left open", "clusters: [\n", "yamlInvalid 2:1 end of sequence flow not found"},
        {"a quote left open", "kind: Config\ncurrent-context: \"a\n", "yamlInvalid 2:18 the quoted text does not end"},
        {"something after the end", "- a\nb: c\n", "yamlInvalid 1:3 something stands after the end of the document"},
        {"no UTF-8", "kind: Config\ncurrent-context: caf\xe9\n", "textInvalid 2:21 UTF-8"},
        {"a control character", "kind: Config\n#\x1b[2J\n", "textInvalid 2:2 U+001b"},
    };
}

inline void write(const QString& path, const QByteArray& bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s cannot be written", qPrintable(path));
}

/// The files that the cases name.
inline void prepare(const QDir& folder)
{
    const QDir pki(support::fixturePath(QStringLiteral("kubeconfig/pki")));
    for (const QString& name : pki.entryList({QStringLiteral("*.crt"), QStringLiteral("*.key")}, QDir::Files))
        write(folder.filePath(QStringLiteral("pki/") + name),
              support::fixture(QStringLiteral("kubeconfig/pki/") + name));
    write(folder.filePath(QStringLiteral("secrets/token")), "t\n");
    write(folder.filePath(QStringLiteral("secrets/empty")), "");
    write(folder.filePath(QStringLiteral("secrets/lines")), "a\nb\n");
    const QString plugin = folder.filePath(QStringLiteral("bin/plugin"));
    write(plugin,
          "#!/bin/sh\necho '{\"apiVersion\": \"client.authentication.k8s.io/v1\", \"kind\": \"ExecCredential\", "
          "\"status\": {\"token\": \"t\"}}'\n");
    QFile::setPermissions(plugin, QFile::permissions(plugin) | QFile::ExeOwner);
}

/// The kubeconfig of one case.
inline QByteArray kubeconfig(const Case& one)
{
    QString text =
        QStringLiteral(
            "current-context: x\ncontexts:\n- {name: x, context: {%1}}\nclusters:\n- {name: c, cluster: {%2}}\n"
            "users:\n- {name: u, user: {%3}}\n")
            .arg(QLatin1String(one.context), QLatin1String(one.cluster), QLatin1String(one.user));
    static const QRegularExpression data(QStringLiteral("data\\(([^)]*)\\)"));
    for (auto match = data.match(text); match.hasMatch(); match = data.match(text))
        text.replace(
            match.capturedStart(), match.capturedLength(),
            QString::fromLatin1(support::fixture(QStringLiteral("kubeconfig/pki/") + match.captured(1)).toBase64()));
    return text.toUtf8();
}

} // namespace contextcases
