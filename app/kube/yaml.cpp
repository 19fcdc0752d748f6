#include "app/kube/yaml.h"

#include "app/base/visible.h"

#include <QRegularExpression>
#include <yaml-cpp/yaml.h>

namespace kube {
namespace {

constexpr std::size_t LongestSimpleKey = 128; // in the file a key ends before its 1024th character, escapes included

/// True when a reader of YAML 1.1 or 1.2 would take the plain text for something else than a text: times as well, which
/// kubectl quotes.
bool isAmbiguous(const std::string& text)
{
    static const QRegularExpression other(
        QStringLiteral(
            "^(?:|~|null|true|false|yes|no|on|off|y|n|<<|=|[-+]?\\.(?:inf|nan)|[-+.]?[0-9][0-9a-fxotz_:.,+ -]*)$"),
        QRegularExpression::CaseInsensitiveOption);
    // Marks of documents, which yaml-cpp does not quote.
    if (text.starts_with("---") || text.starts_with("..."))
        return true;
    return text.size() < 100 && other.match(QString::fromStdString(text)).hasMatch();
}

/// True when the text holds something that could steer a terminal or hide itself; of any length, unlike isHarmless().
bool hasHidden(const QString& text)
{
    constexpr qsizetype piece = base::LongestShownText / 4;
    for (qsizetype at = 0; at < text.size(); at += piece) {
        const QString part = text.mid(at, piece);
        if (part.contains(QLatin1Char('\r')) || base::visible(part, base::Lines::Many) != part)
            return true;
    }
    return false;
}

/// A literal block keeps one line feed at its end and no more.
bool canBeBlock(const std::string& text)
{
    return text.size() > 1 && text.ends_with('\n') && !text.ends_with("\n\n") && text.front() != ' ' &&
           text.front() != '\n' && text.front() != '\t';
}

void emitText(YAML::Emitter& out, const std::string& text, bool isKey = false)
{
    const bool hasLines = text.find('\n') != std::string::npos;
    if (!base::isHarmless(text, base::Lines::Many) && hasHidden(QString::fromStdString(text)))
        out << YAML::DoubleQuoted << YAML::EscapeNonAscii << text;
    else if (hasLines && !isKey && canBeBlock(text))
        out << YAML::Literal << text;
    else if (hasLines || text.find('\t') != std::string::npos || isAmbiguous(text))
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
            if (key.size() > LongestSimpleKey)
                out << YAML::LongKey;
            out << YAML::Key;
            emitText(out, key, true);
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
    QString yaml = QString::fromUtf8(out.c_str(), static_cast<qsizetype>(out.size()));
    // The one control character that yaml-cpp does not escape; it stands in double quotes, as hidden ones all do.
    yaml.replace(QChar(0x7f), QStringLiteral("\\x7f"));
    if (!yaml.endsWith(QLatin1Char('\n'))) // a block at the end has brought its own
        yaml += QLatin1Char('\n');
    return yaml;
}

} // namespace kube
