#pragma once
// A transport that stays while the address behind it changes: whoever holds it (views, feeds, calls) notices nothing
// but another address(). All that it leads to work in one thread, so that what lives there (a reflector) stays, too.

#include "app/transport/transport.h"

#include <QThread>
#include <QTimer>
#include <mutex>

namespace transport {

class RoutedTransport final : public Transport {
    Q_OBJECT
public:
    RoutedTransport();
    /// Aborts what is under way and waits for the worker thread.
    ~RoutedTransport() override;

    /// Where the next requests go. Lives in the GUI thread and works in workerThread(). Calls that are under way end
    /// where they were begun: the one before is let go a minute later. Streams have to be begun anew by their owners.
    void setTarget(std::unique_ptr<Transport> target);

    base::Call<Reply> send(Request request) override;
    StreamHandle stream(Request request, std::shared_ptr<StreamSink> sink) override;
    QThread* workerThread() override { return &m_thread; }
    QString address() const override;

private:
    QThread m_thread;
    mutable std::recursive_mutex m_mutex;
    std::unique_ptr<Transport> m_target;
    std::vector<std::unique_ptr<Transport>> m_left;
    QTimer m_letGo;
};

} // namespace transport
