#include "app/tke/credential.h"

#include "app/base/visible.h"
#include "app/config/base64.h"

#include <simdjson.h>

namespace tke {
namespace {

namespace ondemand = simdjson::ondemand;

constexpr qint64 MostBytes = 8LL << 20; // a list of some hundred of them

/// What is read of one object, before it is known whether it is meant.
struct Read {
    Credential credential;
    QString cluster;
    bool isBroken = false; ///< a half of it is no base64
};

/// Nothing for what is no text; null and absent are the same to Go.
QString textOf(ondemand::value value)
{
    std::string_view text;
    if (value.get_string().get(text))
        return {};
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// An array of bytes is base64 in JSON; what it holds is PEM.
QByteArray bytesOf(ondemand::value value, bool& isBroken)
{
    std::string_view text;
    if (value.get_string().get(text) || text.empty())
        return {};
    const auto bytes = config::decodeBase64(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
    isBroken = isBroken || !bytes;
    return bytes.value_or(QByteArray());
}

simdjson::error_code readMetadata(ondemand::value value, Read& into)
{
    ondemand::object metadata;
    if (const auto error = value.get_object().get(metadata))
        return error == simdjson::INCORRECT_TYPE ? simdjson::SUCCESS : error;
    for (auto field : metadata) {
        std::string_view key;
        if (const auto error = field.unescaped_key().get(key))
            return error;
        if (key == "name")
            into.credential.name = base::visible(textOf(field.value()));
    }
    return simdjson::SUCCESS;
}

simdjson::error_code readGroups(ondemand::value value, Read& into)
{
    ondemand::array groups;
    if (const auto error = value.get_array().get(groups))
        return error == simdjson::INCORRECT_TYPE ? simdjson::SUCCESS : error;
    for (auto group : groups) {
        ondemand::value each;
        if (const auto error = group.get(each))
            return error;
        if (const QString text = textOf(each); !text.isEmpty())
            into.credential.impersonateGroups << text;
    }
    return simdjson::SUCCESS;
}

simdjson::error_code readExtra(ondemand::value value, Read& into)
{
    ondemand::object extra;
    if (const auto error = value.get_object().get(extra))
        return error == simdjson::INCORRECT_TYPE ? simdjson::SUCCESS : error;
    for (auto field : extra) {
        std::string_view key;
        if (const auto error = field.unescaped_key().get(key))
            return error;
        const QString name = QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
        into.credential.impersonateExtra.emplace_back(name, textOf(field.value()).split(QLatin1Char(',')));
    }
    return simdjson::SUCCESS;
}

/// Every field that is not asked for by name is passed over by the parser, as it is with CA keys and etcd's.
simdjson::error_code readField(std::string_view key, ondemand::value value, Read& into)
{
    Credential& credential = into.credential;
    if (key == "metadata")
        return readMetadata(value, into);
    if (key == "as-groups")
        return readGroups(value, into);
    if (key == "as-user-extra")
        return readExtra(value, into);
    if (key == "clusterName")
        into.cluster = textOf(value);
    else if (key == "caCert")
        credential.certificateAuthority = bytesOf(value, into.isBroken);
    else if (key == "clientCert")
        credential.clientCertificate = bytesOf(value, into.isBroken);
    else if (key == "clientKey")
        credential.clientKey = bytesOf(value, into.isBroken);
    else if (key == "token")
        credential.token = textOf(value);
    else if (key == "as")
        credential.impersonate = textOf(value);
    return simdjson::SUCCESS;
}

simdjson::error_code readObject(ondemand::object object, Read& into)
{
    for (auto field : object) {
        std::string_view key;
        if (const auto error = field.unescaped_key().get(key))
            return error;
        // The key lies in the parser's memory, which the value may need.
        const std::string name(key);
        ondemand::value value;
        if (const auto error = field.value().get(value))
            return error;
        if (const auto error = readField(name, value, into))
            return error;
    }
    return simdjson::SUCCESS;
}

base::Error failureOf(base::ErrorKind kind, const char* reason, const QString& said)
{
    return {.kind = kind, .reason = QLatin1String(reason), .said = said};
}

base::Result<Credential> judged(Read read)
{
    if (read.isBroken || !read.credential.isUsable())
        return base::failure(failureOf(base::ErrorKind::BadConfig, "credentialUnusable", read.credential.name));
    return std::move(read.credential);
}

} // namespace

base::Result<Credential> credentialFrom(const QByteArray& body, const QString& cluster)
{
    const auto malformed = [](simdjson::error_code error) {
        return base::failure(failureOf(base::ErrorKind::BadAnswer, "credentialMalformed",
                                       QString::fromUtf8(simdjson::error_message(error))));
    };
    ondemand::parser parser;
    const simdjson::padded_string padded(body.constData(), static_cast<std::size_t>(body.size()));
    ondemand::document document;
    if (const auto error = parser.iterate(padded).get(document))
        return malformed(error);
    ondemand::object root;
    if (const auto error = document.get_object().get(root))
        return malformed(error);
    ondemand::value items;
    if (root.find_field_unordered("items").get(items)) { // one object
        Read read;
        if (const auto error = root.reset().error())
            return malformed(error);
        if (const auto error = readObject(root, read))
            return malformed(error);
        return judged(std::move(read));
    }
    std::optional<base::Error> refused;
    ondemand::array list;
    if (const auto error = items.get_array().get(list); !error) {
        for (auto item : list) {
            Read read;
            ondemand::object object;
            if (const auto wrong = item.get_object().get(object))
                return malformed(wrong);
            if (const auto wrong = readObject(object, read))
                return malformed(wrong);
            if (read.cluster != cluster)
                continue;
            if (auto credential = judged(std::move(read)))
                return credential;
            else if (!refused)
                refused = credential.error();
        }
    } else if (error != simdjson::INCORRECT_TYPE) {
        return malformed(error);
    }
    return base::failure(refused.value_or(failureOf(base::ErrorKind::NotFound, "credentialMissing", cluster)));
}

base::Call<Credential> readCredential(const kube::Client& client, const MemberCluster& member)
{
    transport::Request request;
    request.path = "/apis/platform.tkestack.io/v1/clustercredentials";
    request.mostBytes = MostBytes;
    if (member.credential.isEmpty())
        request.query.emplace_back(QStringLiteral("fieldSelector"), QStringLiteral("clusterName=") + member.name);
    else
        request.path += transport::path({member.credential});
    const QString asked = QString::fromLatin1(request.verb + ' ' + request.target());
    const QString sought = member.credential.isEmpty() ? member.name : member.credential;
    return base::mapped<Credential>(client.ask(std::move(request)),
                                    [asked, sought, cluster = member.name, ofWhom = client.transport()->address()](
                                        const base::Result<transport::Reply>& reply) {
                                        base::Result<Credential> credential =
                                            reply ? credentialFrom(reply->body, cluster) : base::failure(reply.error());
                                        if (credential)
                                            return credential;
                                        base::Error error = credential.error();
                                        error.asked = asked;
                                        error.ofWhom = ofWhom;
                                        if (!reply && error.kind == base::ErrorKind::Forbidden)
                                            error.reason = QStringLiteral("credentialForbidden");
                                        if (!reply && error.kind == base::ErrorKind::NotFound) {
                                            error.reason = QStringLiteral("credentialMissing");
                                            error.said = base::visible(sought);
                                        }
                                        if (reply && error.reason == QLatin1String("credentialMissing"))
                                            error.reason = QStringLiteral("credentialNotNamed");
                                        return base::Result<Credential>(base::failure(std::move(error)));
                                    });
}

} // namespace tke
