#include "app/change/request.h"

#include <algorithm>

namespace change {
namespace {

/// One word for a shell.
QString quoted(const QString& text)
{
    const auto isPlain = [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || QLatin1String("@%+=:,./_-").contains(c));
    };
    if (!text.isEmpty() && std::ranges::all_of(text, isPlain))
        return text;
    return QLatin1Char('\'') + QString(text).replace(QLatin1Char('\''), QLatin1String("'\\''")) + QLatin1Char('\'');
}

QByteArray bytes(const kube::Json& json)
{
    return QByteArray::fromStdString(json.dump(-1, ' ', false, kube::Json::error_handler_t::replace));
}

} // namespace

Origin originOf(const config::Context& context, const QString& address)
{
    return {context.name, context.userName, address, context.readOnly};
}

transport::Request patchRequest(const Target& target, const kube::Json& patch, const QString& resourceVersion,
                                Send send)
{
    kube::Json body = kube::Json::object();
    body["metadata"]["resourceVersion"] = resourceVersion.toStdString();
    body.update(patch, true);
    transport::Request request{.verb = "PATCH", .path = target.path()};
    request.query = {{QStringLiteral("fieldManager"), FieldManager},
                     {QStringLiteral("fieldValidation"), QStringLiteral("Strict")}};
    if (send == Send::DryRun)
        request.query.emplace_back(QStringLiteral("dryRun"), QStringLiteral("All"));
    request.headers.emplace_back("Content-Type", "application/merge-patch+json");
    request.body = bytes(body);
    return request;
}

QString kubectlCommand(const Origin& origin, const Intent& intent)
{
    QStringList words = intent.kubectl();
    if (words.isEmpty())
        return {};
    if (!origin.context.isEmpty())
        words = QStringList{QStringLiteral("--context"), origin.context} + words;
    QString command = QStringLiteral("kubectl");
    for (const QString& word : words)
        command += QLatin1Char(' ') + quoted(word);
    return command;
}

QString curlCommand(const Origin& origin, const Target& target, const kube::Json& patch)
{
    const QString url = origin.address + QString::fromLatin1(target.path()) + QStringLiteral("?fieldManager=") +
                        FieldManager + QStringLiteral("&fieldValidation=Strict");
    return QStringLiteral("curl --fail-with-body --cacert ca.crt --cert client.crt --key client.key -X PATCH "
                          "-H 'Content-Type: application/merge-patch+json' %1 -d %2")
        .arg(quoted(url), quoted(QString::fromUtf8(bytes(patch))));
}

} // namespace change
