#pragma once
// One request under way on a manager. Lives in the worker thread; internal to transport/.

#include "app/transport/inflate.h"
#include "app/transport/journal.h"
#include "app/transport/transport.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QTimer>
#include <optional>

class QNetworkAccessManager;
class QNetworkRequest;

namespace transport {

class HttpJob final : public QObject {
    Q_OBJECT
public:
    HttpJob(quint64 id, Request request, std::shared_ptr<StreamSink> sink, QString address);
    ~HttpJob() override;

    quint64 id() const { return m_id; }
    const Request& request() const { return m_request; }
    const QString& address() const { return m_address; }
    /// Sends it. `journalId` names the entry that was begun for it; `stream` that it is one.
    void start(std::shared_ptr<QNetworkAccessManager> manager, const QNetworkRequest& prepared, Journal* journal,
               quint64 journalId, bool stream);
    /// Ends it without a request having been sent.
    void fail(base::Error error);
    /// Ends it without telling the sink.
    void abort();
    /// True once it ended before its connection was there. The manager goes on waiting for that connection, and keeps
    /// one of its six for it.
    bool leftConnecting() const { return m_reply && m_stage == Stage::Connect; }

signals:
    /// Once; the job may be deleted later.
    void ended();

private:
    enum class Stage { Connect, Answer, Body };
    void onHead();
    void pump();
    void pumpInto(std::span<const char> raw);
    void onFinished();
    void end(const base::Result<void>& how);
    void waitFor(Stage stage);
    void onSilence();
    base::Error networkError() const;
    base::Error about(base::ErrorKind kind, const QString& reason = {}, const QString& said = {}) const;
    bool isRefused() const { return m_head.status < 200 || m_head.status >= 300; }

    const quint64 m_id;
    Request m_request;
    std::shared_ptr<StreamSink> m_sink;
    QString m_address;
    std::shared_ptr<QNetworkAccessManager> m_manager;
    QNetworkReply* m_reply = nullptr;
    Journal* m_journal = nullptr;
    quint64 m_journalId = 0;
    bool m_stream = false;
    QElapsedTimer m_elapsed;
    QTimer m_silence;
    Stage m_stage = Stage::Connect;
    QList<QSslError> m_tlsErrors;
    ReplyHead m_head;
    std::unique_ptr<Inflater> m_inflater;
    QByteArray m_raw;     ///< compressed bytes on their way to the inflater
    QByteArray m_refused; ///< body of an answer other than 2xx
    qint64 m_received = 0;
    qint64 m_wire = 0; ///< of the body, as it came
    bool m_hasHead = false;
    bool m_ended = false;
};

} // namespace transport
