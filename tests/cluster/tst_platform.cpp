// A platform and its members on the real control plane: TKEStack's kinds come from the kube-apiserver as CRDs, the
// proxy from platform.py, which hands on to the same kube-apiserver.

#include "app/models/memberclusters.h"
#include "app/tke/addonstate.h"
#include "tests/cluster/clusters.h"

#include <QProcess>
#include <QSignalSpy>

using models::MemberClusters;
using store::Cluster;
using tke::RouteKind;

class TestPlatform : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void thePlatformsMembersAreThoseOfTheScenario();
    void theGlobalClusterIsThePlatformsOwn();
    void theGlobalClusterIsReachedDirectlyWithItsCredential();
    void theProxyAnswersLikeTheCluster();
    void theProxyWantsToBeToldTheMember();
    void aWatchThroughTheProxyHears();
    void aWriteThroughTheProxyIsDone();
    void aLostMemberIsToldByEachWay();
    void addonsAreSeenWhereTheyStand();

private:
    /// What is installed, and what stands of it now.
    std::vector<tke::ClusterAddons> addons()
    {
        QStringList names;
        for (const tke::MemberCluster& each : m_members->listing(m_platform)->members)
            names << each.name;
        const auto survey = plane::answerOf(tke::readAddons(m_platform->client(), m_platform->catalog(), names));
        if (!survey || !survey->unread.empty())
            return {};
        return plane::answerOf(tke::readInClusters(models::clientsThrough(m_platform, m_clusters.journal()),
                                                   tke::clusterAddons(*survey, names), survey->read),
                               60'000)
            .value_or(std::vector<tke::ClusterAddons>{});
    }
    /// A member that the platform tells of; fails the test when it does not.
    const tke::MemberCluster* named(const QString& name) const { return m_members->member(m_platform, name); }
    const tke::MemberCluster* inPhase(const char* phase) const
    {
        for (const tke::MemberCluster& each : m_members->listing(m_platform)->members)
            if (each.phase == QLatin1String(phase))
                return &each;
        return nullptr;
    }
    Cluster* open(const QString& name, const tke::RouteWish& wish)
    {
        m_members->open(m_platform, name, wish);
        if (!QTest::qWaitFor(
                [&] {
                    Cluster* opened = m_members->clusterOf(m_platform, name);
                    return opened && opened->hasCatalog() && !m_members->isOpening(m_platform, name) &&
                           (!wish.kind || m_members->routeOf(opened) == wish.kind);
                },
                30'000))
            return nullptr;
        return m_members->clusterOf(m_platform, name);
    }

    QProcess m_server;
    store::Clusters m_clusters;
    std::unique_ptr<MemberClusters> m_members;
    Cluster* m_platform = nullptr;
    const QString m_global = QStringLiteral("global");
};

void TestPlatform::initTestCase()
{
    const QString file = qEnvironmentVariable("KUBECONFIG");
    m_server.start(QStringLiteral("python3"), {QStringLiteral(ALIDADE_SOURCE "/tests/cluster/platform.py"), file});
    QVERIFY(m_server.waitForReadyRead(20'000));
    const QByteArray port = m_server.readLine().trimmed().split(' ').value(1);
    QVERIFY2(port.toInt() > 0, m_server.readAllStandardError().constData());
    config::Kubeconfig config;
    config::Context context;
    context.name = QStringLiteral("platform");
    context.cluster.server = QUrl(QStringLiteral("http://127.0.0.1:") + QString::fromLatin1(port));
    config.contexts.push_back(context);
    m_members = std::make_unique<MemberClusters>(&m_clusters);
    m_clusters.load(config);
    m_platform = m_clusters.at(0);
    m_platform->open();
    QTRY_VERIFY_WITH_TIMEOUT(m_members->listing(m_platform) &&
                                 m_members->listing(m_platform)->state == MemberClusters::Listing::State::Known,
                             30'000);
}

void TestPlatform::cleanupTestCase()
{
    m_members.reset();
    m_server.kill();
    m_server.waitForFinished(5'000);
}

void TestPlatform::thePlatformsMembersAreThoseOfTheScenario()
{
    QCOMPARE(m_members->listing(m_platform)->members.size(), std::size_t(3));
    const tke::MemberCluster* global = named(m_global);
    QVERIFY(global);
    QCOMPARE(global->addresses.size(), std::size_t(4));
    QVERIFY(!global->firstFailing());
    const tke::MemberCluster* lost = inPhase("Failed");
    QVERIFY(lost && lost->firstFailing());
    QCOMPARE(lost->firstFailing()->type, QStringLiteral("HealthCheck"));
    const tke::MemberCluster* young = inPhase("Initializing");
    QVERIFY(young && young->firstFailing());
    QCOMPARE(young->firstFailing()->type, QStringLiteral("EnsurePreflight"));
}

void TestPlatform::theGlobalClusterIsThePlatformsOwn()
{
    // Its addresses are others than where the platform is spoken to: kube-system tells.
    Cluster* own = open(m_global, {});
    QVERIFY(own);
    QCOMPARE(m_members->routeOf(own), std::optional(RouteKind::Own));
    m_clusters.dropMember(own);
}

void TestPlatform::theGlobalClusterIsReachedDirectlyWithItsCredential()
{
    Cluster* direct = open(m_global, {.kind = RouteKind::Direct});
    QVERIFY(direct);
    QCOMPARE(direct->address(), QStringLiteral("https://10.241.0.100:6443"));
    QCOMPARE(direct->id(), m_platform->id());
    m_clusters.dropMember(direct);
    Cluster* real = open(m_global, {.address = endpoint::choiceFromText(QStringLiteral("real:1"))});
    QVERIFY(real);
    QCOMPARE(real->address(), QStringLiteral("https://10.241.0.12:6443"));
    m_clusters.dropMember(real);
}

void TestPlatform::theProxyAnswersLikeTheCluster()
{
    transport::Journal journal;
    const plane::Connection straight = plane::connectTo(journal);
    Cluster* proxied = open(m_global, {.kind = RouteKind::Proxy});
    QVERIFY(proxied);
    QCOMPARE(proxied->id(), m_platform->id());
    const auto namesOf = [](const kube::Client& client) {
        QStringList names;
        const auto list = plane::answerOf(client.askJson(
            {.path = "/api/v1/namespaces/kube-system/configmaps",
             .query = {{QStringLiteral("labelSelector"), QStringLiteral("!alidade.test/no,a notin (b,c)")}}}));
        if (list)
            for (const kube::Json& item : (*list)["items"])
                names << QString::fromStdString(item["metadata"]["name"].get<std::string>());
        return names;
    };
    const QStringList names = namesOf(*straight.client);
    QVERIFY(!names.isEmpty());
    QCOMPARE(namesOf(proxied->client()), names);
    const auto missing = plane::answerOf(proxied->client().askJson({.path = "/api/v1/namespaces/no-such-namespace"}));
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, base::ErrorKind::NotFound);
    QCOMPARE(missing.error().reason, QStringLiteral("NotFound")); // the member's own word
    const auto nodes = proxied->feed(*proxied->catalog().find(QStringLiteral("nodes")));
    QTRY_COMPARE_WITH_TIMEOUT(nodes->rows()->state().phase, kube::FeedState::Phase::Live, 30'000);
    QCOMPARE(plane::rowsOf(*nodes->rows()).size(), plane::freshList(*straight.client, "/api/v1/nodes").size());
    m_clusters.dropMember(proxied);
}

void TestPlatform::theProxyWantsToBeToldTheMember()
{
    // As the platform itself; without it the test's server would be too kind.
    const auto refused = plane::answerOf(
        m_platform->client().askJson({.path = "/apis/platform.tkestack.io/v1/clusters/global/proxy",
                                      .query = {{QStringLiteral("path"), QStringLiteral("/version")}}}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().httpStatus, 500);
    QVERIFY(refused.error().said.contains(QLatin1String("clusterName is required")));
}

void TestPlatform::aWatchThroughTheProxyHears()
{
    transport::Journal journal;
    const plane::Connection straight = plane::connectTo(journal);
    Cluster* proxied = open(m_global, {.kind = RouteKind::Proxy});
    QVERIFY(proxied);
    const auto feed = proxied->feed(*proxied->catalog().find(QStringLiteral("namespaces")));
    QTRY_COMPARE_WITH_TIMEOUT(feed->rows()->state().phase, kube::FeedState::Phase::Live, 30'000);
    const auto before = plane::rowsOf(*feed->rows()).size();
    const QString name = QStringLiteral("through-the-platform");
    QVERIFY(plane::makeNamespace(*straight.client, name));
    QTRY_COMPARE_WITH_TIMEOUT(plane::rowsOf(*feed->rows()).size(), before + 1, 15'000);
    plane::removeNamespace(*straight.client, name);
    QTRY_COMPARE_WITH_TIMEOUT(plane::rowsOf(*feed->rows()).size(), before, 60'000);
    m_clusters.dropMember(proxied);
}

void TestPlatform::aWriteThroughTheProxyIsDone()
{
    Cluster* proxied = open(m_global, {.kind = RouteKind::Proxy});
    QVERIFY(proxied);
    const QString name = QStringLiteral("written-through");
    QVERIFY(plane::makeNamespace(proxied->client(), name));
    transport::Request label{.verb = "PATCH", .path = "/api/v1/namespaces/written-through"};
    label.headers.emplace_back("Content-Type", "application/merge-patch+json");
    label.query.emplace_back(QStringLiteral("fieldManager"), QStringLiteral("alidade"));
    label.body = R"({"metadata":{"labels":{"tried":"yes"}}})";
    QVERIFY(plane::answerOf(proxied->client().ask(std::move(label))));
    transport::Journal journal;
    const plane::Connection straight = plane::connectTo(journal);
    const auto read = plane::answerOf(straight.client->askJson({.path = "/api/v1/namespaces/written-through"}));
    QVERIFY(read);
    QCOMPARE((*read)["metadata"]["labels"]["tried"].get<std::string>(), std::string("yes"));
    plane::removeNamespace(proxied->client(), name);
    m_clusters.dropMember(proxied);
}

void TestPlatform::aLostMemberIsToldByEachWay()
{
    const tke::MemberCluster* lost = inPhase("Failed");
    QVERIFY(lost);
    const QString name = lost->name;
    QSignalSpy refused(m_members.get(), &MemberClusters::refused);
    m_members->open(m_platform, name);
    QTRY_VERIFY_WITH_TIMEOUT(!refused.isEmpty(), 40'000);
    const auto ways = refused[0][2].value<std::vector<tke::RefusedRoute>>();
    QCOMPARE(ways.size(), std::size_t(2));
    QCOMPARE(ways[0].kind, RouteKind::Direct);
    QCOMPARE(ways[0].address.text(), QStringLiteral("https://10.241.0.60:6443"));
    QCOMPARE(ways[1].kind, RouteKind::Proxy);
    QCOMPARE(ways[1].error.reason, QStringLiteral("platformCannotReach"));
}

void TestPlatform::addonsAreSeenWhereTheyStand()
{
    const auto of = [](const std::vector<tke::ClusterAddons>& all, const QString& cluster, const char* type) {
        for (const tke::ClusterAddons& each : all)
            for (const tke::AddonView& view : each.addons)
                if (each.cluster == cluster && view.addon.type == QLatin1String(type))
                    return view;
        return tke::AddonView{};
    };
    // By the scenario's word an addon runs, of which nothing stands in the cluster.
    const auto before = addons();
    QCOMPARE(before.size(), std::size_t(3));
    QCOMPARE(of(before, m_global, "CronHPA").addon.phase, QStringLiteral("Running"));
    QCOMPARE(of(before, m_global, "CronHPA").finding, QStringLiteral("runsButGone"));
    QCOMPARE(of(before, m_global, "PersistentEvent").finding, QStringLiteral("failed"));
    QCOMPARE(of(before, m_global, "LogAgent").finding, QStringLiteral("runsButGone"));
    QVERIFY(!of(before, m_global, "Prometheus").parts.empty());
    for (const tke::ClusterAddons& each : before)
        QCOMPARE(each.error.has_value(), each.cluster != m_global); // the others are not reached

    transport::Journal journal;
    const plane::Connection straight = plane::connectTo(journal);
    const QByteArray system = "/api/v1/namespaces/kube-system/";
    const QByteArray rbac = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
    const QByteArray apps = "/apis/apps/v1/namespaces/kube-system/deployments";
    const auto post = [&straight](const QByteArray& path, const QByteArray& body) {
        transport::Request request{.verb = "POST", .path = path};
        request.headers.emplace_back("Content-Type", "application/json");
        request.body = body;
        return plane::answerOf(straight.client->ask(std::move(request))).has_value();
    };
    const QByteArray metadata = R"("metadata":{"name":"cron-hpa-controller"})";
    const auto deployment = [](const QByteArray& name) {
        return R"({"metadata":{"name":")" + name + R"("},"spec":{"selector":{"matchLabels":{"app":")" + name +
               R"("}},"template":{"metadata":{"labels":{"app":")" + name +
               R"("}},"spec":{"serviceAccountName":"default",
               "containers":[{"name":"c","image":"registry.example.com/c"}]}}}})";
    };
    QVERIFY(post(system + "serviceaccounts", "{" + metadata + "}"));
    QVERIFY(post(system + "services", "{" + metadata + R"(,"spec":{"ports":[{"port":443}]}})"));
    QVERIFY(post(rbac, "{" + metadata + R"(,"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole",
        "name":"view"},"subjects":[]})"));
    QVERIFY(post(apps, deployment("cron-hpa-controller")));
    QVERIFY(post(apps, deployment("csi-operator")));
    std::vector<tke::ClusterAddons> now;
    QTRY_VERIFY_WITH_TIMEOUT((now = addons(), of(now, m_global, "CronHPA").state == tke::AddonState::Well), 60'000);
    const auto global = std::ranges::find(now, m_global, &tke::ClusterAddons::cluster);
    QVERIFY(global != now.end());
    QCOMPARE(global->leftOver.size(), std::size_t(1)); // nobody installed a CSIOperator
    QCOMPARE(global->leftOver[0].type, QStringLiteral("CSIOperator"));

    for (const QByteArray& path :
         {apps + "/cron-hpa-controller", apps + "/csi-operator", rbac + "/cron-hpa-controller",
          system + "services/cron-hpa-controller", system + "serviceaccounts/cron-hpa-controller"})
        QVERIFY(plane::answerOf(straight.client->ask({.verb = "DELETE", .path = path})));
    QTRY_COMPARE_WITH_TIMEOUT(of(addons(), m_global, "CronHPA").finding, QStringLiteral("runsButGone"), 30'000);
}

QTEST_GUILESS_MAIN(TestPlatform)
#include "tst_platform.moc"
