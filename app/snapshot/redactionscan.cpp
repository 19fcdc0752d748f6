#include "app/snapshot/redactionscan.h"

#include "app/snapshot/redactionletters.h"

#include <QByteArray>
#include <algorithm>
#include <array>

namespace snapshot {

TextScan::TextScan(Knowledge& knowledge, std::string_view text, TextKind kind, int depth)
    : m_knowledge(knowledge),
      m_text(text),
      m_kind(kind),
      m_depth(depth)
{
}

std::vector<Found> TextScan::run()
{
    if (m_kind == TextKind::Config)
        secretManifests();
    for (std::size_t i = 0; i < m_text.size();) {
        const char c = m_text[i];
        if (isRunLetter(c)) {
            i = std::max(word(i), i + 1);
            continue;
        }
        switch (c) {
        case '\n':
            m_atLineStart = true;
            m_lineBegin = i + 1;
            m_program = {};
            ++i;
            break;
        case ';':
        case '|':
            m_program = {};
            ++i;
            break;
        case ':':
            i = at(i + 1) == '/' && at(i + 2) == '/' ? url(i) : i + 1;
            break;
        case '@':
            login(i);
            ++i;
            break;
        case '$':
        case '{':
            i = passwordHash(i);
            break;
        default:
            ++i;
        }
    }
    return std::move(m_found);
}

void TextScan::add(std::size_t begin, std::size_t end, Mark style)
{
    if (begin >= end || isMark(part(begin, end)))
        return;
    // a mark has a space in it, where most values end
    constexpr std::size_t LongestMark = 40;
    const std::size_t close = part(begin, std::min(begin + LongestMark, m_text.size())).find('>');
    if (close == std::string_view::npos || end > begin + close + 1 || !isMark(part(begin, begin + close + 1)))
        m_found.push_back({begin, end, style});
}

std::size_t TextScan::lineEnd(std::size_t from) const
{
    return std::min(m_text.find('\n', from), m_text.size());
}

std::size_t TextScan::word(std::size_t begin)
{
    std::size_t end = begin;
    while (end < m_text.size() && isRunLetter(m_text[end]))
        ++end;
    Name found{.begin = begin, .end = end};
    while (found.begin < end && m_text[found.begin] == '-')
        ++found.begin;
    found.dashes = found.begin - begin;
    if (found.begin == end)
        return end;
    const std::string_view whole = part(found.begin, end);
    if (found.dashes >= 5 && (whole == "BEGIN" || whole == "END"))
        return pem(begin);
    std::string_view text = whole;
    while (text.size() > 1 && (text.back() == '.' || text.back() == '-'))
        text.remove_suffix(1);
    if (const std::size_t length = tokenLength(text)) {
        add(found.begin, found.begin + length);
        return end;
    }
    if (const std::size_t after = base64(found.begin); after > found.begin)
        return after;
    if (const std::size_t after = scheme(found.begin, end); after > end)
        return after;
    if (const std::size_t after = programFlag(begin, end); after > end)
        return after;
    found.isFirst = m_atLineStart;
    m_atLineStart = m_atLineStart && (text == "export" || text == "set" || text == "ENV" || text == "env");
    found.isQuoted = found.begin > 0 && isQuote(m_text[found.begin - 1]);
    found.isQuery = found.begin > 0 && (m_text[found.begin - 1] == '?' || m_text[found.begin - 1] == '&' ||
                                        part(0, found.begin).ends_with("&amp;"));
    constexpr std::size_t LongestName = 256;
    return text.size() > LongestName ? end : name(found);
}

std::size_t TextScan::name(const Name& name)
{
    std::size_t after = name.end;
    if (name.begin > 0 && m_text[name.begin - 1] == '<' && at(after) == '>')
        return element(name);
    if (name.begin > 1 && m_text[name.begin - 1] == '{' && m_text[name.begin - 2] == '$' && at(after) == ':')
        return after; // the default in ${NAME:-…}
    bool isClosed = false;
    if (name.isQuoted) {
        std::size_t quote = after;
        while (at(quote) == '\\' && quote < after + 8)
            ++quote;
        if (at(quote) == m_text[name.begin - 1]) {
            after = quote + 1;
            isClosed = true;
        }
    }
    std::size_t separator = after;
    constexpr std::size_t MostSpaces = 32;
    while (isBlank(at(separator)) && separator < after + MostSpaces)
        ++separator;
    const char c = at(separator);
    Name told = name;
    told.isQuoted = isClosed;
    if (c == '=' && at(separator + 1) != '=')
        return valueOf(told, separator + (at(separator + 1) == '>' ? 2 : 1), '=');
    if (c == ':' && at(separator + 1) == '=')
        return valueOf(told, separator + 2, '=');
    if (c == ':' && at(separator + 1) != ':' && part(separator, std::min(separator + 3, m_text.size())) != "://") {
        // "acme/token:1.2" is an image
        const bool isImage =
            !isClosed && name.begin > 0 && m_text[name.begin - 1] == '/' && !isSpace(at(separator + 1));
        return isImage ? name.end : valueOf(told, separator + 1, ':');
    }
    if (c == '%' && at(separator + 1) == '3' && (at(separator + 2) | 0x20) == 'd')
        return valueOf(told, separator + 3, '=');
    if (separator > after)
        return restOfLine(told, separator);
    return name.end;
}

/// A name with neither '=' nor ':' behind it: a flag, a line of two words, SQL, .netrc.
std::size_t TextScan::restOfLine(const Name& name, std::size_t from)
{
    const std::string_view text = part(name.begin, name.end);
    const Naming naming = m_knowledge.namings.of(text);
    if (naming < Naming::Maybe) {
        const bool isIdentified = text.size() == 2 && (text == "BY" || text == "by") && at(from) == '\'';
        const bool isSql =
            isIdentified && part(m_lineBegin, name.begin).size() >= 11 &&
            part(0, name.begin).substr(name.begin - 11, 10) == (text == "BY" ? "IDENTIFIED" : "identified");
        if (!isSql)
            return name.end;
        const Value value = quotedValue(from);
        add(value.begin, value.end);
        return value.end;
    }
    if (name.dashes == 1 || name.dashes == 2) {
        if (at(from) == '-' || from >= m_text.size())
            return name.end;
        const Value value = isQuote(at(from)) ? quotedValue(from) : Value{from, unquotedEnd(from, false)};
        if (!isSecret(m_knowledge, naming, part(value.begin, value.end), Where::Variable))
            return name.end;
        add(value.begin, value.end);
        return value.end;
    }
    if (naming == Naming::Password && at(from) == '\'') { // ALTER USER … PASSWORD '…'
        const Value value = quotedValue(from);
        if (!isSecret(m_knowledge, naming, part(value.begin, value.end), Where::Prose))
            return name.end;
        add(value.begin, value.end);
        return value.end;
    }
    const std::size_t end = std::min(m_text.find_first_of(" \t\r\n", from), m_text.size());
    constexpr std::size_t FarthestLogin = 200;
    const std::string_view before =
        part(std::max(m_lineBegin, name.begin - std::min(name.begin, FarthestLogin)), name.begin);
    const bool isNetrc = naming == Naming::Password && before.find("login ") != before.npos;
    const bool isInsecure = text == "insecure-password";
    const std::size_t next = std::min(m_text.find_first_not_of(" \t\r", end), m_text.size());
    const bool isAlone = m_kind == TextKind::Config && name.isFirst && (next == m_text.size() || m_text[next] == '\n');
    if (!isNetrc && !isInsecure && !isAlone)
        return name.end;
    const Value value = isQuote(at(from)) ? quotedValue(from) : Value{from, end};
    const Where where = naming == Naming::Password ? Where::Field : Where::Prose;
    if (!isSecret(m_knowledge, naming, part(value.begin, value.end), where))
        return name.end;
    add(value.begin, value.end);
    return value.end;
}

/// <password>…</password>
std::size_t TextScan::element(const Name& name)
{
    const Naming naming = m_knowledge.namings.of(part(name.begin, name.end));
    if (naming < Naming::Maybe)
        return name.end;
    const std::size_t begin = name.end + 1;
    const std::size_t end = std::min(m_text.find('<', begin), m_text.size());
    if (!isSecret(m_knowledge, naming, trimmed(part(begin, end)), Where::Variable))
        return name.end;
    add(begin, end);
    return end;
}

/// The value of an entry (`name: DB_PASSWORD`, `value: …`) goes by the entry's name.
Naming TextScan::namingOfValue(const Name& name, std::size_t from)
{
    constexpr std::size_t Farthest = 256;
    constexpr std::size_t LongestEntry = 128;
    const std::string_view text = part(name.begin, name.end);
    if (isSame(text, "name") || isSame(text, "key")) {
        const Value value = valueFrom(name, from, '=', LongestEntry + 1);
        if (value.size() > 0 && value.size() <= LongestEntry) {
            m_entry = trimmed(part(value.begin, value.end));
            m_entryEnd = value.end;
            if (value.isQuoted && at(value.end + 1) == '>') { // <entry key="password">…</entry>
                const Naming naming = m_knowledge.namings.of(m_entry);
                const std::size_t begin = value.end + 2;
                const std::string_view near = part(begin, std::min(begin + Near, m_text.size()));
                const std::size_t end = begin + std::min(near.find('<'), near.size());
                if (isSecret(m_knowledge, naming, trimmed(part(begin, end)), Where::Variable))
                    add(begin, end);
            }
        }
        if (!name.isQuery)
            return Naming::Reference;
    }
    if (isSame(text, "value") && !m_entry.empty() && name.begin < m_entryEnd + Farthest)
        return m_knowledge.namings.of(m_entry);
    if (name.isQuery) {
        constexpr auto Signatures = std::to_array<std::string_view>(
            {"sig", "signature", "x-amz-signature", "x-goog-signature", "x-oss-signature", "q-signature", "auth"});
        if (std::ranges::any_of(Signatures, [&](std::string_view each) { return isSame(text, each); }))
            return Naming::Credential;
        if (isSame(text, "key") || isSame(text, "code"))
            return Naming::Maybe;
    }
    return m_knowledge.namings.of(text);
}

std::size_t TextScan::valueOf(const Name& name, std::size_t from, char separator)
{
    const std::string_view text = part(name.begin, name.end);
    if (isSame(text, "cookie") || isSame(text, "set-cookie"))
        return cookies(from, text.size() > 6);
    if (text.size() >= 13 && isSame(text.substr(text.size() - 13), "authorization"))
        return authorization(from);
    const Naming naming = namingOfValue(name, from);
    if (naming == Naming::Connection) {
        const Value value = valueFrom(name, from, separator, Near);
        connection(value.begin, value.end);
        return name.end;
    }
    if (naming < Naming::Maybe)
        return name.end;
    const std::size_t begin = std::min(m_text.find_first_not_of(" \t", from), m_text.size());
    if (m_kind == TextKind::Config && separator == ':' && naming >= Naming::Object) {
        if (const char c = at(begin); c == '|' || c == '>')
            return block(name, begin);
        if (begin == m_text.size() || m_text[begin] == '\n' || m_text[begin] == '\r')
            return naming == Naming::Object ? name.end : listBelow(name, begin);
    }
    const Value value = valueFrom(name, from, separator, naming == Naming::Maybe ? Near : NoLimit);
    if (value.size() == 0)
        return name.end;
    const bool isOpenQuote = name.begin > 0 && isQuote(m_text[name.begin - 1]); // -H "X-Token: …"
    const bool isSentence = separator == ':' && !name.isQuoted && !isOpenQuote && isBlank(at(from)) &&
                            !(m_kind == TextKind::Config && name.isFirst);
    const bool isEntry = isSame(text, "value");
    const bool isVariable = isEntry || name.dashes > 0 ||
                            (separator == '=' && text.find_first_of("abcdefghijklmnopqrstuvwxyz") == text.npos);
    const Where where = isSentence ? Where::Prose : isVariable ? Where::Variable : Where::Field;
    if ((isSentence && goesOn(value)) || !isSecret(m_knowledge, naming, part(value.begin, value.end), where))
        return name.end;
    add(value.begin, value.end, name.isQuery ? Mark::Safe : Mark::Plain);
    return value.end;
}

/// True for a word that another follows: "password: illegal base64 data".
bool TextScan::goesOn(const Value& value) const
{
    const auto isLower = [](char c) { return c >= 'a' && c <= 'z'; };
    if (value.isQuoted || !std::ranges::all_of(part(value.begin, value.end), isLower) || at(value.end) != ' ')
        return false;
    constexpr std::size_t LongestWord = 32;
    std::size_t end = value.end + 1;
    while (end < value.end + LongestWord && isRunLetter(at(end)))
        ++end;
    return end > value.end + 1 && at(end) != '=' && at(end) != ':';
}

std::size_t TextScan::scheme(std::size_t begin, std::size_t end)
{
    const std::string_view word = part(begin, end);
    const bool isBearer = isSame(word, "bearer");
    if ((!isBearer && !isSame(word, "basic")) || !isBlank(at(end)))
        return end;
    std::size_t first = end;
    while (isBlank(at(first)))
        ++first;
    std::size_t last = first;
    while (isRunLetter(at(last)) || at(last) == '+' || at(last) == '/' || at(last) == '=' || at(last) == '~')
        ++last;
    const std::string_view credentials = part(first, last);
    if (isBearer) {
        constexpr std::size_t Shortest = 8;
        constexpr std::size_t Long = 24;
        const bool hasDigit = credentials.find_first_of("0123456789") != credentials.npos;
        if (credentials.size() < Shortest || (!hasDigit && credentials.size() < Long && !looksRandom(credentials)))
            return end;
    } else {
        const QByteArray bytes =
            QByteArray::fromBase64(QByteArray(credentials.data(), static_cast<qsizetype>(credentials.size())));
        if (credentials.size() < 4 || bytes.indexOf(':') < 0 || !isText(std::string_view(bytes.data(), bytes.size())))
            return end;
    }
    add(first, last);
    return last;
}

std::size_t TextScan::programFlag(std::size_t begin, std::size_t end)
{
    if (m_text[begin] != '-') {
        constexpr std::size_t LongestProgram = 16;
        if (end - begin <= LongestProgram && shortFlag(part(begin, end), "-px") != ShortFlag::None)
            m_program = part(begin, end);
        else if (const std::string_view word = part(begin, end); word == "curl" || word == "redis-cli" ||
                                                                 word.starts_with("ldap") || word == "docker" ||
                                                                 word == "helm" || word.starts_with("mongo"))
            m_program = word;
        return end;
    }
    if (m_program.empty())
        return end;
    const ShortFlag flag = shortFlag(m_program, part(begin, end));
    if (flag == ShortFlag::None)
        return end;
    std::size_t from = begin + 2;
    if (flag == ShortFlag::Next || flag == ShortFlag::UserAndNext) {
        from = end;
        while (isBlank(at(from)))
            ++from;
        if (from == end)
            return end;
    }
    Value value = isQuote(at(from)) ? quotedValue(from) : Value{from, unquotedEnd(from, false)};
    if (flag == ShortFlag::UserAndNext || flag == ShortFlag::UserAttached) {
        const std::size_t colon = part(value.begin, value.end).find(':');
        if (colon == std::string_view::npos)
            return end;
        value.begin += colon + 1;
    }
    if (isPlaceholder(part(value.begin, value.end)))
        return end;
    add(value.begin, value.end);
    return value.end;
}

} // namespace snapshot
