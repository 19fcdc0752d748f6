#include "app/config/kubeconfigtext.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace config {
namespace {

/// A JSON string is a YAML one in double quotes.
QByteArray quoted(const QString& text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return list.sliced(1, list.size() - 2);
}

class Writer {
public:
    void line(int depth, const QByteArray& text) { m_text += QByteArray(depth * 2, ' ') + text + '\n'; }
    void value(int depth, const char* key, const QString& text)
    {
        if (!text.isEmpty())
            line(depth, key + QByteArray(": ") + quoted(text));
    }
    void data(int depth, const char* key, const QByteArray& bytes)
    {
        if (!bytes.isEmpty())
            line(depth, key + QByteArray(": ") + bytes.toBase64());
    }
    QByteArray text() const { return m_text; }

private:
    QByteArray m_text;
};

void writeExec(Writer& out, const ExecEntry& exec)
{
    out.line(2, "exec:");
    out.value(3, "apiVersion", exec.apiVersion);
    out.value(3, "command", exec.command);
    if (!exec.arguments.isEmpty())
        out.line(3, "args:");
    for (const QString& argument : exec.arguments)
        out.line(3, "- " + quoted(argument));
    if (!exec.environment.empty())
        out.line(3, "env:");
    for (const auto& [name, value] : exec.environment) {
        out.line(3, "- name: " + quoted(name));
        out.line(3, "  value: " + quoted(value));
    }
    out.value(3, "installHint", exec.installHint);
    out.value(3, "interactiveMode", exec.interactiveMode);
    if (exec.provideClusterInfo)
        out.line(3, "provideClusterInfo: true");
}

void writeUser(Writer& out, const UserEntry& user)
{
    out.data(2, "client-certificate-data", user.clientCertificate);
    out.data(2, "client-key-data", user.clientKey);
    out.value(2, "token", user.token);
    out.value(2, "tokenFile", user.tokenFile);
    out.value(2, "username", user.username);
    out.value(2, "password", user.password);
    out.value(2, "as", user.impersonate);
    out.value(2, "as-uid", user.impersonateUid);
    if (!user.impersonateGroups.isEmpty())
        out.line(2, "as-groups:");
    for (const QString& group : user.impersonateGroups)
        out.line(2, "- " + quoted(group));
    if (user.exec)
        writeExec(out, *user.exec);
}

} // namespace

QByteArray kubeconfigText(const Context& context, const UserEntry& user, const QUrl& address)
{
    const QString userName = context.clusterName + QStringLiteral("-admin");
    const QString contextName = context.clusterName + QStringLiteral("-context-default");
    Writer out;
    out.line(0, "apiVersion: v1");
    out.line(0, "kind: Config");
    out.line(0, "clusters:");
    out.line(0, "- name: " + quoted(context.clusterName));
    out.line(1, "cluster:");
    out.value(2, "server", address.toString(QUrl::FullyEncoded));
    out.data(2, "certificate-authority-data", context.cluster.certificateAuthority);
    out.value(2, "tls-server-name", context.cluster.tlsServerName);
    out.value(2, "proxy-url", context.cluster.proxyUrl);
    if (context.cluster.insecureSkipTlsVerify)
        out.line(2, "insecure-skip-tls-verify: true");
    out.line(0, "users:");
    out.line(0, "- name: " + quoted(userName));
    if (user == UserEntry{})
        out.line(1, "user: {}");
    else
        out.line(1, "user:");
    writeUser(out, user);
    out.line(0, "contexts:");
    out.line(0, "- name: " + quoted(contextName));
    out.line(1, "context:");
    out.value(2, "cluster", context.clusterName);
    out.value(2, "user", userName);
    out.value(2, "namespace", context.nameSpace);
    out.value(0, "current-context", contextName);
    return out.text();
}

} // namespace config
