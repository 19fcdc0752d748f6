// Lists read item by item: all pages, anew when they went stale, and an error for what is no list.

#include "app/kube/jsonread.h"
#include "app/kube/listitems.h"
#include "tests/support/faketransport.h"
#include "tests/support/served.h"

#include <QTest>

using Names = kube::ListedItems<QString>;

class TestListItems : public QObject {
    Q_OBJECT
private slots:
    void allPagesAreRead();
    void pagesThatAreTooLargeAreAskedForSmaller();
    void whatIsTooLargeHoweverSmallIsAnError();
    void stalePagesAreReadAnewAsOneList();
    void pagesThatAreStaleForEverEnd();
    void aRefusalIsHandedOn();
    void whatIsNoListIsAnError_data();
    void whatIsNoListIsAnError();

private:
    static base::Result<Names> names(support::FakeTransport& transport)
    {
        const kube::Client client(&transport);
        return support::answerOf(kube::listItems<QString>(
            client, {.path = "/api/v1/namespaces", .query = {{QStringLiteral("labelSelector"), QStringLiteral("a=b")}}},
            [](const kube::Json& item) {
                return kube::rawText(item, {"metadata", "name"});
            }));
    }
    static QString query(const transport::Request& request, const char* name)
    {
        for (const auto& [key, value] : request.query)
            if (key == QLatin1String(name))
                return value;
        return {};
    }
};

void TestListItems::allPagesAreRead()
{
    support::FakeTransport transport([](const transport::Request& request) {
        const bool isFirst = query(request, "continue").isEmpty();
        return support::reply(200,
                              isFirst ? support::listJson({{"a"}, {"b"}}, 7, "mark") : support::listJson({{"c"}}, 7),
                              {{"Date", "Sun, 22 Nov 2026 12:00:02 GMT"}});
    });
    const auto list = names(transport);
    QVERIFY(list);
    QCOMPARE(list->items, (std::vector<QString>{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
    QCOMPARE(list->answeredAt, QDateTime(QDate(2026, 11, 22), QTime(12, 0, 2), Qt::UTC));
    QCOMPARE(transport.asked.size(), std::size_t(2));
    QCOMPARE(query(transport.asked[1], "labelSelector"), QStringLiteral("a=b"));
    QCOMPARE(query(transport.asked[1], "limit"), QStringLiteral("500"));
}

void TestListItems::pagesThatAreTooLargeAreAskedForSmaller()
{
    support::FakeTransport transport([](const transport::Request& request) {
        const bool isFirst = query(request, "continue").isEmpty();
        if (!isFirst && query(request, "limit").toInt() > 50)
            return base::Result<transport::Reply>(base::failure({.kind = base::ErrorKind::Limit}));
        return support::reply(200, isFirst ? support::listJson({{"a"}}, 7, "mark") : support::listJson({{"b"}}, 7));
    });
    const auto list = names(transport);
    QVERIFY(list);
    QCOMPARE(list->items, (std::vector<QString>{QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(transport.asked.size(), std::size_t(3));
    QCOMPARE(query(transport.asked[2], "continue"), QStringLiteral("mark"));
    QCOMPARE(query(transport.asked[2], "limit"), QStringLiteral("50"));
}

void TestListItems::whatIsTooLargeHoweverSmallIsAnError()
{
    support::FakeTransport transport([](const transport::Request&) {
        return base::Result<transport::Reply>(base::failure({.kind = base::ErrorKind::Limit}));
    });
    const auto list = names(transport);
    QVERIFY(!list);
    QCOMPARE(list.error().kind, base::ErrorKind::Limit);
    QCOMPARE(query(transport.asked.back(), "limit"), QStringLiteral("5"));
    QVERIFY(transport.asked.back().mostBytes > transport.asked.front().mostBytes);
}

void TestListItems::stalePagesAreReadAnewAsOneList()
{
    support::FakeTransport transport([](const transport::Request& request) {
        if (!query(request, "continue").isEmpty())
            return support::reply(410, support::statusJson(410, "Expired"));
        const bool isPaged = !query(request, "limit").isEmpty();
        return support::reply(200, isPaged ? support::listJson({{"old"}}, 7, "mark") : support::listJson({{"new"}}, 9));
    });
    const auto list = names(transport);
    QVERIFY(list);
    QCOMPARE(list->items, std::vector<QString>{QStringLiteral("new")});
}

void TestListItems::pagesThatAreStaleForEverEnd()
{
    support::FakeTransport transport([](const transport::Request& request) {
        if (!query(request, "continue").isEmpty())
            return support::reply(410, support::statusJson(410, "Expired"));
        return support::reply(200, support::listJson({{"a"}}, 7, "mark")); // a mark, asked for or not
    });
    const auto list = names(transport);
    QVERIFY(!list);
    QCOMPARE(list.error().kind, base::ErrorKind::Gone);
    QCOMPARE(transport.asked.size(), std::size_t(4));
}

void TestListItems::aRefusalIsHandedOn()
{
    support::FakeTransport transport(
        [](const transport::Request&) { return support::reply(403, support::statusJson(403, "Forbidden")); });
    const auto list = names(transport);
    QVERIFY(!list);
    QCOMPARE(list.error().kind, base::ErrorKind::Forbidden);
}

void TestListItems::whatIsNoListIsAnError_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("text") << QByteArray("Prometheus Server is Healthy.");
    QTest::newRow("cut off") << QByteArray(R"({"items":[{"metadata":{"name":"a"}},)");
    QTest::newRow("items of texts") << QByteArray(R"({"items":["a"]})");
    QTest::newRow("items no list") << QByteArray(R"({"items":{}})");
    QTest::newRow("an item that is no JSON") << QByteArray(R"({"items":[{"a":nope}]})");
}

void TestListItems::whatIsNoListIsAnError()
{
    QFETCH(QByteArray, body);
    support::FakeTransport transport([body](const transport::Request&) { return support::reply(200, body); });
    const auto list = names(transport);
    QVERIFY(!list);
    QCOMPARE(list.error().kind, base::ErrorKind::BadAnswer);
    QVERIFY(list.error().asked.startsWith(QLatin1String("GET /api/v1/namespaces")));
}

QTEST_GUILESS_MAIN(TestListItems)
#include "tst_listitems.moc"
