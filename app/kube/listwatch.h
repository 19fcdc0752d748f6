#pragma once
// What a list and its watch deliver, as values: batches of rows and the state of the feed.

#include "app/base/result.h"
#include "app/kube/apiresource.h"
#include "app/kube/rows.h"

#include <QDateTime>
#include <QMetaType>
#include <memory>
#include <tuple>

namespace kube {

/// Which objects are wanted.
struct ListScope {
    QString nameSpace; ///< empty: all
    QString labelSelector;
    QString fieldSelector;
    bool operator==(const ListScope&) const = default;
    friend bool operator<(const ListScope& a, const ListScope& b)
    {
        return std::tie(a.nameSpace, a.labelSelector, a.fieldSelector) <
               std::tie(b.nameSpace, b.labelSelector, b.fieldSelector);
    }
};

/// Rows on their way to the store, to be applied in the order in which they are sent.
struct ChangeSet {
    enum class Kind {
        Append,  ///< a part of the first list: new rows, while more may follow
        Replace, ///< a whole list: what is not in it is gone
        Events,  ///< `events`, in order
    };
    struct Event {
        Uid uid{};
        std::int32_t row = -1; ///< of `rows`; -1: deleted
    };

    Kind kind = Kind::Append;
    RowBatch rows;
    std::vector<Event> events;
    /// Set with the first change set, and again when the server's Table has got other columns: all rows that are kept
    /// then are void, and this change set is a Replace.
    std::shared_ptr<const std::vector<Column>> columns;
};

/// How a feed stands.
struct FeedState {
    enum class Phase {
        Loading,
        Live,   ///< listed and watched
        Listed, ///< listed, but the server does not watch this kind (or does not let us)
        Stale,  ///< was live or listed; `error` says why it is not now, `since` when it last was
        Failed, ///< never listed; `error` says why
    };
    Phase phase = Phase::Loading;
    base::Error error;
    QDateTime since;        ///< when the phase began; for Stale: when the data last was known to be right
    bool willRetry = false; ///< Stale, Failed: another try follows by itself
    bool operator==(const FeedState&) const = default;
};

} // namespace kube

Q_DECLARE_METATYPE(std::shared_ptr<const kube::ChangeSet>)
Q_DECLARE_METATYPE(kube::FeedState)
