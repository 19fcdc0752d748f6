// Addons as a platform tells of them and as they stand in a cluster: TKEStack's own answers, and what none should send.

#include "app/messages/addons.h"
#include "tests/support/answers.h"

#include <QTest>

using kube::Json;
using tke::AddonState;
using tke::PartState;
using State = PartState::State;

namespace {

const QByteArray Platform = "/apis/platform.tkestack.io/v1";
const QByteArray Apps = "/apis/apps/v1/namespaces/kube-system";

QString qs(const char* text)
{
    return QString::fromUtf8(text);
}

kube::ApiResource kind(const char* group, const char* resource, const char* name)
{
    return {.group = qs(group), .version = qs("v1"), .resource = qs(resource), .kind = qs(name)};
}

kube::ApiCatalog recorded()
{
    kube::ApiCatalog catalog;
    for (const auto& [resource, name] :
         {std::pair{"clusters", "Cluster"}, std::pair{"clusteraddontypes", "ClusterAddonType"},
          std::pair{"persistentevents", "PersistentEvent"}, std::pair{"tappcontrollers", "TappController"},
          std::pair{"csioperators", "CSIOperator"}, std::pair{"cronhpas", "CronHPA"}})
        catalog.resources.push_back(kind("platform.tkestack.io", resource, name));
    return catalog;
}

QByteArray workload(const char* name, int wanted, int ready, const QByteArray& conditions = "[]")
{
    return R"({"metadata":{"name":")" + QByteArray(name) + R"(","uid":"u-)" + name + R"("},"spec":{"replicas":)" +
           QByteArray::number(wanted) + R"(,"selector":{"matchLabels":{"app":")" + name +
           R"("}}},"status":{"readyReplicas":)" + QByteArray::number(ready) + R"(,"conditions":)" + conditions + "}}";
}

QByteArray list(const QList<QByteArray>& items)
{
    return R"({"kind":"List","metadata":{},"items":[)" + items.join(',') + "]}";
}

} // namespace

class TestAddons : public QObject {
    Q_OBJECT
private slots:
    void init();

    void theRecordedPlatformsAddonsAreRead();
    void oneKindThatFailsHidesNoOther();
    void whatCannotBeListedIsAskedForByCluster();
    void aKindThatIsTooNewIsFoundByItsType();
    void aGroupThatIsAwayIsToldOf();
    void whatIsNoPlatformHasNoAddons();

    void whatStandsInTheClusterIsSeen();
    void aPodThatDoesNotStartSaysWhy();
    void nothingIsSaidOfWhatMayNotBeRead();
    void whatIsLeftOverIsFoundOnlyWhereThatIsKnown();
    void thePasswordOfFluentdIsNotAskedFor();

    void platformAndClusterAreComparedBothWays_data();
    void platformAndClusterAreComparedBothWays();
    void aClusterThatIsNotReachedIsNotKnown();
    void anAddonOfNoClusterIsTold();
    void twoOfATypeAreTold();
    void hostileObjectsAreReadAsFarAsTheyGo_data();
    void hostileObjectsAreReadAsFarAsTheyGo();

private:
    base::Result<tke::AddonSurvey> survey(const kube::ApiCatalog& catalog = recorded(),
                                          const QStringList& clusters = {})
    {
        support::FakeTransport transport(m_answers);
        return support::answerOf(tke::readAddons(kube::Client(&transport), catalog, clusters));
    }
    tke::MemberAddons member(const std::vector<tke::Addon>& installed, const QStringList& read = {})
    {
        support::FakeTransport transport(m_answers);
        auto answer = support::answerOf(tke::readMemberAddons(kube::Client(&transport), installed, read));
        m_asked = transport.asked;
        return answer.value_or(tke::MemberAddons{});
    }
    static tke::Addon tapp(const char* phase, const char* reason = "")
    {
        return {.key = qs("tappcontrollers.platform.tkestack.io"),
                .type = qs("TappController"),
                .ref = {.cluster = {},
                        .apiVersion = qs("platform.tkestack.io/v1"),
                        .kind = qs("TappController"),
                        .nameSpace = {},
                        .name = qs("tc-1"),
                        .uid = {}},
                .cluster = qs("cls-1"),
                .version = qs("v1.2.1"),
                .phase = qs(phase),
                .reason = qs(reason)};
    }
    void serveTapp(const QByteArray& deployment)
    {
        m_answers.serve(Apps + "/deployments", list(deployment.isEmpty() ? QList<QByteArray>() : QList{deployment}));
        m_answers.serve(Apps + "/daemonsets", list({}));
        m_answers.serve(Apps + "/statefulsets", list({}));
        m_answers.serve("/api/v1/namespaces/kube-system/services/tapp-controller", R"({"metadata":{"uid":"u-s"}})");
        m_answers.serve("/api/v1/namespaces/kube-system/serviceaccounts/tapp-controller", R"({"metadata":{}})");
        m_answers.serve("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/tapp-controller", R"({"metadata":{}})");
    }

    support::Answers m_answers;
    std::vector<transport::Request> m_asked;
};

void TestAddons::init()
{
    m_answers = {};
    m_answers.serveFixture(Platform + "/clusteraddontypes", qs("tkestack-1.9/045-list-clusteraddontypes.json"));
    m_answers.serveFixture(Platform + "/tappcontrollers", qs("tkestack-1.9/048-list-tappcontrollers.json"));
    m_answers.serveFixture(Platform + "/cronhpas", qs("tkestack-1.9/049-list-cronhpas.json"));
    m_answers.serveFixture(Platform + "/csioperators", qs("tkestack-1.9/050-list-csioperators.json"));
    m_answers.serveFixture(Platform + "/persistentevents", qs("tkestack/persistentevents.json"));
}

void TestAddons::theRecordedPlatformsAddonsAreRead()
{
    const auto read = survey();
    QVERIFY(read);
    QVERIFY(read->unread.empty());
    QCOMPARE(read->types.size(), std::size_t(4));
    QCOMPARE(read->findType(qs("TappController"))->latestVersion, qs("v1.2.1"));
    QCOMPARE(read->read.size(), 4);
    QStringList lines;
    for (const tke::Addon& each : read->addons)
        lines << each.cluster + QLatin1Char(' ') + each.type + QLatin1Char(' ') + each.phase;
    QCOMPARE(lines.filter(qs("cls-abc12345")),
             (QStringList{qs("cls-abc12345 CronHPA Initializing"), qs("cls-abc12345 PersistentEvent Running"),
                          qs("cls-abc12345 TappController Initializing")}));
    QCOMPARE(read->addons.back().ref.apiVersion, qs("platform.tkestack.io/v1"));
    // The reason of one that is tried again.
    QVERIFY(std::ranges::any_of(read->addons, [](const tke::Addon& each) {
        return each.phase == qs("Reinitializing") && each.reason.contains(qs("unable to parse password"));
    }));
}

void TestAddons::oneKindThatFailsHidesNoOther()
{
    m_answers.refuse(Platform + "/cronhpas", 500, "InternalError");
    m_answers.refuse(Platform + "/clusteraddontypes", 403, "Forbidden");
    const auto read = survey();
    QVERIFY(read);
    QCOMPARE(read->unread.size(), std::size_t(2));
    QCOMPARE(read->unread[0].kind, qs("clusteraddontypes"));
    QCOMPARE(read->unread[1].kind, qs("cronhpas"));
    QVERIFY(!read->isRead(qs("cronhpas.platform.tkestack.io")));
    QVERIFY(read->isRead(qs("tappcontrollers.platform.tkestack.io")));
    QVERIFY(messages::unreadAddons(read->unread[1]).contains(qs("cronhpas")));
    QCOMPARE(std::ranges::count(read->addons, qs("TappController"), &tke::Addon::type), 1);
}

void TestAddons::whatCannotBeListedIsAskedForByCluster()
{
    for (const char* each : {"tappcontrollers", "cronhpas", "persistentevents"})
        m_answers.refuse(Platform + '/' + each, 403, "Forbidden");
    m_answers.serveFixture(Platform + "/clusters/cls-abc12345/addons", qs("tkestack-1.9/046-get-cluster-addons.json"));
    const auto read = survey(recorded(), {qs("cls-abc12345")});
    QVERIFY(read);
    QCOMPARE(read->addons.size(), std::size_t(3));
    QCOMPARE(read->addons[1].type, qs("PersistentEvent"));
    QCOMPARE(read->addons[1].phase, qs("Running"));
    QCOMPARE(read->addons[1].cluster, qs("cls-abc12345"));
    QVERIFY(read->unread.empty());
    QVERIFY(read->isRead(qs("cronhpas.platform.tkestack.io")));
    // One cluster that does not answer leaves a gap, which is told.
    const auto partly = survey(recorded(), {qs("cls-abc12345"), qs("cls-other")});
    QVERIFY(partly);
    QCOMPARE(partly->addons.size(), std::size_t(3));
    QCOMPARE(partly->unread.size(), std::size_t(3));
    QVERIFY(!partly->isRead(qs("cronhpas.platform.tkestack.io")));
}

void TestAddons::aKindThatIsTooNewIsFoundByItsType()
{
    auto catalog = recorded();
    catalog.resources.push_back(kind("platform.tkestack.io", "brandnews", "BrandNew"));
    catalog.resources.push_back(kind("example.com", "brandnews", "BrandNew"));
    m_answers.serve(Platform + "/clusteraddontypes",
                    R"({"kind":"ClusterAddonTypeList","items":[{"type":"BrandNew","level":"Basic"}]})");
    m_answers.serve(Platform + "/brandnews", R"({"kind":"BrandNewList","items":[{"metadata":{"name":"bn-1"},
        "spec":{"clusterName":"cls-1"},"status":{"phase":"Running"}}]})");
    const auto read = survey(catalog);
    QVERIFY(read);
    const auto found = std::ranges::find(read->addons, qs("BrandNew"), &tke::Addon::type);
    QVERIFY(found != read->addons.end());
    // What it makes is not known: it may run, but nobody says that it is well.
    auto clusters = tke::clusterAddons({.types = {}, .addons = {*found}, .read = {}, .unread = {}, .takenAt = {}},
                                       QStringList{qs("cls-1")});
    tke::take(clusters[0], tke::MemberAddons{.parts = {{}}, .leftOver = {}, .error = {}});
    QCOMPARE(clusters[0].addons[0].state, AddonState::NotKnown);
    QCOMPARE(clusters[0].addons[0].finding, qs("partsUnknown"));
}

void TestAddons::aGroupThatIsAwayIsToldOf()
{
    auto catalog = recorded();
    catalog.stale.push_back({qs("monitor.tkestack.io"), qs("v1"), qs("no endpoints")});
    catalog.stale.push_back({qs("metrics.k8s.io"), qs("v1beta1"), qs("no endpoints")});
    const auto read = survey(catalog);
    QVERIFY(read);
    QCOMPARE(read->unread.size(), std::size_t(1));
    QCOMPARE(read->unread[0].kind, qs("monitor.tkestack.io"));
    QVERIFY(messages::unreadAddons(read->unread[0]).contains(qs("no endpoints")));
}

void TestAddons::whatIsNoPlatformHasNoAddons()
{
    const auto read = survey({});
    QVERIFY(!read);
    QCOMPARE(read.error().reason, qs("noAddons"));
}

void TestAddons::whatStandsInTheClusterIsSeen()
{
    serveTapp(workload("tapp-controller", 1, 1));
    const auto seen = member({tapp("Running")});
    QVERIFY(!seen.error);
    QCOMPARE(seen.parts.size(), std::size_t(1));
    QStringList lines;
    for (const PartState& each : seen.parts[0])
        lines << each.ref.kind + QLatin1Char(' ') + tke::idOf(each.state);
    QCOMPARE(lines, (QStringList{qs("Deployment healthy"), qs("Service present"), qs("ServiceAccount present"),
                                 qs("ClusterRoleBinding present")}));
    QCOMPARE(seen.parts[0][0].ref.nameSpace, qs("kube-system"));
    QCOMPARE(seen.parts[0][0].ref.uid, qs("u-tapp-controller"));
    QCOMPARE(seen.parts[0][3].ref.nameSpace, QString());
}

void TestAddons::aPodThatDoesNotStartSaysWhy()
{
    serveTapp(workload(
        "tapp-controller", 1, 0,
        R"([{"type":"Available","status":"False","message":"Deployment does not have minimum availability."}])"));
    m_answers.serve("/api/v1/namespaces/kube-system/pods",
                    list({R"({"status":{"containerStatuses":[{"name":"tapp-controller","state":{"waiting":
        {"reason":"CrashLoopBackOff","message":"back-off 5m0s restarting failed container"}}}]}})"}));
    const auto seen = member({tapp("Running")});
    const PartState& deployment = seen.parts[0][0];
    QCOMPARE(deployment.state, State::Failing);
    QCOMPARE(deployment.message, qs("tapp-controller: CrashLoopBackOff: back-off 5m0s restarting failed container"));
    const auto asked =
        std::ranges::find_if(m_asked, [](const transport::Request& each) { return each.path.endsWith("/pods"); });
    QVERIFY(asked != m_asked.end());
    QCOMPARE(asked->query.front().second, qs("app=tapp-controller"));
    // Without its pods the Deployment's own words stand.
    m_answers.refuse("/api/v1/namespaces/kube-system/pods", 403, "Forbidden");
    QCOMPARE(member({tapp("Running")}).parts[0][0].message, qs("Deployment does not have minimum availability."));
}

void TestAddons::nothingIsSaidOfWhatMayNotBeRead()
{
    serveTapp(workload("tapp-controller", 1, 1));
    m_answers.refuse(Apps + "/deployments", 403, "Forbidden");
    auto clusters = tke::clusterAddons(
        {.types = {}, .addons = {tapp("Running")}, .read = {}, .unread = {}, .takenAt = {}}, std::nullopt);
    tke::take(clusters[0], member({tapp("Running")}));
    const tke::AddonView& view = clusters[0].addons[0];
    QCOMPARE(view.parts[0].state, State::NotKnown);
    QVERIFY(view.parts[0].error);
    QCOMPARE(view.state, AddonState::NotKnown);
    QVERIFY(!clusters[0].error);
    QVERIFY(messages::sentence(view, clusters[0]).contains(qs("not known")));
}

void TestAddons::whatIsLeftOverIsFoundOnlyWhereThatIsKnown()
{
    serveTapp({});
    m_answers.serve(Apps + "/deployments", list({workload("tapp-controller", 1, 1),
                                                 workload("prometheus-operator", 1, 1), workload("coredns", 2, 2)}));
    QVERIFY(member({}).leftOver.empty());
    const QStringList read{qs("tappcontrollers.platform.tkestack.io"), qs("prometheuses.monitor.tkestack.io")};
    const auto left = member({}, read).leftOver;
    QCOMPARE(left.size(), std::size_t(1)); // a prometheus-operator may be anybody's
    QCOMPARE(left[0].type, qs("TappController"));
    QCOMPARE(left[0].part.state, State::Healthy);
    QVERIFY(messages::sentence(left[0]).contains(qs("Deployment kube-system/tapp-controller")));
    QVERIFY(member({tapp("Running")}, read).leftOver.empty());
}

void TestAddons::thePasswordOfFluentdIsNotAskedFor()
{
    tke::Addon events = tapp("Running");
    events.key = qs("persistentevents.platform.tkestack.io");
    events.type = qs("PersistentEvent");
    member({events});
    const auto asked = std::ranges::find_if(
        m_asked, [](const transport::Request& each) { return each.path.endsWith("/configmaps/fluentd-config"); });
    QVERIFY(asked != m_asked.end());
    QVERIFY(std::ranges::any_of(asked->headers, [](const auto& header) {
        return header.first == "Accept" && header.second.contains("as=PartialObjectMetadata;");
    }));
}

void TestAddons::platformAndClusterAreComparedBothWays_data()
{
    QTest::addColumn<QString>("phase");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QByteArray>("deployment");
    QTest::addColumn<bool>("hasAccount");
    QTest::addColumn<AddonState>("state");
    QTest::addColumn<QString>("finding");
    const QByteArray ready = workload("tapp-controller", 1, 1);
    const auto add = [](const char* name, const char* phase, const char* reason, const QByteArray& deployment,
                        bool hasAccount, AddonState state, const char* finding) {
        QTest::newRow(name) << qs(phase) << qs(reason) << deployment << hasAccount << state << qs(finding);
    };
    add("both say that it runs", "Running", "", ready, true, AddonState::Well, "");
    add("it runs, and is gone", "Running", "", {}, true, AddonState::Failing, "runsButGone");
    add("it runs, and no pod is ready", "Running", "", workload("tapp-controller", 1, 0), true, AddonState::Failing,
        "runsButNotReady");
    add("it runs, scaled to nothing", "Running", "", workload("tapp-controller", 0, 0), true, AddonState::Failing,
        "runsButOff");
    add("it runs, without its account", "Running", "", ready, false, AddonState::Failing, "runsIncomplete");
    add("it failed, and stands", "Failed", "Tapp controller is not healthy.", ready, true, AddonState::Failing,
        "failedButStands");
    add("it failed, and is gone", "Failed", "Tapp controller is not healthy.", {}, true, AddonState::Failing, "failed");
    add("what was there before is in the way", "Reinitializing", "serviceaccounts \"tapp-controller\" already exists",
        {}, true, AddonState::Underway, "blockedByRemains");
    add("it is being made", "Initializing", "", {}, false, AddonState::Underway, "");
    add("it is looked at", "Checking", "", workload("tapp-controller", 1, 0), true, AddonState::Underway, "");
    add("nobody said anything yet", "", "", ready, true, AddonState::NotKnown, "");
    add("a word of newer platforms", "Dreaming", "", ready, true, AddonState::NotKnown, "");
}

void TestAddons::platformAndClusterAreComparedBothWays()
{
    QFETCH(QString, phase);
    QFETCH(QString, reason);
    QFETCH(QByteArray, deployment);
    QFETCH(bool, hasAccount);
    QFETCH(AddonState, state);
    QFETCH(QString, finding);
    serveTapp(deployment);
    if (!hasAccount)
        m_answers.refuse("/api/v1/namespaces/kube-system/serviceaccounts/tapp-controller", 404, "NotFound");
    const tke::Addon addon = tapp(phase.toUtf8().constData(), reason.toUtf8().constData());
    auto clusters = tke::clusterAddons({.types = {}, .addons = {addon}, .read = {}, .unread = {}, .takenAt = {}},
                                       QStringList{qs("cls-1")});
    QVERIFY(clusters[0].addons[0].state != AddonState::Well); // nothing was seen yet
    tke::take(clusters[0], member({addon}));
    const tke::AddonView& view = clusters[0].addons[0];
    QCOMPARE(tke::idOf(view.state), tke::idOf(state));
    QCOMPARE(view.finding, finding);
    QVERIFY(!messages::sentence(view, clusters[0]).isEmpty());
    QCOMPARE(messages::advice(view).isEmpty(), finding.isEmpty());
    QCOMPARE(view.severity().has_value(), state == AddonState::Failing || state == AddonState::Underway);
}

void TestAddons::aClusterThatIsNotReachedIsNotKnown()
{
    tke::Addon failed = tapp("Failed", "CronHPA is not healthy.");
    failed.key = qs("cronhpas.platform.tkestack.io");
    failed.type = qs("CronHPA");
    auto clusters =
        tke::clusterAddons({.types = {}, .addons = {tapp("Running"), failed}, .read = {}, .unread = {}, .takenAt = {}},
                           QStringList{qs("cls-1"), qs("cls-2")});
    QCOMPARE(clusters.size(), std::size_t(2));
    const base::Error dead{
        .kind = base::ErrorKind::Network, .reason = qs("platformCannotReach"), .said = qs("dial tcp")};
    const auto unreachable = [dead](const QString&) {
        return base::answered<std::shared_ptr<const kube::Client>>(base::failure(dead));
    };
    int seen = 0;
    const auto answer =
        support::answerOf(tke::readInClusters(unreachable, clusters, {}, [&seen](const auto&) { ++seen; }));
    QVERIFY(answer);
    QCOMPARE(seen, 2);
    const tke::ClusterAddons& cluster = answer->front();
    QVERIFY(cluster.error);
    QVERIFY(!cluster.isLooking);
    QCOMPARE(cluster.addons[0].state, AddonState::NotKnown); // and not well, though the platform says Running
    QCOMPARE(cluster.addons[0].parts[0].state, State::NotKnown);
    QVERIFY(messages::sentence(cluster.addons[0], cluster).contains(qs("dial tcp")));
    QCOMPARE(cluster.addons[1].finding, qs("failed"));
    QVERIFY(cluster.leftOver.empty());
}

void TestAddons::anAddonOfNoClusterIsTold()
{
    // The platform takes a PersistentEvent of any cluster's name (recording 038).
    const tke::AddonSurvey survey{
        .types = {}, .addons = {tapp("Initializing")}, .read = {}, .unread = {}, .takenAt = {}};
    const auto clusters = tke::clusterAddons(survey, QStringList{qs("cls-other")});
    QCOMPARE(clusters.size(), std::size_t(2));
    QVERIFY(!clusters[1].isKnown);
    QCOMPARE(clusters[1].addons[0].finding, qs("clusterUnknown"));
    QVERIFY(messages::sentence(clusters[1].addons[0], clusters[1]).contains(qs("cls-1")));
    // Where the clusters are not known, neither is that.
    QVERIFY(tke::clusterAddons(survey, std::nullopt)[0].isKnown);
}

void TestAddons::twoOfATypeAreTold()
{
    serveTapp(workload("tapp-controller", 1, 1));
    const std::vector<tke::Addon> both{tapp("Running"), tapp("Running")};
    auto clusters = tke::clusterAddons({.types = {}, .addons = both, .read = {}, .unread = {}, .takenAt = {}},
                                       QStringList{qs("cls-1")});
    tke::take(clusters[0], member(both));
    for (const tke::AddonView& each : clusters[0].addons)
        QCOMPARE(each.finding, qs("installedTwice"));
}

void TestAddons::hostileObjectsAreReadAsFarAsTheyGo_data()
{
    QTest::addColumn<QByteArray>("object");
    for (
        const char* each :
        {"null", "[]", "7", "{}", R"({"metadata":null,"spec":null,"status":null})",
         R"({"metadata":{"name":7},"spec":{"clusterName":[],"replicas":"many"},"status":{"phase":{},"readyReplicas":-5}})",
         R"({"spec":{"replicas":1e300,"selector":{"matchLabels":[1]}},"status":{"conditions":[null,7,{"status":false}]}})"})
        QTest::addRow("%s", each) << QByteArray(each);
}

void TestAddons::hostileObjectsAreReadAsFarAsTheyGo()
{
    QFETCH(QByteArray, object);
    const Json json = Json::parse(object.toStdString());
    const tke::Addon addon = tke::addonOf(json, kind("platform.tkestack.io", "cronhpas", "CronHPA"), qs("CronHPA"));
    QVERIFY(addon.phase.isEmpty() && addon.cluster.isEmpty());
    for (const tke::AddonPart& part : tke::findAddonKind(qs("prometheuses.monitor.tkestack.io"))->parts) {
        const PartState state = tke::workloadState(json, part);
        QVERIFY(state.ready >= 0 && state.wanted >= 0);
        QVERIFY(state.state != State::Healthy);
    }
    QVERIFY(tke::podTrouble(json).isEmpty());
    const tke::Addon steering = tke::addonOf(
        Json::parse(R"({"status":{"phase":"Run\u202ening","reason":"a\u001b[31mb"}})"), kind("g", "r", "K"), qs("K"));
    QVERIFY(!steering.phase.contains(QChar(0x202e)) && !steering.reason.contains(QChar(0x1b)));
}

QTEST_GUILESS_MAIN(TestAddons)
#include "tst_addons.moc"
