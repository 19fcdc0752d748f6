#pragma once
// A proxy that knows CONNECT only, in a thread of its own, and remembers what it was asked.

#include <QByteArray>
#include <QThread>
#include <memory>
#include <vector>

namespace support {

class ScriptedProxy {
public:
    /// Answers `status` to every CONNECT, and for 200 hands bytes on.
    explicit ScriptedProxy(int status = 200);
    ~ScriptedProxy();
    ScriptedProxy(const ScriptedProxy&) = delete;
    ScriptedProxy& operator=(const ScriptedProxy&) = delete;

    quint16 port() const;
    /// The heads of all requests, in full.
    std::vector<QByteArray> asked() const;

private:
    class Listener;
    struct Shared;
    QThread m_thread;
    std::shared_ptr<Shared> m_shared;
    Listener* m_listener = nullptr;
};

} // namespace support
