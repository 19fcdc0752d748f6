#include "app/snapshot/redactionvalues.h"

#include "app/config/base64.h"
#include "app/snapshot/redactionletters.h"

#include <QByteArray>
#include <algorithm>
#include <array>
#include <bitset>
#include <cstring>

namespace snapshot {
namespace {

constexpr bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}
constexpr bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

struct Mix {
    std::size_t digits = 0, lower = 0, upper = 0, separators = 0, others = 0, spaces = 0;
    int classes() const { return (digits > 0) + (lower > 0) + (upper > 0) + (others > 0); }
};

Mix mixOf(std::string_view value)
{
    Mix mix;
    for (const char c : value) {
        if (isDigit(c))
            ++mix.digits;
        else if (isLower(c))
            ++mix.lower;
        else if (isUpper(c))
            ++mix.upper;
        else if (c == '-' || c == '.' || c == '_' || c == '/' || c == ':')
            ++mix.separators;
        else if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
            ++mix.spaces;
        else
            ++mix.others;
    }
    return mix;
}

/// The longest part between separators that mixes letters and digits.
std::size_t longestMixedPart(std::string_view value)
{
    std::size_t longest = 0;
    for (std::size_t i = 0; i < value.size();) {
        std::size_t end = i;
        bool letters = false;
        std::size_t digits = 0;
        for (; end < value.size() && isWordLetter(value[end]); ++end)
            isDigit(value[end]) ? void(++digits) : void(letters = true);
        if (letters && digits >= 2)
            longest = std::max(longest, end - i);
        i = end + 1;
    }
    return longest;
}

bool isWordOf(std::string_view value, std::initializer_list<std::string_view> words)
{
    return std::ranges::any_of(words, [&](std::string_view word) {
        return value.size() == word.size() && std::equal(value.begin(), value.end(), word.begin(), [](char a, char b) {
                   return (isUpper(a) ? a - 'A' + 'a' : a) == b;
               });
    });
}

bool isPath(std::string_view value)
{
    if (!value.starts_with('/') && !value.starts_with("file:/") && !value.starts_with("./"))
        return false;
    constexpr std::array<std::string_view, 13> Roots{"/var/",   "/etc/",     "/run/", "/mnt/",  "/opt/",
                                                     "/home/",  "/usr/",     "/tmp/", "/data/", "/srv/",
                                                     "/vault/", "/secrets/", "/app/"};
    const bool isClean = std::ranges::all_of(
        value, [](char c) { return isWordLetter(c) || c == '/' || c == '-' || c == '_' || c == '.' || c == ':'; });
    return isClean && (!value.starts_with('/') ||
                       std::ranges::any_of(Roots, [&](std::string_view root) { return value.starts_with(root); }));
}

/// $(NAME), ${NAME}, $NAME, {{ template }}, %NAME%: nothing but the reference.
bool isVariable(std::string_view value)
{
    const auto isName = [](std::string_view name) {
        return !name.empty() &&
               std::ranges::all_of(name, [](char c) { return isWordLetter(c) || c == '_' || c == '.' || c == '-'; });
    };
    if ((value.starts_with("$(") && value.ends_with(')')) || (value.starts_with("${") && value.ends_with('}')))
        return isName(value.substr(2, value.size() - 3));
    if (value.starts_with("{{") && value.ends_with("}}"))
        return value.find("}}") == value.size() - 2 && value.find('"') == value.npos;
    if (value.starts_with("$__") && value.ends_with('}'))
        return true;
    return value.size() > 1 && value.front() == '$' &&
           std::ranges::all_of(value.substr(1), [](char c) { return isUpper(c) || isDigit(c) || c == '_'; });
}

bool isNumbers(std::string_view value)
{
    return std::ranges::all_of(value,
                               [](char c) { return isDigit(c) || c == '.' || c == ':' || c == '-' || c == '/'; });
}

bool isUuid(std::string_view value)
{
    if (value.size() != 36)
        return false;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const bool isDash = i == 8 || i == 13 || i == 18 || i == 23;
        if (isDash ? value[i] != '-' : !isWordLetter(value[i]))
            return false;
    }
    return true;
}

/// "IfNotPresent", "ReadWriteOnce", "eu-central-1": letters in words, each of several lower-case letters.
bool isOfWords(std::string_view value)
{
    std::size_t words = 0;
    std::size_t letters = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (!isWordLetter(value[i]))
            continue;
        if (isUpper(value[i]) || isDigit(value[i]))
            ++words;
        ++letters;
    }
    return words == 0 || letters / words >= 4;
}

} // namespace

std::string mark(std::size_t bytes, Mark style)
{
    const std::string number = std::to_string(bytes);
    return style == Mark::Plain ? "<redacted, " + number + " bytes>" : "redacted-" + number + "-bytes";
}

bool isMark(std::string_view value)
{
    const auto isNumber = [](std::string_view text) { return !text.empty() && std::ranges::all_of(text, isDigit); };
    const auto between = [&](std::string_view begin, std::string_view end) {
        return value.size() > begin.size() + end.size() && value.starts_with(begin) && value.ends_with(end) &&
               isNumber(value.substr(begin.size(), value.size() - begin.size() - end.size()));
    };
    if (between("<redacted, ", " bytes>") || between("redacted-", "-bytes"))
        return true;
    return !value.empty() && (value.find_first_not_of('*') == value.npos ||
                              isWordOf(value, {"<redacted>", "[redacted]", "redacted", "<hidden>", "<masked>",
                                               "[filtered]", "<nil>", "<none>"}));
}

bool isPlaceholder(std::string_view value)
{
    constexpr std::size_t Longest = 512;
    if (value.empty() || isMark(value))
        return true;
    if (value.size() > Longest)
        return false;
    return isWordOf(value, {"true", "false", "yes", "no", "on", "off", "none", "null", "nil", "enabled", "disabled",
                            "required", "optional", "undefined"}) ||
           isPath(value) || isVariable(value);
}

bool looksRandom(std::string_view value)
{
    constexpr std::size_t Shortest = 8;
    constexpr std::size_t Longest = 512;
    if (value.size() < Shortest || value.size() > Longest)
        return false;
    if (value.starts_with("sha256:") || value.starts_with("sha512:") || value.starts_with("sha1:") ||
        value.find("://") != value.npos || value.starts_with('/') || isPlaceholder(value))
        return false;
    const Mix mix = mixOf(value);
    if (mix.spaces > 0 || value.find_first_of("[]{}()<>^|\\") != value.npos) // patterns
        return false;
    if (isUuid(value))
        return true;
    const bool isNameLike = mix.upper == 0 && mix.others == 0 && mix.separators > 0;
    if (isNameLike)
        return longestMixedPart(value) >= 16;
    if (mix.digits == 0)
        return value.size() >= 20 && mix.lower > 0 && mix.upper > 0 && !isOfWords(value);
    if (mix.lower + mix.upper == 0)
        return false;
    return value.size() >= 16 ? mix.digits >= 2 && !isOfWords(value) : mix.classes() >= 3;
}

bool looksLikeObjectName(std::string_view value)
{
    constexpr std::size_t Longest = 253 + 1 + 63;
    if (value.empty() || value.size() > Longest || std::ranges::count(value, '/') > 1)
        return false;
    for (const char c : value)
        if (!isLower(c) && !isDigit(c) && c != '-' && c != '.' && c != '/')
            return false;
    return value.front() != '-' && value.back() != '-' && !looksRandom(value) &&
           (value.find_first_of("-./") != value.npos || value.find_first_of("0123456789") == value.npos);
}

bool isRemarkable(std::string_view value, Naming naming)
{
    constexpr std::size_t Shortest = 8;
    constexpr std::size_t FewestLetters = 5;
    if (value.size() < Shortest || isPlaceholder(value) || (isUuid(value) && naming < Naming::Credential))
        return false;
    std::bitset<256> letters;
    for (const char c : value)
        letters.set(static_cast<unsigned char>(c));
    if (letters.count() < FewestLetters || isPublicPem(value))
        return false;
    const bool isNamedSo = naming >= Naming::Credential;
    const Mix mix = mixOf(value);
    if (isNumbers(value))
        return isNamedSo && mix.separators == 0;
    if (value.starts_with('/') || value.find("://") != value.npos)
        return isNamedSo && !isPath(value);
    if (value.find('@') != value.npos && mix.others == 1 && mix.spaces == 0)
        return isNamedSo; // mail
    if (mix.digits == 0 && mix.others == 0)
        return isNamedSo && (value.size() >= 16 || (mix.upper > 0 && mix.lower > 0));
    if (mix.upper == 0 && mix.others == 0 && mix.spaces == 0 && mix.separators > 0)
        return looksRandom(value) || (isNamedSo && !looksLikeObjectName(value));
    const std::size_t sign = value.find('=');
    const bool isSetting = sign < value.size() - 2 && sign > 0; // what is secret in it is found by itself
    return isNamedSo || looksRandom(value) || (mix.classes() >= 3 && !isSetting);
}

bool isText(std::string_view bytes)
{
    for (const char c : bytes) {
        const auto u = static_cast<unsigned char>(c);
        if ((u < 0x20 && c != '\n' && c != '\r' && c != '\t') || u == 0x7f)
            return false;
    }
    if (std::ranges::all_of(bytes, [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        return true;
    return QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())).isValidUtf8();
}

bool isPublicPem(std::string_view text)
{
    constexpr std::string_view Begin = "-----BEGIN ";
    const std::size_t first = text.find(Begin);
    if (first == text.npos || text.substr(0, first).find_first_not_of(" \t\r\n") != text.npos)
        return false;
    for (std::size_t at = first; at != text.npos; at = text.find(Begin, at + 1)) {
        const std::string_view label = text.substr(at + Begin.size(), 40);
        if (!label.starts_with("CERTIFICATE") && !label.starts_with("TRUSTED CERTIFICATE") &&
            !label.starts_with("NEW CERTIFICATE") && !label.starts_with("PUBLIC KEY") &&
            !label.starts_with("RSA PUBLIC KEY") && !label.starts_with("X509 CRL") &&
            !label.starts_with("DH PARAMETERS") && !label.starts_with("EC PARAMETERS"))
            return false;
    }
    // after the last block nothing follows that could hold something else
    const std::size_t end = text.rfind("-----END ");
    return end != text.npos &&
           text.find_first_not_of(" \t\r\n", std::min(text.size(), text.find("-----", end + 9) + 5)) == text.npos;
}

bool isOpaque(std::string_view bytes)
{
    constexpr auto Heads = std::to_array<std::string_view>({{"\x1f\x8b", 2},
                                                            {"PK\x03\x04", 4},
                                                            {"\xfd"
                                                             "7zXZ",
                                                             5},
                                                            {"BZh", 3},
                                                            {"\x28\xb5\x2f\xfd", 4},
                                                            {"\xfe\xed\xfe\xed", 4},
                                                            {"\xce\xce\xce\xce", 4}});
    if (std::ranges::any_of(Heads, [&](std::string_view head) { return bytes.starts_with(head); }))
        return true;
    // DER: a SEQUENCE that begins with a small INTEGER is a private key (RFC 5208, 8017, 5915) or a PKCS #12 file, a
    // certificate begins with another SEQUENCE.
    if (bytes.size() < 16 || bytes[0] != 0x30)
        return false;
    const auto length = static_cast<unsigned char>(bytes[1]);
    const std::size_t at = length < 0x80 ? 2 : 2 + (length & 0x7fU);
    return at + 2 < bytes.size() && at <= 6 && bytes[at] == 0x02 && bytes[at + 1] == 0x01 && bytes[at + 2] <= 3;
}

std::optional<std::string> decodedBase64(std::string_view text)
{
    constexpr std::size_t Shortest = 16;
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
        text.remove_suffix(1);
    if (text.size() < Shortest)
        return {};
    bool isUrlSafe = false;
    std::size_t lineEnds = 0;
    for (const char c : text) {
        if (c == '-' || c == '_')
            isUrlSafe = true;
        else if (c == '\n' || c == '\r')
            ++lineEnds;
        else if (!isWordLetter(c) && c != '+' && c != '/' && c != '=')
            return {};
    }
    const QByteArrayView view(text.data(), static_cast<qsizetype>(text.size()));
    if (!isUrlSafe && (text.size() - lineEnds) % 4 == 0) {
        if (const auto bytes = config::decodeBase64(view))
            return bytes->toStdString();
        return {};
    }
    const auto result = QByteArray::fromBase64Encoding(view.toByteArray(), QByteArray::AbortOnBase64DecodingErrors |
                                                                               QByteArray::Base64UrlEncoding);
    return result ? std::optional(result.decoded.toStdString()) : std::nullopt;
}

bool mayHoldText(std::string_view base64)
{
    constexpr std::size_t Head = 16;
    std::array<unsigned char, Head / 4 * 3> bytes{};
    std::size_t count = 0;
    unsigned bits = 0;
    int held = 0;
    for (std::size_t i = 0; i < std::min(Head, base64.size()); ++i) {
        const char c = base64[i];
        const unsigned six = isUpper(c)             ? static_cast<unsigned>(c - 'A')
                             : isLower(c)           ? static_cast<unsigned>(c - 'a') + 26
                             : isDigit(c)           ? static_cast<unsigned>(c - '0') + 52
                             : c == '+' || c == '-' ? 62U
                             : c == '/' || c == '_' ? 63U
                                                    : 64U;
        if (six == 64U)
            break;
        bits = bits << 6 | six;
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes[count++] = static_cast<unsigned char>(bits >> held);
        }
    }
    return std::all_of(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count),
                       [](unsigned char u) { return u >= 0x20 ? u != 0x7f : u == '\n' || u == '\r' || u == '\t'; });
}

bool mayHoldOpaque(std::string_view base64)
{
    // the beginnings that isOpaque() knows
    constexpr auto Heads = std::to_array<std::string_view>(
        {"H4sI", "UEsDB", "/Td6W", "Qlpo", "KLUv/", "/u3+7", "zs7Oz", "MI", "MH", "MG", "MF", "ME", "MD", "MC"});
    return std::ranges::any_of(Heads, [&](std::string_view head) { return base64.starts_with(head); });
}

std::string toBase64(std::string_view bytes)
{
    return QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())).toBase64().toStdString();
}

} // namespace snapshot
