#include "tests/support/referencesplitter.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <simdjson.h>

namespace support {

namespace {

constexpr std::size_t MostRest = 1 << 20;
constexpr std::size_t MostItem = 32 << 20;
constexpr int MostBrackets = 256;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

class Reference {
public:
    Reference(std::string_view text, std::string_view member) : m_text(text), m_member(member) {}

    SplitList run()
    {
        readList();
        if (m_list.failure.isEmpty() && !nlohmann::json::accept(m_list.rest))
            fail("listMalformed");
        if (!m_list.failure.isEmpty())
            m_list.rest.clear();
        return m_list;
    }

private:
    bool fail(const char* reason)
    {
        m_list.failure = QString::fromLatin1(reason);
        return false;
    }
    bool atEnd() const { return m_at == m_text.size(); }
    /// Stands on the next byte that is no blank.
    bool skipBlanks()
    {
        while (!atEnd() && isBlank(m_text[m_at]))
            ++m_at;
        return !atEnd() || fail("listTruncated");
    }
    /// The next byte of what is no item.
    bool take(char& c)
    {
        if (atEnd())
            return fail("listTruncated");
        if (m_list.rest.size() == MostRest)
            return fail("listHeadTooLong");
        c = m_text[m_at++];
        m_list.rest += c;
        return true;
    }

    void readList()
    {
        if (!skipBlanks())
            return;
        if (m_text[m_at] != '{') {
            fail("listMalformed");
            return;
        }
        if (!readRest())
            return;
        if (skipBlanks())
            fail("listMalformed");
        else
            m_list.failure.clear();
    }

    bool readRest()
    {
        int depth = 0;
        bool mayName = false;
        bool named = false;
        bool valueIsItems = false;
        char c = 0;
        do {
            if (!take(c))
                return false;
            if (isBlank(c))
                continue;
            const bool isItems = std::exchange(valueIsItems, false);
            if (isItems && c != '[' && c != 'n')
                return fail("itemsNoArray");
            if (c == '"') {
                std::string text;
                if (!readString(text))
                    return false;
                if (depth == 1 && std::exchange(mayName, false)) {
                    const auto name = nlohmann::json::parse(text, nullptr, false);
                    named = text == '"' + m_member + '"' || (text.find('\\') != std::string::npos && name == m_member);
                    if (named && std::exchange(m_hasItems, true))
                        return fail("itemsTwice");
                }
            } else if (c == '{' || c == '[') {
                if (++depth > MostBrackets)
                    return fail("jsonTooDeep");
                mayName = depth == 1;
                if (isItems) {
                    if (!readItems())
                        return false;
                }
            } else if (c == '}' || c == ']') {
                --depth;
            } else if (c == ',') {
                mayName = depth == 1;
            } else if (c == ':') {
                valueIsItems = depth == 1 && std::exchange(named, false);
            }
        } while (depth > 0);
        return true;
    }

    bool readString(std::string& text)
    {
        text = "\"";
        for (char c = 0;;) {
            if (!take(c))
                return false;
            text += c;
            if (c == '"')
                return true;
            if (c == '\\') {
                if (!take(c))
                    return false;
                text += c;
            }
        }
    }

    /// Stops on the bracket that closes the items.
    bool readItems()
    {
        for (bool first = true;; first = false) {
            if (!skipBlanks())
                return false;
            if (first && m_text[m_at] == ']')
                return true;
            if (m_text[m_at] == ']' || m_text[m_at] == ',')
                return fail("listMalformed");
            if (m_text[m_at] != '{')
                return fail("itemNoObject");
            if (!readItem() || !skipBlanks())
                return false;
            if (m_text[m_at] == ']')
                return true;
            if (m_text[m_at++] != ',')
                return fail("listMalformed");
        }
    }

    bool readItem()
    {
        const std::size_t begin = m_at;
        int depth = 0;
        bool inString = false;
        do {
            if (m_at - begin > MostItem)
                return fail("itemTooLong");
            if (atEnd())
                return fail("listTruncated");
            const char c = m_text[m_at++];
            if (c == '\\' && !atEnd() && (m_text[m_at] == '"' || m_text[m_at] == '\\'))
                ++m_at;
            else if (c == '"')
                inString = !inString;
            else if (!inString && (c == '{' || c == '['))
                ++depth;
            else if (!inString && (c == '}' || c == ']'))
                --depth;
            if (depth + 2 > MostBrackets)
                return fail("jsonTooDeep");
        } while (depth > 0);
        if (m_at - begin > MostItem)
            return fail("itemTooLong");
        if (m_text[m_at - 1] != '}')
            return fail("listMalformed");
        m_list.items.emplace_back(m_text.substr(begin, m_at - begin));
        return true;
    }

    std::string_view m_text;
    std::string m_member;
    std::size_t m_at = 0;
    bool m_hasItems = false;
    SplitList m_list;
};

} // namespace

SplitList splitPlainly(std::string_view text, std::string_view member)
{
    return Reference(text, member).run();
}

SplitList splitInPieces(kube::ItemSplitter& splitter, std::string_view text, const std::function<std::size_t()>& next)
{
    SplitList list;
    const auto take = [&list](std::string_view json, std::size_t readable) -> base::Result<void> {
        if (readable < json.size() + simdjson::SIMDJSON_PADDING)
            qFatal("an item without padding behind it");
        list.items.emplace_back(json);
        return {};
    };
    while (!text.empty()) {
        const auto space = splitter.space();
        const std::size_t count = std::min({next(), space.size(), text.size()});
        std::memcpy(space.data(), text.data(), count);
        text.remove_prefix(count);
        if (const auto done = splitter.commit(count, take); !done)
            break;
    }
    if (const auto rest = splitter.finish())
        list.rest = rest->toStdString();
    else
        list.failure = rest.error().reason;
    return list;
}

SplitList splitInPieces(std::string_view text, std::size_t size, std::string_view member)
{
    kube::ItemSplitter splitter(member);
    return splitInPieces(splitter, text, [size] { return size; });
}

} // namespace support
