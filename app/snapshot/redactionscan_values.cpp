// TextScan: how far values reach, and secrets that stand by their form.

#include "app/snapshot/redactionletters.h"
#include "app/snapshot/redactionscan.h"

#include <QByteArray>
#include <algorithm>
#include <array>

namespace snapshot {

TextScan::Value TextScan::quotedValue(std::size_t from, std::size_t limit) const
{
    // in a text within a text quotes have backslashes before them: the same number closes it
    std::size_t backslashes = 0;
    while (at(from + backslashes) == '\\')
        ++backslashes;
    const char quote = at(from + backslashes);
    const std::size_t begin = from + backslashes + 1;
    std::size_t run = 0;
    const std::size_t last = begin < m_text.size() ? begin + std::min(limit, m_text.size() - begin) : begin;
    for (std::size_t i = begin; i < last; ++i) {
        const char c = m_text[i];
        if (c == '\\' && quote != '\'') {
            ++run;
            continue;
        }
        if (c == quote && (backslashes == 0 ? run % 2 == 0 : run <= backslashes))
            return {begin, i - std::min(run, backslashes), true};
        if (c == '\n' && m_kind == TextKind::Log)
            return {begin, i, true};
        run = 0;
    }
    return {begin, std::min(last, std::max(begin, lineEnd(std::min(begin, m_text.size())))), true};
}

std::size_t TextScan::unquotedEnd(std::size_t from, bool isQuery, std::size_t limit) const
{
    std::size_t i = from;
    for (const std::size_t last = from + std::min(limit, m_text.size() - std::min(from, m_text.size())); i < last;
         ++i) {
        const char c = m_text[i];
        if (isSpace(c) || isQuote(c) || c == ';' || c == '&' || c == ',' || c == '|' || c == ')' || c == ']' ||
            c == '}' || c == '<' || c == '>' || (isQuery && c == '#'))
            break;
        if (c == '\\' && (at(i + 1) == 'n' || at(i + 1) == 'r' || at(i + 1) == 't' || isQuote(at(i + 1))))
            break;
    }
    return i;
}

TextScan::Value TextScan::valueFrom(const Name& name, std::size_t from, char separator, std::size_t limit) const
{
    std::size_t begin = from;
    while (isBlank(at(begin)))
        ++begin;
    const char first = at(begin);
    if (begin >= m_text.size() || isSpace(first) || first == '[')
        return {begin, begin};
    if (isQuote(first) || (first == '\\' && part(begin, m_text.size()).find_first_not_of('\\') < 8 &&
                           isQuote(m_text[begin + part(begin, m_text.size()).find_first_not_of('\\')])))
        return quotedValue(begin, limit);
    if (part(begin, std::min(begin + 11, m_text.size())) == "<redacted, ")
        return {begin, begin};
    if (first == '$' && (at(begin + 1) == '(' || at(begin + 1) == '{')) {
        // a reference, of which only a default can be a secret: ${NAME:-…}
        constexpr std::size_t Farthest = 512;
        const std::string_view near = part(begin, std::min(begin + Farthest, m_text.size()));
        const std::size_t end = near.find(first == '$' && at(begin + 1) == '(' ? ')' : '}');
        if (end != near.npos) {
            if (const std::size_t def = near.substr(0, end).find(":-"); def != near.npos)
                return {begin + def + 2, begin + end};
            if (end + 1 == near.size() || isSpace(near[end + 1]) || isQuote(near[end + 1]))
                return {begin, begin};
        }
    }
    if (first == '{')
        return {begin, begin};
    const bool isLine = m_kind == TextKind::Config && name.isFirst && !name.isQuery;
    if (!isLine)
        return {begin, unquotedEnd(begin, name.isQuery, limit)};
    std::size_t end = lineEnd(begin);
    if (separator == ':')
        if (const std::size_t comment = part(begin, end).find(" #"); comment != std::string_view::npos)
            end = begin + comment;
    while (end > begin && (isSpace(m_text[end - 1]) || m_text[end - 1] == ','))
        --end;
    return {begin, end};
}

std::size_t TextScan::indentOf(std::size_t lineBegin) const
{
    std::size_t indent = 0;
    while (isBlank(at(lineBegin + indent)) || (at(lineBegin + indent) == '-' && at(lineBegin + indent + 1) == ' '))
        ++indent;
    return indent;
}

/// password: |
///   …
std::size_t TextScan::block(const Name& name, std::size_t from)
{
    const std::size_t head = lineEnd(from);
    if (trimmed(part(from, head)).find_first_not_of("|>+-0123456789") != std::string_view::npos)
        return name.end;
    const std::size_t indent = indentOf(m_lineBegin);
    std::size_t begin = 0;
    std::size_t end = head;
    for (std::size_t line = head + 1; line < m_text.size();) {
        const std::size_t next = lineEnd(line);
        const std::string_view text = trimmed(part(line, next));
        std::size_t spaces = 0;
        while (isBlank(at(line + spaces)))
            ++spaces;
        if (!text.empty() && spaces <= indent)
            break;
        if (!text.empty()) {
            if (begin == 0)
                begin = line + spaces;
            end = next;
        }
        line = next + 1;
    }
    if (begin == 0)
        return head;
    if (!isPublicPem(trimmed(part(begin, end))))
        add(begin, end);
    return end;
}

/// passwords:
/// - …
std::size_t TextScan::listBelow(const Name& name, std::size_t from)
{
    const std::size_t indent = indentOf(m_lineBegin);
    std::size_t end = name.end;
    for (std::size_t line = lineEnd(from) + 1; line < m_text.size();) {
        const std::size_t next = lineEnd(line);
        std::size_t spaces = 0;
        while (isBlank(at(line + spaces)))
            ++spaces;
        const std::string_view item = trimmed(part(line, next));
        if (spaces < indent || !item.starts_with("- ") || item.find(": ") != item.npos || item.ends_with(':'))
            break;
        const std::string_view value = trimmed(item.substr(2));
        const auto begin = static_cast<std::size_t>(value.data() - m_text.data());
        if (isSecret(m_knowledge, Naming::Password, value, Where::Field))
            add(begin, begin + value.size());
        end = next;
        line = next + 1;
    }
    return end;
}

std::size_t TextScan::authorization(std::size_t from)
{
    std::size_t begin = from;
    while (isBlank(at(begin)) || at(begin) == '[')
        ++begin;
    const bool isQuoted = isQuote(at(begin)) || (at(begin) == '\\' && isQuote(at(begin + 1)));
    const Value near = isQuoted ? quotedValue(begin, Near) : Value{begin, unquotedEnd(begin, false, Near)};
    constexpr std::size_t LongestScheme = 32;
    const std::string_view head = part(near.begin, std::min(near.begin + LongestScheme, m_text.size()));
    if (const std::size_t offset = credentialsIn(head); offset < head.size()) {
        const std::size_t first = near.begin + offset;
        const bool isOne = isSame(head.substr(0, 6), "bearer") || isSame(head.substr(0, 5), "basic") ||
                           isSame(head.substr(0, 5), "token");
        const std::size_t end =
            isQuoted
                ? quotedValue(begin).end
                : std::min(m_text.find_first_of(isOne ? "\"'`\r\n\\ ,;)}]\t" : "\"'`\r\n\\", first), m_text.size());
        if (end <= first || isPlaceholder(part(first, end)))
            return near.begin;
        add(first, end);
        return end;
    }
    if (!looksRandom(part(near.begin, near.end)))
        return begin;
    add(near.begin, near.end);
    return near.end;
}

std::size_t TextScan::cookies(std::size_t from, bool isFirstOnly)
{
    std::size_t i = from;
    while (isBlank(at(i)) || at(i) == '[' || isQuote(at(i)) || at(i) == '\\')
        ++i;
    const std::size_t end = std::min(m_text.find_first_of("\"'`\r\n]", i), m_text.size());
    while (i < end) {
        const std::size_t next = std::min(m_text.find(';', i), end);
        const std::size_t sign = std::min(m_text.find('=', i), next);
        if (sign < next) {
            std::size_t last = std::min(m_text.find_first_of(" \t", sign), next);
            if (last > sign + 1)
                add(sign + 1, last);
        }
        if (isFirstOnly)
            break;
        i = next + 1;
    }
    return std::max(end, from);
}

std::size_t TextScan::pem(std::size_t begin)
{
    constexpr std::size_t LongestLabel = 64;
    constexpr std::string_view Dashes = "-----";
    const bool isEnd = m_text.compare(begin, 8, "-----END") == 0;
    const std::size_t label = begin + (isEnd ? 8 : 10);
    const std::string_view near = part(std::min(label, m_text.size()), std::min(label + LongestLabel, m_text.size()));
    const std::size_t labelEnd = near.find(Dashes);
    if (labelEnd == near.npos || near.substr(0, labelEnd).find("PRIVATE KEY") == near.npos)
        return label;
    if (isEnd) { // the rest of one whose beginning is not here
        constexpr std::size_t Farthest = 16384;
        const std::size_t stop = std::max(m_found.empty() ? 0 : m_found.back().end, begin - std::min(begin, Farthest));
        const auto isBody = [this](std::size_t i) {
            const char c = m_text[i];
            return isWordLetter(c) || c == '+' || c == '/' || c == '=' || c == '\\';
        };
        std::size_t from = begin;
        for (std::size_t i = begin; i > stop;) { // whole lines of Base64
            std::size_t line = i;
            while (line > stop && isBody(line - 1))
                --line;
            if (line > stop && m_text[line - 1] != '\n' && m_text[line - 1] != '\r')
                break;
            from = line;
            i = line > stop ? line - 1 : line;
        }
        add(from, label + labelEnd + Dashes.size());
        return label + labelEnd + Dashes.size();
    }
    std::size_t end = m_text.find("-----END", label + labelEnd);
    end = end == m_text.npos ? end : m_text.find(Dashes, end + 8);
    end = end == m_text.npos ? m_text.size() : end + Dashes.size();
    add(begin, end);
    return end;
}

namespace {

/// Where the path itself is the secret.
struct Hook {
    std::string_view host;
    std::string_view path;
};
constexpr auto Hooks = std::to_array<Hook>({{"hooks.slack.com", "/services/"},
                                            {"hooks.slack.com", "/workflows/"},
                                            {"discord.com", "/api/webhooks/"},
                                            {"discordapp.com", "/api/webhooks/"},
                                            {"api.telegram.org", "/bot"},
                                            {"open.feishu.cn", "/open-apis/bot/v2/hook/"},
                                            {"open.larksuite.com", "/open-apis/bot/v2/hook/"},
                                            {"outlook.office.com", "/webhook/"},
                                            {".webhook.office.com", "/webhookb2/"}});

} // namespace

std::size_t TextScan::url(std::size_t begin)
{
    constexpr std::string_view Ends = " \t\r\n\"'<>`\\";
    const std::size_t from = begin + 3;
    std::size_t end = std::min(m_text.find_first_of("/?# \t\r\n\"'<>`\\", from), m_text.size());
    std::string_view authority = part(from, end);
    std::size_t sign = authority.rfind('@');
    const std::size_t colon = authority.find(':');
    if (sign == authority.npos && colon != authority.npos && end < m_text.size() && m_text[end] != '"' &&
        authority.find_first_not_of("0123456789", colon + 1) != authority.npos && !authority.starts_with('[')) {
        // a password with a '/' or '#' in it, as it should not be written
        constexpr std::size_t Farthest = 256;
        const std::string_view near = part(from, std::min(from + Farthest, m_text.size()));
        const std::string_view whole = near.substr(0, std::min(near.find_first_of(Ends), near.size()));
        sign = whole.rfind('@');
        authority = whole;
        end = from + whole.size();
    }
    if (sign != authority.npos) {
        const std::string_view login = authority.substr(0, sign);
        const std::size_t split = login.find(':');
        const std::string_view secret = split == login.npos ? login : login.substr(split + 1);
        const bool isSecretText = split == login.npos ? looksRandom(secret) || tokenLength(secret) > 0
                                                      : !isPlaceholder(secret) && !secret.starts_with('%') &&
                                                            !(secret.starts_with("$(") || secret.starts_with("{{"));
        if (isSecretText)
            add(from + sign - secret.size(), from + sign, Mark::Safe);
        return from + sign + 1;
    }
    for (const Hook& hook : Hooks)
        if ((hook.host[0] == '.' ? authority.ends_with(hook.host) : authority == hook.host) &&
            m_text.compare(end, hook.path.size(), hook.path) == 0) {
            const std::size_t path = end + hook.path.size();
            const std::size_t last = std::min(m_text.find_first_of(" \t\r\n\"'<>`\\,)", path), m_text.size());
            add(path, last, Mark::Safe);
            return last;
        }
    return from;
}

/// user:password@tcp(host:3306)/db
void TextScan::login(std::size_t sign)
{
    if (at(sign + 1) != '(' && m_text.compare(sign + 1, 4, "tcp(") != 0 && m_text.compare(sign + 1, 5, "unix(") != 0)
        return;
    constexpr std::size_t Farthest = 256;
    std::size_t from = sign;
    while (from > 0 && sign - from < Farthest && !isSpace(m_text[from - 1]) && !isQuote(m_text[from - 1]))
        --from;
    connection(from, sign + 2);
}

void TextScan::connection(std::size_t begin, std::size_t end)
{
    constexpr std::size_t Longest = 2048;
    end = std::min(end, begin + Longest);
    std::string_view text = part(begin, end);
    const std::size_t sign = text.rfind('@');
    if (sign == text.npos || text.find("://") < sign) // those of URLs are found as such
        return;
    text = text.substr(0, sign);
    std::size_t colon = text.find(':');
    if (const std::size_t equals = text.find('='); equals < colon)
        begin += equals + 1, text.remove_prefix(equals + 1), colon = text.find(':');
    if (colon == text.npos || colon + 1 == text.size() || isPlaceholder(text.substr(colon + 1)))
        return;
    if (m_found.empty() || m_found.back().end <= begin + colon)
        add(begin + colon + 1, begin + text.size());
}

/// As crypt(3), htpasswd and LDAP write them: $2y$10$…, $apr1$…, {SSHA}…
std::size_t TextScan::passwordHash(std::size_t begin)
{
    constexpr auto Heads = std::to_array<std::string_view>({"$1$",
                                                            "$2a$",
                                                            "$2b$",
                                                            "$2y$",
                                                            "$5$",
                                                            "$6$",
                                                            "$y$",
                                                            "$7$",
                                                            "$apr1$",
                                                            "$argon2i$",
                                                            "$argon2d$",
                                                            "$argon2id$",
                                                            "$scrypt$",
                                                            "$pbkdf2-sha256$",
                                                            "$pbkdf2-sha512$",
                                                            "{SHA}",
                                                            "{SSHA}",
                                                            "{SHA256}",
                                                            "{SSHA256}",
                                                            "{SHA512}",
                                                            "{SSHA512}",
                                                            "{CRYPT}",
                                                            "{MD5}",
                                                            "{SMD5}",
                                                            "{PBKDF2}"});
    constexpr std::size_t Shortest = 20;
    const auto head = std::ranges::find_if(
        Heads, [&](std::string_view each) { return m_text.compare(begin, each.size(), each) == 0; });
    if (head == Heads.end())
        return begin + 1;
    std::size_t end = begin + head->size();
    while (isBase64Letter(at(end)) || at(end) == '=' || at(end) == '.' || at(end) == '$' || at(end) == ',')
        ++end;
    if (end - begin - head->size() < Shortest)
        return end;
    add(begin, end);
    return end;
}

std::size_t TextScan::base64(std::size_t begin)
{
    constexpr std::size_t Shortest = 24;
    if (begin < m_base64Until)
        return begin;
    const std::size_t end = base64End(m_text, begin);
    m_base64Until = end;
    if (end - begin < Shortest || m_depth >= DeepestDecoding)
        return begin;
    const std::string_view text = part(begin, end);
    const bool isReadable = mayHoldText(text);
    if (!isReadable && !mayHoldOpaque(text))
        return begin;
    const auto decoded = decodedBase64(text);
    if (!decoded)
        return begin;
    const bool isSecretText =
        isReadable && isText(*decoded) && !findSecrets(m_knowledge, *decoded, kindOf(*decoded), m_depth + 1).empty();
    if (!isSecretText && !isOpaque(*decoded))
        return begin;
    add(begin, end);
    return end;
}

/// Manifests of Secrets in YAML: all below data and stringData.
void TextScan::secretManifests()
{
    if (m_text.find("Secret") == m_text.npos || m_text.find("kind:") == m_text.npos)
        return;
    bool isSecretKind = false;
    std::vector<Found> inDocument;
    std::size_t dataIndent = 0;
    bool inData = false;
    const auto endDocument = [&] {
        if (isSecretKind)
            for (const Found& each : inDocument)
                add(each.begin, each.end);
        isSecretKind = false;
        inDocument.clear();
        inData = false;
    };
    for (std::size_t line = 0; line < m_text.size();) {
        const std::size_t next = lineEnd(line);
        const std::string_view whole = part(line, next);
        const std::string_view text = trimmed(whole);
        const std::size_t indent = indentOf(line);
        if (whole.starts_with("---"))
            endDocument();
        else if (text.ends_with("kind: Secret") || text.ends_with("kind: \"Secret\"") ||
                 text.ends_with("kind: 'Secret'"))
            isSecretKind = true;
        if (inData && !text.empty() && indent <= dataIndent)
            inData = false;
        if (text == "data:" || text == "stringData:") {
            inData = true;
            dataIndent = indent;
        } else if (inData && !text.empty()) {
            const std::size_t colon = text.find(": ");
            const std::string_view value =
                colon == text.npos ? (text.ends_with(':') ? "" : text) : trimmed(text.substr(colon + 2));
            if (!value.empty() && value.front() != '|' && value.front() != '>' && !isPlaceholder(value)) {
                const auto begin = static_cast<std::size_t>(value.data() - m_text.data());
                inDocument.push_back({begin, begin + value.size(), Mark::Plain});
            }
        }
        line = next + 1;
    }
    endDocument();
}

} // namespace snapshot
