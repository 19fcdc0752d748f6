// The errors that an APIServer's refusals are, each from a recording of the real one.

#include "app/kube/errors.h"
#include "app/messages/errors.h"
#include "tests/support/fixture.h"

#include <QDir>
#include <QTest>

using base::ErrorKind;

namespace {

base::Error recorded(const QString& file, std::vector<transport::Header> headers = {})
{
    return kube::errorFrom(
        {{file.left(3).toInt(), std::move(headers)}, support::fixture(QStringLiteral("errors/") + file)});
}

} // namespace

class TestErrors : public QObject {
    Q_OBJECT

private slots:
    void aRefusalIsOfItsKind_data();
    void aRefusalIsOfItsKind();
    void allRecordingsAreHeld();
    void theServersWordsAndCausesAreKept();
    void aWatchsErrorEventIsReadByItsOwnCode();
    void whatIsTooOldAndWhatIsTooNewAreToldApart();
    void retryAfterIsHonoured_data();
    void retryAfterIsHonoured();
    void whatIsNoStatusKeepsTheCodeAndTheWords_data();
    void whatIsNoStatusKeepsTheCodeAndTheWords();
};

void TestErrors::aRefusalIsOfItsKind_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("reason");
    const auto add = [](const char* file, ErrorKind kind, const char* reason) {
        QTest::newRow(file) << kind << QString::fromLatin1(reason);
    };
    add("400-bad-json.json", ErrorKind::Invalid, "BadRequest");
    add("400-fieldvalidation-duplicate-field.json", ErrorKind::Invalid, "BadRequest");
    add("400-fieldvalidation-strict.json", ErrorKind::Invalid, "BadRequest");
    add("401-bad-bearer.json", ErrorKind::Unauthorized, "Unauthorized");
    add("403-anonymous.json", ErrorKind::Forbidden, "Forbidden");
    add("403-namespace-terminating.json", ErrorKind::Forbidden, "Forbidden");
    add("403-podsecurity-restricted.json", ErrorKind::Forbidden, "Forbidden");
    add("403-quota-exceeded.json", ErrorKind::Forbidden, "Forbidden");
    add("403-viewer-nodes.json", ErrorKind::Forbidden, "Forbidden");
    add("403-viewer-patch-deploy.json", ErrorKind::Forbidden, "Forbidden");
    add("403-viewer-pods-all.json", ErrorKind::Forbidden, "Forbidden");
    add("404-group.txt", ErrorKind::NotFound, "");
    add("404-pod.json", ErrorKind::NotFound, "NotFound");
    add("404-resource.json", ErrorKind::NotFound, "NotFound");
    add("404-service-proxy-no-endpoints-object.json", ErrorKind::NotFound, "NotFound");
    add("406-accept.json", ErrorKind::Invalid, "NotAcceptable");
    add("409-already-exists.json", ErrorKind::Conflict, "AlreadyExists");
    add("409-conflict-stale-rv.json", ErrorKind::Conflict, "Conflict");
    add("409-ssa-conflict.json", ErrorKind::Conflict, "Conflict");
    add("410-continue-expired.json", ErrorKind::Gone, "Expired");
    add("410-list-exact-compacted-after-tick.json", ErrorKind::Gone, "Expired");
    add("410-list-exact-compacted.json", ErrorKind::Gone, "Expired");
    add("415-media-type.json", ErrorKind::Invalid, "UnsupportedMediaType");
    add("422-deployment-selector-immutable.json", ErrorKind::Invalid, "Invalid");
    add("422-endpointslice-loopback.json", ErrorKind::Invalid, "Invalid");
    add("422-json-patch-test-failed.json", ErrorKind::Invalid, "Invalid");
    add("422-limits-below-requests.json", ErrorKind::Invalid, "Invalid");
    add("422-pod-spec-immutable.json", ErrorKind::Invalid, "Invalid");
    add("422-service-clusterip-immutable.json", ErrorKind::Invalid, "Invalid");
    add("422-statefulset-immutable.json", ErrorKind::Invalid, "Invalid");
    add("422-watchlist-without-match.json", ErrorKind::Invalid, "Invalid");
    add("429-eviction-blocked-by-pdb.json", ErrorKind::TooManyRequests, "TooManyRequests");
    add("503-broken-apiservice-group.txt", ErrorKind::Server, "");
    add("503-service-proxy-bad-port.json", ErrorKind::Server, "ServiceUnavailable");
    add("503-service-proxy-endpoint-without-pod.json", ErrorKind::Server, "ServiceUnavailable");
    add("503-service-proxy-no-endpoints.json", ErrorKind::Server, "ServiceUnavailable");
    add("504-future-rv.json", ErrorKind::Server, "Timeout");
}

void TestErrors::aRefusalIsOfItsKind()
{
    const QString file = QString::fromLatin1(QTest::currentDataTag());
    const base::Error error = recorded(file);
    QTEST(error.kind, "kind");
    QTEST(error.reason, "reason");
    QCOMPARE(error.httpStatus, file.left(3).toInt());
    QVERIFY(!error.said.isEmpty());
    QVERIFY(!messages::sentence(error).isEmpty());
}

void TestErrors::allRecordingsAreHeld()
{
    QStringList files = QDir(support::fixturePath(QStringLiteral("errors"))).entryList(QDir::Files);
    files.removeIf([](const QString& file) {
        return file.endsWith(QLatin1String(".jsonl")) || file.endsWith(QLatin1String(".md"));
    });
    QCOMPARE(files.size(), 37);
}

void TestErrors::theServersWordsAndCausesAreKept()
{
    const base::Error forbidden = recorded(QStringLiteral("403-viewer-nodes.json"));
    QVERIFY(forbidden.said.startsWith(QLatin1String("nodes is forbidden: User \"")));
    const base::Error conflict = recorded(QStringLiteral("409-ssa-conflict.json"));
    QCOMPARE(conflict.causes.size(), std::size_t{2});
    QCOMPARE(conflict.causes.front().reason, QStringLiteral("FieldManagerConflict"));
    QVERIFY(conflict.causes.front().field.startsWith(QLatin1Char('.')));
    const base::Error budget = recorded(QStringLiteral("429-eviction-blocked-by-pdb.json"));
    QCOMPARE(budget.causes.front().reason, QStringLiteral("DisruptionBudget"));
    QVERIFY(!budget.retryAfter);
    const base::Error several = recorded(QStringLiteral("406-accept.json"));
    QVERIFY(several.said.contains(QLatin1Char('\n'))); // its lines stay lines
}

void TestErrors::aWatchsErrorEventIsReadByItsOwnCode()
{
    for (const char* name : {"410-watch-old-rv.jsonl", "410-watch-old-rv-fresh-server.jsonl"}) {
        const QByteArray line = support::fixture(QStringLiteral("errors/") + QLatin1String(name)).trimmed();
        const QByteArray head = "{\"type\":\"ERROR\",\"object\":";
        QVERIFY(line.startsWith(head));
        const base::Error error = kube::errorFromStatus(line.mid(head.size(), line.size() - head.size() - 1), 0);
        QCOMPARE(error.kind, ErrorKind::Gone);
        QCOMPARE(error.httpStatus, 410);
        QVERIFY(kube::isExpired(error));
    }
}

void TestErrors::whatIsTooOldAndWhatIsTooNewAreToldApart()
{
    const base::Error old = recorded(QStringLiteral("410-list-exact-compacted.json"));
    QVERIFY(kube::isExpired(old) && !kube::isTooLargeResourceVersion(old));
    const base::Error future = recorded(QStringLiteral("504-future-rv.json"), {{"Retry-After", "1"}});
    QVERIFY(!kube::isExpired(future) && kube::isTooLargeResourceVersion(future));
    QCOMPARE(*future.retryAfter, std::chrono::seconds(1));
}

void TestErrors::retryAfterIsHonoured_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("details");
    QTest::addColumn<int>("seconds"); // -1: none
    QTest::newRow("a header") << QByteArray("7") << QByteArray() << 7;
    QTest::newRow("the Status") << QByteArray() << QByteArray("9") << 9;
    QTest::newRow("both: the header") << QByteArray("7") << QByteArray("9") << 7;
    QTest::newRow("an hour at the most") << QByteArray("999999") << QByteArray() << 3600;
    QTest::newRow("negative") << QByteArray("-5") << QByteArray() << -1;
    QTest::newRow("a date is not read") << QByteArray("Sun, 22 Nov 2026 12:00:00 GMT") << QByteArray() << -1;
    QTest::newRow("a huge number") << QByteArray("99999999999999999999") << QByteArray("99999999999999999999") << -1;
    QTest::newRow("a negative Status") << QByteArray() << QByteArray("-3") << 0;
}

void TestErrors::retryAfterIsHonoured()
{
    QFETCH(const QByteArray, header);
    QFETCH(const QByteArray, details);
    QFETCH(const int, seconds);
    QByteArray body = "{\"kind\":\"Status\",\"code\":429,\"details\":{";
    if (!details.isEmpty())
        body += "\"retryAfterSeconds\":" + details;
    std::vector<transport::Header> headers;
    if (!header.isEmpty())
        headers.emplace_back("Retry-After", header);
    const base::Error error = kube::errorFrom({{429, headers}, body + "}}"});
    QCOMPARE(error.retryAfter.has_value(), seconds >= 0);
    if (seconds >= 0)
        QCOMPARE(*error.retryAfter, std::chrono::seconds(seconds));
}

void TestErrors::whatIsNoStatusKeepsTheCodeAndTheWords_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("said");
    QTest::newRow("text") << 502 << QByteArray("bad gateway\n") << ErrorKind::Server << "bad gateway";
    QTest::newRow("nothing") << 403 << QByteArray() << ErrorKind::Forbidden << "";
    QTest::newRow("an array") << 500 << QByteArray("[1]") << ErrorKind::Server << "[1]";
    QTest::newRow("another kind") << 409 << QByteArray("{\"kind\":\"Pod\"}") << ErrorKind::Conflict
                                  << "{\"kind\":\"Pod\"}";
    QTest::newRow("a Status with a code of its own")
        << 500 << QByteArray("{\"kind\":\"Status\",\"code\":403,\"message\":\"m\"}") << ErrorKind::Forbidden << "m";
    QTest::newRow("a code that is none") << 403 << QByteArray("{\"kind\":\"Status\",\"code\":99999,\"message\":\"m\"}")
                                         << ErrorKind::Forbidden << "m";
    QTest::newRow("a code that says success")
        << 403 << QByteArray("{\"kind\":\"Status\",\"code\":200,\"message\":\"m\"}") << ErrorKind::Forbidden << "m";
    QTest::newRow("types that are others")
        << 403 << QByteArray("{\"kind\":\"Status\",\"code\":\"x\",\"message\":7,\"details\":[{\"causes\":3}]}")
        << ErrorKind::Forbidden << "";
    QTest::newRow("an escape sequence") << 500 << QByteArray("\x1b[31mred") << ErrorKind::Server
                                        << QStringLiteral("\u241b[31mred");
    QTest::newRow("a status that nobody knows") << 299 << QByteArray("x") << ErrorKind::BadAnswer << "x";
}

void TestErrors::whatIsNoStatusKeepsTheCodeAndTheWords()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    const base::Error error = kube::errorFrom({{status, {}}, body});
    QTEST(error.kind, "kind");
    QTEST(error.said, "said");
}

QTEST_GUILESS_MAIN(TestErrors)
#include "tst_errors.moc"
