#include "app/config/decoder.h"

#include "app/config/base64.h"

namespace config {
namespace {

const char* nameOf(YamlNode::Kind kind)
{
    switch (kind) {
    case YamlNode::Kind::Null:
        return "null";
    case YamlNode::Kind::Bool:
        return "boolean";
    case YamlNode::Kind::Number:
        return "number";
    case YamlNode::Kind::String:
        return "string";
    case YamlNode::Kind::Sequence:
        return "list";
    case YamlNode::Kind::Mapping:
        return "mapping";
    }
    return "";
}

} // namespace

void Decoder::fail(const QString& reason, const YamlNode& at, const QString& words)
{
    if (!m_error)
        m_error = yamlError(reason, m_document.placeOf(at.offset), words);
}

bool Decoder::is(YamlNode::Kind kind, const YamlNode* node, const char* field)
{
    if (!node || node->kind == YamlNode::Kind::Null || m_error)
        return false;
    if (node->kind == kind)
        return true;
    fail(QStringLiteral("wrongType"), *node,
         QStringLiteral("%1: %2 expected, %3 found")
             .arg(QLatin1String(field), QLatin1String(nameOf(kind)), QLatin1String(nameOf(node->kind))));
    return false;
}

QString Decoder::text(const YamlNode* node, const char* field)
{
    return is(YamlNode::Kind::String, node, field) ? QString::fromStdString(node->text) : QString();
}

bool Decoder::truth(const YamlNode* node, const char* field)
{
    return is(YamlNode::Kind::Bool, node, field) && node->truth;
}

QByteArray Decoder::bytes(const YamlNode* node, const char* field)
{
    if (!is(YamlNode::Kind::String, node, field))
        return {};
    auto bytes = decodeBase64(QByteArrayView(node->text.data(), static_cast<qsizetype>(node->text.size())));
    if (!bytes)
        fail(QStringLiteral("base64Invalid"), *node, QLatin1String(field));
    return bytes.value_or(QByteArray());
}

QStringList Decoder::texts(const YamlNode* node, const char* field)
{
    QStringList result;
    for (const YamlNode* item : list(node, field))
        result << text(item, field);
    return result;
}

std::vector<const YamlNode*> Decoder::list(const YamlNode* node, const char* field)
{
    return is(YamlNode::Kind::Sequence, node, field) ? node->items : std::vector<const YamlNode*>();
}

const YamlNode* Decoder::mapping(const YamlNode* node, const char* field)
{
    return is(YamlNode::Kind::Mapping, node, field) ? node : nullptr;
}

} // namespace config
