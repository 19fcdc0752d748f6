// tokenLength(): the forms of tokens.

#include "app/snapshot/redactionletters.h"
#include "app/snapshot/redactionvalues.h"

#include <algorithm>
#include <array>

namespace snapshot {
namespace {

constexpr bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

enum class Letters { Any, Upper, Word }; ///< of the rest: letters and digits; A-Z and digits; those with '-', '_', '.'

struct Form {
    std::string_view head;
    std::size_t rest; ///< as many at least
    Letters letters = Letters::Word;
};

/// From the documents of those who issue them.
constexpr auto Forms = std::to_array<Form>({
    {"AKIA", 16, Letters::Upper},
    {"ASIA", 16, Letters::Upper},
    {"AIza", 35},
    {"AKID", 28, Letters::Any}, // Tencent Cloud
    {"LTAI", 12, Letters::Any}, // Alibaba Cloud
    {"ghp_", 20, Letters::Any},
    {"gho_", 20, Letters::Any},
    {"ghu_", 20, Letters::Any},
    {"ghs_", 20},
    {"ghr_", 20, Letters::Any},
    {"github_pat_", 22},
    {"glpat-", 16},
    {"gldt-", 16},
    {"glrt-", 16},
    {"glptt-", 16},
    {"glsa_", 20},
    {"glc_", 20},
    {"xoxb-", 10},
    {"xoxp-", 10},
    {"xoxa-", 10},
    {"xoxr-", 10},
    {"xoxs-", 10},
    {"xoxe-", 10},
    {"xoxe.", 10},
    {"xapp-", 10},
    {"sk_live_", 16},
    {"sk_test_", 16},
    {"rk_live_", 16},
    {"rk_test_", 16},
    {"whsec_", 16},
    {"SG.", 40},
    {"hvs.", 20},
    {"hvb.", 20},
    {"hvr.", 20},
    {"npm_", 30, Letters::Any},
    {"dckr_pat_", 20},
    {"pypi-", 40},
    {"dop_v1_", 40},
    {"shpat_", 20},
    {"ya29.", 20},
    {"sk-ant-", 20},
    {"sk-proj-", 20},
    {"PMAK-", 24},
    {"ATATT3", 30},
    {"NRAK-", 20},
    {"AGE-SECRET-KEY-1", 40},
    {"hf_", 30, Letters::Any},
    {"lin_api_", 30},
    {"EAACEdEose0cBA", 4},
});

bool fits(char c, Letters letters)
{
    switch (letters) {
    case Letters::Any:
        return isWordLetter(c);
    case Letters::Upper:
        return isDigit(c) || isUpper(c);
    case Letters::Word:
        break;
    }
    return isWordLetter(c) || c == '-' || c == '_' || c == '.';
}

/// Three parts of base64url, the first of which begins a JSON object. One without a payload is a detached signature
/// (those of ConfigMap cluster-info), which anybody may know.
std::size_t jwtLength(std::string_view word)
{
    if (!word.starts_with("eyJ"))
        return 0;
    const std::size_t first = word.find('.');
    if (first == word.npos || first < 8)
        return 0;
    std::size_t second = word.find('.', first + 1);
    if (second == word.npos)
        second = word.size();
    if (second - first < 9)
        return 0;
    std::size_t end = second == word.size() ? second : word.find('.', second + 1);
    return end == word.npos ? word.size() : word.find_last_not_of('.') + 1;
}

/// [a-z0-9]{6}.[a-z0-9]{16}. An Event's name has this form too: after the dot stands its time in nanoseconds, in hex.
bool isBootstrapToken(std::string_view word)
{
    if (word.size() != 23 || word[6] != '.')
        return false;
    bool hasDigit = false;
    bool isHex = word[7] == '1';
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char c = word[i];
        if (i == 6)
            continue;
        if (!isDigit(c) && !(c >= 'a' && c <= 'z'))
            return false;
        if (i > 6) {
            hasDigit = hasDigit || isDigit(c);
            isHex = isHex && (isDigit(c) || c <= 'f');
        }
    }
    return hasDigit && !isHex;
}

} // namespace

std::size_t tokenLength(std::string_view word)
{
    constexpr std::size_t Shortest = 14;
    if (word.size() < Shortest)
        return 0;
    if (isBootstrapToken(word))
        return word.size();
    if (word[0] == 'e')
        return jwtLength(word);
    for (const Form& form : Forms) {
        if (form.head[0] != word[0] || !word.starts_with(form.head))
            continue;
        std::size_t end = form.head.size();
        bool hasDigit = false;
        for (; end < word.size() && fits(word[end], form.letters); ++end)
            hasDigit = hasDigit || isDigit(word[end]);
        if (end - form.head.size() >= form.rest && (hasDigit || form.letters == Letters::Upper))
            return word.size(); // what hangs on to it is part of it sooner than not
    }
    // OpenAI's of old: sk- and 48 letters and digits
    constexpr std::size_t OldLength = 51;
    if (word.size() >= OldLength && word.starts_with("sk-") &&
        std::ranges::all_of(word.substr(3), [](char c) { return fits(c, Letters::Any); }))
        return word.size();
    return 0;
}

} // namespace snapshot
