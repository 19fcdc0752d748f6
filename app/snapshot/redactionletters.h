#pragma once
// Classes of letters for the scans, independent of any locale.

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace snapshot {

constexpr bool isWordLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

namespace letters {
constexpr std::array<bool, 256> runLetters()
{
    std::array<bool, 256> table{};
    for (int c = 0; c < 128; ++c)
        table[static_cast<std::size_t>(c)] = isWordLetter(static_cast<char>(c)) || c == '_' || c == '.' || c == '-';
    return table;
}
inline constexpr std::array<bool, 256> Run = runLetters();
} // namespace letters

/// What names and most tokens are made of.
constexpr bool isRunLetter(char c)
{
    return letters::Run[static_cast<unsigned char>(c)];
}
/// Of either alphabet, without the padding.
constexpr bool isBase64Letter(char c)
{
    return isWordLetter(c) || c == '+' || c == '/' || c == '-' || c == '_';
}
/// Past the letters and the padding of what may be Base64 from here on.
constexpr std::size_t base64End(std::string_view text, std::size_t from)
{
    while (from < text.size() && isBase64Letter(text[from]))
        ++from;
    while (from < text.size() && text[from] == '=')
        ++from;
    return from;
}
constexpr bool isQuote(char c)
{
    return c == '"' || c == '\'' || c == '`';
}
constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}
constexpr bool isSpace(char c)
{
    return isBlank(c) || c == '\n' || c == '\r';
}
constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

constexpr std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

/// Without regard to case; `lower` is in lower case.
constexpr bool isSame(std::string_view text, std::string_view lower)
{
    return text.size() == lower.size() && std::equal(text.begin(), text.end(), lower.begin(), [](char a, char b) {
               return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
           });
}

} // namespace snapshot
