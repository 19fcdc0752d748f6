// A platform's clusters, read from what TKEStack's own server answered and from what none should.

#include "app/tke/members.h"
#include "tests/support/faketransport.h"
#include "tests/support/fixture.h"

#include <QTest>

using tke::MemberCluster;

namespace {

std::vector<MemberCluster> membersIn(const QByteArray& body)
{
    support::FakeTransport transport([&](const transport::Request&) { return support::reply(200, body); });
    const auto listed = support::answerOf(tke::readMembers(kube::Client(&transport)));
    return listed ? listed->items : std::vector<MemberCluster>{};
}

base::Error errorOf(int status, const QByteArray& body, const QString& name = {})
{
    support::FakeTransport transport([&](const transport::Request&) { return support::reply(status, body); });
    const kube::Client client(&transport);
    if (name.isEmpty())
        return support::answerOf(tke::readMembers(client)).error();
    return support::answerOf(tke::readMember(client, name)).error();
}

QStringList urlsOf(const MemberCluster& member)
{
    QStringList urls;
    for (const endpoint::Address& each : member.addresses)
        urls << endpoint::idOf(each.type) + QLatin1Char(' ') + each.text();
    return urls;
}

} // namespace

class TestMembers : public QObject {
    Q_OBJECT
private slots:
    void theRecordedPlatformHasFourClusters();
    void theFirstFailingConditionIsToldInOrder();
    void aPlatformWithoutClustersIsAPlatform();
    void whatServesNoClustersIsNoPlatform();
    void aMissingClusterIsToldFromAMissingKind();
    void aPlatformIsKnownByWhatItServes();
    void addressesOfEveryKindAreRead();
    void hostileClustersAreReadAsFarAsTheyGo_data();
    void hostileClustersAreReadAsFarAsTheyGo();
    void howBadItIsComesFromPhaseAndConditions();
};

void TestMembers::theRecordedPlatformHasFourClusters()
{
    const auto members = membersIn(support::fixture(QStringLiteral("tkestack-1.9/111-list-clusters.json")));
    QCOMPARE(members.size(), std::size_t(4));
    const MemberCluster& imported = members[0];
    QCOMPARE(imported.name, QStringLiteral("cls-abc12345"));
    QCOMPARE(imported.displayName, QStringLiteral("生产集群 (production)"));
    QCOMPARE(imported.type, QStringLiteral("Imported"));
    QCOMPARE(imported.version, QStringLiteral("1.36.3"));
    QCOMPARE(imported.phase, QStringLiteral("Running"));
    QCOMPARE(imported.tenant, QStringLiteral("default"));
    QCOMPARE(imported.credential, QStringLiteral("cc-imp12345"));
    QCOMPARE(imported.kubeVendor, QStringLiteral("Other"));
    QVERIFY(!imported.locked);
    QCOMPARE(urlsOf(imported), (QStringList{QStringLiteral("Real https://10.240.0.11:6443"),
                                            QStringLiteral("Real https://10.240.0.12:6443"),
                                            QStringLiteral("Advertise https://10.240.0.100:6443")}));
    QVERIFY(!imported.severity());
    // Where status has no version yet, it is the one that was asked for.
    QCOMPARE(members[2].name, QStringLiteral("cls-new00001"));
    QCOMPARE(members[2].version, QStringLiteral("1.21.4-tke.3"));
    QCOMPARE(members[2].credential, QString());
}

void TestMembers::theFirstFailingConditionIsToldInOrder()
{
    const auto members = membersIn(support::fixture(QStringLiteral("tkestack-1.9/111-list-clusters.json")));
    QCOMPARE(members.size(), std::size_t(4));
    QVERIFY(!members[0].firstFailing());
    QVERIFY(members[1].firstFailing());
    QCOMPARE(members[1].firstFailing()->type, QStringLiteral("HealthCheck"));
    QCOMPARE(members[1].firstFailing()->reason, QStringLiteral("FailedHealthCheck"));
    QVERIFY(members[2].firstFailing());
    QCOMPARE(members[2].firstFailing()->type, QStringLiteral("EnsurePreflight"));
    QVERIFY(members[2].firstFailing()->message.contains(QLatin1Char('\n')));
    const MemberCluster unknown = tke::memberFrom(kube::Json::parse(
        R"({"status":{"conditions":[{"type":"A","status":"True"},{"type":"B","status":"Unknown"},{"type":"C","status":"False"}]}})"));
    QVERIFY(unknown.firstFailing());
    QCOMPARE(unknown.firstFailing()->type, QStringLiteral("B"));
}

void TestMembers::aPlatformWithoutClustersIsAPlatform()
{
    support::FakeTransport transport([](const transport::Request&) {
        return support::reply(200, support::fixture(QStringLiteral("tkestack-1.9/013-list-clusters-empty.json")));
    });
    const auto listed = support::answerOf(tke::readMembers(kube::Client(&transport)));
    QVERIFY(listed);
    QVERIFY(listed->items.empty());
    QCOMPARE(transport.asked.front().path, QByteArray("/apis/platform.tkestack.io/v1/clusters"));
    QVERIFY(membersIn(R"({"kind":"ClusterList","metadata":{},"items":null})").empty());
}

void TestMembers::whatServesNoClustersIsNoPlatform()
{
    const base::Error error = errorOf(404, "404 page not found\n");
    QCOMPARE(error.kind, base::ErrorKind::NotFound);
    QCOMPARE(error.reason, QStringLiteral("notAPlatform"));
}

void TestMembers::aMissingClusterIsToldFromAMissingKind()
{
    const QString name = QStringLiteral("cls-zzzzzzzz");
    const base::Error missing =
        errorOf(404, support::fixture(QStringLiteral("tkestack-1.9/141-get-cluster-404.json")), name);
    QCOMPARE(missing.reason, QStringLiteral("memberMissing"));
    QCOMPARE(missing.said, name);
    // What is of another tenant is answered in the same way.
    const base::Error foreign =
        errorOf(404, support::fixture(QStringLiteral("tkestack-1.9/178-tenant-get-foreign-404.json")), name);
    QCOMPARE(foreign.reason, QStringLiteral("memberMissing"));
    QCOMPARE(errorOf(404, "404 page not found\n", name).reason, QStringLiteral("notAPlatform"));
    QCOMPARE(errorOf(403, R"({"kind":"Status","reason":"Forbidden","code":403})", name).kind,
             base::ErrorKind::Forbidden);
}

void TestMembers::aPlatformIsKnownByWhatItServes()
{
    kube::ApiCatalog catalog;
    QVERIFY(!tke::isPlatform(catalog));
    catalog.resources.push_back({.group = QStringLiteral("cluster.x-k8s.io"),
                                 .version = QStringLiteral("v1"),
                                 .resource = QStringLiteral("clusters")});
    QVERIFY(!tke::isPlatform(catalog));
    catalog.resources.push_back({.group = QStringLiteral("platform.tkestack.io"),
                                 .version = QStringLiteral("v1"),
                                 .resource = QStringLiteral("clusters")});
    QVERIFY(tke::isPlatform(catalog));
}

void TestMembers::addressesOfEveryKindAreRead()
{
    const MemberCluster member = tke::memberFrom(kube::Json::parse(R"({"status":{"addresses":[
        {"type":"Real","host":"fd00::1","port":6443,"path":""},
        {"type":"Public","host":"lb.example.com","port":443,"path":"/k8s/cls-1/"},
        {"type":"Internal","host":"10.0.0.3","port":6443},
        {"type":"Support","host":"10.0.0.4","port":60002},
        {"type":"Advertise","host":"fd00::1","port":6443},
        {"type":"Martian","host":"10.0.0.5","port":6443},
        {"type":"Real","host":"10.0.0.6","port":0},
        {"type":"Real","host":"","port":6443},
        {"type":"Real","host":"10.0.0.7/evil","port":6443}]}})"));
    QCOMPARE(urlsOf(member), (QStringList{QStringLiteral("Real https://[fd00::1]:6443"),
                                          QStringLiteral("Public https://lb.example.com:443/k8s/cls-1"),
                                          QStringLiteral("Internal https://10.0.0.3:6443"),
                                          QStringLiteral("Support https://10.0.0.4:60002"),
                                          QStringLiteral("Advertise https://[fd00::1]:6443")}));
    QCOMPARE(member.unreadAddresses,
             (QStringList{QStringLiteral("Martian 10.0.0.5:6443"), QStringLiteral("Real 10.0.0.6:0"),
                          QStringLiteral("Real :6443"), QStringLiteral("Real 10.0.0.7/evil:6443")}));
}

void TestMembers::hostileClustersAreReadAsFarAsTheyGo_data()
{
    QTest::addColumn<QByteArray>("cluster");
    for (
        const char* each :
        {"null", "[]", "7", "{}", R"({"metadata":null,"spec":null,"status":null})",
         R"({"metadata":{"name":7},"spec":[],"status":"x"})",
         R"({"metadata":{"name":"c"},"status":{"conditions":null,"addresses":null}})",
         R"({"metadata":{"name":"c"},"status":{"conditions":[null,7,{"type":1,"status":false}],"addresses":[null,7,[]]}})",
         R"({"status":{"locked":"yes","phase":{},"version":[],"addresses":[{"type":"Real","host":"h","port":1e300}]}})"})
        QTest::addRow("%s", each) << QByteArray(each);
}

void TestMembers::hostileClustersAreReadAsFarAsTheyGo()
{
    QFETCH(QByteArray, cluster);
    const MemberCluster member = tke::memberFrom(kube::Json::parse(cluster.toStdString()));
    QVERIFY(member.addresses.empty());
    QVERIFY(!member.locked);
    QVERIFY(!member.firstFailing());
    QVERIFY(member.phase.isEmpty());
    // A steering character becomes a picture of it.
    const MemberCluster steering = tke::memberFrom(
        kube::Json::parse(R"({"spec":{"displayName":"a\u001b[31mb"},"status":{"phase":"Run\u202ening"}})"));
    QVERIFY(!steering.displayName.contains(QChar(0x1b)));
    QVERIFY(!steering.phase.contains(QChar(0x202e)));
}

void TestMembers::howBadItIsComesFromPhaseAndConditions()
{
    const auto of = [](const char* status) {
        return tke::memberFrom(kube::Json{{"status", kube::Json::parse(status)}}).severity();
    };
    QCOMPARE(of(R"({"phase":"Running"})"), std::nullopt);
    QCOMPARE(of(R"({"phase":"Failed"})"), std::optional(base::Severity::Error));
    QCOMPARE(of(R"({"phase":"Initializing"})"), std::optional(base::Severity::Warning));
    QCOMPARE(of(R"({"phase":"Running","locked":true})"), std::optional(base::Severity::Warning));
    QCOMPARE(of(R"({"phase":"Running","conditions":[{"type":"HealthCheck","status":"Unknown"}]})"),
             std::optional(base::Severity::Warning));
}

QTEST_GUILESS_MAIN(TestMembers)
#include "tst_members.moc"
