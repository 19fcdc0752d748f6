#pragma once
// Stands between a client and an API server and does harm, as its seed says: streams cut in the middle of a frame, in
// order or without a word, and 429, 410 and 504 in place of answers. Ends TLS on both sides, in a thread of its own.

#include <QByteArray>
#include <QRandomGenerator>
#include <QSslConfiguration>
#include <QSslServer>
#include <QSslSocket>
#include <QThread>
#include <atomic>
#include <memory>

namespace plane {

struct Faults {
    std::atomic<int> cuts = 0;
    std::atomic<int> tooMany = 0;
    std::atomic<int> gone = 0;
    std::atomic<int> timeouts = 0;
    std::atomic<int> passed = 0;
};

class FaultProxy {
public:
    struct Options {
        QString host; ///< the API server
        quint16 port = 6443;
        QSslConfiguration upstream; ///< as whom, and whom to trust
        QSslConfiguration own;      ///< what clients are shown
    };

    explicit FaultProxy(Options options);
    ~FaultProxy();
    FaultProxy(const FaultProxy&) = delete;
    FaultProxy& operator=(const FaultProxy&) = delete;

    quint16 port() const { return m_port; }
    /// From the next request on; 0: everything passes.
    void torment(quint32 seed);
    void calmDown() { torment(0); }
    const Faults& faults() const { return m_faults; }

private:
    class Listener;
    QThread m_thread;
    Listener* m_listener = nullptr;
    quint16 m_port = 0;
    std::atomic<quint32> m_seed = 0;
    Faults m_faults;
};

} // namespace plane
