// Manifests applied to the real server: judged before they are sent, never over somebody else's fields unasked, and an
// object's text edited writes what was edited and nothing else.

#include "app/change/editintent.h"
#include "app/change/flow.h"
#include "app/change/manifestset.h"
#include "tests/cluster/plane.h"

#include <QTemporaryDir>

using change::ManifestFlow;
using change::ManifestSet;
using kube::Json;

namespace {

QByteArray manifests(int replicas, const QByteArray& image = "image: example/web:1")
{
    return QByteArray(R"(apiVersion: v1
kind: Namespace
metadata: {name: manifests-test}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: manifests-test}
spec:
  replicas: )") +
           QByteArray::number(replicas) + R"(
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          )" +
           image + "\n";
}

const QByteArray DeploymentPath = "/apis/apps/v1/namespaces/manifests-test/deployments/web";

} // namespace

class TestManifests : public QObject {
    Q_OBJECT

    transport::Journal m_journal;
    plane::Connection m_plane;
    plane::Connection m_other;
    kube::ApiCatalog m_catalog;
    QTemporaryDir m_folder;
    std::unique_ptr<change::WriteLog> m_log;

    change::Origin origin(bool readOnly = false) const
    {
        return {QStringLiteral("test"), QStringLiteral("admin"), m_plane.transport->address(), readOnly};
    }

    std::unique_ptr<ManifestSet> previewed(const QByteArray& text, bool force = false, bool readOnly = false)
    {
        auto parsed = kube::parseManifests(text);
        if (!parsed)
            qFatal("the test's own manifests are wrong");
        auto set =
            std::make_unique<ManifestSet>(*m_plane.client, origin(readOnly), m_catalog, std::move(*parsed), m_log.get(),
                                          ManifestSet::Options{.nameSpace = QStringLiteral("default"), .force = force});
        set->preview();
        if (!QTest::qWaitFor([&] { return !set->isBusy(); }, 30'000))
            qFatal("the preview does not end");
        return set;
    }

    static void apply(ManifestSet& set)
    {
        set.apply();
        QTRY_VERIFY_WITH_TIMEOUT(!set.isBusy(), 30'000);
    }

    Json deployment()
    {
        const auto answer = plane::answerOf(m_other.client->askJson({.path = DeploymentPath}));
        return answer ? *answer : Json(nullptr);
    }

    /// Somebody else.
    bool scaleTo(int replicas, const char* manager)
    {
        transport::Request request{.verb = "PATCH", .path = DeploymentPath};
        request.query = {{QStringLiteral("fieldManager"), QLatin1String(manager)}};
        request.headers.emplace_back("Content-Type", "application/merge-patch+json");
        request.body = QByteArray(R"({"spec":{"replicas":)") + QByteArray::number(replicas) + "}}";
        return plane::answerOf(m_other.client->ask(std::move(request))).has_value();
    }

private slots:
    void initTestCase()
    {
        m_plane = plane::connectTo(m_journal);
        m_other = plane::connectTo(m_journal, QStringLiteral("-real-1"));
        const auto catalog = plane::answerOf(kube::discover(*m_plane.client));
        QVERIFY(catalog);
        m_catalog = *catalog;
        m_log = std::make_unique<change::WriteLog>(m_folder.filePath(QStringLiteral("writes.jsonl")));
    }

    void cleanupTestCase() { plane::removeNamespace(*m_plane.client, QStringLiteral("manifests-test")); }

    void whatNeedsItsNamespaceWaitsForIt()
    {
        const auto set = previewed(manifests(2));
        QCOMPARE(set->items().size(), std::size_t{2});
        QCOMPARE(set->items()[0].flow->action(), ManifestFlow::Action::Create);
        QVERIFY(set->items()[1].comesWithNamespace);
        QVERIFY(set->isAccepted());
        QVERIFY(deployment().is_null()); // nothing was kept by the preview
        apply(*set);
        QCOMPARE(set->items()[1].flow->state(), ManifestFlow::State::Applied);
        QCOMPARE(deployment()["spec"]["replicas"].get<int>(), 2);
        QCOMPARE(m_log->entries().size(), std::size_t{2});
    }

    void theSameAgainChangesNothing()
    {
        const auto set = previewed(manifests(2));
        QCOMPARE(set->items()[1].flow->action(), ManifestFlow::Action::Unchanged);
        QCOMPARE(set->changes(), 0);
        apply(*set);
        QCOMPARE(deployment()["metadata"]["generation"].get<int>(), 1);
    }

    void aWrongFieldIsToldAtItsLine()
    {
        const auto set = previewed(manifests(2, "imagee: example/web:1"));
        QVERIFY(!set->isAccepted());
        const ManifestFlow& flow = *set->items()[1].flow;
        const auto problems = kube::fieldProblems(flow.error());
        QCOMPARE(problems.size(), std::size_t{1});
        QCOMPARE(flow.manifest().placeOf(problems.front().field).line, 16);
    }

    void fieldsOfOthersAreTakenOnlyWhenAsked()
    {
        QVERIFY(scaleTo(5, "somebody"));
        const auto refused = previewed(manifests(3));
        QVERIFY(!refused->isAccepted());
        QVERIFY(refused->items()[1].flow->isOwnedByOthers());
        QCOMPARE(deployment()["spec"]["replicas"].get<int>(), 5);
        const auto forced = previewed(manifests(3), true);
        QVERIFY(forced->isAccepted());
        apply(*forced);
        QCOMPARE(deployment()["spec"]["replicas"].get<int>(), 3);
    }

    void whoComesBetweenIsNotOverwritten()
    {
        const auto set = previewed(manifests(4), true);
        QVERIFY(set->isAccepted());
        QVERIFY(scaleTo(7, "somebody"));
        apply(*set);
        QCOMPARE(set->items()[1].flow->state(), ManifestFlow::State::Conflicted);
        QCOMPARE(deployment()["spec"]["replicas"].get<int>(), 7);
    }

    void aChangeElsewhereIsNoConflict()
    {
        const auto set = previewed(manifests(6), true);
        transport::Request request{.verb = "PATCH", .path = DeploymentPath};
        request.headers.emplace_back("Content-Type", "application/merge-patch+json");
        request.body = R"({"metadata":{"annotations":{"note":"by somebody"}}})";
        QVERIFY(plane::answerOf(m_other.client->ask(std::move(request))));
        apply(*set);
        QCOMPARE(set->items()[1].flow->state(), ManifestFlow::State::Applied);
        const Json after = deployment();
        QCOMPARE(after["spec"]["replicas"].get<int>(), 6);
        QCOMPARE(after["metadata"]["annotations"]["note"].get<std::string>(), std::string("by somebody"));
    }

    void aReadOnlyContextStopsBeforeAnything()
    {
        const std::size_t before = m_journal.entries().size();
        const auto set = previewed(manifests(9), false, true);
        QCOMPARE(set->items()[0].flow->error().kind, base::ErrorKind::ReadOnly);
        QCOMPARE(m_journal.entries().size(), before);
    }

    void aKindThatIsNotServedIsSaid()
    {
        const auto set = previewed("apiVersion: example.com/v1\nkind: Nothing\nmetadata: {name: a}\n");
        QVERIFY(!set->isAccepted());
        QCOMPARE(set->items()[0].error.reason, QStringLiteral("kindNotServed"));
    }

    void anEditWritesWhatWasEditedAlone()
    {
        const Json original = deployment();
        Json edited = original;
        edited["spec"]["template"]["spec"]["containers"][0]["image"] = "example/web:2";
        edited["metadata"]["labels"]["added"] = "yes";
        QVERIFY(scaleTo(8, "somebody")); // beside it
        const change::Target target{*m_catalog.find(QStringLiteral("deployments")), QStringLiteral("manifests-test"),
                                    QStringLiteral("web")};
        change::Flow flow(*m_plane.client, origin(),
                          std::make_shared<const change::EditIntent>(target, original, edited), m_log.get());
        flow.preview();
        QTRY_COMPARE_WITH_TIMEOUT(flow.state(), change::Flow::State::Previewed, 30'000);
        flow.apply();
        QTRY_COMPARE_WITH_TIMEOUT(flow.state(), change::Flow::State::Applied, 30'000);
        Json after = deployment();
        QCOMPARE(after["spec"]["replicas"].get<int>(), 8);
        QCOMPARE(after["metadata"]["labels"]["added"].get<std::string>(), std::string("yes"));
        QCOMPARE(after["spec"]["template"]["spec"]["containers"][0]["image"].get<std::string>(),
                 std::string("example/web:2"));
        const auto undo = flow.undo();
        undo->preview();
        QTRY_COMPARE_WITH_TIMEOUT(undo->state(), change::Flow::State::Previewed, 30'000);
        undo->apply();
        QTRY_COMPARE_WITH_TIMEOUT(undo->state(), change::Flow::State::Applied, 30'000);
        after = deployment();
        QVERIFY(!after["metadata"].contains("labels") || !after["metadata"]["labels"].contains("added"));
        QCOMPARE(after["spec"]["template"]["spec"]["containers"][0]["image"].get<std::string>(),
                 std::string("example/web:1"));
        QCOMPARE(after["spec"]["replicas"].get<int>(), 8);
    }
};

QTEST_GUILESS_MAIN(TestManifests)
#include "tst_manifests.moc"
