#include "app/kube/itemsplitter.h"

#include <algorithm>

namespace kube {

namespace {

constexpr int AroundItem = 2; // the list's { and the member's [

bool isBlank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

tl::unexpected<base::Error> badAnswer(const QString& reason)
{
    return base::failure({.kind = base::ErrorKind::BadAnswer, .reason = reason});
}

tl::unexpected<base::Error> malformed()
{
    return badAnswer(QStringLiteral("listMalformed"));
}

tl::unexpected<base::Error> tooMuch(const QString& reason)
{
    return base::failure({.kind = base::ErrorKind::Limit, .reason = reason});
}

} // namespace

base::Result<void> ItemSplitter::commit(std::size_t count, const JsonFunction& item)
{
    if (!m_failure) {
        m_buffer.filled(count);
        if (const auto done = split(item); !done)
            m_failure = done.error();
    }
    if (!m_failure)
        return {};
    m_buffer.clear();
    return base::failure(*m_failure);
}

base::Result<void> ItemSplitter::split(const JsonFunction& item)
{
    const char* at = m_buffer.unseen();
    while (at != m_buffer.end()) {
        if (m_place == Place::InItem) {
            if (auto taken = takeItem(at, item); !taken)
                return taken;
            continue;
        }
        if (m_place != Place::Rest && isBlank(*at)) {
            ++at;
            continue;
        }
        if (auto taken = takeByte(*at); !taken)
            return taken;
        if (m_place == Place::InItem)
            m_buffer.keep(at, at); // the brace is the item's
        else
            ++at;
    }
    m_buffer.keep(m_place == Place::InItem ? m_buffer.kept() : at, at);
    return {};
}

base::Result<void> ItemSplitter::takeItem(const char*& at, const JsonFunction& item)
{
    const auto found = m_scan.scan(at, m_buffer.end());
    const std::string_view json(m_buffer.kept(), static_cast<std::size_t>(at - m_buffer.kept()));
    if (json.size() > LongestItem)
        return tooMuch(QStringLiteral("itemTooLong"));
    switch (found) {
    case BracketScan::Found::Nothing:
        return {};
    case BracketScan::Found::TooDeep:
        return tooMuch(QStringLiteral("jsonTooDeep"));
    case BracketScan::Found::End:
        break;
    }
    if (json.back() != '}')
        return malformed();
    m_place = Place::BehindItem;
    return item(json, m_buffer.readableFrom(json.data()));
}

base::Result<void> ItemSplitter::takeByte(char c)
{
    switch (m_place) {
    case Place::BeforeList:
        if (c != '{')
            return malformed();
        break;
    case Place::Rest:
        break;
    case Place::FirstItem:
    case Place::NextItem:
        if (c == '{') {
            m_scan.begin(AroundItem);
            m_place = Place::InItem;
            return {};
        }
        if (c == ']' && m_place == Place::FirstItem)
            break;
        return c == ']' || c == ',' ? malformed() : badAnswer(QStringLiteral("itemNoObject"));
    case Place::BehindItem:
        if (c == ']')
            break;
        if (c != ',')
            return malformed();
        m_place = Place::NextItem;
        return {};
    case Place::InItem:
    case Place::BehindList:
        return malformed();
    }
    m_place = Place::Rest;
    return takeRest(c);
}

base::Result<void> ItemSplitter::takeRest(char c)
{
    const auto step = m_rest.take(c);
    if (!step)
        return base::failure(step.error());
    if (*step == ListRest::Step::ItemsBegin)
        m_place = Place::FirstItem;
    else if (*step == ListRest::Step::Complete)
        m_place = Place::BehindList;
    return {};
}

base::Result<void> ItemSplitter::take(QByteArrayView bytes, const JsonFunction& item)
{
    while (!bytes.isEmpty()) {
        const std::span<char> room = space();
        const auto count = std::min(static_cast<qsizetype>(room.size()), bytes.size());
        std::copy_n(bytes.data(), count, room.data());
        bytes = bytes.sliced(count);
        if (auto taken = commit(static_cast<std::size_t>(count), item); !taken)
            return taken;
    }
    return {};
}

base::Result<QByteArray> ItemSplitter::finish() const
{
    if (m_failure)
        return base::failure(*m_failure);
    if (m_place != Place::BehindList)
        return badAnswer(QStringLiteral("listTruncated"));
    return m_rest.text();
}

} // namespace kube
