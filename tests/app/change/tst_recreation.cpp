// An object deleted and made again: nothing goes before both halves were judged, and what is lost can be put back.

#include "app/change/recreation.h"
#include "app/change/referrers.h"
#include "app/kube/jsonread.h"
#include "tests/support/faketransport.h"
#include "tests/support/served.h"

#include <QTemporaryDir>
#include <QTest>

using change::Recreation;
using kube::Json;
using State = Recreation::State;

namespace {

const QByteArray Path = "/api/v1/namespaces/shop/services/web";
const QByteArray Collection = "/api/v1/namespaces/shop/services";

kube::ApiResource services()
{
    return {.group = {},
            .version = QStringLiteral("v1"),
            .resource = QStringLiteral("services"),
            .kind = QStringLiteral("Service"),
            .namespaced = true};
}

bool isDryRun(const transport::Request& request)
{
    return std::ranges::any_of(request.query, [](const auto& each) { return each.first == QLatin1String("dryRun"); });
}

/// One Service as a server keeps it.
class Server {
public:
    std::optional<Json> object =
        Json{{"apiVersion", "v1"},
             {"kind", "Service"},
             {"metadata", {{"name", "web"}, {"namespace", "shop"}, {"uid", "u1"}, {"resourceVersion", "7"}}},
             {"spec", {{"clusterIP", "192.0.2.7"}}}};
    int refusesFrom = 1'000; ///< which creation is the first that is refused; dry runs count
    int looksUntilGone = 0;
    std::vector<Json> made; ///< bodies of creations, dry runs among them
    int deletions = 0;

    std::optional<base::Result<transport::Reply>> operator()(const transport::Request& request)
    {
        if (request.path == Collection && request.verb == "POST")
            return create(request);
        if (!object)
            return support::reply(404, support::statusJson(404, "NotFound"));
        if (request.verb == "DELETE" && !isDryRun(request)) {
            ++deletions;
            if (looksUntilGone == 0)
                object.reset();
            else
                (*object)["metadata"]["deletionTimestamp"] = "2026-11-22T12:00:00Z";
            return support::reply(200, object ? QByteArray::fromStdString(object->dump()) : "{\"kind\":\"Status\"}");
        }
        const auto answer = support::reply(200, QByteArray::fromStdString(object->dump()));
        if (deletions > 0 && request.verb == "GET" && --looksUntilGone == 0)
            object.reset();
        return answer;
    }

private:
    base::Result<transport::Reply> create(const transport::Request& request)
    {
        made.push_back(*kube::parseJson(request.body));
        if (static_cast<int>(made.size()) >= refusesFrom)
            return support::reply(422, support::statusJson(422, "Invalid"));
        Json answer = made.back();
        answer["metadata"]["uid"] = "u2";
        answer["metadata"]["resourceVersion"] = "9";
        if (!isDryRun(request))
            object = answer;
        return support::reply(201, QByteArray::fromStdString(answer.dump()));
    }
};

kube::Manifest manifest()
{
    return kube::parseManifests("apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"
                                "spec: {clusterIP: 192.0.2.9, ports: [{port: 80, nodePort: 30080}]}\n")
        ->front();
}

} // namespace

class TestRecreation : public QObject {
    Q_OBJECT

    std::shared_ptr<Server> m_server;
    std::unique_ptr<support::FakeTransport> m_transport;
    QTemporaryDir m_folder;

    std::unique_ptr<Recreation> recreation(const QString& uid = QStringLiteral("u1"), bool readOnly = false)
    {
        return std::make_unique<Recreation>(
            kube::Client(m_transport.get()),
            change::Origin{QStringLiteral("test"), QStringLiteral("admin"), QStringLiteral("fake"), readOnly},
            change::Target{services(), QStringLiteral("shop"), QStringLiteral("web")}, manifest(), uid,
            change::Propagation::Orphan, nullptr);
    }
    static void toPreview(Recreation& recreation)
    {
        recreation.preview();
        QTRY_VERIFY(!recreation.isBusy());
    }
    static void toEnd(Recreation& recreation)
    {
        toPreview(recreation);
        recreation.apply();
        QTRY_VERIFY(!recreation.isBusy());
    }

private slots:
    void init()
    {
        m_server = std::make_shared<Server>();
        m_transport = std::make_unique<support::FakeTransport>(
            [server = m_server](const transport::Request& request) { return (*server)(request); });
    }

    void bothHalvesAreJudgedBeforeAnythingGoes()
    {
        const auto it = recreation();
        toPreview(*it);
        QCOMPARE(it->state(), State::Previewed);
        QCOMPARE(m_server->deletions, 0);
        QVERIFY(m_server->object);
        // Under another name, and without the numbers that the old one holds.
        QCOMPARE(m_server->made.size(), 1UL);
        QCOMPARE(kube::rawText(m_server->made[0], {"metadata", "name"}), QStringLiteral("web-trial"));
        QVERIFY(!m_server->made[0]["spec"].contains("clusterIP"));
        QVERIFY(!m_server->made[0]["spec"]["ports"][0].contains("nodePort"));
        QCOMPARE(kube::rawText(it->made(), {"metadata", "name"}), QStringLiteral("web"));
    }

    void aNewObjectThatWouldBeRefusedDeletesNothing()
    {
        m_server->refusesFrom = 1;
        const auto it = recreation();
        toPreview(*it);
        QCOMPARE(it->state(), State::Failed);
        QVERIFY(!it->isLost());
        it->apply();
        QCOMPARE(it->state(), State::Failed);
        QCOMPARE(m_server->deletions, 0);
    }

    void itIsDeletedAndMadeAgainAsTheManifestSays()
    {
        const auto it = recreation();
        toEnd(*it);
        QCOMPARE(it->state(), State::Done);
        QCOMPARE(m_server->deletions, 1);
        QCOMPARE(kube::rawText(*m_server->object, {"metadata", "uid"}), QStringLiteral("u2"));
        QCOMPARE(kube::rawText(*m_server->object, {"spec", "clusterIP"}), QStringLiteral("192.0.2.9"));
    }

    void finalizersAreWaitedFor()
    {
        m_server->looksUntilGone = 2;
        const auto it = recreation();
        toEnd(*it);
        QCOMPARE(it->state(), State::Done);
        QCOMPARE(m_server->made.size(), 3UL); // the trial, the dry run, the object
    }

    void whatWasLostIsPutBack()
    {
        m_server->refusesFrom = 2;
        const auto it = recreation();
        toEnd(*it);
        QCOMPARE(it->state(), State::Failed);
        QVERIFY(it->isLost());
        QVERIFY(!m_server->object);
        m_server->refusesFrom = 1'000;
        it->putBack();
        QTRY_COMPARE(it->state(), State::PutBack);
        QCOMPARE(kube::rawText(*m_server->object, {"spec", "clusterIP"}), QStringLiteral("192.0.2.7"));
        QVERIFY(!it->isLost());
    }

    void anotherObjectOfThatNameIsLeftAlone()
    {
        const auto it = recreation(QStringLiteral("u0"));
        toPreview(*it);
        QCOMPARE(it->state(), State::Failed);
        QCOMPARE(it->error().reason, QStringLiteral("otherObject"));
        QVERIFY(m_server->made.empty());
    }

    void aReadOnlyContextStopsBeforeAnything()
    {
        const auto it = recreation(QStringLiteral("u1"), true);
        toPreview(*it);
        QCOMPARE(it->error().kind, base::ErrorKind::ReadOnly);
        QVERIFY(m_transport->asked.empty());
    }

    void whoNamesAnObjectIsFound()
    {
        const auto referrers = change::referrersOf({services(), QStringLiteral("shop"), QStringLiteral("web")});
        QCOMPARE(referrers.size(), 1UL);
        QVERIFY(referrers[0].refersTo(
            *kube::parseJson(R"({"spec":{"rules":[{"http":{"paths":[{"backend":{"service":{"name":"web"}}}]}}]}})")));
        QVERIFY(!referrers[0].refersTo(*kube::parseJson(R"({"spec":{"defaultBackend":{"service":{"name":"x"}}}})")));
        QVERIFY(!referrers[0].refersTo(Json(7)));
        kube::ApiResource secrets = services();
        secrets.resource = QStringLiteral("secrets");
        secrets.kind = QStringLiteral("Secret");
        const auto users = change::referrersOf({secrets, QStringLiteral("shop"), QStringLiteral("key")});
        QVERIFY(users[0].refersTo(
            *kube::parseJson(R"({"spec":{"containers":[{"env":[{"valueFrom":{"secretKeyRef":{"name":"key"}}}]}]}})")));
        QVERIFY(users[0].refersTo(*kube::parseJson(R"({"spec":{"volumes":[{"secret":{"secretName":"key"}}]}})")));
    }
};

QTEST_GUILESS_MAIN(TestRecreation)
#include "tst_recreation.moc"
