#pragma once
// One list or Table of a snapshot, unpacked once: its items by place, name and UID. What is large lies in a file that
// is mapped, so that fifty thousand pods cost an index of them.

#include "app/base/result.h"

#include <QByteArray>
#include <QHash>
#include <QTemporaryFile>
#include <functional>
#include <memory>
#include <vector>

namespace snapshot {

class ArchiveReader;

/// A value once it is made; any thread.
class Listed {
public:
    struct Item {
        qint64 begin = 0;
        qint64 length = 0;
        QByteArray nameSpace;
        QByteArray name;
        QByteArray uid;
    };
    enum class Of { Items, Rows };

    /// `most`: bytes that may be unpacked. Error: those of the archive and of ItemSplitter.
    static base::Result<std::shared_ptr<const Listed>> read(const ArchiveReader& archive, const QByteArray& name,
                                                            Of what, qint64 most);

    const std::vector<Item>& items() const { return m_items; }
    /// An item's JSON. Lives as long as this.
    QByteArrayView text(const Item& item) const { return {m_bytes + item.begin, item.length}; }
    /// The list without its items: {"kind":…,"metadata":{…},"items":[]}.
    const QByteArray& rest() const { return m_rest; }
    /// Null when there is none.
    const Item* find(const QByteArray& nameSpace, const QByteArray& name) const;
    const Item* findUid(const QByteArray& uid) const;

private:
    Listed() = default;
    base::Result<void> add(std::string_view json, std::size_t readable, Of what);
    base::Result<void> keep();

    QByteArray m_memory;
    std::unique_ptr<QTemporaryFile> m_file; ///< in place of m_memory
    const char* m_bytes = nullptr;
    QByteArray m_rest;
    std::vector<Item> m_items;
    QHash<std::pair<QByteArray, QByteArray>, std::size_t> m_names;
    QHash<QByteArray, std::size_t> m_uids;
};

} // namespace snapshot
