#pragma once
// A server that may never end: what it answers begins with some bytes and goes on with others, again and again, as fast
// as they are taken and without a copy in its own memory.

#include <QByteArray>
#include <QString>
#include <atomic>
#include <functional>
#include <thread>

namespace support {

class FloodServer {
public:
    struct Answer {
        QByteArray first;    ///< the head, and what of the body stands before the flood
        QByteArray repeated; ///< empty: `first` is all
        qint64 most = 1LL << 30;
    };
    /// Called with "/api/v1/pods?limit=1", in a thread of the connection.
    using Script = std::function<Answer(const QByteArray& target)>;

    explicit FloodServer(Script script);
    ~FloodServer();
    FloodServer(const FloodServer&) = delete;
    FloodServer& operator=(const FloodServer&) = delete;

    /// "http://127.0.0.1:PORT"
    QString url() const;
    /// How much of floods went out.
    qint64 flooded() const { return m_flooded; }

private:
    void listen();
    void serve(int connection);

    const Script m_script;
    int m_socket = -1;
    int m_port = 0;
    std::atomic<bool> m_stopped = false;
    std::atomic<int> m_open = 0;
    std::atomic<qint64> m_flooded = 0;
    std::thread m_thread;
};

/// A whole answer.
QByteArray httpAnswer(const QByteArray& body, const QByteArray& headers = {}, const QByteArray& status = "200 OK");

} // namespace support
