#pragma once
// A snapshot in place of an APIServer: whoever speaks to a transport notices nothing but that nothing changes.

#include "app/snapshot/snapshot.h"
#include "app/tke/clientof.h"
#include "app/transport/connect.h"

#include <QThread>

namespace snapshot {

class SnapshotTransport final : public transport::Transport {
    Q_OBJECT
public:
    /// `thread`: to work in, running, and ends after this; null: one of its own.
    explicit SnapshotTransport(std::shared_ptr<const Snapshot> snapshot, QThread* thread = nullptr);
    ~SnapshotTransport() override;

    base::Call<transport::Reply> send(transport::Request request) override;
    /// A watch is answered and stays open without events.
    transport::StreamHandle stream(transport::Request request, std::shared_ptr<transport::StreamSink> sink) override;
    QThread* workerThread() override { return m_thread; }
    /// The file's name.
    QString address() const override;

private:
    class Worker;
    struct Gate;

    const std::shared_ptr<const Snapshot> m_snapshot;
    std::unique_ptr<QThread> m_ownThread;
    QThread* m_thread = nullptr;
    Worker* m_worker; ///< lives in and ends with the thread
    std::shared_ptr<Gate> m_gate;
};

/// Makes transports to a snapshot, whatever endpoint is asked for.
transport::Connector connectorTo(std::shared_ptr<const Snapshot> snapshot, QThread* thread);
/// The members that were captured, as the businesses view asks for them.
tke::ClientOf membersOf(std::shared_ptr<const Snapshot> snapshot);
/// The context that stands for a snapshot in lists and commands: named after the cluster's own and the day.
config::Context contextOf(const Snapshot& snapshot);

} // namespace snapshot
