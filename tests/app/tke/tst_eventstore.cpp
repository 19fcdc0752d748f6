// An event store by its address: what is written, what an index may be called, and what answers there.

#include "app/tke/eventstore.h"
#include "tests/support/certificates.h"
#include "tests/support/faketransport.h"
#include "tests/support/fixture.h"
#include "tests/support/scriptedserver.h"

#include <QTest>

using support::AskedRequest;
using support::ScriptedAnswer;
using support::ScriptedServer;
using tke::StoreKind;
using tke::Trust;

namespace {

const QByteArray Login = "Basic " + QByteArray("elastic:planted-7f3a").toBase64();

ScriptedAnswer json(int status, const QByteArray& body)
{
    return ScriptedAnswer::whole(status, body,
                                 {{"content-type", "application/json"}, {"X-elastic-product", "Elasticsearch"}});
}

/// As Elasticsearch 7.17 answers.
ScriptedAnswer store(const AskedRequest& asked)
{
    const QByteArray path = asked.target.split('?').front();
    if (path == "/")
        return json(200, support::fixture(QStringLiteral("elasticsearch/root-7.17.json")));
    if (path == "/fluentd/_count")
        return json(200, R"({"count":3,"_shards":{"total":1,"successful":1,"skipped":0,"failed":0}})");
    if (path == "/fluentd/_search" && asked.query("source").contains(QLatin1String("lastTimestamp")))
        return json(200, R"({"hits":{"hits":[{"_source":{"lastTimestamp":"2026-11-22T10:00:00Z"}}]}})");
    return json(404, R"({"error":{"root_cause":[{"type":"index_not_found_exception"}]},"status":404})");
}

ScriptedAnswer behindALogin(const AskedRequest& asked)
{
    if (asked.header("Authorization") == Login)
        return store(asked);
    return ScriptedAnswer::whole(401, "<html><body>401 Unauthorized</body></html>",
                                 {{"WWW-Authenticate", "Basic realm=\"events\""}});
}

tke::StoreAddress at(const ScriptedServer& server, const char* scheme = "http")
{
    return {.scheme = QLatin1String(scheme), .host = QStringLiteral("127.0.0.1"), .port = server.port()};
}

tke::StoreVisit visit(const tke::StoreAddress& address, const QString& index = QStringLiteral("fluentd"),
                      const tke::StoreLogin& login = {}, const QByteArray& authority = {})
{
    const auto found = support::answerOf(tke::visitStore(
        address, index, login, {.certificateAuthority = authority, .patience = std::chrono::seconds(3)}));
    if (!found)
        qFatal("a visit always answers: %s", qPrintable(found.error().reason));
    return *found;
}

} // namespace

class TestEventStore : public QObject {
    Q_OBJECT
private slots:
    void an_address_is_cut_as_the_console_cuts_it_data();
    void an_address_is_cut_as_the_console_cuts_it();
    void a_login_in_an_address_is_not_shown();
    void elasticsearch_says_which_names_an_index_may_have_data();
    void elasticsearch_says_which_names_an_index_may_have();
    void an_open_store_tells_its_version_and_its_documents();
    void an_index_that_is_not_there_is_no_error();
    void opensearch_is_told_apart();
    void what_is_no_store_is_told();
    void a_store_that_wants_a_login_says_so();
    void a_login_is_shown_only_where_one_is_wanted();
    void a_wrong_login_is_told();
    void a_name_that_nobody_knows();
    void a_closed_port();
    void a_certificate_of_another_authority();
};

void TestEventStore::an_address_is_cut_as_the_console_cuts_it_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem");
    QTest::addColumn<QString>("address");
    const auto row = [](const char* text, const char* problem, const char* address) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(problem)
                            << QString::fromLatin1(address);
    };
    row("http://190.0.0.1:9200", "", "http://190.0.0.1:9200");
    row(" https://ES.example.com:443/ ", "", "https://es.example.com:443");
    row("http://[fd00::1]:9200", "", "http://[fd00::1]:9200");
    row("190.0.0.1:9200", "schemeMissing", "");
    row("http://190.0.0.1", "portMissing", "");
    row("http://190.0.0.1:9200/es", "addressPath", "");
    row("http://a b:9200", "addressInvalid", "");
    row("http://user:word@host:9200", "addressInvalid", "");
    row("", "addressMissing", "");
}

void TestEventStore::an_address_is_cut_as_the_console_cuts_it()
{
    QFETCH(QString, text);
    QFETCH(QString, problem);
    QFETCH(QString, address);
    const auto read = tke::storeAddressOf(text);
    QCOMPARE(read.problem, problem);
    if (problem.isEmpty())
        QCOMPARE(read.address.text(), address);
}

void TestEventStore::a_login_in_an_address_is_not_shown()
{
    QCOMPARE(tke::withoutLogin(QStringLiteral("http://user:word@host:9200")), QStringLiteral("http://…@host:9200"));
    QCOMPARE(tke::withoutLogin(QStringLiteral("user:wo://rd@host:9200")), QStringLiteral("…@host:9200"));
    QCOMPARE(tke::withoutLogin(QStringLiteral("http://host:9200")), QStringLiteral("http://host:9200"));
}

void TestEventStore::elasticsearch_says_which_names_an_index_may_have_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("problem");
    QTest::addColumn<bool>("inConsole");
    const auto row = [](const char* tag, const QString& name, const char* problem, bool inConsole = false) {
        QTest::newRow(tag) << name << QString::fromLatin1(problem) << inConsole;
    };
    const auto q = [](const char* text) { return QString::fromUtf8(text); };
    row("fluentd", q("fluentd"), "", true);
    row("separators", q("tke-events_a+b"), "", true);
    row("dot", q("tke.events"), "");
    row("digit", q("1events"), "");
    row("chinese", q("事件"), "");
    row("empty", q(""), "indexMissing");
    row("upper", q("Fluentd"), "indexUpperCase");
    for (const char* each : {"a/b", "a\\b", "a*", "a?", "a\"", "a<", "a>", "a|b", "a b", "a,b", "a#b", "a:b"})
        row(each, q(each), "indexCharacter");
    row("minus", q("-a"), "indexStart");
    row("underscore", q("_a"), "indexStart");
    row("plus", q("+a"), "indexStart");
    row("dots", q(".."), "indexDots");
    row("60", QString(60, QLatin1Char('a')), "", true);
    row("61", QString(61, QLatin1Char('a')), "");
    row("255", QString(255, QLatin1Char('a')), "");
    row("256", QString(256, QLatin1Char('a')), "indexTooLong");
    row("bytes, not letters", QString(86, QChar(0x4e8b)), "indexTooLong");
}

void TestEventStore::elasticsearch_says_which_names_an_index_may_have()
{
    QFETCH(QString, name);
    QFETCH(QString, problem);
    QFETCH(bool, inConsole);
    QCOMPARE(tke::indexProblem(name), problem);
    QCOMPARE(tke::isConsoleIndex(name), inConsole);
}

void TestEventStore::an_open_store_tells_its_version_and_its_documents()
{
    ScriptedServer server(store);
    const auto found = visit(at(server));
    QVERIFY(found.isUsable());
    QCOMPARE(found.kind, StoreKind::Elasticsearch);
    QCOMPARE(found.version, QStringLiteral("7.17.27"));
    QVERIFY(!found.wantsLogin);
    QCOMPARE(found.documents, std::optional<qint64>(3));
    QCOMPARE(found.newest, QDateTime::fromString(QStringLiteral("2026-11-22T10:00:00Z"), Qt::ISODate));
    for (const AskedRequest& asked : server.asked()) {
        QCOMPARE(asked.verb, QByteArray("GET"));
        QVERIFY(!asked.hasHeader("Authorization"));
    }
}

void TestEventStore::an_index_that_is_not_there_is_no_error()
{
    ScriptedServer server(store);
    const auto found = visit(at(server), QStringLiteral("later"));
    QVERIFY(found.isUsable());
    QCOMPARE(found.hasIndex, std::optional(false));
    QVERIFY(!found.documents);
}

void TestEventStore::opensearch_is_told_apart()
{
    ScriptedServer server([](const AskedRequest&) {
        return ScriptedAnswer::whole(200,
                                     R"({"cluster_name":"c","version":{"distribution":"opensearch","number":"2.11.0",
            "lucene_version":"9.7.0"},"tagline":"The OpenSearch Project: https://opensearch.org/"})");
    });
    const auto found = visit(at(server), {});
    QCOMPARE(found.kind, StoreKind::OpenSearch);
    QCOMPARE(found.version, QStringLiteral("2.11.0"));
    QVERIFY(found.isUsable());
}

void TestEventStore::what_is_no_store_is_told()
{
    for (const QByteArray body : {"<html>Welcome</html>", R"({"version":{"number":"7.17.27"}})", "[]", ""}) {
        ScriptedServer server([body](const AskedRequest&) { return ScriptedAnswer::whole(200, body); });
        const auto found = visit(at(server));
        QCOMPARE(found.kind, StoreKind::SomethingElse);
        QVERIFY(!found.isUsable());
        QCOMPARE(server.askedCount(), 1UL);
    }
}

void TestEventStore::a_store_that_wants_a_login_says_so()
{
    ScriptedServer server(behindALogin);
    const auto found = visit(at(server));
    QVERIFY(found.wantsLogin);
    QVERIFY(!found.loginAccepted);
    QCOMPARE(found.kind, StoreKind::Unknown);
    QVERIFY(!found.isUsable());
}

void TestEventStore::a_login_is_shown_only_where_one_is_wanted()
{
    const tke::StoreLogin login{QStringLiteral("elastic"), QStringLiteral("planted-7f3a")};
    ScriptedServer closed(behindALogin);
    const auto found = visit(at(closed), QStringLiteral("fluentd"), login);
    QVERIFY(found.isUsable());
    QCOMPARE(found.loginAccepted, std::optional(true));
    QCOMPARE(found.kind, StoreKind::Elasticsearch);
    QCOMPARE(found.documents, std::optional<qint64>(3));
    QVERIFY(!closed.asked().front().hasHeader("Authorization"));
    ScriptedServer open(store);
    QVERIFY(!visit(at(open), QStringLiteral("fluentd"), login).loginAccepted);
    for (const AskedRequest& asked : open.asked())
        QVERIFY(!asked.hasHeader("Authorization"));
}

void TestEventStore::a_wrong_login_is_told()
{
    ScriptedServer server(behindALogin);
    const auto found = visit(at(server), QStringLiteral("fluentd"), {QStringLiteral("elastic"), QStringLiteral("no")});
    QCOMPARE(found.loginAccepted, std::optional(false));
    QVERIFY(!found.isUsable());
}

void TestEventStore::a_name_that_nobody_knows()
{
    const auto found = visit({.scheme = QStringLiteral("http"), .host = QStringLiteral("store.invalid"), .port = 9200});
    QCOMPARE(found.way.probe.failure(), std::optional(endpoint::Stage::Resolve));
    QVERIFY(!found.isUsable());
}

void TestEventStore::a_closed_port()
{
    ScriptedServer server(store);
    const auto address = at(server);
    server.stopListening();
    const auto found = visit(address);
    QCOMPARE(found.way.probe.failure(), std::optional(endpoint::Stage::Tcp));
    QVERIFY(!found.answers());
}

void TestEventStore::a_certificate_of_another_authority()
{
    const support::Certificates authority;
    const support::Certificates other(QStringLiteral("another-ca"));
    ScriptedServer server(behindALogin, {.tls = authority.serverTls(authority.server(QStringLiteral("IP:127.0.0.1")))});
    const tke::StoreLogin login{QStringLiteral("elastic"), QStringLiteral("planted-7f3a")};
    const auto refused = visit(at(server, "https"), QStringLiteral("fluentd"), login, other.authority());
    QCOMPARE(refused.way.trust, Trust::Untrusted);
    QCOMPARE(server.askedCount(), 0UL);
    const auto taken = visit(at(server, "https"), QStringLiteral("fluentd"), login, authority.authority());
    QCOMPARE(taken.way.trust, Trust::Platform);
    QVERIFY(taken.isUsable());
}

QTEST_GUILESS_MAIN(TestEventStore)
#include "tst_eventstore.moc"
