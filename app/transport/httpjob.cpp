#include "app/transport/httpjob.h"

#include "app/base/logging.h"
#include "app/base/visible.h"

#include <QNetworkAccessManager>
#include <QSslError>
#include <algorithm>
#include <array>

namespace transport {
namespace {

constexpr qint64 ReadBuffer =
    4LL << 20; // without it a reply buffers hundreds of MB when the parser is slower than the wire
constexpr qint64 MostOfARefusal = 1LL << 20;
constexpr qsizetype RawChunk = 64 * 1024;
constexpr std::chrono::milliseconds ConnectLimit{10'000};

/// Who is not trusted is not asked for a better name.
QString tlsReason(const QList<QSslError>& errors)
{
    QString reason;
    for (const QSslError& error : errors) {
        switch (error.error()) {
        case QSslError::HostNameMismatch:
            reason = QStringLiteral("certificateNameMismatch");
            break;
        case QSslError::CertificateExpired:
            reason = QStringLiteral("certificateExpired");
            break;
        case QSslError::CertificateNotYetValid:
            reason = QStringLiteral("certificateNotYetValid");
            break;
        default:
            return QStringLiteral("certificateUntrusted");
        }
    }
    return reason;
}

QString joined(const QList<QSslError>& errors)
{
    QStringList texts;
    for (const QSslError& error : errors)
        texts += error.errorString();
    texts.removeDuplicates();
    return texts.join(QStringLiteral("; "));
}

/// A body that can be read once. Qt 6.4 sends a request up to four times when its connection ends without an answer,
/// whatever its verb; with a body that cannot be rewound it gives up before the second time (ContentReSendError).
class OnceDevice final : public QIODevice {
public:
    explicit OnceDevice(QByteArray body) : m_body(std::move(body)) { open(QIODevice::ReadOnly); }
    bool isSequential() const override { return true; }
    bool seek(qint64) override { return false; }
    qint64 bytesAvailable() const override { return m_body.size() - m_at + QIODevice::bytesAvailable(); }

protected:
    qint64 readData(char* to, qint64 most) override
    {
        const qint64 count = std::min<qint64>(most, m_body.size() - m_at);
        if (count == 0)
            return -1;
        std::copy_n(m_body.constData() + m_at, count, to);
        m_at += count;
        return count;
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    QByteArray m_body;
    qint64 m_at = 0;
};

} // namespace

HttpJob::HttpJob(quint64 id, Request request, std::shared_ptr<StreamSink> sink, QString address)
    : m_id(id),
      m_request(std::move(request)),
      m_sink(std::move(sink)),
      m_address(std::move(address))
{
    m_silence.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, &HttpJob::onSilence);
}

HttpJob::~HttpJob()
{
    abort();
}

void HttpJob::start(std::shared_ptr<QNetworkAccessManager> manager, const QNetworkRequest& prepared, Journal* journal,
                    quint64 journalId, bool stream)
{
    m_manager = std::move(manager);
    m_journal = journal;
    m_journalId = journalId;
    m_stream = stream;
    m_elapsed.start();
    if (m_request.verb == "GET") {
        m_reply = m_manager->get(prepared);
    } else {
        QNetworkRequest write = prepared;
        write.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        write.setHeader(QNetworkRequest::ContentLengthHeader, m_request.body.size());
        auto* body = new OnceDevice(m_request.body);
        m_reply = m_manager->sendCustomRequest(write, m_request.verb, body);
        body->setParent(m_reply);
    }
    m_reply->setParent(this);
    m_reply->setReadBufferSize(ReadBuffer);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError>& errors) { m_tlsErrors = errors; });
    const auto reach = [this](Stage stage) {
        if (!m_hasHead && !m_ended)
            waitFor(stage);
    };
    // Says nothing of whether it is sent again: Qt queues it, and a quick answer may overtake it.
    connect(m_reply, &QNetworkReply::requestSent, this, [reach] { reach(Stage::Answer); });
    if (m_request.verb != "GET" && m_request.body.isEmpty()) {
        // Of an empty body Qt does not say that it has been sent.
        connect(m_reply, &QNetworkReply::socketStartedConnecting, this, [reach] { reach(Stage::Connect); });
        connect(m_reply, &QNetworkReply::encrypted, this, [reach] { reach(Stage::Answer); });
        reach(Stage::Answer);
    } else {
        reach(Stage::Connect);
    }
    connect(m_reply, &QNetworkReply::metaDataChanged, this, [this] {
        // Qt asks again when a connection breaks off in the middle of a body, and would append the other answer to it.
        if (m_hasHead && !m_ended)
            end(base::failure(about(base::ErrorKind::Network, QStringLiteral("closed"))));
        onHead();
    });
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpJob::pump);
    connect(m_reply, &QNetworkReply::finished, this, &HttpJob::onFinished);
}

void HttpJob::fail(base::Error error)
{
    error.asked = about(error.kind).asked;
    error.ofWhom = m_address;
    end(base::failure(std::move(error)));
}

void HttpJob::abort()
{
    if (std::exchange(m_ended, true))
        return;
    m_silence.stop();
    if (m_reply) {
        m_reply->disconnect(this); // only our own connections: a bare disconnect() would break abort()
        m_reply->abort();
        m_journal->ended(m_journalId, JournalEntry::State::Aborted, m_elapsed.elapsed());
    }
    m_sink.reset();
    emit ended();
}

void HttpJob::onHead()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_hasHead || m_ended || status == 0)
        return;
    m_hasHead = true;
    m_head.status = status;
    for (const auto& [name, value] : m_reply->rawHeaderPairs())
        m_head.headers.emplace_back(name, value);
    m_journal->answered(m_journalId, status, m_elapsed.elapsed(), m_stream && !isRefused());
    waitFor(Stage::Body);
    const QByteArray encoding = m_head.header("Content-Encoding").toLower();
    if (encoding == "gzip") {
        m_inflater =
            std::make_unique<Inflater>(InflateCaps{.mostBytes = static_cast<std::uint64_t>(m_request.mostBytes)});
    } else if (!encoding.isEmpty() && encoding != "identity") {
        end(base::failure(
            about(base::ErrorKind::BadAnswer, QStringLiteral("contentEncoding"), QString::fromLatin1(encoding))));
        return;
    }
    if (!isRefused())
        m_sink->answered(m_head);
}

void HttpJob::pump()
{
    if (m_ended)
        return;
    onHead();
    if (m_ended)
        return;
    waitFor(Stage::Body);
    while (!m_ended && m_reply->bytesAvailable() > 0) {
        qint64 count = 0;
        base::Result<void> taken;
        if (isRefused() || m_inflater) {
            m_raw.resize(RawChunk);
            count = m_reply->read(m_raw.data(), m_raw.size());
            if (count > 0)
                pumpInto({m_raw.constData(), static_cast<std::size_t>(count)});
        } else {
            const std::span<char> space = m_sink->space();
            count = m_reply->read(space.data(), static_cast<qint64>(space.size()));
            m_received += std::max<qint64>(count, 0);
            if (m_received > m_request.mostBytes)
                taken = base::failure(about(base::ErrorKind::Limit, QStringLiteral("bodyTooLarge")));
            else if (count > 0)
                taken = m_sink->commit(static_cast<std::size_t>(count));
        }
        if (count <= 0)
            break;
        m_wire += count;
        if (!m_ended)
            m_journal->received(m_journalId, count);
        if (!taken)
            end(taken);
    }
}

void HttpJob::pumpInto(std::span<const char> raw)
{
    if (isRefused()) {
        const qint64 room = MostOfARefusal - m_refused.size();
        m_refused.append(raw.data(), static_cast<qsizetype>(std::min<qint64>(room, static_cast<qint64>(raw.size()))));
        return;
    }
    const auto fed = m_inflater->feed(
        raw, [this] { return m_sink->space(); }, [this](std::size_t count) { return m_sink->commit(count); });
    if (!fed)
        end(fed);
}

void HttpJob::onFinished()
{
    if (m_ended)
        return;
    onHead();
    pump();
    if (m_ended)
        return;
    // For a status of 400 and more Qt reports an error of its own though the answer is whole. Those of the protocol are
    // of that kind by their numbers only: 400 itself is ProtocolInvalidOperationError.
    const auto error = m_reply->error();
    const bool brokenOff =
        error != QNetworkReply::NoError &&
        (!m_hasHead || error < QNetworkReply::ContentAccessDenied || error == QNetworkReply::ContentReSendError ||
         error == QNetworkReply::ProtocolFailure || error == QNetworkReply::ProtocolUnknownError);
    if (brokenOff) {
        end(base::failure(networkError()));
        return;
    }
    if (!m_hasHead) {
        end(base::failure(about(base::ErrorKind::BadAnswer, QStringLiteral("noHttp"))));
        return;
    }
    // A connection that breaks off may look to Qt like the end of a body without a length, whatever its head says.
    bool hasLength = false;
    const qint64 length = m_head.header("Content-Length").toLongLong(&hasLength);
    if (hasLength && m_wire < length && m_head.status != 204 && m_head.status != 304) {
        end(base::failure(about(base::ErrorKind::Network, QStringLiteral("closed"))));
        return;
    }
    if (m_inflater && isRefused()) {
        QByteArray inflated;
        std::array<char, 16 * 1024> room;
        // A refusal that cannot be inflated is still a refusal: its status says the most.
        (void)m_inflater->feed(
            std::span(m_refused.constData(), static_cast<std::size_t>(m_refused.size())),
            [&room] { return std::span<char>(room); },
            [&](std::size_t count) -> base::Result<void> {
                inflated.append(room.data(), static_cast<qsizetype>(count));
                if (inflated.size() > MostOfARefusal)
                    return base::failure(about(base::ErrorKind::Limit));
                return {};
            });
        m_refused = inflated;
    }
    end(m_inflater && !isRefused() ? m_inflater->finish() : base::Result<void>{});
}

void HttpJob::end(const base::Result<void>& how)
{
    if (std::exchange(m_ended, true))
        return;
    m_silence.stop();
    base::Result<void> told = how;
    if (!told && told.error().asked.isEmpty()) {
        const base::Error base = about(told.error().kind);
        told.error().asked = base.asked;
        told.error().ofWhom = base.ofWhom;
    }
    if (m_reply) {
        m_reply->disconnect(this);
        if (m_reply->isRunning())
            m_reply->abort();
        m_journal->ended(m_journalId, told ? JournalEntry::State::Done : JournalEntry::State::Failed,
                         m_elapsed.elapsed(), told ? base::Error{} : told.error());
    }
    const auto sink = std::exchange(m_sink, nullptr);
    if (told && isRefused())
        sink->refused({m_head, m_refused});
    else
        sink->finished(told);
    emit ended();
}

void HttpJob::waitFor(Stage stage)
{
    m_stage = stage;
    m_silence.start(stage == Stage::Connect ? std::min(ConnectLimit, m_request.silence) : m_request.silence);
}

void HttpJob::onSilence()
{
    const auto limit = m_silence.intervalAsDuration().count();
    constexpr std::array names{"connect", "answer", "body"};
    const QString stage = QLatin1String(names[static_cast<std::size_t>(m_stage)]);
    end(base::failure(about(base::ErrorKind::Timeout, stage, QStringLiteral("%1 ms").arg(limit))));
}

base::Error HttpJob::networkError() const
{
    using base::ErrorKind;
    const QString said = base::visible(m_reply->errorString());
    switch (m_reply->error()) {
    case QNetworkReply::HostNotFoundError:
        return about(ErrorKind::Dns, {}, said);
    case QNetworkReply::SslHandshakeFailedError:
        return about(ErrorKind::Tls, tlsReason(m_tlsErrors), m_tlsErrors.isEmpty() ? said : joined(m_tlsErrors));
    case QNetworkReply::TimeoutError:
        return about(ErrorKind::Timeout, {}, said);
    case QNetworkReply::ConnectionRefusedError:
        return about(ErrorKind::Network, QStringLiteral("refused"), said);
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError:
        return about(ErrorKind::Network, QStringLiteral("closed"), said);
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        return about(ErrorKind::Network, QStringLiteral("proxy"), said);
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
        return about(ErrorKind::BadAnswer, {}, said);
    default:
        return about(ErrorKind::Network, {}, said);
    }
}

base::Error HttpJob::about(base::ErrorKind kind, const QString& reason, const QString& said) const
{
    return {.kind = kind,
            .httpStatus = m_head.status,
            .reason = reason,
            .said = said,
            .asked = QString::fromLatin1(m_request.verb + ' ' + m_request.target()),
            .ofWhom = m_address};
}

} // namespace transport
