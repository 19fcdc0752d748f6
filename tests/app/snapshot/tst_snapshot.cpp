#include "app/kube/access.h"
#include "app/kube/client.h"
#include "app/kube/count.h"
#include "app/kube/discovery.h"
#include "app/kube/gettable.h"
#include "app/kube/jsonread.h"
#include "app/kube/listitems.h"
#include "app/snapshot/capture.h"
#include "app/snapshot/snapshottransport.h"
#include "tests/support/collectsink.h"
#include "tests/support/faketransport.h"
#include "tests/support/served.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using kube::Json;

namespace {

QString qs(const char* text)
{
    return QString::fromUtf8(text);
}

constexpr auto Apis = R"({"kind":"APIGroupList","groups":[{"name":"apps","versions":[{"groupVersion":"apps/v1",
"version":"v1"}],"preferredVersion":{"groupVersion":"apps/v1","version":"v1"}},{"name":"auth.tkestack.io","versions":[
{"groupVersion":"auth.tkestack.io/v1","version":"v1"}],"preferredVersion":{"groupVersion":"auth.tkestack.io/v1",
"version":"v1"}}]})";
constexpr auto Core = R"({"kind":"APIResourceList","groupVersion":"v1","resources":[
{"name":"pods","namespaced":true,"kind":"Pod","verbs":["get","list","watch"]},
{"name":"pods/log","namespaced":true,"kind":"Pod","verbs":["get"]},
{"name":"secrets","namespaced":true,"kind":"Secret","verbs":["get","list","watch"]},
{"name":"namespaces","namespaced":false,"kind":"Namespace","verbs":["get","list","watch"]},
{"name":"configmaps","namespaced":true,"kind":"ConfigMap","verbs":["get","list","watch"]},
{"name":"bindings","namespaced":true,"kind":"Binding","verbs":["create"]}]})";
constexpr auto AppsKinds = R"({"kind":"APIResourceList","groupVersion":"apps/v1","resources":[
{"name":"deployments","namespaced":true,"kind":"Deployment","verbs":["get","list","watch","patch"]}]})";
constexpr auto AuthKinds = R"({"kind":"APIResourceList","groupVersion":"auth.tkestack.io/v1","resources":[
{"name":"users","namespaced":false,"kind":"User","verbs":["get","list"]},
{"name":"groups","namespaced":false,"kind":"Group","verbs":["get","list"]}]})";

Json podOf(int number)
{
    const std::string name = "web-" + std::to_string(number);
    return {
        {"metadata",
         {{"name", name},
          {"namespace", number % 2 == 0 ? "shop" : "other"},
          {"uid", "uid-" + name},
          {"labels", {{"app", "web"}, {"number", std::to_string(number)}}}}},
        {"spec", {{"nodeName", number < 3 ? "worker-1" : "worker-2"}}},
        {"status",
         {{"phase", "Running"},
          {"containerStatuses", {{{"name", "app"}, {"ready", number != 1}, {"restartCount", number == 1 ? 3 : 0}}}}}}};
}

/// A server of 1 200 pods in pages of the asker's, that refuses secrets and whose deployments fail.
std::optional<base::Result<transport::Reply>> serve(const transport::Request& request)
{
    const auto query = [&](const char* name) {
        for (const auto& [key, value] : request.query)
            if (key == QLatin1String(name))
                return value;
        return QString();
    };
    const auto ok = [](const QByteArray& body) {
        return support::reply(200, body,
                              {{"Content-Type", "application/json"}, {"Date", "Fri, 02 Jan 2026 03:04:05 GMT"}});
    };
    bool wantsTable = false;
    for (const auto& [name, value] : request.headers)
        wantsTable = wantsTable || value.contains("as=Table");
    const QByteArray& path = request.path;
    if (path == "/version")
        return ok(R"({"gitVersion":"v1.36.3","major":"1","minor":"36"})");
    if (path == "/api")
        return ok(R"({"kind":"APIVersions","versions":["v1"]})");
    if (path == "/apis")
        return ok(Apis);
    if (path == "/api/v1")
        return ok(Core);
    if (path == "/apis/apps/v1")
        return ok(AppsKinds);
    if (path == "/api/v1/namespaces/kube-system")
        return ok(R"({"kind":"Namespace","apiVersion":"v1","metadata":{"name":"kube-system","uid":"u-1"}})");
    if (path == "/api/v1/secrets")
        return support::reply(403, support::statusJson(403, "Forbidden"), {{"Content-Type", "application/json"}});
    if (path == "/api/v1/namespaces/shop/secrets")
        return ok(R"({"kind":"SecretList","apiVersion":"v1","metadata":{"resourceVersion":"70"},"items":[
{"metadata":{"name":"db","namespace":"shop","uid":"s1"},"type":"Opaque","data":{"password":"aHVudGVyMi1zZWNyZXQ="}}]})");
    if (path == "/apis/auth.tkestack.io/v1")
        return ok(AuthKinds);
    if (path == "/apis/auth.tkestack.io/v1/users") // of whom nobody is listed without a tenant
        return ok(R"({"kind":"UserList","apiVersion":"auth.tkestack.io/v1","metadata":{},"items":[]})");
    if (path == "/apis/auth.tkestack.io/v1/groups") // as a user of a tenant sees them
        return ok(R"({"kind":"GroupList","apiVersion":"auth.tkestack.io/v1","metadata":{},"items":[
{"metadata":{"name":"grp-1"},"spec":{"id":"grp-1","displayName":"dev","tenantID":"acme"}}]})");
    if (path == "/apis/apps/v1/deployments")
        return support::reply(500, support::statusJson(500, "InternalError"), {{"Content-Type", "application/json"}});
    if (path == "/api/v1/configmaps" && !wantsTable)
        return ok(R"({"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":[]})");
    if (path == "/api/v1/configmaps")
        return support::reply(406, support::statusJson(406, "NotAcceptable"));
    if (path == "/api/v1/namespaces")
        return ok(
            R"({"kind":"NamespaceList","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":[
{"metadata":{"name":"shop","uid":"n1"}},{"metadata":{"name":"other","uid":"n2"}}]})");
    if (path == "/api/v1/pods") {
        const auto begin = query("continue").toInt();
        const auto limit = query("limit").toInt();
        const auto end = std::min(begin + limit, 1200);
        Json items = Json::array();
        for (int i = begin; i < end; ++i) {
            if (wantsTable)
                items.push_back({{"cells", {"web-" + std::to_string(i), "1/1"}},
                                 {"object", {{"kind", "PartialObjectMetadata"}, {"metadata", podOf(i)["metadata"]}}}});
            else
                items.push_back(podOf(i));
        }
        Json list{{"kind", wantsTable ? "Table" : "PodList"},
                  {"apiVersion", wantsTable ? "meta.k8s.io/v1" : "v1"},
                  {"metadata", {{"resourceVersion", "100"}}}};
        if (end < 1200) {
            list["metadata"]["continue"] = std::to_string(end);
            list["metadata"]["remainingItemCount"] = 1200 - end;
        }
        if (wantsTable)
            list["columnDefinitions"] = {{{"name", "Name"}, {"type", "string"}, {"format", "name"}, {"priority", 0}},
                                         {{"name", "Ready"}, {"type", "string"}, {"format", ""}, {"priority", 0}}};
        list[wantsTable ? "rows" : "items"] = std::move(items);
        return ok(kube::toBytes(list));
    }
    if (path == "/api/v1/namespaces/other/pods/web-1/log")
        return support::reply(200, "2026-01-02T03:04:05Z one\n2026-01-02T03:04:06Z two\n2026-01-02T03:04:07Z three\n",
                              {{"Content-Type", "text/plain"}});
    if (path.endsWith("/selfsubjectrulesreviews"))
        return support::reply(201, R"({"kind":"SelfSubjectRulesReview","status":{"incomplete":false,"resourceRules":[
{"verbs":["get","list"],"apiGroups":[""],"resources":["pods"]}]}})");
    return support::reply(404, "404 page not found\n", {{"Content-Type", "text/plain"}});
}

} // namespace

class TestSnapshot : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void itSaysWhatItIsOf();
    void whatWasRefusedIsRefusedAgainAndNeverEmpty();
    void whatWasReadInOneNamespaceIsOfThatNamespace();
    void whatFailedFailsAgain();
    void whatTheServerDoesNotHaveIsNotFound();
    void whatWasNotAskedIsNotCaptured_data();
    void whatWasNotAskedIsNotCaptured();
    void anObjectIsServedWithItsKind();
    void listsAreCutByNamespaceSelectorsAndPages_data();
    void listsAreCutByNamespaceSelectorsAndPages();
    void pagesFollowEachOtherToTheEnd();
    void tablesAreTheServersOwn();
    void metadataIsServedAlone();
    void anEmptyListIsEmpty();
    void listsThatAreMadeFromTheQuestionAnswerNoOther();
    void aWatchStaysOpenWithoutEvents();
    void discoveryAndCountsAreAsLive();
    void rightsAreThoseOfThen();
    void logsAreTailsOfThen();
    void nothingCanBeWritten();
    void answersCarryTheTimeOfThen();
    void aServerThatDoesNotAnswerGivesNoFile();
    void anAnswerThatWasPutOffIsNotKept();
    void aCancelledCaptureLeavesNoFile();
    void theFileThatWasOpenedIsReadOnWhateverHasItsNameNow();

private:
    base::Result<transport::Reply> get(const QByteArray& path, std::vector<std::pair<QString, QString>> query = {},
                                       const QByteArray& accept = {}) const;
    Json getJson(const QByteArray& path, std::vector<std::pair<QString, QString>> query = {},
                 const QByteArray& accept = {}) const;

    QTemporaryDir m_folder;
    std::shared_ptr<const snapshot::Snapshot> m_snapshot;
};

void TestSnapshot::initTestCase()
{
    support::FakeTransport live(serve);
    const QString file = m_folder.filePath(qs("shop.alidade"));
    snapshot::Capture capture(
        &live, {.file = file, .context = qs("prod"), .server = qs("https://192.0.2.1:6443"), .nameSpace = qs("shop")});
    QSignalSpy finished(&capture, &snapshot::Capture::finished);
    capture.start();
    QVERIFY(finished.wait(20'000));
    QVERIFY2(capture.result().has_value(), "captured");
    QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files), QStringList{qs("shop.alidade")});
    auto opened = snapshot::Snapshot::open(file);
    QVERIFY(opened);
    m_snapshot = *opened;
}

base::Result<transport::Reply> TestSnapshot::get(const QByteArray& path, std::vector<std::pair<QString, QString>> query,
                                                 const QByteArray& accept) const
{
    transport::Request request{.path = path, .query = std::move(query)};
    if (!accept.isEmpty())
        request.headers.emplace_back("Accept", accept);
    return m_snapshot->answer(request);
}

Json TestSnapshot::getJson(const QByteArray& path, std::vector<std::pair<QString, QString>> query,
                           const QByteArray& accept) const
{
    const auto reply = get(path, std::move(query), accept);
    if (!reply || reply->head.status != 200)
        return nullptr;
    return kube::parseJson(reply->body).value_or(Json(nullptr));
}

void TestSnapshot::itSaysWhatItIsOf()
{
    const snapshot::Manifest& manifest = m_snapshot->manifest();
    QCOMPARE(manifest.context, qs("prod"));
    QCOMPARE(manifest.uid, qs("u-1"));
    QCOMPARE(manifest.gitVersion, qs("v1.36.3"));
    QVERIFY(manifest.isRedacted);
    QVERIFY(manifest.from <= manifest.until);
    QVERIFY(manifest.requests > 10);
    QStringList skipped;
    for (const snapshot::Skipped& each : manifest.skipped)
        skipped << each.path + QLatin1Char(' ') + each.state;
    skipped.sort();
    QCOMPARE(skipped, (QStringList{qs("/api/v1/secrets forbidden"), qs("/apis/apps/v1/deployments failing")}));
}

void TestSnapshot::whatWasRefusedIsRefusedAgainAndNeverEmpty()
{
    snapshot::SnapshotTransport transport(m_snapshot);
    const kube::Client client(&transport);
    const auto secrets = support::answerOf(client.askJson({.path = "/api/v1/secrets"}));
    QVERIFY(!secrets);
    QCOMPARE(secrets.error().kind, base::ErrorKind::Forbidden);
    QCOMPARE(secrets.error().reason, qs("Forbidden"));
}

void TestSnapshot::whatWasReadInOneNamespaceIsOfThatNamespace()
{
    QCOMPARE(getJson("/api/v1/namespaces/shop/secrets")["items"].size(), 1U);
    const auto elsewhere = get("/api/v1/namespaces/other/secrets");
    QVERIFY(!elsewhere);
    QCOMPARE(elsewhere.error().kind, base::ErrorKind::NotCaptured);
    QVERIFY(!get("/api/v1/namespaces/shop/secrets")->body.contains("aHVudGVyMi1zZWNyZXQ="));
}

void TestSnapshot::whatFailedFailsAgain()
{
    const auto reply = get("/apis/apps/v1/deployments");
    QVERIFY(reply);
    QCOMPARE(reply->head.status, 500);
    QCOMPARE(get("/apis/apps/v1/namespaces/shop/deployments/web").error().kind, base::ErrorKind::NotCaptured);
}

void TestSnapshot::whatTheServerDoesNotHaveIsNotFound()
{
    QCOMPARE(get("/apis/platform.tkestack.io/v1/clusters")->head.status, 404);
    QCOMPARE(get("/api/v1/nonsense")->head.status, 404);
    const auto pod = get("/api/v1/namespaces/shop/pods/none");
    QCOMPARE(pod->head.status, 404);
    const auto status = kube::parseJson(pod->body);
    QCOMPARE(kube::rawText(*status, {"message"}), qs("pods \"none\" not found"));
    QCOMPARE(kube::rawText(*status, {"reason"}), qs("NotFound"));
    // It is there, in another namespace.
    QCOMPARE(get("/api/v1/namespaces/shop/pods/web-1")->head.status, 404);
    QCOMPARE(get("/api/v1/namespaces/other/pods/web-1")->head.status, 200);
}

void TestSnapshot::whatWasNotAskedIsNotCaptured_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char* path : {"/api/v1/bindings", "/api/v1/namespaces/shop/pods/web-2/log", "/metrics", "/openapi/v2",
                             "/api/v1/nodes/worker-1/proxy/stats/summary", "/api/v1/namespaces/shop/pods/web-2/exec"})
        QTest::newRow(path) << QByteArray(path);
}

void TestSnapshot::whatWasNotAskedIsNotCaptured()
{
    QFETCH(QByteArray, path);
    const auto reply = get(path);
    // This server has no nodes: it would say so.
    if (path.contains("/nodes/")) {
        QCOMPARE(reply->head.status, 404);
        return;
    }
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, base::ErrorKind::NotCaptured);
}

void TestSnapshot::anObjectIsServedWithItsKind()
{
    const Json pod = getJson("/api/v1/namespaces/other/pods/web-1");
    QCOMPARE(kube::rawText(pod, {"kind"}), qs("Pod"));
    QCOMPARE(kube::rawText(pod, {"apiVersion"}), qs("v1"));
    QCOMPARE(kube::rawText(pod, {"metadata", "uid"}), qs("uid-web-1"));
}

void TestSnapshot::listsAreCutByNamespaceSelectorsAndPages_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("labels");
    QTest::addColumn<QString>("fields");
    QTest::addColumn<qsizetype>("count");
    const QByteArray all = "/api/v1/pods";
    const QByteArray shop = "/api/v1/namespaces/shop/pods";
    QTest::newRow("all") << all << QString() << QString() << qsizetype(1200);
    QTest::newRow("namespace") << shop << QString() << QString() << qsizetype(600);
    QTest::newRow("no such namespace") << QByteArray("/api/v1/namespaces/none/pods") << QString() << QString()
                                       << qsizetype(0);
    QTest::newRow("label") << all << qs("number in (1,2,3)") << QString() << qsizetype(3);
    QTest::newRow("label in a namespace") << shop << qs("number in (1,2,3)") << QString() << qsizetype(1);
    QTest::newRow("name") << all << QString() << qs("metadata.name=web-7") << qsizetype(1);
    QTest::newRow("node") << all << QString() << qs("spec.nodeName=worker-1") << qsizetype(3);
    QTest::newRow("not the node") << all << QString() << qs("spec.nodeName!=worker-1") << qsizetype(1197);
    QTest::newRow("both") << all << qs("number=1") << qs("spec.nodeName=worker-2") << qsizetype(0);
}

void TestSnapshot::listsAreCutByNamespaceSelectorsAndPages()
{
    QFETCH(QByteArray, path);
    QFETCH(QString, labels);
    QFETCH(QString, fields);
    QFETCH(qsizetype, count);
    std::vector<std::pair<QString, QString>> query;
    if (!labels.isEmpty())
        query.emplace_back(qs("labelSelector"), labels);
    if (!fields.isEmpty())
        query.emplace_back(qs("fieldSelector"), fields);
    const Json list = getJson(path, query);
    QCOMPARE(static_cast<qsizetype>(list["items"].size()), count);
    QCOMPARE(kube::rawText(list, {"metadata", "resourceVersion"}), qs("100"));
    const Json table = getJson(path, query, "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
    QCOMPARE(kube::rawText(table, {"kind"}), qs("Table"));
    QCOMPARE(static_cast<qsizetype>(table["rows"].size()), count);
}

void TestSnapshot::pagesFollowEachOtherToTheEnd()
{
    snapshot::SnapshotTransport transport(m_snapshot);
    const kube::Client client(&transport);
    const auto listed =
        support::answerOf(kube::listItems<QString>(client, {.path = "/api/v1/pods"}, [](const Json& pod) {
            return kube::rawText(pod, {"metadata", "name"});
        }));
    QVERIFY(listed);
    QCOMPARE(listed->items.size(), 1200U);
    QCOMPARE(listed->items.front(), qs("web-0"));
    QCOMPARE(listed->items.back(), qs("web-1199"));
    const Json first = getJson("/api/v1/pods", {{qs("limit"), qs("500")}});
    QCOMPARE(kube::number(first, {"metadata", "remainingItemCount"}), std::optional<qint64>(700));
    QCOMPARE(get("/api/v1/pods", {{qs("limit"), qs("5")}, {qs("continue"), qs("nonsense")}})->head.status, 400);
}

void TestSnapshot::tablesAreTheServersOwn()
{
    snapshot::SnapshotTransport transport(m_snapshot);
    const auto table = support::answerOf(kube::getTable(
        kube::Client(&transport), {.version = qs("v1"), .resource = qs("pods"), .kind = qs("Pod"), .namespaced = true},
        {.nameSpace = qs("shop")}));
    QVERIFY(table);
    QCOMPARE(table->columns.size(), 2U);
    QCOMPARE(table->rows.size(), 600U);
    QCOMPARE(table->rows.front().cells.back().text, QByteArray("1/1"));
    // The server made no Table of this kind: neither does the snapshot.
    const Json list =
        getJson("/api/v1/configmaps", {}, "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
    QCOMPARE(kube::rawText(list, {"kind"}), qs("ConfigMapList"));
}

void TestSnapshot::metadataIsServedAlone()
{
    const Json list = getJson("/api/v1/pods", {{qs("limit"), qs("1")}},
                              "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json");
    QCOMPARE(kube::rawText(list, {"kind"}), qs("PartialObjectMetadataList"));
    QCOMPARE(list["items"].size(), 1U);
    QVERIFY(!list["items"][0].contains("spec"));
    QCOMPARE(kube::rawText(list["items"][0], {"metadata", "name"}), qs("web-0"));
}

void TestSnapshot::anEmptyListIsEmpty()
{
    const Json list = getJson("/api/v1/configmaps");
    QVERIFY(list["items"].is_array());
    QVERIFY(list["items"].empty());
}

void TestSnapshot::listsThatAreMadeFromTheQuestionAnswerNoOther()
{
    const QByteArray auth = "/apis/auth.tkestack.io/v1";
    const auto isLacking = [](const base::Result<transport::Reply>& reply) {
        return !reply && reply.error().kind == base::ErrorKind::NotCaptured;
    };
    QVERIFY(isLacking(get(auth + "/users")));
    QVERIFY(isLacking(get(auth + "/users", {{qs("fieldSelector"), qs("keyword=lisi,spec.tenantID=acme")}})));
    QVERIFY(isLacking(get(auth + "/users/usr-1")));
    QVERIFY(isLacking(get(auth + "/groups", {{qs("fieldSelector"), qs("spec.tenantID=acme")}})));
    QVERIFY(isLacking(get(auth + "/groups/grp-2")));
    QCOMPARE(getJson(auth + "/groups")["items"].size(), 1U);
    QCOMPARE(kube::rawText(getJson(auth + "/groups/grp-1"), {"spec", "displayName"}), qs("dev"));
}

void TestSnapshot::aWatchStaysOpenWithoutEvents()
{
    snapshot::SnapshotTransport transport(m_snapshot);
    const auto sink = std::make_shared<support::CollectSink>();
    {
        const auto handle = transport.stream({.path = "/api/v1/pods", .query = {{qs("watch"), qs("1")}}}, sink);
        QVERIFY(QTest::qWaitFor([&] { return sink->head().has_value(); }));
        QTest::qWait(50);
        QVERIFY(!sink->end());
        QVERIFY(sink->body().isEmpty());
        const auto refused = std::make_shared<support::CollectSink>();
        const auto other = transport.stream({.path = "/api/v1/secrets", .query = {{qs("watch"), qs("1")}}}, refused);
        QVERIFY(QTest::qWaitFor([&] { return refused->refusal().has_value(); }));
        QCOMPARE(refused->refusal()->head.status, 403);
    }
    QVERIFY(QTest::qWaitFor([&] { return sink.use_count() == 1; })); // let go once it is aborted
}

void TestSnapshot::discoveryAndCountsAreAsLive()
{
    snapshot::SnapshotTransport transport(m_snapshot);
    const kube::Client client(&transport);
    const auto catalog = support::answerOf(kube::discover(client));
    QVERIFY(catalog);
    QCOMPARE(catalog->resources.size(), 8U);
    const auto pods = support::answerOf(kube::countObjects(client, *catalog->find(qs("pods")), {}));
    QCOMPARE(pods->count, std::optional<qint64>(1200));
    const auto secrets = support::answerOf(kube::countObjects(client, *catalog->find(qs("secrets")), {}));
    QCOMPARE(secrets->state, kube::KindState::Forbidden);
    QCOMPARE(support::answerOf(kube::serverVersion(client))->gitVersion, qs("v1.36.3"));
}

void TestSnapshot::rightsAreThoseOfThen()
{
    snapshot::SnapshotTransport transport(m_snapshot);
    const kube::Client client(&transport);
    const auto may = [&](const char* verb, const char* nameSpace) {
        return support::answerOf(kube::mayI(
            client, {.verb = qs(verb), .group = {}, .resource = qs("pods"), .nameSpace = qs(nameSpace), .name = {}}));
    };
    QCOMPARE(may("get", "shop").value(), true);
    QCOMPARE(may("delete", "shop").value(), false);
    QCOMPARE(may("get", "elsewhere").error().kind, base::ErrorKind::NotCaptured);
}

void TestSnapshot::logsAreTailsOfThen()
{
    const QByteArray path = "/api/v1/namespaces/other/pods/web-1/log";
    QCOMPARE(get(path, {{qs("container"), qs("app")}})->body, QByteArray("one\ntwo\nthree\n"));
    QCOMPARE(get(path, {{qs("tailLines"), qs("1")}})->body, QByteArray("three\n"));
    QCOMPARE(get(path, {{qs("tailLines"), qs("1")}, {qs("timestamps"), qs("true")}})->body,
             QByteArray("2026-01-02T03:04:07Z three\n"));
    QVERIFY(get(path, {{qs("previous"), qs("true")}}).has_value());
    QVERIFY(!get(path, {{qs("container"), qs("other")}}));
    QCOMPARE(get("/api/v1/namespaces/shop/pods/none/log")->head.status, 404);
}

void TestSnapshot::nothingCanBeWritten()
{
    for (const char* verb : {"POST", "PUT", "PATCH", "DELETE"}) {
        const auto reply = m_snapshot->answer({.verb = verb, .path = "/api/v1/namespaces/other/pods/web-1"});
        QVERIFY(!reply);
        QCOMPARE(reply.error().kind, base::ErrorKind::ReadOnly);
        QCOMPARE(reply.error().reason, qs("snapshotReadOnly"));
    }
}

void TestSnapshot::answersCarryTheTimeOfThen()
{
    QCOMPARE(get("/api/v1/pods", {{qs("limit"), qs("1")}})->head.header("Date"),
             QByteArray("Fri, 02 Jan 2026 03:04:05 GMT"));
}

void TestSnapshot::aServerThatDoesNotAnswerGivesNoFile()
{
    support::FakeTransport dead([](const transport::Request&) -> std::optional<base::Result<transport::Reply>> {
        return base::failure({.kind = base::ErrorKind::Network});
    });
    const QString file = m_folder.filePath(qs("dead.alidade"));
    snapshot::Capture capture(&dead, {.file = file});
    QSignalSpy finished(&capture, &snapshot::Capture::finished);
    capture.start();
    QVERIFY(finished.wait(20'000));
    QCOMPARE(capture.result().error().kind, base::ErrorKind::Network);
    QVERIFY(!QFile::exists(file));
}

void TestSnapshot::anAnswerThatWasPutOffIsNotKept()
{
    int asked = 0;
    support::FakeTransport busy([&](const transport::Request& request) {
        if (request.path == "/version" && ++asked == 1)
            return std::optional(
                support::reply(429, support::statusJson(429, "TooManyRequests"), {{"Retry-After", "0"}}));
        return serve(request);
    });
    const QString file = m_folder.filePath(qs("busy.alidade"));
    snapshot::Capture capture(&busy, {.file = file});
    QSignalSpy finished(&capture, &snapshot::Capture::finished);
    capture.start();
    QVERIFY(finished.wait(20'000));
    QVERIFY(capture.result().has_value());
    const auto opened = snapshot::Snapshot::open(file);
    QVERIFY(opened);
    QCOMPARE((*opened)->answer({.path = "/version"})->head.status, 200);
    QVERIFY(asked > 1);
}

void TestSnapshot::aCancelledCaptureLeavesNoFile()
{
    support::FakeTransport live(serve);
    QTemporaryDir folder;
    snapshot::Capture capture(&live, {.file = folder.filePath(qs("a.alidade"))});
    QSignalSpy finished(&capture, &snapshot::Capture::finished);
    connect(&capture, &snapshot::Capture::progressed, &capture, [&](const snapshot::CaptureProgress& progress) {
        if (progress.step == snapshot::CaptureProgress::Step::Kinds && progress.done == 2)
            capture.cancel();
    });
    capture.start();
    QVERIFY(finished.wait(20'000));
    QCOMPARE(capture.result().error().kind, base::ErrorKind::Canceled);
    QVERIFY(QDir(folder.path()).isEmpty());
}

void TestSnapshot::theFileThatWasOpenedIsReadOnWhateverHasItsNameNow()
{
    const QString file = m_folder.filePath(qs("moved.alidade"));
    QVERIFY(QFile::copy(m_snapshot->file(), file));
    const auto opened = snapshot::Snapshot::open(file);
    QVERIFY(opened && !(*opened)->isReplaced());
    QVERIFY(QFile::remove(file));
    QCOMPARE((*opened)->answer({.path = "/api/v1/namespaces"})->head.status, 200);
    QFile other(file);
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.write("something else");
    other.close();
    QVERIFY((*opened)->isReplaced());
    QCOMPARE((*opened)->answer({.path = "/api/v1/configmaps"})->head.status, 200);
}

QTEST_GUILESS_MAIN(TestSnapshot)
#include "tst_snapshot.moc"
