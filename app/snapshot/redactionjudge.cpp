#include "app/snapshot/redactionjudge.h"

#include "app/snapshot/redactionletters.h"
#include "app/snapshot/redactionvalues.h"

#include <algorithm>
#include <array>

namespace snapshot {
namespace {

/// What follows "password:" in sentences about passwords.
bool isProse(std::string_view value)
{
    constexpr auto Words =
        std::to_array<std::string_view>({"a",          "an",      "and",       "are",      "authentication",
                                         "bad",        "but",     "can",       "cannot",   "could",
                                         "empty",      "error",   "expected",  "expired",  "failed",
                                         "failure",    "for",     "from",      "has",      "hidden",
                                         "if",         "in",      "incorrect", "input",    "invalid",
                                         "is",         "key",     "length",    "missing",  "mismatch",
                                         "must",       "no",      "not",       "of",       "on",
                                         "ok",         "or",      "please",    "rejected", "required",
                                         "secret",     "set",     "should",    "string",   "the",
                                         "this",       "to",      "too",       "unable",   "unauthorized",
                                         "unexpected", "unknown", "unset",     "using",    "valid",
                                         "was",        "will",    "with",      "wrong",    "you",
                                         "your"});
    const std::string_view word = value.substr(0, value.find_first_of(" .,;:!"));
    return std::ranges::any_of(Words, [&](std::string_view each) { return isSame(word, each); });
}

bool isShortNumber(std::string_view value)
{
    constexpr std::size_t Most = 7;
    return value.size() <= Most && value.find_first_not_of("0123456789.smhd%") == value.npos;
}

} // namespace

bool isSecret(const Knowledge& knowledge, Naming naming, std::string_view value, Where where)
{
    if (naming < Naming::Maybe || isPlaceholder(value))
        return false;
    if (naming == Naming::Password)
        return where != Where::Prose || !isProse(value);
    if (naming == Naming::Maybe)
        return looksRandom(value);
    if (knowledge.secretNames.contains(std::string(value)))
        return false;
    if (where == Where::Prose)
        return looksRandom(value);
    if (naming == Naming::Object && where == Where::Field)
        return !looksLikeObjectName(value) && (value.find(' ') == value.npos || looksRandom(value));
    if (where == Where::Variable && naming == Naming::Object && value.find('/') != value.npos &&
        looksLikeObjectName(value))
        return false;
    return !isShortNumber(value);
}

std::size_t credentialsIn(std::string_view authorization)
{
    constexpr auto Schemes =
        std::to_array<std::string_view>({"bearer", "basic", "token", "digest", "negotiate", "apikey", "ntlm", "hmac",
                                         "aws4-hmac-sha256", "hawk", "jwt", "splunk", "key"});
    const std::size_t space = authorization.find(' ');
    if (space == authorization.npos || std::ranges::none_of(Schemes, [&](std::string_view each) {
            return isSame(authorization.substr(0, space), each);
        }))
        return authorization.npos;
    return authorization.find_first_not_of(' ', space);
}

ShortFlag shortFlag(std::string_view program, std::string_view argument)
{
    if (argument.size() < 2 || argument[0] != '-' || program.empty())
        return ShortFlag::None;
    if (const std::size_t slash = program.rfind('/'); slash != program.npos)
        program.remove_prefix(slash + 1);
    const auto any = [&](std::initializer_list<std::string_view> programs) {
        return std::ranges::find(programs, program) != programs.end();
    };
    const char flag = argument[1];
    const bool isAlone = argument.size() == 2;
    const bool isLong = flag == '-';
    if (isLong)
        return argument == "--user" && any({"curl"}) ? ShortFlag::UserAndNext : ShortFlag::None;
    if (flag == 'p' && any({"mysql", "mysqldump", "mysqladmin", "mariadb", "mariadb-dump", "mysqlcheck"}))
        return isAlone ? ShortFlag::None : ShortFlag::Attached; // alone it asks
    if (flag == 'p' && any({"sshpass"}))
        return isAlone ? ShortFlag::Next : ShortFlag::Attached;
    if (flag == 'a' && any({"redis-cli"}))
        return isAlone ? ShortFlag::Next : ShortFlag::None;
    if (isAlone && flag == 'p' &&
        any({"mongo", "mongosh", "mongodump", "mongorestore", "docker", "podman", "helm", "nats"}))
        return ShortFlag::Next;
    if (isAlone && flag == 'w' && any({"ldapsearch", "ldapadd", "ldapmodify", "ldapwhoami"}))
        return ShortFlag::Next;
    if (flag == 'u' && any({"curl"}))
        return isAlone ? ShortFlag::UserAndNext : ShortFlag::UserAttached;
    return ShortFlag::None;
}

} // namespace snapshot
