// Businesses and their namespaces as TKEStack's own servers answered, beside what stands in the clusters.

#include "app/kube/jsonread.h"
#include "app/tke/businesses.h"
#include "app/tke/livenamespaces.h"
#include "tests/support/answers.h"

#include <QTest>
#include <algorithm>

namespace {

const QByteArray Projects = "/apis/business.tkestack.io/v1/projects";
const QByteArray Namespaces = "/apis/business.tkestack.io/v1/namespaces";

QString qs(const char* text)
{
    return QString::fromUtf8(text);
}

} // namespace

class TestBusinesses : public QObject {
    Q_OBJECT
private slots:
    void init();

    void aBusinessIsReadWithItsQuotas();
    void parentsComeBeforeTheirChildren();
    void aRingOfParentsIsShown();
    void messageAndReasonAreTurnedRound();
    void whatMayNotBeReadIsNotEmpty();
    void withoutTheKindsThereAreNoBusinesses();
    void hostileObjectsAreReadAsFarAsTheyGo();

    void theLiveNamespaceIsSeen();
    void aNamespaceOfAnotherBusinessIsAConflict();
    void aNamespaceThatIsGoneIsNotThere();
    void aNamespaceWithoutLabelSaysSo();
    void whoMayNotListIsAskedByName();
    void aQuotaThatMayNotBeSeenIsNotMissing();
    void aClusterOutOfReachSaysSo();

private:
    static base::Result<tke::BusinessSurvey> read(const support::Answers& answers)
    {
        support::FakeTransport transport(answers);
        const kube::Client client(&transport);
        return support::answerOf(tke::readBusinesses(client));
    }
    static tke::BusinessNamespace planned()
    {
        return {.business = qs("prj-abcdefgh"),
                .name = qs("cls-abc12345-shop-frontend"),
                .cluster = qs("cls-abc12345"),
                .nameSpace = qs("shop-frontend"),
                .hard = {{qs("cpu"), qs("4")}}};
    }
    static tke::LiveNamespace live(const support::Answers& answers, const tke::BusinessNamespace& planned)
    {
        support::FakeTransport transport(answers);
        const kube::Client client(&transport);
        const auto found = support::answerOf(tke::readLiveNamespaces(client, {planned}));
        return found && found->size() == 1 ? found->front() : tke::LiveNamespace{.error = base::Error{}};
    }
    /// A cluster with this one namespace and the recorded quota.
    static support::Answers cluster(const QByteArray& nameSpace)
    {
        support::Answers answers;
        answers.serve("/api/v1/namespaces",
                      R"({"kind":"NamespaceList","apiVersion":"v1","metadata":{},"items":[)" + nameSpace + "]}");
        answers.serveFixture("/api/v1/resourcequotas", qs("tkestack-1.9/member-resourcequotas.json"));
        return answers;
    }

    support::Answers m_answers;
};

void TestBusinesses::init()
{
    m_answers = {};
    m_answers.serveFixture(Projects, qs("tkestack-1.9/projects.json"));
    m_answers.serveFixture(Namespaces, qs("tkestack-1.9/businessnamespaces.json"));
}

void TestBusinesses::aBusinessIsReadWithItsQuotas()
{
    const auto survey = read(m_answers);
    QVERIFY(survey);
    const tke::Business* shop = survey->find(qs("prj-abcdefgh"));
    QVERIFY(shop);
    QCOMPARE(shop->displayName, qs("电商平台 (shop)"));
    QCOMPARE(shop->tenant, qs("default"));
    QCOMPARE(shop->members, QStringList({qs("admin"), qs("zhangsan"), qs("lisi")}));
    QCOMPARE(shop->phase, qs("Active"));
    QVERIFY(shop->in(qs("cls-abc12345")));
    QCOMPARE(shop->in(qs("cls-abc12345"))->hard.at(qs("memory")), qs("64Gi"));
    QCOMPARE(shop->in(qs("cls-abc12345"))->used.at(qs("cpu")), qs("12"));
    QVERIFY(!shop->in(qs("global")));
    QVERIFY(survey->unread.empty());
}

void TestBusinesses::parentsComeBeforeTheirChildren()
{
    const auto survey = read(m_answers);
    QVERIFY(survey);
    QStringList names;
    for (const tke::Business& each : survey->businesses)
        names += each.name;
    QCOMPARE(names, QStringList({qs("prj-abcdefgh"), qs("prj-child001"), qs("prj-acme0001"), qs("prj-acme0002"),
                                 qs("prj-acme0003"), qs("prj-bmsxczhw")}));
}

void TestBusinesses::aRingOfParentsIsShown()
{
    m_answers.serve(Projects, R"({"kind":"ProjectList","metadata":{},"items":[
        {"metadata":{"name":"prj-a"},"spec":{"parentProjectName":"prj-b"}},
        {"metadata":{"name":"prj-b"},"spec":{"parentProjectName":"prj-a"}},
        {"metadata":{"name":"prj-c"},"spec":{"parentProjectName":"prj-gone"}}]})");
    const auto survey = read(m_answers);
    QVERIFY(survey);
    QCOMPARE(survey->businesses.size(), std::size_t(3));
    QCOMPARE(survey->businesses.front().name, qs("prj-c"));
}

void TestBusinesses::messageAndReasonAreTurnedRound()
{
    const auto survey = read(m_answers);
    QVERIFY(survey);
    const auto failed =
        std::ranges::find(survey->namespaces, qs("cls-fail6789-shop-test"), &tke::BusinessNamespace::name);
    QVERIFY(failed != survey->namespaces.end());
    QCOMPARE(failed->phase, qs("Failed"));
    QCOMPARE(failed->cluster, qs("cls-fail6789"));
    QCOMPARE(failed->clusterDisplayName, qs("测试集群 (staging)"));
    QVERIFY2(!failed->code.contains(qs("dial tcp")), qPrintable(failed->code));
    QVERIFY2(failed->prose.contains(qs("connection refused")), qPrintable(failed->prose));
}

void TestBusinesses::whatMayNotBeReadIsNotEmpty()
{
    m_answers.refuse(Namespaces, 403, "Forbidden");
    const auto survey = read(m_answers);
    QVERIFY(survey);
    QCOMPARE(survey->businesses.size(), std::size_t(6));
    QCOMPARE(survey->unread.size(), std::size_t(1));
    QCOMPARE(survey->unread.front().kind, qs("namespaces"));
    QCOMPARE(survey->unread.front().error.kind, base::ErrorKind::Forbidden);
}

void TestBusinesses::withoutTheKindsThereAreNoBusinesses()
{
    const auto survey = read({});
    QVERIFY(!survey);
    QCOMPARE(survey.error().kind, base::ErrorKind::NotFound);
    QCOMPARE(survey.error().reason, qs("noBusinesses"));
}

void TestBusinesses::hostileObjectsAreReadAsFarAsTheyGo()
{
    m_answers.serve(Projects, R"({"kind":"ProjectList","metadata":{},"items":[
        {"metadata":null,"spec":{"members":"all","clusters":["x"]},"status":{"clusters":3,"locked":"yes"}},
        {"metadata":{"name":"prj-a"},"spec":{"members":[1,null,"admin"],"clusters":{"c":null,"d":{"hard":{"cpu":4}}}}}]})");
    m_answers.serve(Namespaces, R"({"kind":"NamespaceList","metadata":{},"items":null})");
    const auto survey = read(m_answers);
    QVERIFY(survey);
    const tke::Business* business = survey->find(qs("prj-a"));
    QVERIFY(business);
    QCOMPARE(business->members, QStringList{qs("admin")});
    QCOMPARE(business->clusters.size(), std::size_t(2));
    QCOMPARE(business->in(qs("d"))->hard.at(qs("cpu")), qs("4"));
}

void TestBusinesses::theLiveNamespaceIsSeen()
{
    const tke::LiveNamespace found =
        live(cluster(support::fixture(qs("tkestack-1.9/member-namespace.json"))), planned());
    QVERIFY(!found.error);
    QCOMPARE(found.exists, std::optional(true));
    QCOMPARE(found.labelled, std::optional(true));
    QCOMPARE(found.conflict, std::optional(false));
    QCOMPARE(found.hasQuota, std::optional(true));
    QCOMPARE(found.hard.at(qs("pods")), qs("40"));
    QCOMPARE(found.isWell(planned()), std::optional(true));
}

void TestBusinesses::aNamespaceOfAnotherBusinessIsAConflict()
{
    tke::BusinessNamespace other = planned();
    other.business = qs("prj-child001");
    const tke::LiveNamespace found = live(cluster(support::fixture(qs("tkestack-1.9/member-namespace.json"))), other);
    QCOMPARE(found.conflict, std::optional(true));
    QCOMPARE(found.owner, qs("prj-abcdefgh"));
    QCOMPARE(found.isWell(other), std::optional(false));
}

void TestBusinesses::aNamespaceThatIsGoneIsNotThere()
{
    const tke::LiveNamespace found = live(cluster({}), planned());
    QCOMPARE(found.exists, std::optional(false));
    QCOMPARE(found.labelled, std::optional(false));
    QCOMPARE(found.conflict, std::optional(false));
    QCOMPARE(found.isWell(planned()), std::optional(false));
}

void TestBusinesses::aNamespaceWithoutLabelSaysSo()
{
    const tke::LiveNamespace found =
        live(cluster(R"({"metadata":{"name":"shop-frontend"},"status":{"phase":"Terminating"}})"), planned());
    QCOMPARE(found.exists, std::optional(true));
    QCOMPARE(found.labelled, std::optional(false));
    QVERIFY(found.isTerminating);
}

void TestBusinesses::whoMayNotListIsAskedByName()
{
    support::Answers answers;
    answers.refuse("/api/v1/namespaces", 403, "Forbidden");
    answers.serveFixture("/api/v1/namespaces/shop-frontend", qs("tkestack-1.9/member-namespace.json"));
    const tke::LiveNamespace found = live(answers, planned());
    QCOMPARE(found.exists, std::optional(true));
    QCOMPARE(found.hasQuota, std::optional(false));
    QVERIFY(!found.error);
}

void TestBusinesses::aQuotaThatMayNotBeSeenIsNotMissing()
{
    support::Answers answers = cluster(support::fixture(qs("tkestack-1.9/member-namespace.json")));
    answers.refuse("/api/v1/resourcequotas", 500, "InternalError");
    const tke::LiveNamespace found = live(answers, planned());
    QCOMPARE(found.exists, std::optional(true));
    QCOMPARE(found.hasQuota, std::nullopt);
    QVERIFY(found.error);
    QCOMPARE(found.isWell(planned()), std::nullopt);
}

void TestBusinesses::aClusterOutOfReachSaysSo()
{
    support::FakeTransport transport(cluster(support::fixture(qs("tkestack-1.9/member-namespace.json"))));
    const auto reached = std::make_shared<kube::Client>(&transport);
    const tke::ClientOf clientOf = [&reached](const QString& name) {
        return base::answered<std::shared_ptr<const kube::Client>>(
            name == qs("cls-abc12345")
                ? base::Result<std::shared_ptr<const kube::Client>>(reached)
                : base::failure({.kind = base::ErrorKind::Network, .said = qs("connection refused")}));
    };
    tke::BusinessNamespace lost = planned();
    lost.cluster = qs("cls-fail6789");
    const auto found = support::answerOf(tke::readLiveNamespaces(clientOf, {lost, planned()}));
    QVERIFY(found);
    QCOMPARE(found->size(), std::size_t(2));
    QCOMPARE(found->at(0).error->kind, base::ErrorKind::Network);
    QCOMPARE(found->at(0).exists, std::nullopt);
    QCOMPARE(found->at(1).exists, std::optional(true));
}

QTEST_GUILESS_MAIN(TestBusinesses)
#include "tst_businesses.moc"
