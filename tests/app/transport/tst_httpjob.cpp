// One request against replies that tell their story in the orders in which Qt may tell it.

#include "app/transport/httpjob.h"

#include <QNetworkAccessManager>
#include <QTest>

using transport::HttpJob;

namespace {

/// Says what a test makes it say.
class ToldReply final : public QNetworkReply {
public:
    explicit ToldReply(const QNetworkRequest& request)
    {
        setRequest(request);
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    void tellHead()
    {
        setAttribute(QNetworkRequest::HttpStatusCodeAttribute, 200);
        emit metaDataChanged();
    }
    void tellBody(const QByteArray& bytes)
    {
        m_body += bytes;
        emit readyRead();
    }
    void tellEnd()
    {
        setFinished(true);
        emit finished();
    }
    void abort() override { isAborted = true; }
    qint64 bytesAvailable() const override { return m_body.size() + QIODevice::bytesAvailable(); }

    bool isAborted = false;

protected:
    qint64 readData(char* to, qint64 most) override
    {
        const qint64 count = std::min<qint64>(most, m_body.size());
        std::copy_n(m_body.constData(), count, to);
        m_body.remove(0, count);
        return count;
    }

private:
    QByteArray m_body;
};

class ToldManager final : public QNetworkAccessManager {
public:
    ToldReply* reply = nullptr;

protected:
    QNetworkReply* createRequest(Operation, const QNetworkRequest& request, QIODevice*) override
    {
        return reply = new ToldReply(request);
    }
};

class Kept final : public transport::StreamSink {
public:
    void answered(const transport::ReplyHead&) override {}
    void refused(const transport::Reply&) override {}
    std::span<char> space() override { return m_space; }
    base::Result<void> commit(std::size_t count) override
    {
        body.append(m_space.data(), static_cast<qsizetype>(count));
        return {};
    }
    void finished(const base::Result<void>& how) override { end = how; }

    QByteArray body;
    std::optional<base::Result<void>> end;

private:
    std::array<char, 64> m_space{};
};

} // namespace

class TestHttpJob : public QObject {
    Q_OBJECT

    transport::Journal m_journal;
    std::shared_ptr<ToldManager> m_manager;
    std::shared_ptr<Kept> m_kept;
    std::unique_ptr<HttpJob> m_job;

    ToldReply& reply() const { return *m_manager->reply; }
    bool isClosed() const { return m_kept->end && !*m_kept->end && m_kept->end->error().reason == u"closed"; }
    void tellWhole()
    {
        reply().tellBody("whole");
        reply().tellEnd();
        QVERIFY(m_kept->end && *m_kept->end);
        QCOMPARE(m_kept->body, QByteArray("whole"));
    }

private slots:
    void init()
    {
        m_manager = std::make_shared<ToldManager>();
        m_kept = std::make_shared<Kept>();
        transport::Request request{.verb = "GET", .path = "/version"};
        m_job = std::make_unique<HttpJob>(1, request, m_kept, QStringLiteral("http://192.0.2.1"));
        m_job->start(m_manager, QNetworkRequest(QUrl(QStringLiteral("http://192.0.2.1/version"))), &m_journal,
                     m_journal.begin({}), false);
    }
    void cleanup() { m_job.reset(); }

    void anAnswerMayOvertakeTheWordThatTheRequestIsSent()
    {
        reply().tellHead();
        emit reply().requestSent();
        tellWhole();
    }

    void anotherAnswerIsNotAppended()
    {
        reply().tellHead();
        reply().tellBody("ha");
        emit reply().requestSent(); // of the first time, or of the second
        QVERIFY(!m_kept->end);
        reply().tellHead();
        QVERIFY(isClosed());
        QVERIFY(reply().isAborted);
        reply().tellBody("whole");
        QCOMPARE(m_kept->body, QByteArray("ha"));
    }

    void whatIsAskedAgainBeforeItsAnswerGoesOn()
    {
        emit reply().requestSent();
        reply().tellHead();
        emit reply().requestSent();
        tellWhole();
    }
};

QTEST_GUILESS_MAIN(TestHttpJob)
#include "tst_httpjob.moc"
