#include "app/kube/listrest.h"

#include "app/kube/bracketscan.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace kube {

namespace {

tl::unexpected<base::Error> badAnswer(const QString& reason)
{
    return base::failure({.kind = base::ErrorKind::BadAnswer, .reason = reason});
}

tl::unexpected<base::Error> tooMuch(const QString& reason)
{
    return base::failure({.kind = base::ErrorKind::Limit, .reason = reason});
}

} // namespace

base::Result<ListRest::Step> ListRest::take(char c)
{
    if (m_text.size() == Longest)
        return tooMuch(QStringLiteral("listHeadTooLong"));
    m_text += c;
    if (!m_inString)
        return takeOutsideString(c);
    if (m_escaped)
        m_escaped = false;
    else if (c == '\\')
        m_escaped = true;
    else if (c == '"')
        return endString();
    return Step::Goes;
}

base::Result<ListRest::Step> ListRest::takeOutsideString(char c)
{
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
        return Step::Goes;
    if (m_awaitsItems && c != '[' && c != 'n') // null: Go's encoding of a list that has none
        return badAnswer(QStringLiteral("itemsNoArray"));
    const bool beginsItems = std::exchange(m_awaitsItems, false) && c == '[';
    switch (c) {
    case '"':
        m_inString = true;
        m_string = m_text.size() - 1;
        break;
    case '{':
    case '[':
        if (++m_depth > DeepestJson)
            return tooMuch(QStringLiteral("jsonTooDeep"));
        m_awaitsName = m_depth == 1;
        break;
    case '}':
    case ']':
        if (--m_depth == 0)
            return Step::Complete;
        break;
    case ',':
        m_awaitsName = m_depth == 1;
        break;
    case ':':
        m_awaitsItems = m_depth == 1 && std::exchange(m_named, false);
        break;
    default:
        break;
    }
    return beginsItems ? Step::ItemsBegin : Step::Goes;
}

base::Result<ListRest::Step> ListRest::endString()
{
    m_inString = false;
    if (!std::exchange(m_awaitsName, false))
        return Step::Goes;
    m_named = isMember(std::string_view(m_text).substr(m_string));
    if (m_named && std::exchange(m_hasMember, true))
        return badAnswer(QStringLiteral("itemsTwice"));
    return Step::Goes;
}

bool ListRest::isMember(std::string_view quoted) const
{
    if (quoted.find('\\') == std::string_view::npos)
        return quoted.substr(1, quoted.size() - 2) == m_member;
    // Escaped letters name the same member; unread they would turn a list into an empty one.
    const auto name = nlohmann::json::parse(quoted, nullptr, false);
    return name.is_string() && name.get_ref<const std::string&>() == m_member;
}

base::Result<QByteArray> ListRest::text() const
{
    if (!nlohmann::json::accept(m_text))
        return badAnswer(QStringLiteral("listMalformed"));
    return QByteArray::fromStdString(m_text);
}

} // namespace kube
