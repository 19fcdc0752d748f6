// The everyday writes against the real server, with kubectl coming between them: what each writes is its own, what
// others keep survives, and a deletion takes what it said and nothing else.

#include "app/change/deleteflow.h"
#include "app/change/dependents.h"
#include "app/change/flow.h"
#include "app/change/keysintent.h"
#include "app/change/workloadintents.h"
#include "app/kube/discovery.h"
#include "app/kube/jsonread.h"
#include "tests/cluster/plane.h"

#include <QProcess>
#include <QTemporaryDir>

using change::DeleteFlow;
using change::Flow;
using kube::Json;
using State = change::WriteFlow::State;

namespace {

const QString Space = QStringLiteral("writes-test");

const char* Manifests = R"({"apiVersion":"v1","kind":"List","items":[
{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"writes-test","labels":{"team":"red"}},
 "spec":{"replicas":2,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},
 "spec":{"initContainers":[{"name":"first","image":"example/init:1"}],
 "containers":[{"name":"web","image":"example/web:1","env":[{"name":"A","value":"b"}]},
               {"name":"side","image":"example/side:1"}]}}}},
{"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"tick","namespace":"writes-test"},
 "spec":{"schedule":"0 0 1 1 *","jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never",
 "containers":[{"name":"c","image":"example/c:1"}]}}}}}},
{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"owner","namespace":"writes-test"}},
{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"guarded","namespace":"writes-test",
 "finalizers":["example.com/guard"]}}]})";

} // namespace

class TestWrites : public QObject {
    Q_OBJECT

    transport::Journal m_journal;
    plane::Connection m_plane;
    kube::ApiCatalog m_catalog;
    QTemporaryDir m_folder;
    std::unique_ptr<change::WriteLog> m_log;

    /// Another process. What it says, or the end of the test.
    static QByteArray kubectl(const QStringList& arguments, const QByteArray& input = {})
    {
        QProcess process;
        process.start(QStringLiteral(ALIDADE_SOURCE "/script/cluster"),
                      QStringList{QStringLiteral("kubectl"), QStringLiteral("-n"), Space} + arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(120'000) || process.exitCode() != 0)
            qFatal("kubectl %s: %s", qPrintable(arguments.join(QLatin1Char(' '))),
                   process.readAllStandardError().constData());
        return process.readAllStandardOutput();
    }

    change::Origin origin() const
    {
        return {QStringLiteral("test"), QStringLiteral("admin"), m_plane.transport->address(), false};
    }
    change::Target target(const char* kind, const char* name) const
    {
        const kube::ApiResource* resource = m_catalog.find(QLatin1String(kind));
        if (!resource)
            qFatal("no %s", kind);
        return {*resource, resource->namespaced ? Space : QString(), QLatin1String(name)};
    }
    change::Target web() const { return target("deployments.apps", "web"); }
    Json read(const change::Target& target)
    {
        const auto answer = plane::answerOf(m_plane.client->askJson({.path = target.path()}));
        return answer ? *answer : Json(nullptr);
    }
    QString uidOf(const change::Target& target) { return kube::rawText(read(target), {"metadata", "uid"}); }

    std::unique_ptr<Flow> flow(change::IntentPtr intent)
    {
        return std::make_unique<Flow>(*m_plane.client, origin(), std::move(intent), m_log.get());
    }
    std::unique_ptr<DeleteFlow> deletion(const change::Target& target, change::Propagation propagation)
    {
        return std::make_unique<DeleteFlow>(*m_plane.client, origin(), target, uidOf(target), propagation, m_log.get());
    }
    static void step(change::WriteFlow& flow, void (change::WriteFlow::*begin)(), State wanted)
    {
        (flow.*begin)();
        if (!QTest::qWaitFor([&] { return !flow.isBusy(); }, 60'000))
            qFatal("a write does not end");
        if (flow.state() != wanted)
            qWarning("%s", qPrintable(flow.error().said));
        QCOMPARE(flow.state(), wanted);
    }
    static void preview(change::WriteFlow& flow, State wanted = State::Previewed)
    {
        step(flow, &change::WriteFlow::preview, wanted);
    }
    static void apply(change::WriteFlow& flow, State wanted = State::Applied)
    {
        step(flow, &change::WriteFlow::apply, wanted);
    }

private slots:
    void initTestCase()
    {
        m_plane = plane::connectTo(m_journal);
        const auto catalog = plane::answerOf(kube::discover(*m_plane.client));
        QVERIFY(catalog);
        m_catalog = *catalog;
        m_log = std::make_unique<change::WriteLog>(m_folder.filePath(QStringLiteral("writes.jsonl")));
        QVERIFY(plane::makeNamespace(*m_plane.client, Space));
        kubectl({QStringLiteral("apply"), QStringLiteral("-f"), QStringLiteral("-")}, Manifests);
    }

    void cleanupTestCase()
    {
        kubectl({QStringLiteral("patch"), QStringLiteral("configmap/guarded"), QStringLiteral("--type=merge"),
                 QStringLiteral("-p"), QStringLiteral("{\"metadata\":{\"finalizers\":null}}")});
        plane::removeNamespace(*m_plane.client, Space);
    }

    void scalingMeetsAnotherWriter()
    {
        const auto scaling = flow(change::scale(web(), 5));
        preview(*scaling);
        QCOMPARE(read(web())["spec"]["replicas"].get<int>(), 2); // only tried
        // What it does not touch moves: no conflict.
        kubectl({QStringLiteral("annotate"), QStringLiteral("deployment/web"), QStringLiteral("note=between")});
        apply(*scaling);
        const Json after = read(web());
        QCOMPARE(after["spec"]["replicas"].get<int>(), 5);
        QCOMPARE(after["metadata"]["annotations"]["note"].get<std::string>(), std::string("between"));
        // What it touches moves: it stops.
        const auto late = flow(change::scale(web(), 1));
        preview(*late);
        kubectl({QStringLiteral("scale"), QStringLiteral("deployment/web"), QStringLiteral("--replicas=7")});
        apply(*late, State::Conflicted);
        QCOMPARE(read(web())["spec"]["replicas"].get<int>(), 7);
    }

    void scaleIsASubresourceToo()
    {
        change::Target scale = web();
        scale.subresource = QStringLiteral("scale");
        const auto scaling = flow(change::scale(scale, 3));
        preview(*scaling);
        apply(*scaling);
        QCOMPARE(read(web())["spec"]["replicas"].get<int>(), 3);
        const auto undo = scaling->undo();
        preview(*undo);
        apply(*undo);
        QCOMPARE(read(web())["spec"]["replicas"].get<int>(), 7);
    }

    void labelsOfOthersSurvive()
    {
        const auto edit = flow(change::editKeys(
            web(), change::KeysOf::Labels,
            {{QStringLiteral("team"), std::nullopt}, {QStringLiteral("example.com/tier"), QStringLiteral("front")}}));
        preview(*edit);
        const auto isOthers = [](const change::Notice& notice) { return notice.id == QLatin1String("otherManager"); };
        QVERIFY(std::ranges::any_of(edit->notices(), isOthers)); // kubectl made it
        kubectl({QStringLiteral("label"), QStringLiteral("deployment/web"), QStringLiteral("beside=yes")});
        apply(*edit);
        Json labels = read(web())["metadata"]["labels"];
        QVERIFY(!labels.contains("team"));
        QCOMPARE(labels["example.com/tier"].get<std::string>(), std::string("front"));
        QCOMPARE(labels["beside"].get<std::string>(), std::string("yes"));
        const auto undo = edit->undo();
        preview(*undo);
        apply(*undo);
        labels = read(web())["metadata"]["labels"];
        QCOMPARE(labels["team"].get<std::string>(), std::string("red"));
        QVERIFY(!labels.contains("example.com/tier"));
        QCOMPARE(labels["beside"].get<std::string>(), std::string("yes"));
    }

    void whatTheServerRefusesWeRefuseBefore()
    {
        for (const char* key : {"-a", "a/b/c", "Example.com/a"}) {
            QVERIFY(!change::keyProblem(QLatin1String(key)).isEmpty());
            const auto edit =
                flow(change::editKeys(web(), change::KeysOf::Labels, {{QLatin1String(key), QStringLiteral("x")}}));
            preview(*edit, State::Failed);
            QCOMPARE(edit->error().kind, base::ErrorKind::Invalid);
        }
    }

    void aRestartMakesANewRevision()
    {
        const auto generation = read(web())["metadata"]["generation"].get<int>();
        const auto restart = flow(change::restart(web(), QDateTime::currentDateTimeUtc()));
        preview(*restart);
        apply(*restart);
        const Json after = read(web());
        QCOMPARE(after["metadata"]["generation"].get<int>(), generation + 1);
        QVERIFY(after["spec"]["template"]["metadata"]["annotations"].contains("kubectl.kubernetes.io/restartedAt"));
        kubectl({QStringLiteral("rollout"), QStringLiteral("pause"), QStringLiteral("deployment/web")});
        const auto refused = flow(change::restart(web(), QDateTime::currentDateTimeUtc().addSecs(5)));
        preview(*refused, State::Failed);
        QCOMPARE(refused->error().reason, QStringLiteral("deploymentPaused"));
        kubectl({QStringLiteral("rollout"), QStringLiteral("resume"), QStringLiteral("deployment/web")});
    }

    void anImageIsOneField()
    {
        const auto set = flow(change::setImage(web(), QStringLiteral("web"), false, QStringLiteral("example/web:2")));
        preview(*set);
        kubectl({QStringLiteral("set"), QStringLiteral("image"), QStringLiteral("deployment/web"),
                 QStringLiteral("side=example/side:9")});
        apply(*set);
        const auto images = [this] {
            QStringList found;
            for (const auto& each : change::imagesOf(web().resource, read(web())))
                found += each.image;
            return found.join(QLatin1Char(' '));
        };
        QCOMPARE(images(), QStringLiteral("example/web:2 example/side:9 example/init:1"));
        const auto init =
            flow(change::setImage(web(), QStringLiteral("first"), true, QStringLiteral("example/init:2")));
        preview(*init);
        apply(*init);
        QCOMPARE(images(), QStringLiteral("example/web:2 example/side:9 example/init:2"));
        QVERIFY(read(web())["spec"]["template"]["spec"]["containers"][0].contains("env"));
        const auto undo = set->undo();
        preview(*undo);
        apply(*undo);
        QCOMPARE(images(), QStringLiteral("example/web:1 example/side:9 example/init:2"));
    }

    void aCronJobIsSuspendedAndResumed()
    {
        const change::Target tick = target("cronjobs.batch", "tick");
        for (const bool suspended : {true, false}) {
            const auto write = flow(change::suspend(tick, suspended));
            preview(*write);
            apply(*write);
            QCOMPARE(kube::flag(read(tick), {"spec", "suspend"}), suspended);
        }
    }

    void aDeletionTellsWhatItTakes()
    {
        QTRY_VERIFY_WITH_TIMEOUT(kubectl({QStringLiteral("get"), QStringLiteral("replicasets"), QStringLiteral("-o"),
                                          QStringLiteral("name")})
                                     .contains("web-"),
                                 60'000);
        change::DependentsSurvey survey(*m_plane.client, m_catalog);
        survey.read({{web(), uidOf(web())}});
        QTRY_VERIFY_WITH_TIMEOUT(!survey.isReading(), 60'000);
        QVERIFY(survey.dependents().unread.empty());
        QVERIFY(std::ranges::any_of(survey.dependents().groups, [](const change::Dependents::Group& group) {
            return group.kind == QLatin1String("ReplicaSet") && group.relation == change::Dependents::Relation::Owned &&
                   group.count > 0;
        }));
    }

    void anOrphanStaysAndABackgroundDeletionTakesAll()
    {
        const auto orphan = deletion(web(), change::Propagation::Orphan);
        preview(*orphan);
        QVERIFY(!read(web()).is_null());
        // Another version since: what a person wrote in it is the same.
        apply(*orphan);
        QTRY_VERIFY_WITH_TIMEOUT(read(web()).is_null(), 60'000);
        QVERIFY(kubectl({QStringLiteral("get"), QStringLiteral("replicasets"), QStringLiteral("-o"),
                         QStringLiteral("name")})
                    .contains("web-"));
        QVERIFY(m_log->entries().back().before["spec"].contains("template")); // as it was
        kubectl({QStringLiteral("create"), QStringLiteral("job"), QStringLiteral("once"),
                 QStringLiteral("--from=cronjob/tick")});
        const change::Target once = target("jobs.batch", "once");
        const auto background = deletion(target("cronjobs.batch", "tick"), change::Propagation::Background);
        preview(*background);
        apply(*background);
        QTRY_VERIFY_WITH_TIMEOUT(read(once).is_null(), 60'000);
    }

    void whatSomebodyChangedIsNotDeleted()
    {
        const change::Target owner = target("configmaps", "owner");
        const auto flow = deletion(owner, change::Propagation::Background);
        preview(*flow);
        kubectl({QStringLiteral("patch"), QStringLiteral("configmap/owner"), QStringLiteral("-p"),
                 QStringLiteral("{\"data\":{\"a\":\"b\"}}")});
        apply(*flow, State::Conflicted);
        QVERIFY(!read(owner).is_null());
        // Made anew under the same name: another object.
        kubectl({QStringLiteral("delete"), QStringLiteral("configmap/owner")});
        kubectl({QStringLiteral("create"), QStringLiteral("configmap"), QStringLiteral("owner")});
        preview(*flow, State::Failed);
        QCOMPARE(flow->error().reason, QStringLiteral("otherObject"));
        QVERIFY(!read(owner).is_null());
    }

    void finalizersAreWaitedFor()
    {
        const change::Target guarded = target("configmaps", "guarded");
        const auto flow = deletion(guarded, change::Propagation::Foreground);
        preview(*flow);
        QVERIFY(std::ranges::any_of(flow->notices(),
                                    [](const auto& notice) { return notice.id == QLatin1String("finalizers"); }));
        apply(*flow);
        QVERIFY(!flow->isGone());
        QVERIFY(!read(guarded).is_null());
    }
};

QTEST_GUILESS_MAIN(TestWrites)
#include "tst_writes.moc"
