#pragma once
// An HTTP/1.1 server in the test's own process which answers what it is told to, faults included, and remembers what it
// was asked. It listens on 127.0.0.1 and works in a thread of its own, so that a test may wait.

#include <QByteArray>
#include <QSslConfiguration>
#include <QString>
#include <QThread>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace support {

using HeaderList = std::vector<std::pair<QByteArray, QByteArray>>;

struct AskedRequest {
    int number = 0;     ///< counted from 0, over all connections
    int connection = 0; ///< counted from 0
    QByteArray verb;
    QByteArray target;
    HeaderList headers;
    QByteArray body;
    QByteArray clientName; ///< common name of the client's certificate

    QByteArray header(const char* name) const;
    bool hasHeader(const char* name) const;
    /// A value of the query, decoded; empty when it is not there.
    QString query(const char* name) const;
};

/// What is answered: pieces, each after a pause, and what becomes of the connection then.
struct ScriptedAnswer {
    enum class End {
        KeepAlive,
        Close, ///< in order: TLS says so as well
        Reset, ///< without a word
        Open,  ///< more follows by ScriptedServer::push()
    };
    struct Piece {
        QByteArray bytes;
        std::chrono::milliseconds pause{0}; ///< before it
    };
    std::vector<Piece> pieces;
    End end = End::KeepAlive;
    bool chunked = false; ///< for push()

    /// A whole answer with its Content-Length.
    static ScriptedAnswer whole(int status, const QByteArray& body, HeaderList headers = {});
    /// A whole answer in chunks.
    static ScriptedAnswer inChunks(int status, const std::vector<Piece>& pieces, HeaderList headers = {});
    /// The head of a chunked answer, whose pieces follow by push() and finish().
    static ScriptedAnswer open(const QByteArray& firstPiece = {}, HeaderList headers = {});
    /// Bytes as they are.
    static ScriptedAnswer raw(const QByteArray& bytes, End end = End::Close);
    /// Never answered.
    static ScriptedAnswer silence() { return {{}, End::Open, false}; }
    /// The connection ends without an answer.
    static ScriptedAnswer hangUp() { return {{}, End::Reset, false}; }

    static QByteArray chunk(const QByteArray& bytes);
};

/// The body as gzip (RFC 1952).
QByteArray gzipped(const QByteArray& body);

class ScriptedServer {
public:
    struct Options {
        std::optional<QSslConfiguration> tls; ///< none: plain HTTP
        bool neverTls = false;                ///< accepts, and says nothing for ever
    };
    /// Called in the server's thread.
    using Script = std::function<ScriptedAnswer(const AskedRequest&)>;

    explicit ScriptedServer(Script script, Options options);
    explicit ScriptedServer(Script script) : ScriptedServer(std::move(script), Options()) {}
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    quint16 port() const;
    /// "https://127.0.0.1:PORT"
    QString url(const QString& host = QStringLiteral("127.0.0.1")) const;

    void setScript(Script script);
    std::vector<AskedRequest> asked() const;
    std::size_t askedCount() const;
    /// Those that ended, and those that did not.
    int connections() const;
    int openConnections() const;

    /// More of the body of an answer that was left open.
    void push(int requestNumber, const QByteArray& bytes);
    /// Its clean end.
    void finish(int requestNumber);
    /// Its end in the middle.
    void cut(int requestNumber);
    /// Nothing is accepted any more, and every connection ends: refused from then on.
    void stopListening();
    /// For connections from now on.
    void setNeverTls(bool never);
    void listenAgain();

private:
    class Listener;
    struct Shared;
    void inThread(std::function<void()> act);

    QThread m_thread;
    std::shared_ptr<Shared> m_shared;
    Listener* m_listener = nullptr;
    bool m_isTls = false;
};

} // namespace support
