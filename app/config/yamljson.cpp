#include "app/config/yamljson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace config {
namespace {

QJsonValue valueOf(const YamlNode& node)
{
    const QString text = QString::fromStdString(node.text);
    switch (node.kind) {
    case YamlNode::Kind::Null:
        return {};
    case YamlNode::Kind::Bool:
        return node.truth;
    case YamlNode::Kind::Number: {
        bool isWhole = false;
        if (const qint64 whole = text.toLongLong(&isWhole); isWhole)
            return whole;
        bool isNumber = false;
        const double number = text.toDouble(&isNumber);
        return isNumber ? QJsonValue(number) : QJsonValue(text);
    }
    case YamlNode::Kind::String:
        return text;
    case YamlNode::Kind::Sequence: {
        QJsonArray array;
        for (const YamlNode* item : node.items)
            array.append(valueOf(*item));
        return array;
    }
    case YamlNode::Kind::Mapping: {
        QJsonObject object;
        for (const auto& [key, value] : node.entries)
            object.insert(QString::fromStdString(key), valueOf(*value));
        return object;
    }
    }
    return {};
}

} // namespace

QByteArray jsonOf(const YamlNode& node)
{
    // Qt writes no value that stands alone.
    const QByteArray wrapped = QJsonDocument(QJsonArray{valueOf(node)}).toJson(QJsonDocument::Compact);
    return wrapped.mid(1, wrapped.size() - 2);
}

} // namespace config
