#include "app/change/request.h"

#include "app/base/shell.h"
#include "app/kube/secrets.h"

#include <QUrl>

namespace change {
namespace {

QByteArray contentType(PatchType type)
{
    return type == PatchType::Strategic ? "application/strategic-merge-patch+json" : "application/merge-patch+json";
}

QString curl(const Origin& origin, const QString& verb, const QByteArray& type, const QString& target,
             const kube::Json& body)
{
    QString url = origin.address + target;
    QString header;
    if (!origin.member.isEmpty()) {
        url = origin.address + QStringLiteral("?path=") + QString::fromLatin1(QUrl::toPercentEncoding(target));
        header = QStringLiteral("-H ") + base::shellQuoted(QStringLiteral("X-TKE-ClusterName: ") + origin.member) +
                 QLatin1Char(' ');
    }
    return QStringLiteral("curl --fail-with-body --cacert ca.crt --cert client.crt --key client.key -X %1 "
                          "-H 'Content-Type: %2' ")
               .arg(verb, QString::fromLatin1(type)) +
           header + base::shellQuoted(url) + QStringLiteral(" -d ") +
           base::shellQuoted(QString::fromUtf8(kube::toBytes(body)));
}

} // namespace

bool isOfSnapshot(const base::Error& error)
{
    return error.kind == base::ErrorKind::ReadOnly && error.reason == QLatin1String("snapshotReadOnly");
}

Origin originOf(const config::Context& context, const QString& address)
{
    Origin origin{context.name, context.userName, address, context.readOnly};
    if (!context.snapshot.isEmpty()) { // commands are for the cluster that it was taken of
        origin.isSnapshot = true;
        origin.kubectlContext = context.nameInFile;
        origin.address = context.cluster.server.toDisplayString(QUrl::RemoveUserInfo | QUrl::StripTrailingSlash);
        return origin;
    }
    if (context.member.isEmpty())
        return origin;
    // The context that the TKEStack console gives a member in the kubeconfig which it hands out
    // (tkestack/tke, web/console/helpers/downloadCrt.ts).
    origin.kubectlContext = context.member + QStringLiteral("-context-default");
    if (context.cluster.server.path().endsWith(QLatin1String("/proxy"))) {
        origin.address = context.cluster.server.toDisplayString(QUrl::RemoveUserInfo);
        origin.member = context.member;
    }
    return origin;
}

transport::Request patchRequest(const Target& target, const kube::Json& patch, const QString& resourceVersion,
                                Send send, PatchType type)
{
    kube::Json body = kube::Json::object();
    body["metadata"]["resourceVersion"] = resourceVersion.toStdString();
    body.update(patch, true);
    transport::Request request{.verb = "PATCH", .path = target.path()};
    request.query = {{QStringLiteral("fieldManager"), FieldManager},
                     {QStringLiteral("fieldValidation"), QStringLiteral("Strict")}};
    if (send == Send::DryRun)
        request.query.emplace_back(QStringLiteral("dryRun"), QStringLiteral("All"));
    request.headers.emplace_back("Content-Type", contentType(type));
    request.body = kube::toBytes(body);
    return request;
}

QString kubectlCommand(const Origin& origin, const Intent& intent)
{
    return kubectlCommand(origin, intent.kubectl());
}

QString kubectlCommand(const Origin& origin, QStringList words)
{
    if (words.isEmpty())
        return {};
    const QString context = origin.kubectlContext.isEmpty() ? origin.context : origin.kubectlContext;
    if (!context.isEmpty())
        words = QStringList{QStringLiteral("--context"), context} + words;
    QString command = QStringLiteral("kubectl");
    for (const QString& word : words)
        command += QLatin1Char(' ') + base::shellQuoted(word);
    return command;
}

bool holdsSecrets(const Target& target, const kube::Json& part)
{
    const kube::ApiResource& resource = target.resource;
    return resource.kind != QLatin1String("Secret") &&
           kube::withoutSecrets(part, resource.apiVersion(), resource.kind, target.name) != part;
}

QString curlCommand(const Origin& origin, const Target& target, const kube::Json& patch, PatchType type)
{
    if (holdsSecrets(target, patch))
        return {};
    const QString path = QString::fromLatin1(target.path()) + QStringLiteral("?fieldManager=") + FieldManager +
                         QStringLiteral("&fieldValidation=Strict");
    return curl(origin, QStringLiteral("PATCH"), contentType(type), path, patch);
}

QString curlCreateCommand(const Origin& origin, const Target& target, const kube::Json& object)
{
    return curl(origin, QStringLiteral("POST"), "application/json",
                QString::fromLatin1(target.resource.path(target.nameSpace)), object);
}

QString curlDeleteCommand(const Origin& origin, const Target& target, const kube::Json& options)
{
    return curl(origin, QStringLiteral("DELETE"), "application/json", QString::fromLatin1(target.path()), options);
}

} // namespace change
