#pragma once
// Transport over HTTP/1.1 to one address as one identity, on QNetworkAccessManager kept within what it does well: one
// manager with a queue of our own for calls, one for each stream, all in a worker thread; HTTP/2, redirects, cookies
// and stored logins off; read buffers bounded. Why: Qt 6.4's HTTP/2 hangs after a GOAWAY, and HTTP/1.1 stops at six
// connections a host and manager.

#include "app/transport/identitysource.h"
#include "app/transport/journal.h"
#include "app/transport/transport.h"

#include <QThread>

namespace transport {

class HttpWorker;

class HttpTransport final : public Transport {
    Q_OBJECT
public:
    struct Options {
        QString context; ///< for the journal
        /// A token over a connection whose server is not verified can be read by whoever answers: Error{Tls,
        /// "insecureToken"} unless a person has allowed it.
        bool allowInsecureToken = false;
        /// To work in, in place of a thread of its own. Runs, and ends before the identity does.
        QThread* thread = nullptr;
        /// How long a token that was read from a file is taken to be fresh.
        std::chrono::milliseconds tokenFileAge{60'000};
    };

    /// `journal` outlives the transport. Error{BadConfig} when the endpoint's certificates cannot be used. Requests
    /// wait until `identity` has one to offer. An answer of 401 is kept back while it may have a better one, and the
    /// request is sent once more: a server that did not know who was asking did nothing.
    static base::Result<std::unique_ptr<HttpTransport>>
    create(Endpoint endpoint, std::shared_ptr<IdentitySource> identity, Journal* journal, Options options);
    /// As an identity that is its own; Error{BadConfig} also when its certificate or key cannot be used.
    static base::Result<std::unique_ptr<HttpTransport>> create(Endpoint endpoint, Identity identity, Journal* journal,
                                                               Options options);
    /// Aborts what is under way (answers are Canceled) and waits for the worker thread.
    ~HttpTransport() override;

    base::Call<Reply> send(Request request) override;
    StreamHandle stream(Request request, std::shared_ptr<StreamSink> sink) override;
    QThread* workerThread() override { return m_thread; }
    QString address() const override;
    const std::shared_ptr<IdentitySource>& identity() const { return m_identity; }

private:
    struct Gate;
    HttpTransport() = default;
    template <typename F> void inWorker(F&& act);

    std::shared_ptr<IdentitySource> m_identity;
    std::unique_ptr<QThread> m_ownThread;
    QThread* m_thread = nullptr;
    HttpWorker* m_worker = nullptr; ///< lives in and ends with the thread
    std::shared_ptr<Gate> m_gate;
    QString m_address;
};

} // namespace transport
