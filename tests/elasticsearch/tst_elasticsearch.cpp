// A real Elasticsearch 7.17, open and behind a login (haproxy): what the probe says of it, and that the rules of index
// names are its own.

#include "app/kube/json.h"
#include "app/tke/eventstore.h"
#include "tests/support/faketransport.h"

#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using tke::StoreKind;

namespace {

constexpr auto Password = "planted-7f3a";

quint16 freePort()
{
    QTcpServer server;
    if (!server.listen(QHostAddress::LocalHost))
        qFatal("no port is free");
    return server.serverPort();
}

/// A program that runs until it goes out of scope.
class Daemon {
public:
    Daemon() { m_process.setProcessChannelMode(QProcess::MergedChannels); }
    ~Daemon() { stop(); }

    void start(const QString& program, const QStringList& arguments)
    {
        m_process.start(program, arguments);
        if (!m_process.waitForStarted())
            qFatal("%s does not start: %s", qPrintable(program), qPrintable(m_process.errorString()));
    }
    void stop()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    QByteArray said() { return m_process.readAll(); }
    bool runs() const { return m_process.state() == QProcess::Running; }

private:
    QProcess m_process;
};

QString builtFolder()
{
    QProcess build;
    build.start(QStringLiteral(ALIDADE_SOURCE "/tests/elasticsearch/build"), QStringList());
    if (!build.waitForFinished(600'000) || build.exitCode() != 0)
        qFatal("Elasticsearch was not built: %s", build.readAllStandardError().constData());
    return QString::fromUtf8(build.readAllStandardOutput()).trimmed().section(QLatin1Char('\n'), -1);
}

tke::StoreAddress at(quint16 port)
{
    return {.scheme = QStringLiteral("http"), .host = QStringLiteral("127.0.0.1"), .port = port};
}

tke::StoreVisit visit(quint16 port, const QString& index = {}, const tke::StoreLogin& login = {})
{
    const auto found =
        support::answerOf(tke::visitStore(at(port), index, login, {.patience = std::chrono::seconds(7)}));
    if (!found)
        qFatal("a visit always answers: %s", qPrintable(found.error().reason));
    return *found;
}

} // namespace

class TestElasticsearch : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    quint16 m_port = freePort();
    quint16 m_closedPort = freePort();
    transport::Journal m_journal;
    std::unique_ptr<transport::HttpTransport> m_transport;
    // They end before the folder goes.
    Daemon m_node;
    Daemon m_proxy;

    int send(const QByteArray& verb, const QString& first, const QString& second = {}, const QByteArray& body = {})
    {
        transport::Request request{.verb = verb};
        request.path = second.isEmpty() ? transport::path({first}) : transport::path({first, second});
        request.body = body;
        if (!body.isEmpty()) {
            request.query = {{QStringLiteral("refresh"), QStringLiteral("true")}};
            request.headers.emplace_back("Content-Type", "application/json");
        }
        const auto reply = support::answerOf(m_transport->send(std::move(request)));
        return reply ? reply->head.status : 0;
    }

private slots:
    void initTestCase()
    {
        const QString built = builtFolder();
        m_node.start(QStringLiteral("java"),
                     {QStringLiteral("-Xmx512m"), QStringLiteral("-XX:TieredStopAtLevel=1"), QStringLiteral("-cp"),
                      built + QLatin1Char(':') + built + QStringLiteral("/lib/*"), QStringLiteral("EventStore"),
                      m_folder.path(), QString::number(m_port), QString::number(freePort())});
        QFile config(m_folder.filePath(QStringLiteral("haproxy.cfg")));
        QVERIFY(config.open(QFile::WriteOnly));
        config.write("defaults\n  mode http\n  timeout connect 5s\n  timeout client 30s\n  timeout server 30s\n"
                     "userlist events\n  user elastic insecure-password " +
                     QByteArray(Password) + "\nfrontend closed\n  bind 127.0.0.1:" + QByteArray::number(m_closedPort) +
                     "\n  http-request auth realm events unless { http_auth(events) }\n  default_backend store\n"
                     "backend store\n  server store 127.0.0.1:" +
                     QByteArray::number(m_port) + "\n");
        config.close();
        m_proxy.start(QStringLiteral("haproxy"), {QStringLiteral("-db"), QStringLiteral("-f"), config.fileName()});
        auto made = tke::openWay(at(m_port).url(), tke::Trust::NoTls, {}, &m_journal);
        QVERIFY(made);
        m_transport = std::move(*made);
        const auto isUp = [this] { return visit(m_port).kind == StoreKind::Elasticsearch; };
        if (!QTest::qWaitFor([&] { return !m_node.runs() || isUp(); }, 120'000) || !m_node.runs())
            qFatal("Elasticsearch does not come up: %s", m_node.said().constData());
    }

    void it_is_told_with_its_version()
    {
        const auto found = visit(m_port, QStringLiteral("fluentd"));
        QVERIFY(found.isUsable());
        QCOMPARE(found.version, QStringLiteral("7.17.27"));
        QVERIFY(!found.wantsLogin);
        QCOMPARE(found.hasIndex, std::optional(false));
    }

    void documents_are_counted_and_the_newest_is_told()
    {
        for (const char* time : {"2026-11-22T10:00:00Z", "2026-11-22T12:30:00Z", "2026-11-21T10:00:00Z"}) {
            const kube::Json event{{"metadata", {{"name", "web.1"}}}, {"reason", "Pulled"}, {"lastTimestamp", time}};
            QCOMPARE(send("POST", QStringLiteral("events"), QStringLiteral("_doc"), kube::toBytes(event)), 201);
        }
        const auto found = visit(m_port, QStringLiteral("events"));
        QCOMPARE(found.documents, std::optional<qint64>(3));
        QCOMPARE(found.newest, QDateTime::fromString(QStringLiteral("2026-11-22T12:30:00Z"), Qt::ISODate));
        const kube::Json line{{"path", "/data/log/a"}};
        QCOMPARE(send("POST", QStringLiteral("timeless"), QStringLiteral("_doc"), kube::toBytes(line)), 201);
        const auto timeless = visit(m_port, QStringLiteral("timeless"));
        QCOMPARE(timeless.documents, std::optional<qint64>(1));
        QVERIFY(!timeless.newest.isValid());
    }

    void the_rules_of_index_names_are_its_own_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* each : {"fluentd2", "tke-events_a+b", "tke.events", "1events", "Events", "a*b", "a?b", "a\"b",
                                 "a<b", "a|b", "a b", "a,b", "a#b", "a:b", "a\\b", "-a", "_a", "+a", "a&#43;b"})
            QTest::newRow(each) << QString::fromLatin1(each);
        QTest::newRow("chinese") << QString::fromUtf8("事件");
        QTest::newRow("255") << QString(255, QLatin1Char('a'));
        QTest::newRow("256") << QString(256, QLatin1Char('a'));
    }
    void the_rules_of_index_names_are_its_own()
    {
        QFETCH(QString, name);
        QCOMPARE(send("PUT", name) == 200, tke::indexProblem(name).isEmpty());
    }

    void behind_a_login_it_answers_who_has_one()
    {
        const QString user = QStringLiteral("elastic");
        const auto nobody = visit(m_closedPort, QStringLiteral("events"));
        QVERIFY(nobody.wantsLogin);
        QCOMPARE(nobody.status, 401);
        QVERIFY(!nobody.isUsable());
        const auto wrong = visit(m_closedPort, QStringLiteral("events"), {user, QStringLiteral("wrong")});
        QCOMPARE(wrong.loginAccepted, std::optional(false));
        const auto right = visit(m_closedPort, QStringLiteral("events"), {user, QLatin1String(Password)});
        QVERIFY(right.isUsable());
        QCOMPARE(right.version, QStringLiteral("7.17.27"));
        QCOMPARE(right.documents, std::optional<qint64>(3));
    }

    void stopped_it_is_out_of_reach()
    {
        m_node.stop();
        const auto gone = visit(m_port);
        QCOMPARE(gone.way.probe.failure(), std::optional(endpoint::Stage::Tcp));
        QVERIFY(!gone.isUsable());
    }
};

QTEST_GUILESS_MAIN(TestElasticsearch)
#include "tst_elasticsearch.moc"
