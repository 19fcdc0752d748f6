// How many objects there are: counted from one small answer, or not known and never guessed.

#include "app/kube/count.h"
#include "tests/support/faketransport.h"

#include <QTest>

using kube::KindState;
using support::FakeTransport;
using support::reply;
using transport::Request;

namespace {

kube::ApiResource pods()
{
    return {.version = QStringLiteral("v1"),
            .resource = QStringLiteral("pods"),
            .kind = QStringLiteral("Pod"),
            .namespaced = true};
}

kube::KindCount counted(FakeTransport& transport, const QString& ownNamespace = {},
                        const kube::ApiResource& kind = pods())
{
    const auto call = kube::countObjects(kube::Client(&transport), kind, ownNamespace);
    if (!QTest::qWaitFor([&] { return call.future.isFinished(); }, 8000))
        qFatal("a count was never answered");
    return *call.future.result();
}

} // namespace

class TestCount : public QObject {
    Q_OBJECT

private slots:
    void anAnswerIsCounted_data();
    void anAnswerIsCounted();
    void whatIsListedByTenantIsNotCountedAsNone();
    void oneObjectIsAskedFor();
    void whereAllIsForbiddenTheOwnNamespaceIsCounted();
    void theOwnNamespaceMayBeForbiddenToo();
    void bothQuestionsCanBeCanceled();
};

void TestCount::anAnswerIsCounted_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<KindState>("state");
    QTest::addColumn<qint64>("count"); // -1: not known
    const auto add = [](const char* name, const char* body, KindState state, qint64 count) {
        QTest::newRow(name) << QByteArray(body) << state << count;
    };
    add("one and more", "{\"metadata\":{\"continue\":\"x\",\"remainingItemCount\":41},\"items\":[{}]}", KindState::Ok,
        42);
    add("one", "{\"metadata\":{},\"items\":[{}]}", KindState::Ok, 1);
    add("none", "{\"metadata\":{\"resourceVersion\":\"7\"},\"items\":[]}", KindState::Ok, 0);
    add("null", "{\"metadata\":{},\"items\":null}", KindState::Ok, 0);
    add("a list without items", "{\"kind\":\"PodMetricsList\",\"metadata\":{}}", KindState::Ok, 0);
    add("all at once", "{\"items\":[{},{},{}]}", KindState::Ok, 3);
    add("more, and not said how many", "{\"metadata\":{\"continue\":\"x\"},\"items\":[{}]}", KindState::Ok, -1);
    add("a number that cannot be", "{\"metadata\":{\"continue\":\"x\",\"remainingItemCount\":-5},\"items\":[{}]}",
        KindState::Ok, -1);
    add("a huge number",
        "{\"metadata\":{\"continue\":\"x\",\"remainingItemCount\":18446744073709551615},\"items\":[{}]}", KindState::Ok,
        -1);
    add("no list", "{\"kind\":\"Status\"}", KindState::Failing, -1);
    add("an empty object", "{}", KindState::Failing, -1);
    add("an array", "[]", KindState::Failing, -1);
    add("items that are none", "{\"items\":7}", KindState::Failing, -1);
    add("HTML", "<html>", KindState::Failing, -1);
}

void TestCount::anAnswerIsCounted()
{
    QFETCH(const QByteArray, body);
    QFETCH(const qint64, count);
    FakeTransport transport([&](const Request&) { return reply(200, body); });
    const auto answer = counted(transport);
    QTEST(answer.state, "state");
    QCOMPARE(answer.count.value_or(-1), count);
    if (answer.state != KindState::Ok)
        QVERIFY(answer.error.asked.startsWith(QLatin1String("GET /api/v1/pods")));
}

void TestCount::whatIsListedByTenantIsNotCountedAsNone()
{
    const kube::ApiResource users{.group = QStringLiteral("auth.tkestack.io"),
                                  .version = QStringLiteral("v1"),
                                  .resource = QStringLiteral("users"),
                                  .kind = QStringLiteral("User")};
    QByteArray body = "{\"kind\":\"UserList\",\"metadata\":{},\"items\":[]}"; // to who is of no tenant
    FakeTransport transport([&body](const Request&) { return reply(200, body); });
    QCOMPARE(counted(transport, {}, users).state, KindState::Ok);
    QCOMPARE(counted(transport, {}, users).count, std::nullopt);
    body = "{\"kind\":\"UserList\",\"metadata\":{},\"items\":[{},{}]}";
    QCOMPARE(counted(transport, {}, users).count, std::optional<qint64>(2));
}

void TestCount::oneObjectIsAskedFor()
{
    FakeTransport transport([](const Request&) { return reply(200, "{\"items\":[]}"); });
    (void)counted(transport);
    QCOMPARE(transport.asked.front().target(), QByteArray("/api/v1/pods?limit=1"));
    QVERIFY(transport.asked.front().headers.front().second.contains("PartialObjectMetadataList"));
}

void TestCount::whereAllIsForbiddenTheOwnNamespaceIsCounted()
{
    FakeTransport transport([](const Request& request) {
        return request.path == "/api/v1/pods" ? reply(403, "no") : reply(200, "{\"metadata\":{},\"items\":[{}]}");
    });
    const auto own = counted(transport, QStringLiteral("shop"));
    QCOMPARE(own.state, KindState::Ok);
    QCOMPARE(own.count, std::optional<qint64>(1));
    QCOMPARE(own.nameSpace, QStringLiteral("shop"));
    const auto all = counted(transport);
    QCOMPARE(all.state, KindState::Forbidden);
    QVERIFY(!all.count);
}

void TestCount::theOwnNamespaceMayBeForbiddenToo()
{
    FakeTransport transport([](const Request&) { return reply(403, "no"); });
    QCOMPARE(counted(transport, QStringLiteral("shop")).state, KindState::Forbidden);
    QCOMPARE(transport.asked.size(), std::size_t{2});
}

void TestCount::bothQuestionsCanBeCanceled()
{
    for (const bool second : {false, true}) {
        FakeTransport transport([&](const Request& request) -> std::optional<base::Result<transport::Reply>> {
            if (second && request.path == "/api/v1/pods")
                return reply(403, "no");
            return {};
        });
        const auto call = kube::countObjects(kube::Client(&transport), pods(), QStringLiteral("shop"));
        QCOMPARE(transport.asked.size(), second ? std::size_t{2} : std::size_t{1});
        call.cancel();
        QTRY_VERIFY(call.future.isFinished());
        QCOMPARE(call.future.result()->state, KindState::Failing);
        QCOMPARE(call.future.result()->error.kind, base::ErrorKind::Canceled);
    }
}

QTEST_GUILESS_MAIN(TestCount)
#include "tst_count.moc"
