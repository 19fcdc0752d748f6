// alidadectl event-persistence as a program: what it tries, sends and follows, and that a password is in nothing that
// it says or keeps.

#include "tests/support/eventplatform.h"
#include "tests/support/program.h"

#include <QDir>
#include <QDirIterator>
#include <QTest>

using support::AskedRequest;
using Platform = support::EventPlatform;
using support::Outcome;
using support::ScriptedServer;

namespace {

const QByteArray Password = "planted-7f3a-Word";
const QByteArray Encoded = Password.toBase64();

} // namespace

class TestEventPersistenceCommand : public QObject {
    Q_OBJECT

    support::Program m_program;

    Outcome run(const ScriptedServer& platform, const ScriptedServer& events, QStringList more, bool login = true)
    {
        m_program.file(QStringLiteral("config"), support::kubeconfigOf(platform.url()));
        QStringList arguments{QStringLiteral("event-persistence"), QStringLiteral("global"),
                              QStringLiteral("--kubeconfig"),      m_program.path(QStringLiteral("config")),
                              QStringLiteral("--address"),         events.url(),
                              QStringLiteral("--index"),           QStringLiteral("fluentd")};
        if (login)
            arguments += {QStringLiteral("--user"), QStringLiteral("elastic"), QStringLiteral("--password-stdin")};
        const Outcome outcome = m_program.run(arguments + more, {}, login ? Password + "\n" : QByteArray("\n"));
        for (const QByteArray& secret : {Password, Encoded}) {
            if (outcome.out.contains(secret) || outcome.err.contains(secret))
                qFatal("the password is shown: %s", outcome.out.constData());
            QDirIterator files(m_program.path(QStringLiteral("state")), QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                QFile file(files.next());
                if (!file.open(QFile::ReadOnly) || file.readAll().contains(secret))
                    qFatal("the password is kept in %s", qPrintable(file.fileName()));
            }
        }
        return outcome;
    }

    static int writes(const ScriptedServer& server)
    {
        int count = 0;
        for (const AskedRequest& asked : server.asked())
            count += asked.verb != "GET" && asked.query("dryRun").isEmpty() ? 1 : 0;
        return count;
    }

private slots:
    void nothing_is_written_without_apply()
    {
        ScriptedServer platform{Platform()};
        ScriptedServer events{support::EventStore(Password)};
        const Outcome outcome = run(platform, events, {QStringLiteral("-o"), QStringLiteral("json")});
        QCOMPARE(outcome.exit, 0);
        QCOMPARE(writes(platform), 0);
        const QJsonObject json = outcome.object();
        QCOMPARE(json[QStringLiteral("probe")][QStringLiteral("version")].toString(), QStringLiteral("7.17.27"));
        QVERIFY(json[QStringLiteral("probe")][QStringLiteral("loginAccepted")].toBool());
        QVERIFY(json[QStringLiteral("dryRun")][QStringLiteral("accepted")].toBool());
        QVERIFY(json[QStringLiteral("manifest")].toString().contains(QLatin1String("bytes>")));
        QVERIFY(json[QStringLiteral("commands")][QStringLiteral("curl")][0].toString().contains(
            QLatin1String("$ES_PASSWORD")));
        QVERIFY(!json.contains(QStringLiteral("applied")));
    }

    void with_apply_it_is_made_and_followed()
    {
        ScriptedServer platform{Platform()};
        ScriptedServer events{support::EventStore(Password)};
        const Outcome outcome =
            run(platform, events, {QStringLiteral("--apply"), QStringLiteral("-o"), QStringLiteral("json")});
        const QJsonObject json = outcome.object();
        QVERIFY(json[QStringLiteral("applied")].toBool());
        QCOMPARE(json[QStringLiteral("followed")][QStringLiteral("outcome")].toString(), QStringLiteral("delivers"));
        QCOMPARE(json[QStringLiteral("followed")][QStringLiteral("store")][QStringLiteral("documents")].toInt(), 3);
        QVERIFY(json[QStringLiteral("undo")].toString().contains(QLatin1String("delete")));
        QCOMPARE(outcome.exit, 0);
        QCOMPARE(writes(platform), 1);
        QByteArray sent;
        for (const AskedRequest& asked : platform.asked())
            if (asked.verb == "POST")
                sent = asked.body;
        QVERIFY(sent.contains("\"password\":\"" + Encoded + "\""));
        QVERIFY(sent.contains(R"("tenantID":"acme")")); // the cluster's
        QFile log(m_program.path(QStringLiteral("state/alidade/writes.jsonl")));
        QVERIFY(log.open(QFile::ReadOnly));
        QVERIFY(log.readAll().contains("PersistentEvent"));
        // A second one for the cluster is refused before it is sent.
        const Outcome again =
            run(platform, events, {QStringLiteral("--apply"), QStringLiteral("-o"), QStringLiteral("json")});
        QCOMPARE(again.exit, 1);
        QVERIFY(again.out.contains("clusterTaken"));
        QCOMPARE(writes(platform), 1);
    }

    void running_without_delivering_is_told()
    {
        Platform failing;
        failing.log =
            "[warn]: could not push logs to Elasticsearch cluster ({:password=>\"" + Password + "\"}): [401]\n";
        ScriptedServer platform{failing};
        ScriptedServer events{support::EventStore(Password)};
        const Outcome outcome =
            run(platform, events, {QStringLiteral("--apply"), QStringLiteral("-o"), QStringLiteral("json")});
        QCOMPARE(outcome.exit, 1);
        QCOMPARE(outcome.object()[QStringLiteral("followed")][QStringLiteral("outcome")].toString(),
                 QStringLiteral("fails"));
    }

    void a_store_that_wants_a_login_is_told_before_anything_is_sent()
    {
        ScriptedServer platform{Platform()};
        ScriptedServer events{support::EventStore(Password)};
        const Outcome outcome =
            run(platform, events, {QStringLiteral("--apply"), QStringLiteral("-o"), QStringLiteral("json")}, false);
        QCOMPARE(outcome.exit, 1);
        QVERIFY(outcome.out.contains("storeWantsLogin"));
        QCOMPARE(writes(platform), 0);
    }

    void an_older_platform_takes_no_login()
    {
        Platform old;
        old.version = "v1.4.0";
        ScriptedServer platform{old};
        ScriptedServer events{support::EventStore(Password)};
        const Outcome outcome = run(platform, events, {QStringLiteral("--apply")});
        QCOMPARE(outcome.exit, 1);
        QVERIFY(outcome.out.contains("v1.5.0"));
        QCOMPARE(writes(platform), 0);
    }

    void a_login_goes_to_no_argument_and_not_in_half()
    {
        for (const QStringList& half : {QStringList{QStringLiteral("--user"), QStringLiteral("elastic")},
                                        QStringList{QStringLiteral("--password-stdin")}}) {
            const Outcome outcome = m_program.run(
                QStringList{QStringLiteral("event-persistence"), QStringLiteral("global"), QStringLiteral("--address"),
                            QStringLiteral("http://h:1"), QStringLiteral("--index"), QStringLiteral("i")} +
                half);
            QCOMPARE(outcome.exit, 2);
        }
        ScriptedServer platform{Platform()};
        m_program.file(QStringLiteral("config"), support::kubeconfigOf(platform.url()));
        const Outcome outcome = m_program.run(
            {QStringLiteral("event-persistence"), QStringLiteral("global"), QStringLiteral("--kubeconfig"),
             m_program.path(QStringLiteral("config")), QStringLiteral("--address"),
             QStringLiteral("http://elastic:") + QString::fromLatin1(Password) + QStringLiteral("@127.0.0.1:9200"),
             QStringLiteral("--index"), QStringLiteral("fluentd"), QStringLiteral("-o"), QStringLiteral("json")});
        QCOMPARE(outcome.exit, 1);
        QVERIFY(!outcome.out.contains(Password));
        QVERIFY(!outcome.err.contains(Password));
    }
};

QTEST_GUILESS_MAIN(TestEventPersistenceCommand)
#include "tst_eventpersistence.moc"
