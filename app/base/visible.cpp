#include "app/base/visible.h"

#include <QList>
#include <algorithm>

namespace base {
namespace {

bool steers(char32_t c, Lines lines)
{
    if (lines == Lines::Many && (c == U'\n' || c == U'\t'))
        return false;
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x061c             // C0, DEL and C1, Arabic letter mark
           || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) // zero width, separators, embeddings
           || (c >= 0x2060 && c <= 0x2069) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) ||
           (c >= 0xe0000 && c <= 0xe007f); // tags
}

} // namespace

bool isHarmless(std::string_view utf8, Lines lines)
{
    if (utf8.size() > static_cast<std::size_t>(LongestShownText))
        return false;
    return std::all_of(utf8.begin(), utf8.end(), [lines](char ch) {
        const auto byte = static_cast<unsigned char>(ch);
        return (byte >= 0x20 && byte < 0x7f) || (lines == Lines::Many && (byte == '\n' || byte == '\t'));
    });
}

QString visible(std::string_view utf8, Lines lines)
{
    // One UTF-16 unit takes at most three bytes; decoding more than is shown would be wasted.
    constexpr std::size_t mostBytes = static_cast<std::size_t>(LongestShownText) * 3 + 3;
    const QString text = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(std::min(utf8.size(), mostBytes)));
    return isHarmless(utf8, lines) ? text : visible(text, lines);
}

QString visible(const QString& text, Lines lines)
{
    const auto codes = text.toUcs4();
    const bool cut = text.size() > LongestShownText;
    if (!cut && std::none_of(codes.begin(), codes.end(), [lines](uint c) { return steers(c, lines); }))
        return text;
    QString shown;
    shown.reserve(text.size() + 16);
    for (const char32_t c : codes) {
        if (shown.size() >= LongestShownText) {
            shown += QChar(0x2026);
            break;
        }
        if (!steers(c, lines))
            shown += QStringView(QChar::fromUcs4(c));
        else if (c < 0x20)
            shown += QChar(static_cast<char16_t>(0x2400 + c));
        else
            shown += QStringLiteral("\\u{%1}").arg(static_cast<uint>(c), 4, 16, QLatin1Char('0'));
    }
    return shown;
}

} // namespace base
