// What a question to an APIServer becomes: an answer, an error that says who was asked what, or another try.

#include "app/kube/client.h"
#include "tests/support/faketransport.h"

#include <QTest>

using base::ErrorKind;
using support::answerOf;
using support::FakeTransport;
using support::reply;
using transport::Request;

class TestClient : public QObject {
    Q_OBJECT

private slots:
    void anErrorSaysWhatWasAskedOfWhom();
    void anAnswerThatIsNoJsonSaysWhatWasAskedOfWhom();
    void aReadThatIsPutOffIsAskedAgain_data();
    void aReadThatIsPutOffIsAskedAgain();
    void butNotForEver();
    void whatIsNotPutOffIsAskedOnce_data();
    void whatIsNotPutOffIsAskedOnce();
    void aPauseCanBeCanceled();
    void aTransportMayGoDuringAPause();
};

void TestClient::anErrorSaysWhatWasAskedOfWhom()
{
    FakeTransport transport([](const Request&) { return reply(403, "no"); });
    const auto answer = answerOf(
        kube::Client(&transport).ask({.path = "/api", .query = {{QStringLiteral("limit"), QStringLiteral("1")}}}));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Forbidden);
    QCOMPARE(answer.error().asked, QStringLiteral("GET /api?limit=1"));
    QCOMPARE(answer.error().ofWhom, QStringLiteral("fake"));
}

void TestClient::anAnswerThatIsNoJsonSaysWhatWasAskedOfWhom()
{
    FakeTransport transport([](const Request&) { return reply(200, "<html>Please log in"); });
    const auto answer = answerOf(kube::Client(&transport).askJson({.path = "/version"}));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::BadAnswer);
    QCOMPARE(answer.error().asked, QStringLiteral("GET /version"));
    QCOMPARE(answer.error().ofWhom, QStringLiteral("fake"));
}

void TestClient::aReadThatIsPutOffIsAskedAgain_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("429") << 429;
    QTest::newRow("503") << 503;
}

void TestClient::aReadThatIsPutOffIsAskedAgain()
{
    QFETCH(const int, status);
    int times = 0;
    FakeTransport transport([&](const Request&) {
        return ++times < 3 ? reply(status, "later", {{"Retry-After", "0"}}) : reply(200, "{}");
    });
    const auto answer = answerOf(kube::Client(&transport).ask({.path = "/api"}));
    QVERIFY(answer);
    QCOMPARE(times, 3);
}

void TestClient::butNotForEver()
{
    int times = 0;
    FakeTransport transport([&](const Request&) {
        ++times;
        return reply(429, "later", {{"Retry-After", "0"}});
    });
    const auto answer = answerOf(kube::Client(&transport).ask({.path = "/api"}));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::TooManyRequests);
    QCOMPARE(times, 10);
}

void TestClient::whatIsNotPutOffIsAskedOnce_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("hasRetryAfter");
    QTest::newRow("a write") << QByteArray("PATCH") << 429 << true;
    QTest::newRow("without Retry-After") << QByteArray("GET") << 429 << false;
    QTest::newRow("500") << QByteArray("GET") << 500 << true;
    QTest::newRow("404") << QByteArray("GET") << 404 << true;
}

void TestClient::whatIsNotPutOffIsAskedOnce()
{
    QFETCH(const QByteArray, verb);
    QFETCH(const int, status);
    QFETCH(const bool, hasRetryAfter);
    FakeTransport transport([&](const Request&) {
        return hasRetryAfter ? reply(status, "no", {{"Retry-After", "0"}}) : reply(status, "no");
    });
    QVERIFY(!answerOf(kube::Client(&transport).ask({.verb = verb, .path = "/api"})));
    QTest::qWait(50);
    QCOMPARE(transport.asked.size(), std::size_t{1});
}

void TestClient::aPauseCanBeCanceled()
{
    FakeTransport transport([](const Request&) { return reply(429, "later", {{"Retry-After", "3"}}); });
    const auto call = kube::Client(&transport).ask({.path = "/api"});
    QTest::qWait(50);
    call.cancel();
    call.cancel();
    const auto answer = answerOf(call);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Canceled);
    QCOMPARE(transport.asked.size(), std::size_t{1});
    QTest::qWait(3200);
    QCOMPARE(transport.asked.size(), std::size_t{1});
}

void TestClient::aTransportMayGoDuringAPause()
{
    auto transport = std::make_unique<FakeTransport>([](const Request&) {
        return reply(429, "later", {{"Retry-After", "1"}});
    });
    const auto paused = kube::Client(transport.get()).ask({.path = "/api"});
    QTest::qWait(50);
    const auto justAsked = kube::Client(transport.get()).ask({.path = "/api"});
    transport.reset();
    for (const auto& call : {paused, justAsked}) {
        const auto answer = answerOf(call);
        QVERIFY(!answer);
        QCOMPARE(base::idOf(answer.error().kind), base::idOf(ErrorKind::Canceled));
    }
    QTest::qWait(1200); // nobody is asked any more
}

QTEST_GUILESS_MAIN(TestClient)
#include "tst_client.moc"
