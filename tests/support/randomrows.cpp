#include "tests/support/randomrows.h"

#include <cstring>

namespace support {
namespace {

enum Cells : std::size_t { State, Message, Number, Count };

} // namespace

kube::Uid RandomRows::uidBytes(int uid)
{
    kube::Uid bytes{};
    std::memcpy(bytes.data(), &uid, sizeof uid);
    return bytes;
}

std::vector<kube::Column> RandomRows::columns()
{
    using Source = kube::ColumnSource;
    const auto text = [](const char* header, Source source, int cell, const char* type) {
        kube::Column column;
        column.header = QString::fromLatin1(header);
        column.source = source;
        column.cell = cell;
        column.type = QString::fromLatin1(type);
        return column;
    };
    return {text("Namespace", Source::Namespace, -1, "string"), text("Name", Source::Name, -1, "string"),
            text("Status", Source::Cell, State, "string"), text("Message", Source::Cell, Message, "string"),
            text("Count", Source::Cell, Number, "integer")};
}

KnownRow RandomRows::read(const kube::RowView& row)
{
    KnownRow known;
    std::memcpy(&known.uid, row.head->uid.data(), sizeof known.uid);
    known.nameSpace = row.nameSpace();
    known.name = QString::fromUtf8(row.name().data(), static_cast<qsizetype>(row.name().size()));
    if (row.cells[State].type() == kube::Cell::Type::Interned)
        known.state = row.text(row.cells[State].textId());
    if (row.cells[Message].type() == kube::Cell::Type::Arena) {
        const auto text = row.text(row.cells[Message].offset(), row.cells[Message].length());
        known.message = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }
    known.number = row.cells[Number].number();
    known.version = row.head->resourceVersion;
    return known;
}

QString RandomRows::word()
{
    static const QStringList words{QStringLiteral("alpha"), QStringLiteral("beta"), QStringLiteral("gamma"),
                                   QStringLiteral("Delta"), QStringLiteral("网络"), QStringLiteral("x")};
    return words[below(static_cast<int>(words.size()))];
}

KnownRow RandomRows::fresh()
{
    KnownRow row{.uid = m_nextUid++};
    row.nameSpace = below(8) == 0 ? QString() : QStringLiteral("ns-%1").arg(below(6));
    row.name = QStringLiteral("%1-%2").arg(word()).arg(below(500));
    change(row);
    return row;
}

void RandomRows::change(KnownRow& row)
{
    row.version = ++m_version;
    switch (below(4)) {
    case 0:
        row.state = below(5) == 0 ? QString() : word();
        break;
    case 1:
        row.message = below(5) == 0 ? QString() : (word() + QLatin1Char(' ')).repeated(1 + below(6)).trimmed();
        break;
    case 2:
        row.number = below(20) - 5;
        break;
    default: // only its version moves
        break;
    }
}

void RandomRows::put(const KnownRow& row)
{
    m_builder->begin();
    m_builder->setNamespace(row.nameSpace.toStdString());
    m_builder->setName(row.name.toStdString());
    m_builder->head().uid = uidBytes(row.uid);
    m_builder->head().resourceVersion = row.version;
    m_builder->setInterned(State, row.state.toStdString());
    m_builder->setText(Message, row.message.toStdString());
    m_builder->set(Number, kube::Cell::number(row.number));
    m_builder->commit();
}

std::shared_ptr<kube::ChangeSet> RandomRows::take(kube::ChangeSet::Kind kind)
{
    auto changes = std::make_shared<kube::ChangeSet>();
    changes->kind = kind;
    changes->rows = m_builder->take();
    return changes;
}

std::shared_ptr<const kube::ChangeSet> RandomRows::begin(int rows)
{
    m_builder = std::make_unique<kube::RowBuilder>(Count);
    m_rows.clear();
    for (int i = 0; i < rows; ++i) {
        const KnownRow row = fresh();
        m_rows[row.uid] = row;
        put(row);
    }
    auto changes = take(kube::ChangeSet::Kind::Replace);
    changes->columns = std::make_shared<const std::vector<kube::Column>>(columns());
    return changes;
}

std::shared_ptr<const kube::ChangeSet> RandomRows::append(int rows)
{
    for (int i = 0; i < rows; ++i) {
        const KnownRow row = fresh();
        m_rows[row.uid] = row;
        put(row);
    }
    return take(kube::ChangeSet::Kind::Append);
}

std::shared_ptr<const kube::ChangeSet> RandomRows::replace()
{
    std::map<int, KnownRow> kept;
    const int odds = 2 + below(20);
    for (auto [uid, row] : m_rows) {
        if (below(odds) == 0)
            continue;
        if (below(3) == 0)
            change(row);
        kept[uid] = row;
    }
    for (int i = below(30); i > 0; --i) {
        const KnownRow row = fresh();
        kept[row.uid] = row;
    }
    std::vector<KnownRow> order;
    for (const auto& [uid, row] : kept)
        order.push_back(row);
    std::shuffle(order.begin(), order.end(), m_random);
    for (const KnownRow& row : order)
        put(row);
    m_rows = std::move(kept);
    return take(kube::ChangeSet::Kind::Replace);
}

std::shared_ptr<const kube::ChangeSet> RandomRows::events(int count)
{
    std::vector<kube::ChangeSet::Event> events;
    std::vector<int> touched; // so that one object often has several events in a batch
    const auto someUid = [&] {
        if (!touched.empty() && below(3) == 0)
            return touched[static_cast<std::size_t>(below(static_cast<int>(touched.size())))];
        if (m_rows.empty() || below(20) == 0)
            return below(m_nextUid); // maybe one that went
        return std::next(m_rows.begin(), below(static_cast<int>(m_rows.size())))->first;
    };
    for (int i = 0; i < count; ++i) {
        KnownRow row;
        const int what = below(10);
        if (what < 3) {
            row = fresh();
        } else {
            row.uid = someUid();
            if (const auto known = m_rows.find(row.uid); known != m_rows.end()) {
                row = known->second;
            } else {
                row.nameSpace = QStringLiteral("again");
                row.name = word();
            }
            change(row);
        }
        put(row);
        const bool deleted = what >= 7;
        events.push_back({uidBytes(row.uid), deleted ? -1 : i});
        touched.push_back(row.uid);
        if (deleted)
            m_rows.erase(row.uid);
        else
            m_rows[row.uid] = row;
    }
    auto changes = take(kube::ChangeSet::Kind::Events);
    changes->events = std::move(events);
    return changes;
}

std::shared_ptr<const kube::ChangeSet> RandomRows::next()
{
    switch (below(12)) {
    case 0:
        return append(below(40));
    case 1:
        return replace();
    default:
        return events(1 + below(25));
    }
}

} // namespace support
