// A kind for which the server makes no Table: its objects still have names and ages.

#include "app/kube/gettable.h"
#include "tests/support/faketransport.h"

class TestGetTable : public QObject {
    Q_OBJECT
private slots:
    void agesAreByTheServersClock()
    {
        support::FakeTransport transport([](const transport::Request&) {
            return support::reply(200, R"({"kind":"MeterList","apiVersion":"example.com/v1","metadata":{},"items":[
                {"metadata":{"name":"main","creationTimestamp":"2026-01-01T03:04:05Z"}}]})",
                                  {{"Content-Type", "application/json"}, {"Date", "Sun, 04 Jan 2026 03:04:05 GMT"}});
        });
        const auto table = support::answerOf(kube::getTable(kube::Client(&transport),
                                                            {.group = QStringLiteral("example.com"),
                                                             .version = QStringLiteral("v1"),
                                                             .resource = QStringLiteral("meters")},
                                                            {}));
        QVERIFY(table);
        QCOMPARE(table->rows.size(), std::size_t(1));
        QCOMPARE(table->rows[0].name, QByteArray("main"));
        QCOMPARE(table->rows[0].cells.back().text, QByteArray("3d"));
    }
};

QTEST_GUILESS_MAIN(TestGetTable)
#include "tst_gettable.moc"
