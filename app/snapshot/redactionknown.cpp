#include "app/snapshot/redactionknown.h"

#include "app/snapshot/redactionletters.h"
#include "app/snapshot/redactionvalues.h"

#include <algorithm>
#include <cstring>

namespace snapshot {
namespace {

constexpr std::size_t Anchor = 8;
constexpr std::size_t LongestNeedle = 512;
constexpr std::size_t MostValues = 100'000;
constexpr std::size_t MostOfOneAnchor = 64; ///< more would make the search slow where many values begin alike
constexpr int Bits = 21;

std::uint64_t eightAt(const char* bytes)
{
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes, Anchor);
    return eight;
}

std::size_t bitOf(std::uint64_t eight)
{
    return static_cast<std::size_t>((eight * 0x9e3779b97f4a7c15ULL) >> (64 - Bits));
}

/// The letters of Base64 that the value decides alone, when `before` other bytes stand before it.
std::string base64Core(std::string_view value, std::size_t before)
{
    const std::string encoded = toBase64(std::string(before, '\0') + std::string(value));
    const std::size_t first = (before * 8 + 5) / 6;
    const std::size_t end = (before + value.size()) * 8 / 6;
    return encoded.substr(first, end - first);
}

/// As QUrl, Go's url.QueryEscape and encodeURIComponent do it: they differ in what they leave alone.
std::string percentEncoded(std::string_view value, std::string_view kept, bool spaceAsPlus)
{
    constexpr std::string_view Hex = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : value) {
        if (isWordLetter(c) || kept.find(c) != kept.npos) {
            encoded += c;
        } else if (c == ' ' && spaceAsPlus) {
            encoded += '+';
        } else {
            const auto u = static_cast<unsigned char>(c);
            encoded += '%';
            encoded += Hex[u >> 4];
            encoded += Hex[u & 15];
        }
    }
    return encoded;
}

std::string jsonEscaped(std::string_view value)
{
    std::string escaped;
    for (const char c : value) {
        if (c == '"' || c == '\\')
            escaped += '\\';
        if (c == '\n')
            escaped += "\\n";
        else
            escaped += c;
    }
    return escaped;
}

} // namespace

KnownValues::KnownValues() : m_bits((1U << Bits) / 64) {}

void KnownValues::add(std::string_view value)
{
    const std::string_view whole = value;
    while (!value.empty() && (value.back() == '\n' || value.back() == '\r'))
        value.remove_suffix(1);
    if (value.size() < Anchor || m_seen.size() >= MostValues)
        return;
    if (value.size() > LongestNeedle) {
        addLong(value);
        addLong(whole);
        return;
    }
    if (!m_seen.emplace(value).second)
        return;
    addNeedle(std::string(value), false);
    for (std::size_t before = 0; before < 3; ++before) {
        std::string core = base64Core(value, before);
        std::string urlSafe = core;
        std::ranges::replace(urlSafe, '+', '-');
        std::ranges::replace(urlSafe, '/', '_');
        if (urlSafe != core)
            addNeedle(std::move(urlSafe), true);
        addNeedle(std::move(core), true);
    }
    std::vector<std::string> forms{percentEncoded(value, "-._~", false), percentEncoded(value, "-._~!*'()", false),
                                   percentEncoded(value, "-._~", true),
                                   percentEncoded(value, "-._~!$&'()*+,;=:@", false), jsonEscaped(value)};
    std::ranges::sort(forms);
    forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
    for (std::string& form : forms)
        if (form != value)
            addNeedle(std::move(form), false);
}

void KnownValues::addLong(std::string_view value)
{
    const std::string encoded = toBase64(value);
    for (const std::string_view text : {value, std::string_view(encoded)}) {
        m_longSizes.insert(text.size());
        m_long.insert({text.size(), std::hash<std::string_view>()(text)});
    }
}

void KnownValues::addNeedle(std::string text, bool isBase64)
{
    if (text.size() < Anchor)
        return;
    constexpr std::size_t Tries = 32;
    std::size_t best = 0;
    std::size_t fewest = MostOfOneAnchor;
    const std::size_t last = text.size() - Anchor;
    for (std::size_t i = 0; i <= std::min(last, Tries); ++i) {
        const std::size_t at = last - i; // what is alike stands in front
        const auto found = m_byAnchor.find(eightAt(text.data() + at));
        const std::size_t count = found == m_byAnchor.end() ? 0 : found->second.size();
        if (count < fewest) {
            fewest = count;
            best = at;
        }
        if (count == 0)
            break;
    }
    if (fewest == MostOfOneAnchor)
        return;
    const std::uint64_t eight = eightAt(text.data() + best);
    m_byAnchor[eight].push_back(static_cast<std::uint32_t>(m_needles.size()));
    const std::size_t bit = bitOf(eight);
    m_bits[bit / 64] |= 1ULL << (bit % 64);
    m_needles.push_back({std::move(text), static_cast<std::uint32_t>(best), isBase64});
}

void KnownValues::match(std::string_view text, std::size_t at, std::uint64_t eight, std::vector<Place>& places) const
{
    const auto found = m_byAnchor.find(eight);
    if (found == m_byAnchor.end())
        return;
    for (const std::uint32_t index : found->second) {
        const Needle& needle = m_needles[index];
        if (at < needle.anchor)
            continue;
        std::size_t begin = at - needle.anchor;
        std::size_t end = begin + needle.text.size();
        if (end > text.size() || text.compare(begin, needle.text.size(), needle.text) != 0)
            continue;
        if (needle.isBase64) {
            if (!places.empty() && places.back().second >= end)
                return; // in one that is found already
            while (begin > 0 && isBase64Letter(text[begin - 1]))
                --begin;
            end = base64End(text, end);
        } else if ((begin > 0 && isWordLetter(text[begin - 1]) && isWordLetter(text[begin])) ||
                   (end < text.size() && isWordLetter(text[end - 1]) && isWordLetter(text[end]))) {
            continue;
        }
        places.emplace_back(begin, end);
        return;
    }
}

void KnownValues::find(std::string_view text, std::vector<Place>& places) const
{
    if (text.size() > LongestNeedle && m_longSizes.contains(text.size()) &&
        m_long.contains({text.size(), std::hash<std::string_view>()(text)})) {
        places.emplace_back(0, text.size());
        return;
    }
    if (text.size() < Anchor || m_needles.empty())
        return;
    const std::size_t last = text.size() - Anchor;
    for (std::size_t i = 0; i <= last; ++i) {
        const std::uint64_t eight = eightAt(text.data() + i);
        const std::size_t bit = bitOf(eight);
        if ((m_bits[bit / 64] >> (bit % 64)) & 1)
            match(text, i, eight, places);
    }
}

} // namespace snapshot
