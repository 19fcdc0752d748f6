#include "app/kube/rows.h"

#include "app/base/visible.h"

#include <QCryptographicHash>
#include <algorithm>

namespace kube {
namespace {

constexpr std::array<int, 4> UuidDashes{8, 13, 18, 23};

/// What is kept of a text for as long as the builder lives: one unit more than is ever shown, at three bytes a unit.
constexpr std::size_t LongestInterned = (base::LongestShownText + 1) * 3;

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

} // namespace

std::optional<Uid> uuidBytes(std::string_view text)
{
    if (text.size() != 36)
        return {};
    Uid uid{};
    std::size_t at = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (std::find(UuidDashes.begin(), UuidDashes.end(), static_cast<int>(i)) != UuidDashes.end()) {
            if (text[i++] != '-')
                return {};
            continue;
        }
        const int high = hexDigit(text[i]);
        const int low = hexDigit(text[i + 1]);
        if (high < 0 || low < 0)
            return {};
        uid[at++] = static_cast<std::uint8_t>(high * 16 + low);
        i += 2;
    }
    return uid;
}

QString uuidText(const Uid& uid)
{
    const QByteArray hex = QByteArray::fromRawData(reinterpret_cast<const char*>(uid.data()), 16).toHex();
    QString text = QString::fromLatin1(hex);
    for (const int dash : UuidDashes)
        text.insert(dash, QLatin1Char('-'));
    return text;
}

Uid digestUid(std::string_view text)
{
    const QByteArray digest = QCryptographicHash::hash(
        QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size())), QCryptographicHash::Sha1);
    Uid uid{};
    std::copy_n(digest.begin(), uid.size(), uid.begin());
    return uid;
}

RowBuilder::RowBuilder(std::size_t cellsARow) : m_row(cellsARow)
{
    m_batch.cellsARow = cellsARow;
    m_ids.emplace(std::string{}, 0);
}

void RowBuilder::begin()
{
    m_batch.arena.resize(m_arenaMark);
    m_head = {};
    m_nameSpace.clear();
    std::fill(m_row.begin(), m_row.end(), Cell{});
}

void RowBuilder::commit()
{
    m_batch.heads.push_back(m_head);
    m_batch.cells.insert(m_batch.cells.end(), m_row.begin(), m_row.end());
    m_arenaMark = m_batch.arena.size();
}

void RowBuilder::setName(std::string_view utf8)
{
    const Cell text = arenaText(utf8.substr(0, 4096)); // a name has at most 253 characters
    m_head.nameOffset = text.offset();
    m_head.nameLength = static_cast<std::uint16_t>(text.length());
}

void RowBuilder::setNamespace(std::string_view utf8)
{
    m_nameSpace = utf8;
    m_head.nameSpace = intern(utf8);
}

void RowBuilder::setUid(std::string_view uid)
{
    if (const auto bytes = uuidBytes(uid)) {
        m_head.uid = *bytes;
        return;
    }
    m_head.uidIsDigest = true;
    if (!uid.empty()) {
        m_head.uid = digestUid(uid);
        return;
    }
    std::string key = m_nameSpace + '/'; // and not its id, which is another one to the next builder
    key += std::string_view(m_batch.arena).substr(m_head.nameOffset, m_head.nameLength);
    m_head.uid = digestUid(key);
}

void RowBuilder::setInterned(std::size_t cell, std::string_view utf8)
{
    m_row[cell] = utf8.empty() ? Cell{} : Cell::interned(intern(utf8));
}

void RowBuilder::setText(std::size_t cell, std::string_view utf8)
{
    m_row[cell] = utf8.empty() ? Cell{} : arenaText(utf8);
}

TextId RowBuilder::intern(std::string_view utf8)
{
    utf8 = utf8.substr(0, LongestInterned);
    if (const auto known = m_ids.find(utf8); known != m_ids.end())
        return known->second;
    const auto id = static_cast<TextId>(m_ids.size());
    m_ids.emplace(std::string(utf8), id);
    m_batch.texts.push_back(base::visible(utf8));
    return id;
}

Cell RowBuilder::arenaText(std::string_view utf8)
{
    const auto offset = static_cast<std::uint32_t>(m_batch.arena.size());
    if (base::isHarmless(utf8)) {
        m_batch.arena += utf8;
        return Cell::arena(offset, static_cast<std::uint32_t>(utf8.size()));
    }
    const QByteArray shown = base::visible(utf8).toUtf8();
    m_batch.arena.append(shown.constData(), static_cast<std::size_t>(shown.size()));
    return Cell::arena(offset, static_cast<std::uint32_t>(shown.size()));
}

RowBatch RowBuilder::take()
{
    RowBatch taken = std::exchange(m_batch, RowBatch{});
    taken.arena.resize(m_arenaMark);
    m_batch.cellsARow = m_row.size();
    m_arenaMark = 0;
    return taken;
}

void RowBuilder::discardRows()
{
    m_batch.heads.clear();
    m_batch.cells.clear();
    m_batch.arena.clear();
    m_arenaMark = 0;
}

} // namespace kube
