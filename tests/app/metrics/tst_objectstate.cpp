// What an object declares and shows, counted as Kubernetes counts it.

#include "app/metrics/objects.h"
#include "tests/support/faketransport.h"
#include "tests/support/served.h"

#include <QTest>

using kube::Json;
using metrics::Amounts;

namespace {

Json parsed(const char* text)
{
    return Json::parse(text);
}

Amounts requests(const char* spec)
{
    return metrics::podState(Json{{"metadata", {{"name", "p"}, {"namespace", "n"}}}, {"spec", parsed(spec)}})
        .state.requests;
}

constexpr qint64 Mi = 1 << 20;

} // namespace

class TestObjectState : public QObject {
    Q_OBJECT
private slots:
    void containersAddUp();
    void aLargeInitContainerCountsInTheirPlace();
    void aSidecarCountsForGoodAndBesideTheInitContainersBehindIt();
    void whatThePodAsAWholeDeclaresComesFirst();
    void anOverheadIsAddedToRequestsAndIsNoLimit();
    void noRequestIsNotZero();
    void aPodWithOneUnlimitedContainerHasNoBound();
    void statusIsReadByContainer();
    void aNodeRequestsWhatItsUnfinishedPodsDo();
    void podsThatCannotBeReadLeaveRequestsUnknown();
    void aDeploymentHasThePodsOfItsReplicaSets();
    void onlyTheNamespaceInQuestionIsRead();
    void workloadsThatMayNotBeReadAreNamed();
    void whatIsOfAnotherTypeIsNothing_data();
    void whatIsOfAnotherTypeIsNothing();
};

void TestObjectState::containersAddUp()
{
    QCOMPARE(requests(R"({"containers":[{"resources":{"requests":{"cpu":"100m","memory":"64Mi"}}},
                                        {"resources":{"requests":{"cpu":"0.2"}}}]})"),
             (Amounts{300, 64 * Mi}));
}

void TestObjectState::aLargeInitContainerCountsInTheirPlace()
{
    QCOMPARE(requests(R"({"containers":[{"resources":{"requests":{"cpu":"100m","memory":"64Mi"}}}],
                          "initContainers":[{"resources":{"requests":{"cpu":"1","memory":"16Mi"}}},
                                            {"resources":{"requests":{"cpu":"2"}}}]})"),
             (Amounts{2000, 64 * Mi}));
}

void TestObjectState::aSidecarCountsForGoodAndBesideTheInitContainersBehindIt()
{
    // 50m of the sidecar beside 100m; while the init container behind it runs, 50m beside 400m.
    QCOMPARE(requests(R"({"containers":[{"resources":{"requests":{"cpu":"100m"}}}],
                          "initContainers":[{"resources":{"requests":{"cpu":"420m"}}},
                                            {"restartPolicy":"Always","resources":{"requests":{"cpu":"50m"}}},
                                            {"resources":{"requests":{"cpu":"400m"}}}]})"),
             (Amounts{450, std::nullopt}));
    QCOMPARE(requests(R"({"containers":[{"resources":{"requests":{"cpu":"100m"}}}],
                          "initContainers":[{"restartPolicy":"Always","resources":{"requests":{"cpu":"50m"}}}]})"),
             (Amounts{150, std::nullopt}));
}

void TestObjectState::whatThePodAsAWholeDeclaresComesFirst()
{
    QCOMPARE(requests(R"({"resources":{"requests":{"cpu":"1"}},
                          "containers":[{"resources":{"requests":{"cpu":"100m","memory":"64Mi"}}}]})"),
             (Amounts{1000, 64 * Mi}));
}

void TestObjectState::anOverheadIsAddedToRequestsAndIsNoLimit()
{
    const auto pod = metrics::podState(parsed(R"({"spec":{"overhead":{"cpu":"10m","memory":"8Mi"},
        "containers":[{"resources":{"requests":{"cpu":"100m"},"limits":{"cpu":"200m"}}}]}})"));
    QCOMPARE(pod.state.requests, (Amounts{110, 8 * Mi}));
    QCOMPARE(pod.state.limits, (Amounts{210, std::nullopt}));
}

void TestObjectState::noRequestIsNotZero()
{
    QCOMPARE(requests(R"({"containers":[{}]})"), Amounts{});
    QCOMPARE(requests(R"({"containers":[{"resources":{"requests":{"cpu":"0"}}}]})"), (Amounts{0, std::nullopt}));
}

void TestObjectState::aPodWithOneUnlimitedContainerHasNoBound()
{
    const auto pod = metrics::podState(parsed(R"({"spec":{"containers":[
        {"resources":{"limits":{"cpu":"1","memory":"1Mi"}}},{"resources":{"limits":{"cpu":"1"}}}]}})"));
    QVERIFY(!pod.isCpuUnlimited);
    QVERIFY(pod.isMemoryUnlimited);
}

void TestObjectState::statusIsReadByContainer()
{
    const auto pod = metrics::podState(parsed(R"({"metadata":{"name":"p","namespace":"n","uid":"u"},
        "spec":{"nodeName":"w","containers":[{"name":"app"}],
                "initContainers":[{"name":"side","restartPolicy":"Always"},{"name":"first"}]},
        "status":{"phase":"Running","conditions":[{"type":"Ready","status":"False"}],
          "containerStatuses":[{"name":"app","ready":false,"restartCount":3,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}],
          "initContainerStatuses":[{"name":"side","ready":true,"restartCount":1,"state":{"running":{"startedAt":"2026-11-22T12:00:00Z"}}},
                                   {"name":"first","ready":true,"restartCount":0,"state":{"terminated":{"reason":"Completed"}}}]}})"));
    QCOMPARE(pod.state.ready, std::optional(false));
    QCOMPARE(pod.state.restarts, std::optional<qint64>(4));
    QCOMPARE(pod.state.node, QStringLiteral("w"));
    QCOMPARE(pod.containers.size(), std::size_t(3));
    QCOMPARE(pod.containers[0].second.reason, QStringLiteral("CrashLoopBackOff"));
    QVERIFY(!pod.containers[0].second.startedAt.isValid());
    QVERIFY(pod.containers[1].second.sidecar && pod.containers[1].second.init);
    QVERIFY(pod.containers[1].second.startedAt.isValid());
    QVERIFY(pod.containers[2].second.init && !pod.containers[2].second.sidecar);
}

void TestObjectState::aNodeRequestsWhatItsUnfinishedPodsDo()
{
    metrics::ServedObjects served;
    served.nodes.push_back({{.kind = QStringLiteral("Node"), .name = QStringLiteral("w")}, {}});
    for (const char* phase : {"Running", "Pending", "Succeeded", "Failed"}) {
        Json pod = parsed(R"({"spec":{"nodeName":"w","containers":[{"resources":{"requests":{"cpu":"100m"}}}]}})");
        pod["status"]["phase"] = phase;
        served.pods.push_back(metrics::podState(pod));
    }
    const auto page = metrics::pageOf(metrics::View::Nodes, served);
    QCOMPARE(page.states.begin()->second.requests, (Amounts{200, 0}));
}

void TestObjectState::podsThatCannotBeReadLeaveRequestsUnknown()
{
    metrics::ServedObjects served{.hasPods = false};
    served.nodes.push_back({{.kind = QStringLiteral("Node"), .name = QStringLiteral("w")}, {}});
    QCOMPARE(metrics::pageOf(metrics::View::Nodes, served).states.begin()->second.requests, Amounts{});
}

void TestObjectState::aDeploymentHasThePodsOfItsReplicaSets()
{
    metrics::ServedObjects served;
    served.workloads.push_back(metrics::workloadState(
        parsed(R"({"metadata":{"name":"web","namespace":"n"},"spec":{"replicas":3},"status":{"readyReplicas":2}})"),
        QStringLiteral("Deployment")));
    served.workloads.push_back(metrics::workloadState(
        parsed(
            R"({"metadata":{"name":"web-1","namespace":"n","ownerReferences":[{"kind":"Deployment","name":"web","controller":true}]}})"),
        QStringLiteral("ReplicaSet")));
    served.pods.push_back(metrics::podState(parsed(
        R"({"metadata":{"name":"web-1-a","namespace":"n","ownerReferences":[{"kind":"ReplicaSet","name":"web-1","controller":true}]},
                   "spec":{"containers":[{"resources":{"requests":{"cpu":"100m"}}}]},"status":{"phase":"Running"}})")));
    const auto page = metrics::pageOf(metrics::View::Workloads, served);
    QCOMPARE(page.states.size(), std::size_t(1));
    const auto& [subject, state] = *page.states.begin();
    QCOMPARE(subject.name, QStringLiteral("web"));
    QCOMPARE(state.requests, (Amounts{100, std::nullopt}));
    QCOMPARE(state.wanted, std::optional<qint64>(3));
    QCOMPARE(state.ready, std::optional(false));
    QCOMPARE(page.pods.at(subject).size(), std::size_t(1));
}

void TestObjectState::onlyTheNamespaceInQuestionIsRead()
{
    support::FakeTransport transport([](const transport::Request&) { return support::reply(200, R"({"items":[]})"); });
    QVERIFY(support::answerOf(
        metrics::readObjects(kube::Client(&transport), metrics::View::Workloads, QStringLiteral("shop"))));
    QCOMPARE(transport.asked.size(), std::size_t(7));
    for (const transport::Request& request : transport.asked)
        QVERIFY2(request.path.contains("/namespaces/shop/"), request.path.constData());
}

void TestObjectState::workloadsThatMayNotBeReadAreNamed()
{
    support::FakeTransport transport([](const transport::Request& request) {
        return request.path.endsWith("/pods") ? support::reply(200, R"({"items":[]})")
                                              : support::reply(403, support::statusJson(403, "Forbidden"));
    });
    const kube::Client client(&transport);
    const auto page = support::answerOf(metrics::readObjects(client, metrics::View::Workloads, {}));
    QVERIFY(page);
    QCOMPARE(page->unread.size(), std::size_t(6));
    QVERIFY(!support::answerOf(metrics::readObjects(client, metrics::View::Nodes, {})));
}

void TestObjectState::whatIsOfAnotherTypeIsNothing_data()
{
    QTest::addColumn<QByteArray>("object");
    for (
        const char* text :
        {"null", "[]", "7", "\"x\"", R"({"metadata":[],"spec":7,"status":"x"})",
         R"({"spec":{"containers":{"name":"x"},"initContainers":"x"},"status":{"conditions":[7,null,{"type":3}]}})",
         R"({"spec":{"containers":[7,null,[],{"name":7,"resources":[]}]}})",
         R"({"spec":{"containers":[{"name":"a","resources":{"requests":{"cpu":"-1","memory":{"a":1}}}}]}})",
         R"({"status":{"containerStatuses":[{"name":"a","restartCount":-5,"ready":"yes","state":[]}]},"spec":{"containers":[{"name":"a"}]}})",
         R"({"metadata":{"ownerReferences":[{"controller":"true","kind":7}]}})"})
        QTest::newRow(text) << QByteArray(text);
}

void TestObjectState::whatIsOfAnotherTypeIsNothing()
{
    QFETCH(QByteArray, object);
    const Json json = Json::parse(object.toStdString());
    const auto pod = metrics::podState(json);
    QCOMPARE(pod.state.requests, Amounts{});
    QVERIFY(!pod.state.restarts);
    QVERIFY(!pod.state.ready);
    QCOMPARE(metrics::nodeState(json).allocatable, Amounts{});
    QVERIFY(!metrics::workloadState(json, QStringLiteral("Deployment")).state.wanted);
}

QTEST_GUILESS_MAIN(TestObjectState)
#include "tst_objectstate.moc"
