#pragma once
// Change sets from a seed, with the plainest possible memory of what they say beside them.

#include "app/kube/listwatch.h"
#include "app/kube/rowview.h"

#include <map>
#include <random>

namespace support {

/// An object as the oracle knows it.
struct KnownRow {
    int uid = 0;
    QString nameSpace;
    QString name;
    QString state;   ///< interned
    QString message; ///< in the arena
    std::int64_t number = 0;
    std::uint64_t version = 0;
    bool operator==(const KnownRow&) const = default;
};

class RandomRows {
public:
    explicit RandomRows(unsigned seed) : m_random(seed) {}

    /// Columns and a first part of rows.
    std::shared_ptr<const kube::ChangeSet> begin(int rows);
    /// The next one: rows more, a whole list, or events.
    std::shared_ptr<const kube::ChangeSet> next();
    std::shared_ptr<const kube::ChangeSet> append(int rows);
    std::shared_ptr<const kube::ChangeSet> replace();
    std::shared_ptr<const kube::ChangeSet> events(int count);

    /// What there is after the last change set, by uid.
    const std::map<int, KnownRow>& rows() const { return m_rows; }
    int below(int limit) { return static_cast<int>(m_random() % static_cast<unsigned>(limit)); }
    QString word();

    static kube::Uid uidBytes(int uid);
    static std::vector<kube::Column> columns();
    /// A row of a store or batch, read back.
    static KnownRow read(const kube::RowView& row);

private:
    KnownRow fresh();
    void change(KnownRow& row);
    void put(const KnownRow& row);
    std::shared_ptr<kube::ChangeSet> take(kube::ChangeSet::Kind kind);

    std::mt19937 m_random;
    std::map<int, KnownRow> m_rows;
    std::unique_ptr<kube::RowBuilder> m_builder;
    int m_nextUid = 1;
    std::uint64_t m_version = 1;
};

} // namespace support
