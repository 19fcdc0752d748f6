// alidadectl at a TKEStack platform: its clusters, and any other command at one of them.

#include "tests/support/fakeplatform.h"
#include "tests/support/fixture.h"
#include "tests/support/program.h"

#include <QDirIterator>
#include <QTest>

using support::Outcome;

class TestMembers : public QObject {
    Q_OBJECT
private slots:
    void clustersHaveTheFieldsOfTheContract();
    void clustersAsTextSayWhereCreationStands();
    void addonsOfAMemberAreToldFromBothSides();
    void addonsOfAMemberThatIsAwayAreNotKnown();
    void aClusterThatIsNoPlatformExitsWithSix();
    void aMemberIsSpokenToDirectlyByDefault();
    void whatTheCredentialDoesNotAllowGoesThroughThePlatform();
    void aPersonForcesThePlatform();
    void aPersonPicksAnAddress();
    void thePlatformsOwnClusterStaysWhatItIs();
    void aMemberThatIsNotThereExitsWithSix();
    void aForbiddenCredentialExitsWithFourWhenNothingElseMayBe();
    void whatNothingReachesExitsWithThree();
    void endpointsOfAProxiedMemberAreNotKeptAsThePlatforms();
    void optionsThatDoNotGoTogetherAreRefused_data();
    void optionsThatDoNotGoTogetherAreRefused();
    void noCredentialIsWrittenDownOrPrinted();

private:
    Outcome run(const support::FakePlatform& fake, QStringList arguments)
    {
        const QString config = m_program.file(
            QStringLiteral("platform.conf"),
            support::kubeconfigOf(fake.url(), "certificate-authority-data: " + fake.authority.authority().toBase64(),
                                  "token: platform-token"));
        return m_program.run(QStringList{QStringLiteral("--kubeconfig"), config} + arguments);
    }
    /// Two addons are installed in the member; of one the Deployment is gone.
    static void installAddons(support::FakePlatform& fake)
    {
        const QByteArray platform = "/apis/platform.tkestack.io/v1";
        fake.platformObjects[platform] =
            R"({"kind":"APIResourceList","groupVersion":"platform.tkestack.io/v1","resources":[
            {"name":"clusters","namespaced":false,"kind":"Cluster","verbs":["get","list"]},
            {"name":"clusteraddontypes","namespaced":false,"kind":"ClusterAddonType","verbs":["list"]},
            {"name":"tappcontrollers","namespaced":false,"kind":"TappController","verbs":["get","list"]},
            {"name":"cronhpas","namespaced":false,"kind":"CronHPA","verbs":["get","list"]}]})";
        fake.platformObjects[platform + "/clusteraddontypes"] =
            support::fixture(QStringLiteral("tkestack-1.9/045-list-clusteraddontypes.json"));
        for (const char* kind : {"048-list-tappcontrollers", "049-list-cronhpas"})
            fake.platformObjects[platform + QByteArray(kind).mid(9).prepend('/')] =
                support::fixture(QStringLiteral("tkestack-1.9/%1.json").arg(QLatin1String(kind)))
                    .replace("\"Initializing\"", "\"Running\"");
        const QByteArray apps = "/apis/apps/v1/namespaces/kube-system";
        fake.memberObjects[apps + "/deployments"] =
            R"({"items":[{"metadata":{"name":"tapp-controller","uid":"u1"},"status":{"readyReplicas":1}}]})";
        fake.memberObjects[apps + "/daemonsets"] = R"({"items":[]})";
        fake.memberObjects[apps + "/statefulsets"] = R"({"items":[]})";
        for (const char* name : {"tapp-controller", "cron-hpa-controller"}) {
            for (const char* resource : {"services", "serviceaccounts"})
                fake.memberObjects[QByteArray("/api/v1/namespaces/kube-system/") + resource + '/' + name] = "{}";
            fake.memberObjects[QByteArray("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/") + name] = "{}";
        }
    }
    static QStringList words(const char* text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); }

    support::Program m_program;
};

void TestMembers::clustersHaveTheFieldsOfTheContract()
{
    support::ScriptedServer server([](const support::AskedRequest&) {
        return support::ScriptedAnswer::whole(200,
                                              support::fixture(QStringLiteral("tkestack-1.9/111-list-clusters.json")));
    });
    const QString config = m_program.file(QStringLiteral("list.conf"), support::kubeconfigOf(server.url()));
    const Outcome outcome = m_program.run({QStringLiteral("--kubeconfig"), config, QStringLiteral("clusters"),
                                           QStringLiteral("-o"), QStringLiteral("json")});
    QCOMPARE(outcome.exit, 0);
    const QJsonArray list = outcome.array();
    QCOMPARE(list.size(), 4);
    const QJsonObject failed = list[1].toObject();
    QCOMPARE(failed[QLatin1String("name")].toString(), QStringLiteral("cls-fail6789"));
    QCOMPARE(failed[QLatin1String("displayName")].toString(), QStringLiteral("测试集群 (staging)"));
    QCOMPARE(failed[QLatin1String("type")].toString(), QStringLiteral("Imported"));
    QCOMPARE(failed[QLatin1String("version")].toString(), QStringLiteral("1.20.6"));
    QCOMPARE(failed[QLatin1String("phase")].toString(), QStringLiteral("Failed"));
    QCOMPARE(failed[QLatin1String("addresses")].toArray(),
             (QJsonArray{QJsonObject{{QStringLiteral("type"), QStringLiteral("Advertise")},
                                     {QStringLiteral("url"), QStringLiteral("https://10.240.0.21:6444")}}}));
    const QJsonObject failing = failed[QLatin1String("firstFailing")].toObject();
    QCOMPARE(failing[QLatin1String("condition")].toString(), QStringLiteral("HealthCheck"));
    QCOMPARE(failing[QLatin1String("reason")].toString(), QStringLiteral("FailedHealthCheck"));
    QVERIFY(failing[QLatin1String("message")].toString().contains(QLatin1String("10.240.0.21:6444")));
    QVERIFY(list[0].toObject()[QLatin1String("firstFailing")].isNull());
    QVERIFY(!outcome.out.contains("RkFLRS")); // the machines' passwords
}

void TestMembers::clustersAsTextSayWhereCreationStands()
{
    support::ScriptedServer server([](const support::AskedRequest&) {
        return support::ScriptedAnswer::whole(200,
                                              support::fixture(QStringLiteral("tkestack-1.9/111-list-clusters.json")));
    });
    const QString config = m_program.file(QStringLiteral("list.conf"), support::kubeconfigOf(server.url()));
    const Outcome outcome = m_program.run({QStringLiteral("--kubeconfig"), config, QStringLiteral("clusters")});
    QCOMPARE(outcome.exit, 0);
    const QList<QByteArray> lines = outcome.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 5);
    QVERIFY(lines[0].startsWith("NAME"));
    QVERIFY(lines[3].startsWith("cls-new00001"));
    QVERIFY(lines[3].contains("EnsurePreflight: FailedInit: "));
    QVERIFY(lines[4].contains("Advertise=https://10.240.0.100:6443"));
}

void TestMembers::addonsOfAMemberAreToldFromBothSides()
{
    support::FakePlatform fake;
    installAddons(fake);
    const Outcome outcome = run(fake, words("clusters --addons -o json"));
    QCOMPARE(outcome.exit, 0);
    const QJsonObject member = outcome.array()[0].toObject();
    const QJsonArray addons = member[QLatin1String("addons")].toArray();
    QCOMPARE(addons.size(), 2);
    const QJsonObject cron = addons[0].toObject();
    QCOMPARE(cron[QLatin1String("type")].toString(), QStringLiteral("CronHPA"));
    QCOMPARE(cron[QLatin1String("kind")].toString(), QStringLiteral("CronHPA"));
    QCOMPARE(cron[QLatin1String("name")].toString(), QStringLiteral("ch-7868wlvx"));
    QCOMPARE(cron[QLatin1String("version")].toString(), QStringLiteral("v1.0.1"));
    QCOMPARE(cron[QLatin1String("latestVersion")].toString(), QStringLiteral("v1.0.1"));
    QCOMPARE(cron[QLatin1String("phase")].toString(), QStringLiteral("Running"));
    QVERIFY(cron[QLatin1String("reason")].isNull());
    QCOMPARE(cron[QLatin1String("state")].toString(), QStringLiteral("failing"));
    QCOMPARE(cron[QLatin1String("finding")].toString(), QStringLiteral("runsButGone"));
    const QJsonObject gone = cron[QLatin1String("made")].toArray()[0].toObject();
    QCOMPARE(gone[QLatin1String("state")].toString(), QStringLiteral("absent"));
    QVERIFY(gone[QLatin1String("ready")].isNull() && gone[QLatin1String("wanted")].isNull());
    const QJsonObject tapp = addons[1].toObject();
    QCOMPARE(tapp[QLatin1String("state")].toString(), QStringLiteral("well"));
    QVERIFY(tapp[QLatin1String("finding")].isNull() && tapp[QLatin1String("severity")].isNull());
    const QJsonObject made = tapp[QLatin1String("made")].toArray()[0].toObject();
    QCOMPARE(made[QLatin1String("ref")][QLatin1String("kind")].toString(), QStringLiteral("Deployment"));
    QCOMPARE(made[QLatin1String("ref")][QLatin1String("namespace")].toString(), QStringLiteral("kube-system"));
    QCOMPARE(made[QLatin1String("ready")].toInt(), 1);
    QCOMPARE(made[QLatin1String("wanted")].toInt(), 1);
    QVERIFY(member[QLatin1String("leftOver")].toArray().isEmpty());
    QVERIFY(member[QLatin1String("addonsError")].isNull());
    const Outcome text = run(fake, words("clusters --addons"));
    QVERIFY2(text.out.contains("Deployment kube-system/cron-hpa-controller is not in the cluster"),
             text.out.constData());
    // Without the option nothing of it is read.
    QVERIFY(!run(fake, words("clusters -o json")).array()[0].toObject().contains(QLatin1String("addons")));
}

void TestMembers::addonsOfAMemberThatIsAwayAreNotKnown()
{
    support::FakePlatform fake;
    installAddons(fake);
    fake.isMemberAway = true;
    fake.isProxyDead = true;
    const Outcome outcome = run(fake, words("clusters --addons -o json"));
    QCOMPARE(outcome.exit, 0);
    const QJsonObject member = outcome.array()[0].toObject();
    QCOMPARE(member[QLatin1String("addonsError")][QLatin1String("reason")].toString(),
             QStringLiteral("platformCannotReach"));
    for (const QJsonValue& each : member[QLatin1String("addons")].toArray()) {
        QCOMPARE(each[QLatin1String("phase")].toString(), QStringLiteral("Running"));
        QCOMPARE(each[QLatin1String("state")].toString(), QStringLiteral("notKnown"));
        for (const QJsonValue& part : each[QLatin1String("made")].toArray())
            QCOMPARE(part[QLatin1String("state")].toString(), QStringLiteral("notKnown"));
    }
    QVERIFY(outcome.said().contains(QLatin1String("not known")));
}

void TestMembers::aClusterThatIsNoPlatformExitsWithSix()
{
    support::ScriptedServer server([](const support::AskedRequest&) {
        return support::ScriptedAnswer::whole(404, "404 page not found\n", {{"Content-Type", "text/plain"}});
    });
    const QString config = m_program.file(QStringLiteral("plain.conf"), support::kubeconfigOf(server.url()));
    for (const char* arguments : {"clusters", "get nodes --member cls-1"}) {
        const Outcome outcome = m_program.run(QStringList{QStringLiteral("--kubeconfig"), config} + words(arguments));
        QCOMPARE(outcome.exit, 6);
        QVERIFY(outcome.out.isEmpty());
        QVERIFY2(outcome.said().contains(QLatin1String("no TKEStack platform")), outcome.err.constData());
        QVERIFY2(outcome.said().contains(QLatin1String("global cluster")), outcome.err.constData());
    }
}

void TestMembers::aMemberIsSpokenToDirectlyByDefault()
{
    support::FakePlatform fake;
    const Outcome outcome = run(fake, words("--member cls-abc12345 get nodes"));
    QCOMPARE(outcome.exit, 0);
    QVERIFY(outcome.out.contains("member-node"));
    QVERIFY2(outcome.said().contains(QLatin1String("cls-abc12345 is spoken to directly, at ") + fake.memberUrl()),
             outcome.err.constData());
    QVERIFY2(outcome.said().contains(QLatin1String("Not at https://127.0.0.1:1 (Advertise)")), outcome.err.constData());
    for (const support::AskedRequest& each : fake.platform().asked())
        QVERIFY(!each.target.contains("/proxy"));
}

void TestMembers::whatTheCredentialDoesNotAllowGoesThroughThePlatform()
{
    support::FakePlatform fake;
    fake.isCredentialForbidden = true;
    const Outcome outcome = run(fake, words("--member cls-abc12345 get nodes -o json"));
    QCOMPARE(outcome.exit, 0);
    QCOMPARE(outcome.object()[QLatin1String("rows")].toArray().size(), 1);
    QVERIFY2(outcome.said().contains(QLatin1String("is spoken to through the platform")), outcome.err.constData());
    QVERIFY2(outcome.said().contains(QLatin1String("does not let you read that cluster's credential")),
             outcome.err.constData());
    QVERIFY(fake.member().asked().empty());
}

void TestMembers::aPersonForcesThePlatform()
{
    support::FakePlatform fake;
    const Outcome outcome = run(fake, words("--member cls-abc12345 --endpoint platform get nodes"));
    QCOMPARE(outcome.exit, 0);
    QVERIFY(outcome.out.contains("member-node"));
    QVERIFY(fake.member().asked().empty());
    for (const support::AskedRequest& each : fake.platform().asked())
        QVERIFY(!each.target.contains("clustercredentials"));
}

void TestMembers::aPersonPicksAnAddress()
{
    support::FakePlatform fake;
    const Outcome real = run(fake, words("--member cls-abc12345 --endpoint real:0 get nodes"));
    QCOMPARE(real.exit, 0);
    QVERIFY2(!real.said().contains(QLatin1String("Not at")), real.err.constData());
    const Outcome advertise = run(fake, words("--member cls-abc12345 --endpoint advertise get nodes"));
    QCOMPARE(advertise.exit, 3);
    QVERIFY(advertise.out.isEmpty());
    QCOMPARE(run(fake, words("--member cls-abc12345 --endpoint real:5 get nodes")).exit, 6);
}

void TestMembers::thePlatformsOwnClusterStaysWhatItIs()
{
    support::FakePlatform fake;
    fake.isOwn = true;
    const Outcome outcome = run(fake, words("--member cls-abc12345 get nodes"));
    QCOMPARE(outcome.exit, 0);
    QVERIFY2(outcome.said().contains(QLatin1String("the platform's own cluster")), outcome.err.constData());
    QVERIFY(fake.member().asked().empty());
}

void TestMembers::aMemberThatIsNotThereExitsWithSix()
{
    support::FakePlatform fake;
    const Outcome outcome = run(fake, words("--member cls-zzzzzzzz get nodes -o json"));
    QCOMPARE(outcome.exit, 6);
    QCOMPARE(outcome.object()[QLatin1String("error")].toObject()[QLatin1String("reason")].toString(),
             QStringLiteral("memberMissing"));
    QVERIFY2(outcome.said().contains(QLatin1String("cls-zzzzzzzz")), outcome.err.constData());
}

void TestMembers::aForbiddenCredentialExitsWithFourWhenNothingElseMayBe()
{
    support::FakePlatform fake;
    fake.isCredentialForbidden = true;
    const Outcome outcome = run(fake, words("--member cls-abc12345 --endpoint real get nodes"));
    QCOMPARE(outcome.exit, 4);
    QVERIFY2(outcome.said().contains(QLatin1String("Go through the platform")), outcome.err.constData());
}

void TestMembers::whatNothingReachesExitsWithThree()
{
    support::FakePlatform fake;
    fake.isMemberAway = true;
    fake.isProxyDead = true;
    const Outcome outcome = run(fake, words("--member cls-abc12345 get nodes"));
    QCOMPARE(outcome.exit, 3);
    QVERIFY2(outcome.said().contains(QLatin1String("the platform cannot reach that cluster")), outcome.err.constData());
    QVERIFY2(outcome.said().contains(QLatin1String("Not at ")), outcome.err.constData());
}

void TestMembers::endpointsOfAProxiedMemberAreNotKeptAsThePlatforms()
{
    support::FakePlatform fake;
    const Outcome outcome = run(fake, words("--member cls-abc12345 --endpoint platform endpoints"));
    QVERIFY(outcome.exit == 0 || outcome.exit == 3);
    for (const support::AskedRequest& each : fake.member().asked())
        QVERIFY(each.clientName.isEmpty() && !each.hasHeader("Authorization"));
    QVERIFY(!QFile::exists(m_program.path(QStringLiteral(".local/state/alidade/addresses.json"))));
}

void TestMembers::optionsThatDoNotGoTogetherAreRefused_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::newRow("platform without a member") << QStringLiteral("--endpoint platform get nodes");
    QTest::newRow("no name") << QStringLiteral("--member= get nodes");
    QTest::newRow("contexts have no members") << QStringLiteral("--member cls-1 contexts");
    QTest::newRow("a table shows no secrets") << QStringLiteral("get secrets --show-secrets");
}

void TestMembers::optionsThatDoNotGoTogetherAreRefused()
{
    QFETCH(QString, arguments);
    QCOMPARE(m_program.run(arguments.split(QLatin1Char(' '))).exit, 2);
}

void TestMembers::noCredentialIsWrittenDownOrPrinted()
{
    support::FakePlatform fake;
    for (const char* arguments : {"--member cls-abc12345 get nodes", "--member cls-abc12345 endpoints -o json",
                                  "--member cls-abc12345 --endpoint platform tree"}) {
        const Outcome outcome = run(fake, words(arguments));
        QVERIFY(!outcome.out.contains("PRIVATE KEY") && !outcome.err.contains("PRIVATE KEY"));
        QVERIFY(!outcome.out.contains("platform-token") && !outcome.err.contains("platform-token"));
    }
    const QByteArray key = fake.memberUser.key.split('\n').value(1); // a line of it
    QVERIFY(key.size() > 20);
    QDirIterator files(m_program.path(QString()), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    int seen = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        QVERIFY2(!content.contains(key) && !content.contains(key.toBase64()), qPrintable(file.fileName()));
        ++seen;
    }
    QVERIFY(seen > 0);
}

QTEST_GUILESS_MAIN(TestMembers)
#include "tst_members.moc"
