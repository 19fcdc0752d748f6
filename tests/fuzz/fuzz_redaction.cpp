// Any bytes as a log, as a text of an object and as an object: what was learnt is gone from all of them, and a second
// time finds nothing more to count in what is JSON still.

#include "app/kube/json.h"
#include "app/snapshot/redaction.h"

#include <cstdlib>

namespace {

const QByteArray Secret = QByteArrayLiteral("Zq8#kLm2!vXp9");

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void learn(snapshot::Redactor& redactor)
{
    const kube::Json secret = {
        {"kind", "Secret"}, {"metadata", {{"name", "s"}}}, {"data", {{"password", Secret.toBase64().toStdString()}}}};
    const kube::Json node = {{"kind", "Node"},
                             {"status", {{"addresses", {{{"type", "InternalIP"}, {"address", "10.0.0.7"}}}}}}};
    redactor.learn(secret);
    redactor.learn(node);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray input(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const QByteArray planted = '\n' + Secret + '\n';
    snapshot::Redactor redactor({.addresses = true});
    learn(redactor);

    require(!redactor.text(input + planted + input).contains(planted));
    (void)redactor.address(QString::fromUtf8(input));

    kube::Json texts = {{"kind", "ConfigMap"},
                        {"data",
                         {{"text", input.toStdString()},
                          {"planted", (input + planted + input).toStdString()},
                          {"wrapped", input.toBase64().toStdString()},
                          {"password", input.toStdString()}}}};
    redactor.object(texts, QStringLiteral("v1"), QStringLiteral("ConfigMap"));
    require(texts["data"].size() == 4 && !kube::toBytes(texts).contains("\\nZq8#kLm2!vXp9\\n"));

    if (auto json = kube::parseJson(input)) {
        redactor.json(*json);
        require(kube::parseJson(kube::toBytes(*json)).has_value());
    }
    return 0;
}
