#include "tests/support/scriptedproxy.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <mutex>

namespace support {

struct ScriptedProxy::Shared {
    std::mutex mutex;
    std::vector<QByteArray> asked;
    int status = 200;
};

class ScriptedProxy::Listener final : public QTcpServer {
public:
    explicit Listener(std::shared_ptr<Shared> shared) : m_shared(std::move(shared))
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket* client = nextPendingConnection())
                serve(client);
        });
    }

private:
    void serve(QTcpSocket* client)
    {
        auto head = std::make_shared<QByteArray>();
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        connect(client, &QTcpSocket::readyRead, this, [this, client, head] {
            if (auto* server = client->findChild<QTcpSocket*>()) {
                server->write(client->readAll());
                return;
            }
            *head += client->readAll();
            if (!head->contains("\r\n\r\n"))
                return;
            {
                const std::lock_guard lock(m_shared->mutex);
                m_shared->asked.push_back(*head);
            }
            if (m_shared->status != 200) {
                client->write("HTTP/1.1 " + QByteArray::number(m_shared->status) + " No\r\nContent-Length: 0\r\n\r\n");
                client->disconnectFromHost();
                return;
            }
            const QByteArray target = head->split(' ').value(1);
            const auto colon = target.lastIndexOf(':');
            auto* server = new QTcpSocket(client);
            connect(server, &QTcpSocket::connected, client,
                    [client] { client->write("HTTP/1.1 200 Connection established\r\n\r\n"); });
            connect(server, &QTcpSocket::readyRead, client, [client, server] { client->write(server->readAll()); });
            connect(server, &QTcpSocket::disconnected, client, [client] { client->disconnectFromHost(); });
            server->connectToHost(QString::fromLatin1(target.left(colon)), target.mid(colon + 1).toUShort());
        });
    }

    std::shared_ptr<Shared> m_shared;
};

ScriptedProxy::ScriptedProxy(int status) : m_shared(std::make_shared<Shared>())
{
    m_shared->status = status;
    m_listener = new Listener(m_shared);
    m_listener->moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(
        m_listener,
        [this] {
            if (!m_listener->listen(QHostAddress::LocalHost))
                qFatal("no port to listen on");
        },
        Qt::BlockingQueuedConnection);
}

ScriptedProxy::~ScriptedProxy()
{
    QMetaObject::invokeMethod(
        m_listener, [this] { delete m_listener; }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

quint16 ScriptedProxy::port() const
{
    return m_listener->serverPort();
}

std::vector<QByteArray> ScriptedProxy::asked() const
{
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->asked;
}

} // namespace support
