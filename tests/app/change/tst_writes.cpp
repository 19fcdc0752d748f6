// The everyday writes: what each sends and no more, what it says before, and what it refuses.

#include "app/change/deleteflow.h"
#include "app/change/dependents.h"
#include "app/change/flow.h"
#include "app/change/keysintent.h"
#include "app/change/scalers.h"
#include "app/change/workloadintents.h"
#include "app/kube/jsonread.h"
#include "app/messages/changes.h"
#include "app/messages/deletions.h"
#include "app/messages/errors.h"
#include "tests/support/faketransport.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using change::DeleteFlow;
using change::Flow;
using kube::Json;
using State = change::WriteFlow::State;
using transport::Request;

namespace {

kube::ApiResource resource(const char* group, const char* name, const char* kind, bool namespaced = true)
{
    return {.group = QLatin1String(group),
            .version = QStringLiteral("v1"),
            .resource = QLatin1String(name),
            .kind = QLatin1String(kind),
            .singular = {},
            .shortNames = {},
            .categories = {},
            .verbs = {QStringLiteral("list"), QStringLiteral("patch"), QStringLiteral("delete")},
            .namespaced = namespaced};
}

const kube::ApiResource Deployments = resource("apps", "deployments", "Deployment");
const kube::ApiResource Pods = resource("", "pods", "Pod");

change::Target web(const kube::ApiResource& kind = Deployments)
{
    return {kind, QStringLiteral("shop"), QStringLiteral("web")};
}

Json deployment()
{
    return *kube::parseJson(R"({"kind":"Deployment","metadata":{"name":"web","namespace":"shop","uid":"u1",
        "resourceVersion":"10","labels":{"app":"web","team":"red"},
        "managedFields":[{"manager":"helm","time":"2026-01-01T00:00:00Z",
          "fieldsV1":{"f:metadata":{"f:labels":{"f:team":{},"f:app":{}}}}}]},
        "spec":{"replicas":3,"template":{"spec":{
          "initContainers":[{"name":"web","image":"init:1"}],
          "containers":[{"name":"web","image":"web:1","env":[{"name":"A"}]},{"name":"side","image":"side:1"}]}}}})");
}

bool isDry(const Request& request)
{
    return request.target().contains("dryRun=All");
}

/// Keeps one object, as far as these writes need it.
class FakeObject {
public:
    explicit FakeObject(Json json) : object(std::move(json)) {}

    Json object;
    bool isGone = false;
    int refusals = 0; ///< so many true deletions meet another version first
    std::function<void(Json&)> onRefusal = [](Json&) {};

    std::optional<base::Result<transport::Reply>> operator()(const Request& request)
    {
        if (request.verb == "GET")
            return object.is_null() ? support::reply(404, R"({"kind":"Status","reason":"NotFound","code":404})")
                                    : support::reply(200, QByteArray::fromStdString(object.dump()));
        const Json body = *kube::parseJson(request.body);
        if (request.verb == "DELETE")
            return remove(request, body);
        Json next = object;
        if (request.target().contains("fieldManager") && contentType(request).contains("strategic"))
            mergeContainers(next, body);
        else
            next.merge_patch(body);
        if (!isDry(request))
            object = next;
        return support::reply(200, QByteArray::fromStdString(next.dump()));
    }

    static QByteArray contentType(const Request& request)
    {
        for (const auto& [name, value] : request.headers)
            if (name == "Content-Type")
                return value;
        return {};
    }

private:
    static base::Result<transport::Reply> conflict()
    {
        return support::reply(409, R"({"kind":"Status","reason":"Conflict","message":"modified","code":409})");
    }

    std::optional<base::Result<transport::Reply>> remove(const Request& request, const Json& options)
    {
        if (!isDry(request) && refusals > 0) {
            --refusals;
            object["metadata"]["resourceVersion"] =
                std::to_string(std::stoi(object["metadata"]["resourceVersion"].get<std::string>()) + 1);
            onRefusal(object);
        }
        if (options["preconditions"]["uid"] != object["metadata"]["uid"] ||
            options["preconditions"]["resourceVersion"] != object["metadata"]["resourceVersion"])
            return conflict();
        if (isDry(request) != options.contains("dryRun"))
            qFatal("a server looks at the body alone: a dry run would delete");
        if (isDry(request))
            return support::reply(200, QByteArray::fromStdString(object.dump()));
        if (object["metadata"].contains("finalizers")) {
            object["metadata"]["deletionTimestamp"] = "2026-11-22T12:00:00Z";
            return support::reply(200, QByteArray::fromStdString(object.dump()));
        }
        isGone = true;
        return support::reply(200, R"({"kind":"Status","status":"Success","details":{"name":"web"}})");
    }

    static void mergeContainers(Json& object, const Json& patch)
    {
        Json& spec = object["spec"]["template"]["spec"];
        const Json& wanted = patch["spec"]["template"]["spec"];
        for (const char* list : {"containers", "initContainers"})
            if (wanted.contains(list))
                for (const Json& change : wanted[list])
                    for (Json& container : spec[list])
                        if (container["name"] == change["name"])
                            container.update(change);
    }
};

} // namespace

class TestWrites : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<FakeObject> m_object;
    std::unique_ptr<support::FakeTransport> m_transport;
    std::unique_ptr<change::WriteLog> m_log;
    change::Origin m_origin{QStringLiteral("prod"), QStringLiteral("clerk"), QStringLiteral("https://192.0.2.1:6443"),
                            false};

    kube::Client client() const { return kube::Client(m_transport.get()); }
    void toPreview(change::WriteFlow& flow)
    {
        flow.preview();
        QTRY_VERIFY_WITH_TIMEOUT(!flow.isBusy() && flow.state() != State::Idle, 20'000);
    }
    void toEnd(change::WriteFlow& flow)
    {
        toPreview(flow);
        flow.apply();
        QTRY_VERIFY_WITH_TIMEOUT(!flow.isBusy(), 20'000);
    }
    std::unique_ptr<Flow> flow(change::IntentPtr intent)
    {
        return std::make_unique<Flow>(client(), m_origin, std::move(intent), m_log.get());
    }
    std::unique_ptr<DeleteFlow> deletion(const char* uid = "u1")
    {
        return std::make_unique<DeleteFlow>(client(), m_origin, web(), QLatin1String(uid),
                                            change::Propagation::Foreground, m_log.get());
    }
    int deletions() const
    {
        return static_cast<int>(std::ranges::count_if(
            m_transport->asked, [](const Request& request) { return request.verb == "DELETE" && !isDry(request); }));
    }
    static bool says(const std::vector<change::Notice>& notices, const char* id)
    {
        return std::ranges::any_of(notices, [id](const auto& notice) {
            return notice.id == QLatin1String(id) && !messages::sentence(notice).isEmpty();
        });
    }

private slots:
    void init()
    {
        m_object = std::make_unique<FakeObject>(deployment());
        m_transport =
            std::make_unique<support::FakeTransport>([this](const Request& request) { return (*m_object)(request); });
        m_log = std::make_unique<change::WriteLog>(
            m_folder.filePath(QLatin1String(QTest::currentTestFunction()) + QStringLiteral("/writes.jsonl")));
    }

    void scalingWritesTheNumberAlone()
    {
        const auto scaling = flow(change::scale(web(), 0));
        toPreview(*scaling);
        QVERIFY(says(scaling->notices(), "stopsAllPods"));
        scaling->apply();
        QTRY_COMPARE_WITH_TIMEOUT(scaling->state(), State::Applied, 20'000);
        QCOMPARE(m_transport->asked.back().body,
                 QByteArray(R"({"metadata":{"resourceVersion":"10"},"spec":{"replicas":0}})"));
        const auto undo = scaling->undo();
        toEnd(*undo);
        QCOMPARE(m_object->object["spec"]["replicas"].get<int>(), 3);
    }

    void aSubresourceIsWrittenWhereItIs()
    {
        change::Target target = web();
        target.subresource = QStringLiteral("scale");
        QCOMPARE(target.path(), QByteArray("/apis/apps/v1/namespaces/shop/deployments/web/scale"));
        QVERIFY(!change::isScalable(Deployments));
        kube::ApiResource gadgets = resource("example.com", "gadgets", "Gadget");
        gadgets.subresources = {QStringLiteral("scale"), QStringLiteral("status")};
        QVERIFY(change::isScalable(gadgets));
    }

    void aScaleLeavesOutAZero()
    {
        m_object->object = *kube::parseJson(R"({"kind":"Scale","apiVersion":"autoscaling/v1","metadata":
            {"name":"web","namespace":"shop","uid":"u1","resourceVersion":"10"},"spec":{}})");
        change::Target target = web();
        target.subresource = QStringLiteral("scale");
        QCOMPARE(change::replicasOf(m_object->object), std::optional<qint64>(0));
        const auto same = flow(change::scale(target, 0));
        toPreview(*same);
        QVERIFY(!same->changesAnything());
        const auto up = flow(change::scale(target, 2));
        toEnd(*up);
        QCOMPARE(up->state(), State::Applied);
        const auto undo = up->undo();
        toEnd(*undo);
        QCOMPARE(undo->state(), State::Applied);
        QCOMPARE(m_object->object["spec"]["replicas"].get<int>(), 0);
    }

    void whoKeepsWhatIsScaledIsReadBehindIt()
    {
        m_object->object["metadata"]["ownerReferences"] =
            *kube::parseJson(R"([{"kind":"App","name":"shop","controller":true}])");
        change::Target target = web();
        target.subresource = QStringLiteral("scale");
        std::vector<change::Notice> notices;
        const auto read = [&] {
            auto keepers = change::keepersBehindScale(client(), target);
            QTRY_VERIFY_WITH_TIMEOUT(keepers.future.isFinished(), 20'000);
            notices = *keepers.future.result();
        };
        read();
        QVERIFY(says(notices, "ownedBy"));
        QVERIFY(!m_transport->asked.back().path.contains("scale"));
        m_object->object = nullptr;
        read();
        QVERIFY(says(notices, "keepersUnknown"));
    }

    void aRestartIsRefusedWhilePausedAndHasNoWayBack()
    {
        const QDateTime when = QDateTime::fromString(QStringLiteral("2026-11-22T12:00:00Z"), Qt::ISODate);
        m_object->object["spec"]["paused"] = true;
        const auto refused = flow(change::restart(web(), when));
        toPreview(*refused);
        QCOMPARE(refused->error().reason, QStringLiteral("deploymentPaused"));
        QVERIFY(!messages::sentence(refused->error()).isEmpty());
        m_object->object["spec"].erase("paused");
        m_object->object["spec"]["updateStrategy"]["type"] = "OnDelete";
        const auto restarted = flow(change::restart(web(), when));
        toEnd(*restarted);
        QVERIFY(says(restarted->notices(), "onDelete"));
        QVERIFY(says(restarted->notices(), "noWayBack"));
        QVERIFY(!restarted->canUndo());
        QCOMPARE(kube::rawText(m_object->object["spec"]["template"]["metadata"]["annotations"],
                               {"kubectl.kubernetes.io/restartedAt"}),
                 QStringLiteral("2026-11-22T12:00:00Z"));
    }

    void suspendingSaysWhatBecomesOfWhatRuns()
    {
        const auto job = flow(change::suspend(web(resource("batch", "jobs", "Job")), true));
        toPreview(*job);
        QVERIFY(says(job->notices(), "suspendStops"));
        const auto cron = flow(change::suspend(web(resource("batch", "cronjobs", "CronJob")), true));
        toPreview(*cron);
        QVERIFY(says(cron->notices(), "runningGoesOn"));
        const auto resumed = flow(change::suspend(web(resource("batch", "jobs", "Job")), false));
        toPreview(*resumed);
        QVERIFY(!resumed->changesAnything());
    }

    void anImageLeavesOtherContainersBe()
    {
        const auto images = change::imagesOf(Deployments, m_object->object);
        QCOMPARE(images.size(), std::size_t(3));
        QVERIFY(images[2].isInit);
        const auto set = flow(change::setImage(web(), QStringLiteral("web"), false, QStringLiteral("web:2")));
        toEnd(*set);
        QCOMPARE(set->state(), State::Applied);
        const Request& sent = m_transport->asked.back();
        QCOMPARE(FakeObject::contentType(sent), QByteArray("application/strategic-merge-patch+json"));
        QCOMPARE(sent.body, QByteArray(R"({"metadata":{"resourceVersion":"10"},"spec":{"template":{"spec":)"
                                       R"({"containers":[{"name":"web","image":"web:2"}]}}}})"));
        const Json& spec = m_object->object["spec"]["template"]["spec"];
        QCOMPARE(spec["containers"].size(), std::size_t(2));
        QVERIFY(spec["containers"][0].contains("env"));
        QCOMPARE(spec["initContainers"][0]["image"].get<std::string>(), std::string("init:1"));
        const auto undo = set->undo();
        toEnd(*undo);
        QVERIFY(m_object->object["spec"]["template"]["spec"]["containers"][0]["image"] == "web:1");
        QVERIFY(change::curlCommand(m_origin, web(), set->patch(), change::PatchType::Strategic)
                    .contains(QLatin1String("strategic-merge-patch")));
    }

    void aContainerThatIsNotThereIsNotAdded()
    {
        const auto set = flow(change::setImage(web(), QStringLiteral("gone"), false, QStringLiteral("web:2")));
        toPreview(*set);
        QCOMPARE(set->error().reason, QStringLiteral("containerMissing"));
    }

    void imagesAreJudgedByTheirGrammar_data()
    {
        QTest::addColumn<QString>("image");
        QTest::addColumn<QString>("problem");
        QTest::newRow("short") << "nginx"
                               << "";
        QTest::newRow("whole") << QStringLiteral("registry.tke.com:5000/library/web-app:v1.2_3@sha256:") +
                                      QString(64, QLatin1Char('a'))
                               << "";
        QTest::newRow("upper case host") << "Registry.example.com/web"
                                         << "";
        QTest::newRow("empty") << ""
                               << "empty";
        QTest::newRow("space") << "web :1"
                               << "space";
        QTest::newRow("upper case") << "library/Web:1"
                                    << "upperCase";
        QTest::newRow("no tag") << "web:"
                                << "invalid";
    }
    void imagesAreJudgedByTheirGrammar()
    {
        QFETCH(QString, image);
        QTEST(change::imageProblem(image), "problem");
        QCOMPARE(messages::imageSentence(change::imageProblem(image)).isEmpty(), change::imageProblem(image).isEmpty());
    }

    void keysAreWrittenAlone()
    {
        const auto edit = flow(change::editKeys(
            web(), change::KeysOf::Labels,
            {{QStringLiteral("team"), std::nullopt}, {QStringLiteral("tier"), QStringLiteral("front")}}));
        toPreview(*edit);
        QVERIFY(says(edit->notices(), "otherManager"));
        QVERIFY(edit->notices().front().subject == QLatin1String("team"));
        edit->apply();
        QTRY_COMPARE_WITH_TIMEOUT(edit->state(), State::Applied, 20'000);
        QCOMPARE(m_transport->asked.back().body, QByteArray(R"({"metadata":{"resourceVersion":"10","labels":)"
                                                            R"({"team":null,"tier":"front"}}})"));
        QCOMPARE(
            change::kubectlCommand(m_origin, edit->intent()),
            QStringLiteral("kubectl --context prod label deployments.apps/web -n shop team- tier=front --overwrite"));
        m_object->object["metadata"]["labels"]["app"] = "other"; // somebody, beside it
        const auto undo = edit->undo();
        toEnd(*undo);
        QCOMPARE(undo->state(), State::Applied);
        QCOMPARE(m_object->object["metadata"]["labels"].dump(), std::string(R"({"app":"other","team":"red"})"));
    }

    void whoKeepsAKeyIsTold()
    {
        const auto keys = change::keysOf(m_object->object, change::KeysOf::Labels);
        QCOMPARE(keys.size(), std::size_t(2));
        QCOMPARE(keys[1].manager, QStringLiteral("helm"));
        QVERIFY(change::keysOf(Json("hostile"), change::KeysOf::Labels).empty());
    }

    void keysAreJudgedAsApimachineryDoes_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("problem");
        QTest::newRow("plain") << "app"
                               << "";
        QTest::newRow("qualified") << "app.kubernetes.io/Name_1.x"
                                   << "";
        QTest::newRow("empty") << ""
                               << "keyEmpty";
        QTest::newRow("no name") << "example.com/"
                                 << "keyName";
        QTest::newRow("no prefix") << "/a"
                                   << "keyPrefix";
        QTest::newRow("upper case prefix") << "Example.com/a"
                                           << "keyPrefix";
        QTest::newRow("two slashes") << "a/b/c"
                                     << "keyName";
        QTest::newRow("63") << QString(63, QLatin1Char('a')) << "";
        QTest::newRow("64") << QString(64, QLatin1Char('a')) << "keyName";
        QTest::newRow("ends with a dash") << "a-"
                                          << "keyName";
        QTest::newRow("line") << "a\n"
                              << "keyName";
        QTest::newRow("no ASCII") << "标签"
                                  << "keyName";
    }
    void keysAreJudgedAsApimachineryDoes()
    {
        QFETCH(QString, key);
        QTEST(change::keyProblem(key), "problem");
        QCOMPARE(messages::keySentence(change::keyProblem(key)).isEmpty(), change::keyProblem(key).isEmpty());
    }

    void valuesHaveTheirBounds()
    {
        QCOMPARE(change::labelValueProblem({}), QString());
        QCOMPARE(change::labelValueProblem(QString(64, QLatin1Char('a'))), QStringLiteral("valueLong"));
        QCOMPARE(change::labelValueProblem(QStringLiteral("a b")), QStringLiteral("valueInvalid"));
        QCOMPARE(change::annotationsProblem({{QStringLiteral("k"), QString(256 * 1024 - 1, QLatin1Char('a'))}}),
                 QString());
        QCOMPARE(change::annotationsProblem({{QStringLiteral("k"), QString(256 * 1024, QLatin1Char('a'))}}),
                 QStringLiteral("annotationsTooLarge"));
    }

    void aScalerIsTold()
    {
        kube::ApiCatalog catalog;
        catalog.resources = {resource("autoscaling", "horizontalpodautoscalers", "HorizontalPodAutoscaler")};
        const auto ask = [&](int status, const char* body) {
            m_transport = std::make_unique<support::FakeTransport>(
                [=](const Request&) { return std::optional(support::reply(status, body)); });
            return *support::answerOf(change::scalersOf(client(), catalog, web()));
        };
        const auto found = ask(200, R"({"items":[
            {"metadata":{"name":"other"},"spec":{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"x"}}},
            {"metadata":{"name":"h"},"spec":{"maxReplicas":9,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"}}}]})");
        QVERIFY((found ==
                 std::vector{change::Notice{QStringLiteral("scaledBy"), QStringLiteral("1–9"), QStringLiteral("h")}}));
        // Not known is not none.
        const auto unknown = ask(403, R"({"kind":"Status","reason":"Forbidden","message":"no","code":403})");
        QVERIFY(says(unknown, "scalersUnknown"));
    }

    void aDeletionIsTriedFirstAndCarriesWhatWasSeen()
    {
        const auto flow = deletion();
        toPreview(*flow);
        QCOMPARE(flow->state(), State::Previewed);
        QCOMPARE(deletions(), 0);
        QVERIFY(m_log->entries().empty());
        flow->apply();
        QTRY_COMPARE_WITH_TIMEOUT(flow->state(), State::Applied, 20'000);
        QVERIFY(m_object->isGone && flow->isGone());
        QCOMPARE(m_transport->asked.back().body,
                 QByteArray(R"({"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":"Foreground",)"
                            R"("preconditions":{"uid":"u1","resourceVersion":"10"}})"));
        const auto entries = m_log->entries();
        QCOMPARE(entries.size(), std::size_t(1));
        QCOMPARE(entries[0].verb, QByteArray("DELETE"));
        QCOMPARE(entries[0].intent, QStringLiteral("delete"));
        QVERIFY(entries[0].before["spec"] == deployment()["spec"]); // the only way back
        QCOMPARE(change::kubectlCommand(m_origin, flow->kubectl()),
                 QStringLiteral("kubectl --context prod delete deployments.apps/web -n shop --cascade=foreground"));
    }

    void aDeletionOfWhatMovedByItselfGoesOn()
    {
        m_object->refusals = 2;
        m_object->onRefusal = [](Json& object) { object["status"]["replicas"] = 7; };
        const auto flow = deletion();
        toEnd(*flow);
        QCOMPARE(flow->state(), State::Applied);
        QCOMPARE(deletions(), 3);
    }

    void aDeletionOfWhatSomebodyChangedStops()
    {
        m_object->refusals = 1;
        m_object->onRefusal = [](Json& object) { object["spec"]["replicas"] = 7; };
        const auto flow = deletion();
        toEnd(*flow);
        QCOMPARE(flow->state(), State::Conflicted);
        QVERIFY(!m_object->isGone);
        QVERIFY(change::unifiedText(flow->diff()).contains(QLatin1String("replicas: 7")));
        toEnd(*flow); // seen now, and wanted all the same
        QVERIFY(m_object->isGone);
    }

    void aSecretThatSomebodyChangedStopsAndShowsWhichValueDiffers()
    {
        m_object->object["kind"] = "Secret";
        m_object->object["data"] = {{"password", "b25lb25l"}};
        m_object->refusals = 1;
        m_object->onRefusal = [](Json& object) { object["data"]["password"] = "dHdvdHdv"; };
        DeleteFlow flow(client(), m_origin, web(resource("", "secrets", "Secret")), {}, change::Propagation::Background,
                        m_log.get());
        toEnd(flow);
        QCOMPARE(flow.state(), State::Conflicted);
        const QString diff = change::unifiedText(flow.diff());
        QVERIFY2(diff.contains(QLatin1String("<6 bytes, before>")) && diff.contains(QLatin1String("<6 bytes, after>")),
                 qPrintable(diff));
        QVERIFY(!diff.contains(QLatin1String("dHdv")));
    }

    void anotherObjectOfThatNameIsLeftAlone()
    {
        const auto flow = deletion("u0");
        toPreview(*flow);
        QCOMPARE(flow->error().reason, QStringLiteral("otherObject"));
        QVERIFY(!messages::sentence(flow->error()).isEmpty());
    }

    void aReadOnlyContextDeletesNothing()
    {
        m_origin.readOnly = true;
        const auto flow = deletion();
        flow->preview();
        m_origin.readOnly = false;
        QCOMPARE(flow->error().kind, base::ErrorKind::ReadOnly);
        QVERIFY(m_transport->asked.empty());
    }

    void whatKeepsAnObjectIsSaid()
    {
        m_object->object["metadata"]["finalizers"] = {"example.com/guard"};
        m_object->object["metadata"]["ownerReferences"] =
            *kube::parseJson(R"([{"kind":"App","name":"shop","controller":true}])");
        const auto flow = deletion();
        toEnd(*flow);
        QVERIFY(says(flow->notices(), "finalizers"));
        QVERIFY(says(flow->notices(), "comesBack"));
        QCOMPARE(flow->state(), State::Applied);
        QVERIFY(!flow->isGone());
    }

    void whatTheClusterNeedsWantsTyping()
    {
        const auto target = [](const kube::ApiResource& kind, const char* nameSpace, const char* name) {
            return change::Target{kind, QLatin1String(nameSpace), QLatin1String(name)};
        };
        const auto namespaces = resource("", "namespaces", "Namespace", false);
        QVERIFY(!change::wantsTyping({web()}));
        QVERIFY(change::wantsTyping(std::vector<change::Target>(11, web())));
        QVERIFY(change::wantsTyping({target(namespaces, "", "shop")}));
        QVERIFY(change::wantsTyping({target(Pods, "kube-system", "x")}));
        QVERIFY(change::isSystemObject(target(namespaces, "", "kube-system")));
        const auto leases = resource("coordination.k8s.io", "leases", "Lease");
        QVERIFY(says(change::deletionNotices(target(leases, "kube-node-lease", "n1"), {}), "nodeLease"));
        QVERIFY(says(change::deletionNotices(target(resource("", "nodes", "Node", false), "", "n1"), {}), "nodeStays"));
    }

    void theLogKeepsNoSecretThatWasDeleted()
    {
        m_object->object["kind"] = "Secret";
        m_object->object["data"] = {{"password", "c3Vuc2hpbmU="}};
        DeleteFlow flow(client(), m_origin, web(resource("", "secrets", "Secret")), {}, change::Propagation::Background,
                        m_log.get());
        toEnd(flow);
        QFile file(m_log->file());
        QVERIFY(file.open(QFile::ReadOnly));
        QVERIFY(!file.readAll().contains("c3Vuc2hpbmU"));
    }

    void dependentsAreFollowedThroughTheirOwners()
    {
        kube::ApiCatalog catalog;
        catalog.resources = {Pods, resource("apps", "replicasets", "ReplicaSet"), Deployments};
        const auto item = [](const char* name, const char* uid, const char* owners) {
            Json json{{"metadata", {{"name", name}, {"uid", uid}}}};
            json["metadata"]["ownerReferences"] = *kube::parseJson(QByteArray("[") + owners + "]");
            return QByteArray::fromStdString(json.dump());
        };
        bool mayListSets = true;
        m_transport = std::make_unique<support::FakeTransport>([&](const Request& request) {
            if (request.path.endsWith("/replicasets"))
                return std::optional(
                    mayListSets
                        ? support::reply(200, R"({"items":[)" + item("web-1", "r1", R"({"uid":"u1"})") + "]}")
                        : support::reply(403, R"({"kind":"Status","reason":"Forbidden","message":"no","code":403})"));
            return std::optional(support::reply(200, R"({"items":[)" + item("mine", "p1", R"({"uid":"r1"})") + "," +
                                                         item("both", "p2", R"({"uid":"r1"},{"uid":"x"})") + "," +
                                                         item("other", "p3", "") + "]}"));
        });
        change::DependentsSurvey survey(client(), catalog);
        const auto read = [&] {
            survey.read({{web(), QStringLiteral("u1")}});
            QTRY_VERIFY_WITH_TIMEOUT(!survey.isReading(), 20'000);
        };
        read();
        using Group = change::Dependents::Group;
        using Relation = change::Dependents::Relation;
        QVERIFY((survey.dependents().groups ==
                 std::vector{Group{QStringLiteral("Pod"), Relation::Owned, 1, {QStringLiteral("mine")}},
                             Group{QStringLiteral("Pod"), Relation::Shared, 1, {QStringLiteral("both")}},
                             Group{QStringLiteral("ReplicaSet"), Relation::Owned, 1, {QStringLiteral("web-1")}}}) ||
                (survey.dependents().groups ==
                 std::vector{Group{QStringLiteral("ReplicaSet"), Relation::Owned, 1, {QStringLiteral("web-1")}},
                             Group{QStringLiteral("Pod"), Relation::Owned, 1, {QStringLiteral("mine")}},
                             Group{QStringLiteral("Pod"), Relation::Shared, 1, {QStringLiteral("both")}}}));
        QCOMPARE(messages::dependentLines(survey.dependents(), change::Propagation::Orphan).size(), 3);
        mayListSets = false;
        read();
        QCOMPARE(survey.dependents().unread.size(), std::size_t(1));
        QVERIFY(messages::dependentLines(survey.dependents(), change::Propagation::Background)
                    .join(QLatin1Char('\n'))
                    .contains(QLatin1String("may be some: ReplicaSet")));
    }

    /// Answers with these items by path, 403 for "forbidden".
    void serveLists(const std::map<QByteArray, QByteArray>& lists)
    {
        m_transport = std::make_unique<support::FakeTransport>([lists](const Request& request) {
            const auto found = lists.find(request.path);
            if (found != lists.end() && found->second == "forbidden")
                return std::optional(
                    support::reply(403, R"({"kind":"Status","reason":"Forbidden","message":"no","code":403})"));
            return std::optional(
                support::reply(200, R"({"items":[)" + (found == lists.end() ? "" : found->second) + "]}"));
        });
    }
    change::Dependents dependentsOf(const kube::ApiCatalog& catalog, const change::Target& target, const char* uid)
    {
        change::DependentsSurvey survey(client(), catalog);
        survey.read({{target, QLatin1String(uid)}});
        [&] { QTRY_VERIFY_WITH_TIMEOUT(!survey.isReading(), 20'000); }();
        return survey.dependents();
    }

    void whateverIsOwnedIsFound()
    {
        kube::ApiCatalog catalog;
        catalog.resources = {Pods, resource("", "events", "Event"), resource("apps", "replicasets", "ReplicaSet"),
                             resource("example.com", "gadgets", "Gadget"), resource("example.com", "wheels", "Wheel")};
        catalog.resources.push_back(resource("metrics.k8s.io", "pods", "PodMetrics"));
        catalog.resources.back().verbs = {QStringLiteral("list")};
        serveLists({{"/apis/example.com/v1/namespaces/shop/gadgets",
                     R"({"metadata":{"name":"g","uid":"g1","namespace":"shop","ownerReferences":[{"uid":"u1"}]}})"},
                    {"/apis/example.com/v1/namespaces/shop/wheels", "forbidden"}});
        const auto dependents = dependentsOf(catalog, web(), "u1");
        QCOMPARE(dependents.groups.size(), std::size_t(1));
        QCOMPARE(dependents.groups[0].kind, QStringLiteral("Gadget"));
        QCOMPARE(dependents.unread.size(), std::size_t(1));
        QCOMPARE(dependents.unread[0].kind, QStringLiteral("Wheel"));
        QCOMPARE(dependents.kinds, 3);
        for (const Request& request : m_transport->asked) {
            QVERIFY(!request.path.contains("metrics") && !request.path.endsWith("/events"));
            QVERIFY(request.headers.front().second.contains("as=PartialObjectMetadataList"));
        }
    }

    void nothingFoundSaysWhatWasLookedAt()
    {
        kube::ApiCatalog catalog;
        catalog.resources = {Pods};
        serveLists({});
        const auto dependents = dependentsOf(catalog, web(), "u1");
        // Discovery does not tell of ReplicaSets, which a Deployment has.
        QCOMPARE(dependents.unread.size(), std::size_t(1));
        QCOMPARE(dependents.unread[0].error.kind, base::ErrorKind::NotFound);
        const QStringList lines = messages::dependentLines(dependents, change::Propagation::Background);
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].contains(QLatin1String("Nothing that was looked at depends on it")));
        QVERIFY(lines[1].contains(QLatin1String("replicasets.apps")));
        QVERIFY(messages::dependentLines({}, change::Propagation::Background)[0].contains(QLatin1String("not known")));
    }

    void anOwnerOfNoNamespaceIsLookedForEverywhere()
    {
        kube::ApiCatalog catalog;
        const auto nodes = resource("", "nodes", "Node", false);
        catalog.resources = {Pods, nodes, resource("example.com", "parts", "Part", false)};
        serveLists({{"/api/v1/pods", R"({"metadata":{"name":"mirror","uid":"p1","namespace":"a",
                                         "ownerReferences":[{"uid":"n1"}]}})"},
                    {"/apis/example.com/v1/parts", "forbidden"}});
        const auto dependents = dependentsOf(catalog, {nodes, {}, QStringLiteral("n1")}, "n1");
        QCOMPARE(dependents.groups.size(), std::size_t(1)); // told once, as what runs there
        QCOMPARE(dependents.groups[0].relation, change::Dependents::Relation::OnNode);
        QCOMPARE(dependents.groups[0].count, 1);
        QCOMPARE(dependents.unread.size(), std::size_t(1));
        const auto volumes = resource("", "persistentvolumes", "PersistentVolume", false);
        QCOMPARE(dependentsOf(catalog, {volumes, {}, QStringLiteral("v")}, "n1").groups.size(), std::size_t(1));
    }

    void aDefinitionTakesWhatItsObjectsOwn()
    {
        kube::ApiCatalog catalog;
        const auto definitions =
            resource("apiextensions.k8s.io", "customresourcedefinitions", "CustomResourceDefinition", false);
        catalog.resources = {Pods, definitions, resource("example.com", "gadgets", "Gadget")};
        serveLists({{"/apis/example.com/v1/gadgets", R"({"metadata":{"name":"g","uid":"g1","namespace":"a"}})"},
                    {"/api/v1/pods", R"({"metadata":{"name":"p","uid":"p1","ownerReferences":[{"uid":"g1"}]}})"}});
        const auto dependents = dependentsOf(catalog, {definitions, {}, QStringLiteral("gadgets.example.com")}, "d1");
        QCOMPARE(dependents.groups.size(), std::size_t(2));
        QCOMPARE(dependents.groups[0].relation, change::Dependents::Relation::Contents);
        QCOMPARE(dependents.groups[1].kind, QStringLiteral("Pod"));
        QCOMPARE(dependents.groups[1].relation, change::Dependents::Relation::Owned);
    }

    void manyPagesAreReadAFewAtOnce()
    {
        kube::ApiCatalog catalog;
        for (int i = 0; i < 40; ++i)
            catalog.resources.push_back(resource("example.com", qPrintable(QStringLiteral("k%1").arg(i)), "K"));
        m_transport = std::make_unique<support::FakeTransport>([](const Request& request) {
            const bool isMore = request.path.endsWith("/k7") && !request.target().contains("continue=");
            return std::optional(support::reply(
                200, isMore ? R"({"metadata":{"continue":"x"},"items":[]})"
                            : R"({"items":[{"metadata":{"name":"a","ownerReferences":[{"uid":"u0"}]}}]})"));
        });
        const auto dependents = dependentsOf(catalog, web(resource("example.com", "k7", "K")), "u1");
        QCOMPARE(m_transport->asked.size(), std::size_t(41));
        QCOMPARE(dependents.kinds, 40);
        QVERIFY(dependents.groups.empty());
    }

    void aNamespaceTellsWhatIsInIt()
    {
        kube::ApiCatalog catalog;
        catalog.resources = {Pods};
        m_transport = std::make_unique<support::FakeTransport>([&](const Request& request) {
            if (!request.path.contains("/shop/"))
                return std::optional(support::reply(200, R"({"metadata":{"continue":"x"},"items":[]})")); // for ever
            return std::optional(support::reply(
                200, R"({"metadata":{"remainingItemCount":41,"continue":"x"},"items":[{"metadata":{"name":"a"}}]})"));
        });
        change::DependentsSurvey survey(client(), catalog);
        survey.read(
            {{{resource("", "namespaces", "Namespace", false), {}, QStringLiteral("shop")}, QStringLiteral("n1")}});
        QTRY_VERIFY_WITH_TIMEOUT(!survey.isReading(), 20'000);
        QCOMPARE(survey.dependents().groups.size(), std::size_t(1));
        QCOMPARE(survey.dependents().groups[0].count, 42);
        QCOMPARE(survey.dependents().unread.size(), std::size_t(1));
        QVERIFY(survey.dependents().unread[0].everywhere);
    }
};

QTEST_GUILESS_MAIN(TestWrites)
#include "tst_writes.moc"
