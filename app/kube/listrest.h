#pragma once
// A list without its items, byte by byte: finds where the items begin, and is small enough to be kept and parsed whole.

#include "app/base/result.h"

#include <QByteArray>
#include <string>
#include <string_view>

namespace kube {

class ListRest {
public:
    enum class Step {
        Goes,
        ItemsBegin, ///< behind the [ of the items: the next byte to be taken is the ] that closes it
        Complete,   ///< the list's last brace
    };

    /// In bytes; more is Error{Limit, "listHeadTooLong"}.
    static constexpr std::size_t Longest = 1U << 20U;

    /// `member`: the name of the member that holds the items.
    explicit ListRest(std::string_view member) : m_member(member) {}

    /// Takes the next byte, the list's first brace to begin with. Error{BadAnswer}: "itemsNoArray", "itemsTwice";
    /// Error{Limit}: "jsonTooDeep", "listHeadTooLong". Whether it all is JSON is told by text().
    base::Result<Step> take(char c);
    /// What was taken; Error{BadAnswer, "listMalformed"} when it is not JSON.
    base::Result<QByteArray> text() const;

private:
    base::Result<Step> takeOutsideString(char c);
    base::Result<Step> endString();
    bool isMember(std::string_view quoted) const;

    std::string m_member;
    std::string m_text;
    int m_depth = 0;
    std::size_t m_string = 0; ///< where the last string began
    bool m_inString = false;
    bool m_escaped = false;
    bool m_awaitsName = false;  ///< the next string names a member of the list itself
    bool m_named = false;       ///< the last such name was m_member
    bool m_awaitsItems = false; ///< behind the colon of m_member
    bool m_hasMember = false;
};

} // namespace kube
