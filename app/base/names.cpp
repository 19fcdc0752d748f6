#include "app/base/names.h"

#include <algorithm>

namespace base {
namespace {

char16_t unit(QChar c)
{
    return c.unicode();
}

char16_t unit(char c)
{
    return static_cast<unsigned char>(c);
}

template <typename Char> bool isLower(Char c)
{
    return (unit(c) >= u'a' && unit(c) <= u'z') || (unit(c) >= u'0' && unit(c) <= u'9');
}

template <typename Char> bool isAlphanumeric(Char c)
{
    return isLower(c) || (unit(c) >= u'A' && unit(c) <= u'Z');
}

/// A label of a subdomain, of any length.
template <typename View> bool isLabel(View text)
{
    return !text.empty() && isLower(text.front()) && isLower(text.back()) &&
           std::ranges::all_of(text, [](auto c) { return isLower(c) || unit(c) == u'-'; });
}

template <typename View> bool isSubdomain(View text)
{
    if (static_cast<qsizetype>(text.size()) > LongestSubdomain)
        return false;
    auto start = text.begin();
    while (true) {
        const auto dot = std::find_if(start, text.end(), [](auto c) { return unit(c) == u'.'; });
        if (!isLabel(View(start, dot)))
            return false;
        if (dot == text.end())
            return true;
        start = std::next(dot);
    }
}

template <typename View> bool isPart(View text)
{
    return !text.empty() && static_cast<qsizetype>(text.size()) <= LongestLabel && isAlphanumeric(text.front()) &&
           isAlphanumeric(text.back()) && std::ranges::all_of(text, [](auto c) {
               return isAlphanumeric(c) || unit(c) == u'-' || unit(c) == u'_' || unit(c) == u'.';
           });
}

} // namespace

bool isDnsLabel(QStringView text)
{
    return text.size() <= LongestLabel && isLabel(text);
}

bool isDnsSubdomain(QStringView text)
{
    return isSubdomain(text);
}

bool isNamePart(QStringView text)
{
    return isPart(text);
}

bool isQualifiedName(std::string_view text)
{
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos)
        return isPart(text);
    return isSubdomain(text.substr(0, slash)) && isPart(text.substr(slash + 1));
}

bool isLabelValue(QStringView text)
{
    return text.isEmpty() || isPart(text);
}

bool isLabelValue(std::string_view text)
{
    return text.empty() || isPart(text);
}

} // namespace base
