#include "tests/cluster/faultproxy.h"

#include <QTimer>

namespace plane {
namespace {

QByteArray refusal(const QByteArray& status, const QByteArray& reason, const QByteArray& headers)
{
    const QByteArray body = R"({"kind":"Status","apiVersion":"v1","status":"Failure","reason":")" + reason +
                            R"(","message":"injected","code":)" + status + "}";
    return "HTTP/1.1 " + status +
           " Injected\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " +
           QByteArray::number(body.size()) + "\r\n" + headers + "\r\n" + body;
}

/// One request, one connection at each side.
class Passage final : public QObject {
public:
    Passage(QSslSocket* client, const FaultProxy::Options& options, quint32 dice, Faults& faults, QObject* parent)
        : QObject(parent),
          m_client(client),
          m_options(options),
          m_random(dice),
          m_harmful(dice != 0),
          m_faults(faults)
    {
        client->setParent(this);
        connect(client, &QSslSocket::readyRead, this, &Passage::read);
        connect(client, &QSslSocket::disconnected, this, &QObject::deleteLater);
        read();
    }

private:
    void read()
    {
        if (m_server) {
            m_server->write(m_client->readAll());
            return;
        }
        m_head += m_client->readAll();
        if (!m_head.contains("\r\n\r\n"))
            return;
        const bool isWatch = m_head.left(m_head.indexOf('\r')).contains("watch=1") ||
                             m_head.left(m_head.indexOf('\r')).contains("watch=true");
        const int choice = m_harmful ? m_random.bounded(10) : 9;
        if (choice == 0)
            refuse(m_faults.tooMany, refusal("429", "TooManyRequests", "Retry-After: 1\r\n"));
        else if (choice == 1)
            refuse(m_faults.timeouts, refusal("504", "Timeout", {}));
        else if (choice == 2 && isWatch)
            refuse(m_faults.gone, refusal("410", "Expired", {}));
        else
            pass(choice < 8 && m_harmful ? m_random.bounded(isWatch ? 4000 : 30000) : -1);
    }

    void refuse(std::atomic<int>& counter, const QByteArray& answer)
    {
        ++counter;
        m_client->write(answer);
        m_client->disconnectFromHost();
    }

    /// Hands on so many bytes of the answer and then ends it, wherever that is; -1: all.
    void pass(int bytes)
    {
        ++m_faults.passed;
        m_left = bytes;
        m_orderly = m_random.bounded(2) == 0;
        m_server = new QSslSocket(this);
        m_server->setSslConfiguration(m_options.upstream);
        connect(m_server, &QSslSocket::readyRead, this, &Passage::handOn);
        connect(m_server, &QSslSocket::disconnected, this, [this] {
            handOn();
            m_client->disconnectFromHost();
        });
        connect(m_server, &QSslSocket::errorOccurred, this, [this] {
            if (m_server->state() == QAbstractSocket::UnconnectedState)
                m_client->disconnectFromHost();
        });
        connect(m_server, &QSslSocket::encrypted, this, [this] {
            const qsizetype firstLine = m_head.indexOf("\r\n") + 2;
            m_server->write(m_head.left(firstLine) + "X-Passed: 1\r\n" +
                            m_head.mid(firstLine).replace("Connection: Keep-Alive", "Connection: close"));
        });
        m_server->connectToHostEncrypted(m_options.host, m_options.port);
    }

    void handOn()
    {
        QByteArray bytes = m_server->readAll();
        if (m_left >= 0 && bytes.size() >= m_left) {
            ++m_faults.cuts;
            m_client->write(bytes.left(m_left));
            m_left = -1;
            m_server->disconnect(this);
            m_server->abort();
            // Without a word: what was written before is sent, then the connection is gone.
            m_client->flush();
            if (m_orderly)
                m_client->disconnectFromHost();
            else
                m_client->abort();
            return;
        }
        if (m_left >= 0)
            m_left -= static_cast<int>(bytes.size());
        m_client->write(bytes);
    }

    QSslSocket* m_client;
    QSslSocket* m_server = nullptr;
    const FaultProxy::Options& m_options;
    QRandomGenerator m_random;
    const bool m_harmful;
    Faults& m_faults;
    QByteArray m_head;
    int m_left = -1;
    bool m_orderly = true;
};

} // namespace

class FaultProxy::Listener final : public QSslServer {
public:
    Listener(Options options, std::atomic<quint32>& seed, Faults& faults)
        : m_options(std::move(options)),
          m_seed(seed),
          m_faults(faults)
    {
        setSslConfiguration(m_options.own);
        connect(this, &QTcpServer::pendingConnectionAvailable, this, [this] {
            while (auto* socket = qobject_cast<QSslSocket*>(nextPendingConnection())) {
                // Each connection has dice of its own; which comes first is up to the network.
                const quint32 now = m_seed;
                const quint32 dice = now == 0 ? 0 : QRandomGenerator(now + ++m_count * 7919U).generate() | 1U;
                new Passage(socket, m_options, dice, m_faults, this);
            }
        });
    }

private:
    const Options m_options;
    std::atomic<quint32>& m_seed;
    Faults& m_faults;
    quint32 m_count = 0;
};

FaultProxy::FaultProxy(Options options)
{
    m_listener = new Listener(std::move(options), m_seed, m_faults);
    if (!m_listener->listen(QHostAddress::LocalHost))
        qFatal("cannot listen: %s", qPrintable(m_listener->errorString()));
    m_port = m_listener->serverPort();
    m_listener->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_listener, &QObject::deleteLater);
    m_thread.start();
}

FaultProxy::~FaultProxy()
{
    m_thread.quit();
    m_thread.wait();
}

void FaultProxy::torment(quint32 seed)
{
    m_seed = seed;
}

} // namespace plane
