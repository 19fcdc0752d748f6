#include "app/config/yamlscalar.h"

#include "app/config/base64.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cmath>
#include <cstdlib>

namespace config {
namespace {

using Kind = YamlNode::Kind;

template <std::size_t N> bool isOneOf(std::string_view value, const std::array<std::string_view, N>& words)
{
    return std::find(words.begin(), words.end(), value) != words.end();
}

constexpr std::array<std::string_view, 11> True{"y",    "Y",    "yes", "Yes", "YES", "true",
                                                "True", "TRUE", "on",  "On",  "ON"};
constexpr std::array<std::string_view, 11> False{"n",     "N",     "no",  "No",  "NO", "false",
                                                 "False", "FALSE", "off", "Off", "OFF"};
constexpr std::array<std::string_view, 5> Null{"", "~", "null", "Null", "NULL"};
constexpr std::array<std::string_view, 12> NotFinite{".nan",  ".NaN",  ".NAN",  ".inf",  ".Inf",  ".INF",
                                                     "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF"};

bool fits(const std::string& digits, int radix)
{
    char* end = nullptr;
    errno = 0;
    std::strtoull(digits.c_str(), &end, radix);
    return errno == 0 && !digits.empty() && *end == '\0';
}

/// Go's ParseInt and ParseUint with base 0, without underscores.
bool isInteger(std::string_view text)
{
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    int radix = 10;
    if (text.size() > 1 && text[0] == '0') {
        const char mark = static_cast<char>(std::tolower(static_cast<unsigned char>(text[1])));
        radix = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
        text.remove_prefix(mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
    }
    const auto isDigit = [radix](unsigned char c) {
        const int value = std::isdigit(c) ? c - '0' : std::isxdigit(c) ? std::tolower(c) - 'a' + 10 : 99;
        return value < radix;
    };
    if (text.empty() || !std::all_of(text.begin(), text.end(), isDigit) || !fits(std::string(text), radix))
        return false;
    return !negative || std::strtoull(std::string(text).c_str(), nullptr, radix) <= 1ULL << 63;
}

bool isFinite(const std::string& text)
{
    return std::isfinite(std::strtod(text.c_str(), nullptr));
}

std::size_t countDigits(std::string_view text)
{
    return static_cast<std::size_t>(
        std::find_if_not(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c); }) - text.begin());
}

/// [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
bool isDecimal(std::string_view text)
{
    const auto skipSign = [&text] {
        if (text.starts_with('-') || text.starts_with('+'))
            text.remove_prefix(1);
    };
    skipSign();
    const auto whole = countDigits(text);
    text.remove_prefix(whole);
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        const auto fraction = countDigits(text);
        text.remove_prefix(fraction);
        if (whole + fraction == 0)
            return false;
    } else if (whole == 0) {
        return false;
    }
    if (text.empty())
        return true;
    if (!text.starts_with('e') && !text.starts_with('E'))
        return false;
    text.remove_prefix(1);
    skipSign();
    return !text.empty() && countDigits(text) == text.size();
}

bool isNumber(const std::string& value)
{
    if (value.empty() || (value.front() != '.' && value.front() != '+' && value.front() != '-' &&
                          !std::isdigit(static_cast<unsigned char>(value.front()))))
        return false;
    std::string plain = value;
    if (value.front() != '.')
        std::erase(plain, '_');
    return isInteger(plain) || (isDecimal(plain) && isFinite(plain));
}

} // namespace

std::string resolveScalar(const std::string& tag, const std::string& value, YamlNode& node)
{
    constexpr std::string_view standard = "tag:yaml.org,2002:";
    node.kind = Kind::String;
    node.text = value;
    std::string wanted;
    if (tag.starts_with(standard))
        wanted = tag.substr(standard.size());
    else if (tag != "?")
        return {}; // quoted, or a tag of somebody's own: text
    if (wanted == "binary") {
        const auto bytes = decodeBase64(QByteArrayView(value.data(), static_cast<qsizetype>(value.size())));
        if (!bytes)
            return "!!binary holds no base64";
        node.text = bytes->toStdString();
        return {};
    }
    const bool known = wanted.empty() || wanted == "bool" || wanted == "int" || wanted == "float" || wanted == "null" ||
                       wanted == "timestamp";
    if (!known)
        return {};
    std::string found = "str";
    if (isOneOf(value, Null)) {
        node.kind = Kind::Null;
        found = "null";
    } else if (isOneOf(value, True) || isOneOf(value, False)) {
        node.kind = Kind::Bool;
        node.truth = isOneOf(value, True);
        found = "bool";
    } else if (isOneOf(value, NotFinite)) {
        return "a number that JSON does not have";
    } else if (isNumber(value)) {
        node.kind = Kind::Number;
        found = isInteger(value) ? "int" : "float";
    }
    // A tag must fit what the value is; text under !!timestamp is left alone, dates being text either way.
    if (wanted.empty() || wanted == found || wanted == "timestamp" || (wanted == "float" && found == "int"))
        return {};
    return "the value does not fit its tag !!" + wanted;
}

} // namespace config
