#include "app/config/yamltext.h"

#include <QStringDecoder>
#include <algorithm>

namespace config {
namespace {

base::Error textInvalid(YamlPlace place, const QString& words)
{
    return yamlError(QStringLiteral("textInvalid"), place, words);
}

/// The length of the UTF-8 sequence that `rest` begins with and its code point; 0 when it is none.
std::pair<std::size_t, char32_t> decodeOne(std::string_view rest)
{
    const auto byte = [rest](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80)
        return {1, lead};
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || rest.size() < length)
        return {0, 0};
    char32_t code = lead & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80)
            return {0, 0};
        code = (code << 6) | (byte(i) & 0x3fU);
    }
    const bool tooLong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    return tooLong || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? std::pair<std::size_t, char32_t>{0, 0}
                                                                            : std::pair{length, code};
}

/// YAML's printable characters, as go.yaml.in/yaml/v2 takes them.
bool isAllowed(char32_t c)
{
    return c == U'\t' || c == U'\n' || c == U'\r' || (c >= 0x20 && c <= 0x7e) || c == 0x85 ||
           (c >= 0xa0 && c <= 0xfffd) || c >= 0x10000;
}

} // namespace

base::Result<std::string> decodeText(const QByteArray& text)
{
    std::string source;
    if (text.startsWith("\xff\xfe") || text.startsWith("\xfe\xff")) {
        QStringDecoder decoder(text.startsWith("\xff") ? QStringDecoder::Utf16LE : QStringDecoder::Utf16BE,
                               QStringDecoder::Flag::Stateless);
        const QString decoded = decoder.decode(QByteArrayView(text).sliced(2));
        if (!decoded.isValidUtf16() || text.size() % 2 != 0)
            return base::failure(textInvalid({}, QStringLiteral("UTF-16")));
        source = decoded.toStdString();
    } else {
        source = (text.startsWith("\xef\xbb\xbf") ? text.sliced(3) : text).toStdString();
    }
    for (std::size_t at = 0; at < source.size();) {
        const auto [length, code] = decodeOne(std::string_view(source).substr(at));
        if (length == 0)
            return base::failure(textInvalid(placeIn(source, at), QStringLiteral("UTF-8")));
        if (!isAllowed(code))
            return base::failure(textInvalid(
                placeIn(source, at), QStringLiteral("U+%1").arg(static_cast<uint>(code), 4, 16, QLatin1Char('0'))));
        at += length;
    }
    return source;
}

YamlPlace placeIn(std::string_view source, std::size_t offset)
{
    source = source.substr(0, std::min(offset, source.size()));
    YamlPlace place;
    std::size_t lineStart = 0;
    for (std::size_t i = 0; i < source.size(); ++i) {
        if (source[i] == '\n' || (source[i] == '\r' && (i + 1 == source.size() || source[i + 1] != '\n'))) {
            ++place.line;
            lineStart = i + 1;
        }
    }
    const auto line = source.substr(lineStart);
    // Continuation bytes are no characters of their own.
    place.column +=
        static_cast<int>(std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xc0) != 0x80; }));
    return place;
}

bool isQuoteClosed(std::string_view source, std::size_t offset)
{
    constexpr std::string_view blank = " \t\r\n";
    const auto skip = [source](std::size_t at, std::string_view set) {
        return std::min(source.find_first_not_of(set, at), source.size());
    };
    const auto skipTo = [source](std::size_t at, std::string_view set) {
        return std::min(source.find_first_of(set, at), source.size());
    };
    std::size_t at = skip(offset, blank);
    while (at < source.size() && (source[at] == '!' || source[at] == '&' || source[at] == '#'))
        at = skip(skipTo(at, source[at] == '#' ? "\r\n" : blank), blank);
    if (at >= source.size() || (source[at] != '"' && source[at] != '\''))
        return true;
    const char quote = source[at];
    for (++at; at < source.size(); ++at) {
        const bool isEscape = quote == '"' ? source[at] == '\\' : source.substr(at).starts_with("''");
        if (isEscape)
            ++at;
        else if (source[at] == quote)
            return true;
    }
    return false;
}

bool hasContent(std::string_view source)
{
    bool comment = false;
    return std::any_of(source.begin(), source.end(), [&comment](char c) {
        const bool lineEnd = c == '\n' || c == '\r';
        comment = !lineEnd && (comment || c == '#');
        return !comment && !lineEnd && c != ' ' && c != '\t';
    });
}

std::optional<std::size_t> findSeparator(std::string_view source, std::size_t offset)
{
    for (std::size_t at = std::min(offset, source.size()); at < source.size(); ++at) {
        const bool lineStart = at == 0 || source[at - 1] == '\n' || source[at - 1] == '\r';
        const auto rest = source.substr(at);
        if (lineStart && (rest.starts_with("---") || rest.starts_with("...")) &&
            (rest.size() == 3 || std::string_view(" \t\r\n").find(rest[3]) != std::string_view::npos))
            return at;
    }
    return {};
}

} // namespace config
