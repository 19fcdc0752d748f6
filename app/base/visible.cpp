#include "app/base/visible.h"

#include <QList>
#include <algorithm>

namespace base {
namespace {

bool isBetween(char32_t c, char32_t first, char32_t last)
{
    return c >= first && c <= last;
}

bool steers(char32_t c, Lines lines)
{
    if (lines == Lines::Many && (c == U'\n' || c == U'\t'))
        return false;
    if (c < 0x20 || isBetween(c, 0x7f, 0x9f)) // C0, DEL and C1
        return true;
    return c == 0xad || c == 0x34f || c == 0x61c || c == 0x180e // soft hyphen, joiner, marks of Arabic and Mongolian
           || isBetween(c, 0x200b, 0x200f) || isBetween(c, 0x2028, 0x202e) // zero width, separators, embeddings
           || isBetween(c, 0x2060, 0x206f) || c == 0xfeff || isBetween(c, 0xfff9, 0xfffb) // isolates, annotations
           || c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 // fillers: letters without a form
           || isBetween(c, 0xe0000, 0xe007f);                          // tags
}

/// A CR whose LF follows only ends a line.
bool endsLine(char32_t c, char32_t next, Lines lines)
{
    return lines == Lines::Many && c == U'\r' && next == U'\n';
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
    const auto codes = text.left(LongestShownText + 2).toUcs4(); // more is not shown
    const auto stays = [&codes, lines](qsizetype i) {
        return !steers(codes[i], lines) || endsLine(codes[i], i + 1 < codes.size() ? codes[i + 1] : 0, lines);
    };
    qsizetype harmless = 0;
    while (harmless < codes.size() && stays(harmless))
        ++harmless;
    if (harmless == codes.size() && text.size() <= LongestShownText)
        return text;
    QString shown;
    shown.reserve(std::min(text.size(), LongestShownText) + 16);
    for (qsizetype i = 0; i < codes.size(); ++i) {
        const char32_t c = codes[i];
        if (shown.size() >= LongestShownText) {
            shown += QChar(0x2026);
            break;
        }
        if (stays(i))
            shown += QStringView(QChar::fromUcs4(c));
        else if (c < 0x20)
            shown += QChar(static_cast<char16_t>(0x2400 + c));
        else
            shown += QStringLiteral("\\u{%1}").arg(static_cast<uint>(c), 4, 16, QLatin1Char('0'));
    }
    return shown;
}

} // namespace base
