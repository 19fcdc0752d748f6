#include "app/transport/journal.h"

#include <QTimer>
#include <algorithm>

namespace transport {
namespace {

constexpr std::chrono::milliseconds Pause{100};

} // namespace

Journal::Journal(std::size_t mostEntries, QObject* parent) : QObject(parent), m_most(mostEntries) {}

quint64 Journal::begin(JournalEntry entry)
{
    const std::lock_guard lock(m_mutex);
    entry.id = m_next++;
    if (!entry.at.isValid())
        entry.at = QDateTime::currentDateTimeUtc();
    m_changed.push_back(entry.id);
    m_entries.push_back(std::move(entry));
    if (m_entries.size() > m_most)
        m_entries.pop_front();
    announce();
    return m_entries.back().id;
}

template <typename F> void Journal::update(quint64 id, F&& change)
{
    const std::lock_guard lock(m_mutex);
    // Ids are consecutive: the entry's place follows from the first one's.
    if (m_entries.empty() || id < m_entries.front().id)
        return;
    change(m_entries[static_cast<std::size_t>(id - m_entries.front().id)]);
    if (m_changed.empty() || m_changed.back() != id)
        m_changed.push_back(id);
    announce();
}

void Journal::answered(quint64 id, int status, qint64 latencyMs, bool streaming)
{
    update(id, [&](JournalEntry& entry) {
        entry.status = status;
        entry.latencyMs = latencyMs;
        if (streaming)
            entry.state = JournalEntry::State::Streaming;
    });
}

void Journal::received(quint64 id, qint64 bytes)
{
    update(id, [&](JournalEntry& entry) { entry.bytes += bytes; });
}

void Journal::ended(quint64 id, JournalEntry::State state, qint64 durationMs, const base::Error& error)
{
    update(id, [&](JournalEntry& entry) {
        entry.state = state;
        entry.durationMs = durationMs;
        entry.error = error;
    });
}

std::vector<JournalEntry> Journal::entries() const
{
    const std::lock_guard lock(m_mutex);
    return {m_entries.begin(), m_entries.end()};
}

std::vector<JournalEntry> Journal::takeChanged()
{
    const std::lock_guard lock(m_mutex);
    m_announced = false;
    std::sort(m_changed.begin(), m_changed.end());
    m_changed.erase(std::unique(m_changed.begin(), m_changed.end()), m_changed.end());
    std::vector<JournalEntry> taken;
    taken.reserve(m_changed.size());
    for (const quint64 id : m_changed)
        if (!m_entries.empty() && id >= m_entries.front().id)
            taken.push_back(m_entries[static_cast<std::size_t>(id - m_entries.front().id)]);
    m_changed.clear();
    return taken;
}

void Journal::announce()
{
    if (std::exchange(m_announced, true))
        return;
    // A list that streams changes its entry a thousand times a second; nobody reads that fast.
    QMetaObject::invokeMethod(
        this, [this] { QTimer::singleShot(Pause, this, &Journal::changed); }, Qt::QueuedConnection);
}

} // namespace transport
