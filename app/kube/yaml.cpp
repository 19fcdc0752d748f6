#include "app/kube/yaml.h"

#include "app/base/visible.h"

#include <QRegularExpression>
#include <yaml-cpp/yaml.h>

namespace kube {
namespace {

/// True when a reader of YAML 1.1 or 1.2 would take the plain text for something else than a text.
bool isAmbiguous(const std::string& text)
{
    static const QRegularExpression other(
        QStringLiteral(
            "^(?:|~|null|true|false|yes|no|on|off|y|n|<<|=|[-+]?\\.(?:inf|nan)|[-+.]?[0-9][0-9a-fxo_:.,eE+-]*)$"),
        QRegularExpression::CaseInsensitiveOption);
    return other.match(QString::fromStdString(text)).hasMatch();
}

void emitText(YAML::Emitter& out, const std::string& text)
{
    if (!base::isHarmless(text, base::Lines::Many) || isAmbiguous(text)) {
        // Non-ASCII letters are harmless as well, once nothing that steers is among them.
        const bool plain = base::visible(text, base::Lines::Many) == QString::fromStdString(text) &&
                           !isAmbiguous(text) && text.find('\n') == std::string::npos;
        if (plain)
            out << text;
        else if (!isAmbiguous(text) && base::visible(text, base::Lines::Many) == QString::fromStdString(text))
            out << YAML::Literal << text;
        else
            out << YAML::DoubleQuoted << base::visible(text, base::Lines::Many).toStdString();
        return;
    }
    const bool isBlock = text.find('\n') != std::string::npos && text.front() != ' ' && text.front() != '\n' &&
                         text.find('\t') == std::string::npos;
    if (isBlock)
        out << YAML::Literal << text;
    else if (text.find('\n') != std::string::npos || text.find('\t') != std::string::npos)
        out << YAML::DoubleQuoted << text;
    else
        out << text;
}

void emitValue(YAML::Emitter& out, const Json& value, bool withManagedFields, bool isMetadata)
{
    switch (value.type()) {
    case Json::value_t::object:
        if (value.empty()) {
            out << YAML::Flow << YAML::BeginMap << YAML::EndMap;
            return;
        }
        out << YAML::BeginMap;
        for (const auto& [key, member] : value.items()) {
            if (isMetadata && !withManagedFields && key == "managedFields")
                continue;
            out << YAML::Key;
            emitText(out, key);
            out << YAML::Value;
            emitValue(out, member, withManagedFields, key == "metadata");
        }
        out << YAML::EndMap;
        return;
    case Json::value_t::array:
        if (value.empty()) {
            out << YAML::Flow << YAML::BeginSeq << YAML::EndSeq;
            return;
        }
        out << YAML::BeginSeq;
        for (const Json& element : value)
            emitValue(out, element, withManagedFields, false);
        out << YAML::EndSeq;
        return;
    case Json::value_t::string:
        emitText(out, value.get_ref<const std::string&>());
        return;
    case Json::value_t::null:
        out << YAML::Null;
        return;
    default:
        out << value.dump();
        return;
    }
}

} // namespace

QString toYaml(const Json& object, bool withManagedFields)
{
    YAML::Emitter out;
    out.SetIndent(2);
    out.SetNullFormat(YAML::LowerNull);
    emitValue(out, object, withManagedFields, false);
    return QString::fromUtf8(out.c_str(), static_cast<qsizetype>(out.size())) + QLatin1Char('\n');
}

} // namespace kube
