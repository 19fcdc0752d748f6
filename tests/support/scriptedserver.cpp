#include "tests/support/scriptedserver.h"

#include <QPointer>
#include <QSslCertificate>
#include <QSslSocket>
#include <QTcpServer>
#include <QTimer>
#include <QUrlQuery>
#include <map>
#include <mutex>
#include <zlib.h>

namespace support {
namespace {

QByteArray headOf(int status, const HeaderList& headers)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + " Scripted\r\n";
    bool typed = false;
    for (const auto& [name, value] : headers) {
        head += name + ": " + value + "\r\n";
        typed = typed || name.compare("Content-Type", Qt::CaseInsensitive) == 0;
    }
    return typed ? head : head + "Content-Type: application/json\r\n";
}

} // namespace

QByteArray AskedRequest::header(const char* name) const
{
    for (const auto& [key, value] : headers)
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    return {};
}

bool AskedRequest::hasHeader(const char* name) const
{
    for (const auto& [key, value] : headers)
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return true;
    return false;
}

QString AskedRequest::query(const char* name) const
{
    const auto mark = target.indexOf('?');
    if (mark < 0)
        return {};
    const QUrlQuery query(QString::fromLatin1(target.mid(mark + 1)));
    return query.queryItemValue(QLatin1String(name), QUrl::FullyDecoded);
}

QByteArray ScriptedAnswer::chunk(const QByteArray& bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

ScriptedAnswer ScriptedAnswer::whole(int status, const QByteArray& body, HeaderList headers)
{
    return {{{headOf(status, headers) + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body, {}}},
            End::KeepAlive,
            false};
}

ScriptedAnswer ScriptedAnswer::inChunks(int status, const std::vector<Piece>& pieces, HeaderList headers)
{
    ScriptedAnswer answer;
    answer.pieces.push_back({headOf(status, headers) + "Transfer-Encoding: chunked\r\n\r\n", {}});
    for (const Piece& piece : pieces)
        answer.pieces.push_back({chunk(piece.bytes), piece.pause});
    answer.pieces.push_back({"0\r\n\r\n", {}});
    return answer;
}

ScriptedAnswer ScriptedAnswer::open(const QByteArray& firstPiece, HeaderList headers)
{
    ScriptedAnswer answer;
    answer.pieces.push_back({headOf(200, headers) + "Transfer-Encoding: chunked\r\n\r\n", {}});
    if (!firstPiece.isEmpty())
        answer.pieces.push_back({chunk(firstPiece), {}});
    answer.end = End::Open;
    answer.chunked = true;
    return answer;
}

ScriptedAnswer ScriptedAnswer::raw(const QByteArray& bytes, End end)
{
    return {{{bytes, {}}}, end, false};
}

QByteArray gzipped(const QByteArray& body)
{
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        qFatal("no memory for zlib");
    QByteArray zipped(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(body.size()))), '\0');
    QByteArray in = body;
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(zipped.data());
    stream.avail_out = static_cast<uInt>(zipped.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        qFatal("zlib did not finish");
    zipped.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return zipped;
}

struct ScriptedServer::Shared {
    std::mutex mutex;
    Script script;
    std::vector<AskedRequest> asked;
    int connections = 0;
    int open = 0;
};

/// Lives in the server's thread.
class ScriptedServer::Listener final : public QTcpServer {
public:
    Listener(std::shared_ptr<Shared> shared, Options options)
        : m_shared(std::move(shared)),
          m_options(std::move(options))
    {
        neverTls = m_options.neverTls;
    }
    ~Listener() override { hangUpAll(); }

    void hangUpAll()
    {
        for (const auto& socket : findChildren<QTcpSocket*>())
            socket->abort();
    }

    struct Open {
        QPointer<QTcpSocket> socket;
        bool chunked = false;
    };
    std::map<int, Open> open;
    bool neverTls = false;
    quint16 boundPort = 0;

protected:
    void incomingConnection(qintptr handle) override
    {
        auto* socket = m_options.tls ? new QSslSocket(this) : new QTcpSocket(this);
        socket->setSocketDescriptor(handle);
        int number = 0;
        {
            const std::lock_guard lock(m_shared->mutex);
            number = m_shared->connections++;
            ++m_shared->open;
        }
        connect(socket, &QTcpSocket::disconnected, socket, [this, socket] {
            {
                const std::lock_guard lock(m_shared->mutex);
                --m_shared->open;
            }
            socket->deleteLater();
        });
        if (neverTls)
            return;
        if (auto* tls = qobject_cast<QSslSocket*>(socket)) {
            tls->setSslConfiguration(*m_options.tls);
            tls->startServerEncryption();
        }
        auto buffer = std::make_shared<QByteArray>();
        connect(socket, &QTcpSocket::readyRead, socket, [this, socket, number, buffer] {
            *buffer += socket->readAll();
            while (takeRequest(socket, number, *buffer)) {
            }
        });
    }

private:
    bool takeRequest(QTcpSocket* socket, int connection, QByteArray& buffer)
    {
        const auto end = buffer.indexOf("\r\n\r\n");
        if (end < 0)
            return false;
        AskedRequest request{.connection = connection};
        auto lines = buffer.left(end).split('\n');
        const auto words = lines.takeFirst().trimmed().split(' ');
        request.verb = words.value(0);
        request.target = words.value(1);
        for (const QByteArray& line : lines) {
            const auto colon = line.indexOf(':');
            request.headers.emplace_back(line.left(colon).trimmed(), line.mid(colon + 1).trimmed());
        }
        const auto length = request.header("Content-Length").toLongLong();
        if (buffer.size() < end + 4 + length)
            return false;
        request.body = buffer.mid(end + 4, length);
        buffer.remove(0, end + 4 + length);
        if (auto* tls = qobject_cast<QSslSocket*>(socket))
            request.clientName = tls->peerCertificate().subjectInfo(QSslCertificate::CommonName).value(0).toUtf8();
        Script script;
        {
            const std::lock_guard lock(m_shared->mutex);
            request.number = static_cast<int>(m_shared->asked.size());
            m_shared->asked.push_back(request);
            script = m_shared->script;
        }
        auto answer = std::make_shared<ScriptedAnswer>(script(request));
        if (answer->end == ScriptedAnswer::End::Open)
            open[request.number] = {socket, answer->chunked};
        play(socket, answer, 0);
        return true;
    }

    void play(QTcpSocket* socket, const std::shared_ptr<ScriptedAnswer>& answer, std::size_t next)
    {
        for (; next < answer->pieces.size(); ++next) {
            auto& piece = answer->pieces[next];
            if (const auto pause = std::exchange(piece.pause, {}); pause.count() > 0) {
                QTimer::singleShot(pause, socket, [this, socket, answer, next] { play(socket, answer, next); });
                return;
            }
            socket->write(piece.bytes);
        }
        if (answer->end == ScriptedAnswer::End::Close)
            socket->disconnectFromHost();
        else if (answer->end == ScriptedAnswer::End::Reset)
            reset(socket);
    }

public:
    static void reset(QTcpSocket* socket)
    {
        // What was written so far goes out; the TLS connection ends without its own good-bye.
        if (auto* tls = qobject_cast<QSslSocket*>(socket)) {
            for (int i = 0; i < 100 && (tls->bytesToWrite() > 0 || tls->encryptedBytesToWrite() > 0); ++i)
                tls->waitForBytesWritten(10);
        } else {
            while (socket->bytesToWrite() > 0 && socket->waitForBytesWritten(1000)) {
            }
        }
        socket->abort();
    }

private:
    std::shared_ptr<Shared> m_shared;
    Options m_options;
};

ScriptedServer::ScriptedServer(Script script, Options options)
    : m_shared(std::make_shared<Shared>()),
      m_isTls(options.tls.has_value() || options.neverTls)
{
    m_shared->script = std::move(script);
    m_listener = new Listener(m_shared, std::move(options));
    m_listener->moveToThread(&m_thread);
    m_thread.setObjectName(QStringLiteral("server"));
    m_thread.start();
    inThread([this] {
        if (!m_listener->listen(QHostAddress::LocalHost))
            qFatal("no port to listen on");
        m_listener->boundPort = m_listener->serverPort();
    });
}

ScriptedServer::~ScriptedServer()
{
    inThread([this] { delete m_listener; });
    m_thread.quit();
    m_thread.wait();
}

void ScriptedServer::inThread(std::function<void()> act)
{
    QMetaObject::invokeMethod(m_listener, std::move(act), Qt::BlockingQueuedConnection);
}

quint16 ScriptedServer::port() const
{
    return m_listener->boundPort;
}

QString ScriptedServer::url(const QString& host) const
{
    return QStringLiteral("%1://%2:%3")
        .arg(m_isTls ? QStringLiteral("https") : QStringLiteral("http"), host)
        .arg(port());
}

void ScriptedServer::setScript(Script script)
{
    const std::lock_guard lock(m_shared->mutex);
    m_shared->script = std::move(script);
}

std::vector<AskedRequest> ScriptedServer::asked() const
{
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->asked;
}

std::size_t ScriptedServer::askedCount() const
{
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->asked.size();
}

int ScriptedServer::connections() const
{
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->connections;
}

int ScriptedServer::openConnections() const
{
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->open;
}

void ScriptedServer::push(int requestNumber, const QByteArray& bytes)
{
    inThread([this, requestNumber, bytes] {
        if (const auto& to = m_listener->open[requestNumber]; to.socket)
            to.socket->write(to.chunked ? ScriptedAnswer::chunk(bytes) : bytes);
    });
}

void ScriptedServer::finish(int requestNumber)
{
    inThread([this, requestNumber] {
        const auto to = m_listener->open[requestNumber];
        m_listener->open.erase(requestNumber);
        if (!to.socket)
            return;
        if (to.chunked)
            to.socket->write("0\r\n\r\n");
        else
            to.socket->disconnectFromHost();
    });
}

void ScriptedServer::cut(int requestNumber)
{
    inThread([this, requestNumber] {
        const auto to = m_listener->open[requestNumber];
        m_listener->open.erase(requestNumber);
        if (to.socket)
            Listener::reset(to.socket);
    });
}

void ScriptedServer::stopListening()
{
    inThread([this] {
        m_listener->close();
        m_listener->hangUpAll();
    });
}

void ScriptedServer::setNeverTls(bool never)
{
    inThread([this, never] { m_listener->neverTls = never; });
}

void ScriptedServer::listenAgain()
{
    inThread([this] {
        if (!m_listener->listen(QHostAddress::LocalHost, m_listener->boundPort))
            qFatal("the port is taken by another");
    });
}

} // namespace support
