// The snapshot inside the program: each part of the product has something to find in it.

#include "app/kube/discovery.h"
#include "app/kube/jsonread.h"
#include "app/kube/listitems.h"
#include "app/metrics/readcontrast.h"
#include "app/snapshot/snapshottransport.h"
#include "app/tke/businesses.h"
#include "app/tke/livenamespaces.h"
#include "app/tke/members.h"
#include "tests/support/faketransport.h"

#include <QFile>
#include <QtTest>
#include <algorithm>

class TestDemo : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void itIsSmallAndRedacted();
    void itHasPodsInTrouble();
    void itHasNodesToTaint();
    void itHasFiguresOfEverySource();
    void itIsAPlatformWithBusinesses();
    void itHasLogsOfWhatCrashes();
    void itTellsItsAddresses();

private:
    std::vector<kube::Json> listOf(const QByteArray& path) const;

    std::shared_ptr<const snapshot::Snapshot> m_demo;
    std::unique_ptr<snapshot::SnapshotTransport> m_transport;
    std::unique_ptr<kube::Client> m_client;
};

void TestDemo::initTestCase()
{
    auto demo = snapshot::Snapshot::open(QStringLiteral("demo"));
    QVERIFY2(demo.has_value(), "the demo opens");
    m_demo = *demo;
    m_transport = std::make_unique<snapshot::SnapshotTransport>(m_demo);
    m_client = std::make_unique<kube::Client>(m_transport.get());
}

std::vector<kube::Json> TestDemo::listOf(const QByteArray& path) const
{
    const auto listed = support::answerOf(
        kube::listItems<kube::Json>(*m_client, {.path = path}, [](const kube::Json& item) { return item; }));
    return listed ? listed->items : std::vector<kube::Json>();
}

void TestDemo::itIsSmallAndRedacted()
{
    QVERIFY(QFile(QStringLiteral(":/demo/demo.alidade")).size() <= 2 << 20);
    QVERIFY(m_demo->manifest().isRedacted);
    QVERIFY(m_demo->manifest().context == QLatin1String("demo"));
}

void TestDemo::itHasPodsInTrouble()
{
    const auto pods = listOf("/api/v1/pods");
    const auto phase = [&](const char* wanted) {
        return std::ranges::count_if(pods, [&](const kube::Json& pod) {
            return kube::rawText(pod, {"status", "phase"}) == QLatin1String(wanted);
        });
    };
    QVERIFY(pods.size() > 50);
    QVERIFY(phase("Pending") > 0);
    QVERIFY(phase("Running") > 20);
    QVERIFY(phase("Failed") > 0);
    QVERIFY(!listOf("/api/v1/events").empty());
}

void TestDemo::itHasNodesToTaint()
{
    const auto nodes = listOf("/api/v1/nodes");
    QVERIFY(nodes.size() >= 10);
    QVERIFY(std::ranges::any_of(nodes, [](const kube::Json& node) {
        return !kube::elements(node, {"spec", "taints"}).empty();
    }));
}

void TestDemo::itHasFiguresOfEverySource()
{
    const auto report = support::answerOf(metrics::readContrast(*m_client, {.view = metrics::View::Pods}));
    QVERIFY(report);
    for (const auto kind :
         {metrics::SourceKind::MetricsServer, metrics::SourceKind::KubeStateMetrics, metrics::SourceKind::Prometheus})
        QVERIFY2(report->sources.isOk(kind), qPrintable(metrics::idOf(kind)));
    QVERIFY(std::ranges::any_of(report->rows, [](const metrics::ContrastRow& row) {
        return row.metricsServer && row.kubeStateMetrics && row.object;
    }));
}

void TestDemo::itIsAPlatformWithBusinesses()
{
    const auto catalog = support::answerOf(kube::discover(*m_client));
    QVERIFY(catalog && catalog->find(QStringLiteral("clusters.platform.tkestack.io")));
    QVERIFY(listOf("/apis/platform.tkestack.io/v1/clusters").size() >= 3);
    const auto survey = support::answerOf(tke::readBusinesses(*m_client));
    QVERIFY(survey);
    QVERIFY(survey->businesses.size() >= 2);
    const auto live = support::answerOf(tke::readLiveNamespaces(snapshot::membersOf(m_demo), survey->namespaces));
    QVERIFY(live);
    QVERIFY(std::ranges::any_of(*live, [](const tke::LiveNamespace& each) { return each.exists == true; }));
    QVERIFY(std::ranges::any_of(*live, [](const tke::LiveNamespace& each) { return each.exists == false; }));
    QVERIFY(std::ranges::any_of(*live, [](const tke::LiveNamespace& each) { return each.conflict == true; }));
}

void TestDemo::itHasLogsOfWhatCrashes()
{
    int logs = 0;
    for (const kube::Json& pod : listOf("/api/v1/pods")) {
        const auto log = support::answerOf(m_client->ask(
            {.path = transport::path({QStringLiteral("api"), QStringLiteral("v1"), QStringLiteral("namespaces"),
                                      kube::rawText(pod, {"metadata", "namespace"}), QStringLiteral("pods"),
                                      kube::rawText(pod, {"metadata", "name"}), QStringLiteral("log")})}));
        logs += log && !log->body.isEmpty() ? 1 : 0;
    }
    QVERIFY(logs > 0);
}

void TestDemo::itTellsItsAddresses()
{
    QVERIFY(m_demo->endpoints().is_array());
    QVERIFY(m_demo->endpoints().size() >= 3);
}

QTEST_GUILESS_MAIN(TestDemo)
#include "tst_demo.moc"
