#pragma once
// Kubeconfigs, the certificates and keys that they name, and our own settings, read again when they change on disk.

#include "app/config/sources.h"

#include <QElapsedTimer>
#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>
#include <memory>

namespace config {

/// Lives in the GUI thread. Files are read in a thread of their own, one reading at a time: a file system that hangs
/// holds nothing up.
class SourceWatch : public QObject {
    Q_OBJECT
public:
    explicit SourceWatch(QObject* parent = nullptr);
    ~SourceWatch() override;

    /// From now on these, of which `loaded` is known. What came through a pipe cannot be read twice, and is not
    /// watched.
    void start(Sources sources, Kubeconfig loaded);
    /// Reads again whether or not anything was told: some file systems (NFS) tell nothing.
    void look();

signals:
    /// They say something else than before.
    void changed(const config::Kubeconfig& now);

private:
    struct Gate;
    void arm();
    void hear();
    void read();
    void take(quint64 generation, Kubeconfig now);

    Sources m_sources;
    Kubeconfig m_known;
    QFileSystemWatcher m_watcher;
    QTimer m_settle; ///< a file is written in several steps
    QElapsedTimer m_lastRead;
    std::shared_ptr<Gate> m_gate;
    quint64 m_generation = 0; ///< what was read of other sources is dropped
    bool m_isOn = false;
    bool m_isReading = false;
    bool m_again = false;
};

} // namespace config
