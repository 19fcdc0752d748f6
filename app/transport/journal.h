#pragma once
// Every call, as it happens: for the journal dock, for "copy as curl", for tests that ask what was asked. Reads live in
// memory only, the newest few thousand. No header, no body and no credential is ever kept here.

#include "app/base/result.h"

#include <QDateTime>
#include <QObject>
#include <deque>
#include <mutex>

namespace transport {

struct JournalEntry {
    enum class State { Asked, Streaming, Done, Failed, Aborted };
    quint64 id = 0;
    QDateTime at; ///< UTC
    QString context;
    QString address; ///< "https://192.0.2.1:6443"
    QByteArray verb;
    QByteArray target; ///< path and query, encoded
    State state = State::Asked;
    bool background = false; ///< Request::background
    int status = 0;          ///< HTTP status; 0 while there is none
    qint64 latencyMs = -1;   ///< until the head of the answer
    qint64 durationMs = -1;  ///< until its end
    qint64 bytes = 0;        ///< of the body, as it came over the wire
    base::Error error;       ///< when Failed
};

/// Thread-safe. Lives in the GUI thread, where its signal is emitted.
class Journal : public QObject {
    Q_OBJECT
public:
    explicit Journal(std::size_t mostEntries = 5000, QObject* parent = nullptr);

    /// Any thread.
    quint64 begin(JournalEntry entry);
    void answered(quint64 id, int status, qint64 latencyMs, bool streaming);
    void received(quint64 id, qint64 bytes);
    void ended(quint64 id, JournalEntry::State state, qint64 durationMs, const base::Error& error = {});

    /// A copy, oldest first; any thread.
    std::vector<JournalEntry> entries() const;
    /// The entries that changed since the last time it was asked.
    std::vector<JournalEntry> takeChanged();

signals:
    /// At most one at a time is under way: takeChanged() tells what it is about.
    void changed();

private:
    template <typename F> void update(quint64 id, F&& change);
    void announce();

    mutable std::mutex m_mutex;
    std::deque<JournalEntry> m_entries;
    std::vector<quint64> m_changed;
    std::size_t m_most;
    quint64 m_next = 1;
    bool m_announced = false;
};

} // namespace transport
