#include "app/change/request.h"

#include "app/base/shell.h"

namespace change {
namespace {

QByteArray contentType(PatchType type)
{
    return type == PatchType::Strategic ? "application/strategic-merge-patch+json" : "application/merge-patch+json";
}

QString curl(const QString& verb, const QByteArray& type, const QString& url, const kube::Json& body)
{
    return QStringLiteral("curl --fail-with-body --cacert ca.crt --cert client.crt --key client.key -X %1 "
                          "-H 'Content-Type: %2' %3 -d %4")
        .arg(verb, QString::fromLatin1(type), base::shellQuoted(url),
             base::shellQuoted(QString::fromUtf8(kube::toBytes(body))));
}

} // namespace

Origin originOf(const config::Context& context, const QString& address)
{
    return {context.name, context.userName, address, context.readOnly};
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
    if (!origin.context.isEmpty())
        words = QStringList{QStringLiteral("--context"), origin.context} + words;
    QString command = QStringLiteral("kubectl");
    for (const QString& word : words)
        command += QLatin1Char(' ') + base::shellQuoted(word);
    return command;
}

QString curlCommand(const Origin& origin, const Target& target, const kube::Json& patch, PatchType type)
{
    const QString url = origin.address + QString::fromLatin1(target.path()) + QStringLiteral("?fieldManager=") +
                        FieldManager + QStringLiteral("&fieldValidation=Strict");
    return curl(QStringLiteral("PATCH"), contentType(type), url, patch);
}

QString curlCreateCommand(const Origin& origin, const Target& target, const kube::Json& object)
{
    return curl(QStringLiteral("POST"), "application/json",
                origin.address + QString::fromLatin1(target.resource.path(target.nameSpace)), object);
}

QString curlDeleteCommand(const Origin& origin, const Target& target, const kube::Json& options)
{
    return curl(QStringLiteral("DELETE"), "application/json", origin.address + QString::fromLatin1(target.path()),
                options);
}

} // namespace change
