#include "app/config/sourcewatch.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace config {
namespace {

constexpr std::chrono::milliseconds Settle{300};
constexpr std::chrono::milliseconds Least{2'000}; // between two readings: a folder may be busy for other reasons
constexpr std::chrono::milliseconds Parting{1'000};

} // namespace

/// Between the reading thread and an owner that may be gone.
struct SourceWatch::Gate {
    std::mutex mutex;
    std::condition_variable ended;
    SourceWatch* owner = nullptr;
    int running = 0;
};

SourceWatch::SourceWatch(QObject* parent) : QObject(parent), m_settle(this), m_gate(std::make_shared<Gate>())
{
    m_gate->owner = this;
    m_settle.setSingleShot(true);
    connect(&m_settle, &QTimer::timeout, this, &SourceWatch::read);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &SourceWatch::hear);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &SourceWatch::hear);
}

SourceWatch::~SourceWatch()
{
    std::unique_lock lock(m_gate->mutex);
    m_gate->owner = nullptr;
    // One that hangs is left behind with its share of the gate.
    m_gate->ended.wait_for(lock, Parting, [this] { return m_gate->running == 0; });
}

void SourceWatch::start(Sources sources, Kubeconfig loaded)
{
    ++m_generation;
    m_sources = std::move(sources);
    m_known = std::move(loaded);
    m_isOn = std::all_of(m_known.files.begin(), m_known.files.end(), [](const QString& file) {
        const QFileInfo info(file);
        return !info.exists() || info.isFile();
    });
    arm();
    look(); // it may have changed since it was loaded
}

void SourceWatch::look()
{
    if (m_isOn && !m_settle.isActive())
        m_settle.start(Settle);
}

void SourceWatch::hear()
{
    if (!m_isOn)
        return;
    // As long as it goes on being written it is waited for, but not for ever.
    if (m_settle.isActive() && m_settle.remainingTimeAsDuration() > Settle)
        return;
    const auto since = m_lastRead.isValid() ? std::chrono::milliseconds(m_lastRead.elapsed()) : Least;
    m_settle.start(std::max(Settle, Least - since));
}

/// The files themselves, and the folders that they are in: a file that is replaced is another one.
void SourceWatch::arm()
{
    QStringList wanted;
    if (m_isOn) {
        QStringList files = kubeconfigFiles(m_sources.explicitFile, m_sources.environment, m_sources.home) +
                            m_known.files + m_known.named;
        for (const base::Error& error : m_known.errors)
            files << error.ofWhom;
        if (!m_sources.settingsFile.isEmpty())
            files << m_sources.settingsFile;
        for (const QString& file : files) {
            const QFileInfo info(file);
            for (const QString& path : {info.absoluteFilePath(), info.absolutePath()})
                if (!wanted.contains(path) && QFileInfo::exists(path))
                    wanted << path;
        }
    }
    const QStringList held = m_watcher.files() + m_watcher.directories();
    QStringList gone;
    for (const QString& path : held)
        if (!wanted.contains(path))
            gone << path;
    QStringList fresh;
    for (const QString& path : wanted)
        if (!held.contains(path))
            fresh << path;
    if (!gone.isEmpty())
        m_watcher.removePaths(gone);
    if (!fresh.isEmpty())
        m_watcher.addPaths(fresh);
}

void SourceWatch::read()
{
    if (m_isReading) {
        m_again = true;
        return;
    }
    m_isReading = true;
    m_lastRead.start();
    {
        const std::lock_guard lock(m_gate->mutex);
        ++m_gate->running;
    }
    std::thread([gate = m_gate, generation = m_generation, sources = m_sources] {
        Kubeconfig now = loadContexts(sources);
        const std::lock_guard lock(gate->mutex);
        if (gate->owner)
            QMetaObject::invokeMethod(
                gate->owner,
                [owner = gate->owner, generation, now = std::move(now)]() mutable {
                    owner->take(generation, std::move(now));
                },
                Qt::QueuedConnection);
        --gate->running;
        gate->ended.notify_all();
    }).detach();
}

void SourceWatch::take(quint64 generation, Kubeconfig now)
{
    m_isReading = false;
    if (std::exchange(m_again, false) || generation != m_generation)
        look();
    if (generation != m_generation)
        return;
    if (now == m_known) {
        arm();
        return;
    }
    m_known = std::move(now);
    arm();
    emit changed(m_known);
}

} // namespace config
