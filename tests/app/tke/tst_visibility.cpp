// Why a user sees a business in the business console or does not: the chain of checks, over TKEStack's own answers.

#include "app/tke/visibility.h"
#include "tests/support/answers.h"

#include <QTest>
#include <algorithm>

namespace {

const QByteArray Auth = "/apis/auth.tkestack.io/v1";
const QByteArray Portal = "/apis/business.tkestack.io/v1/portal";

QString qs(const char* text)
{
    return QString::fromUtf8(text);
}

/// What the sign-in lists of a tenant, as the platform answers to a list of users with `policy`.
QByteArray usersOf(const QByteArray& items = {})
{
    return R"({"kind":"UserList","apiVersion":"auth.tkestack.io/v1","metadata":{},"items":[)" + items + "]}";
}

QByteArray listedUser(const QByteArray& id, const QByteArray& name, const QByteArray& tenant,
                      const QByteArray& administrator = "false")
{
    return R"({"metadata":{"name":")" + id + R"("},"spec":{"id":")" + id + R"(","name":")" + name +
           R"(","tenantID":")" + tenant + R"(","extra":{"administrator":")" + administrator + R"(","policies":"{}"}}})";
}

/// The bindings of prj-acme0001 and of a business whose name the auth component does not take.
const QByteArray Bindings = R"({"kind":"ProjectPolicyBindingList","apiVersion":"auth.tkestack.io/v1","items":[
    {"spec":{"tenantID":"acme","projectID":"prj-acme0001","policyID":"pol-acme-project-member",
             "users":null,"groups":[{"id":"grp-nr97bjrq","name":"dev"}]}},
    {"spec":{"tenantID":"acme","projectID":"shop","policyID":"pol-acme-project-owner",
             "users":[{"id":"usr-vjhzczh8","name":"wangwu"}],"groups":null}},
    {"spec":{"tenantID":"default","projectID":"prj-acme0002","policyID":"pol-default-project-owner",
             "users":[{"id":"usr-0","name":"wangwu"}],"groups":null}}]})";

QByteArray versionMap(const QByteArray& version)
{
    return R"({"kind":"ConfigMap","data":{"tkeVersion":")" + version + R"("}})";
}

} // namespace

class TestVisibility : public QObject {
    Q_OBJECT
private slots:
    void init();

    void whoIsBoundSeesIt();
    void aMemberWhoIsNotBoundDoesNot();
    void bindingsTellWhereThePlatformDoesNot();
    void aGroupThatIsBoundDoesNotCount_data();
    void aGroupThatIsBoundDoesNotCount();
    void aBindingThatWasNotAppliedIsTold();
    void bindingsOfAnotherTenantDoNotCount();
    void nobodySeesABusinessOfTheDefaultTenant_data();
    void nobodySeesABusinessOfTheDefaultTenant();
    void aUserOfAnotherTenantDoesNot();
    void anUnknownUserDoesNot();
    void aUserWhomTheSignInDoesNotListDoesNot();
    void aSignInThatMayNotBeAskedLeavesItOpen();
    void administratorsAreThoseOfThePlatformOfTheSignInAndOfThePortal();
    void aBusinessWhoseMembersCouldNotBeBoundSaysWhy();
    void anotherNameIsPassedOver();
    void withoutTheAuthComponentMembersCount();
    void thePortalsOwnAnswerDecides();
    void thePortalIsAskedAsTheUser();
    void whatMayNotBeReadIsNotKnown();
    void aNameThatIsNoHeaderIsNotSent();

private:
    tke::Visibility judge(const tke::Business& business, const QString& user, bool mayImpersonate = false)
    {
        support::FakeTransport transport(m_answers);
        const kube::Client client(&transport);
        const auto facts = support::answerOf(tke::readVisibility(client, {user, {business}, mayImpersonate}));
        m_asked = transport.asked;
        return facts ? tke::judgeVisibility(business, *facts) : tke::Visibility();
    }
    static const tke::VisibilityCheck* check(const tke::Visibility& visibility, const char* id)
    {
        const auto found = std::ranges::find(visibility.checks, QLatin1String(id), &tke::VisibilityCheck::id);
        return found == visibility.checks.end() ? nullptr : &*found;
    }
    static QStringList reasons(const tke::Visibility& visibility)
    {
        QStringList ids;
        for (const tke::VisibilityCheck& each : visibility.reasons())
            ids += each.id;
        return ids;
    }
    static tke::Business acme()
    {
        return {.name = qs("prj-acme0001"), .tenant = qs("acme"), .members = {qs("wangwu")}, .phase = qs("Active")};
    }

    support::Answers m_answers;
    std::vector<transport::Request> m_asked;
};

void TestVisibility::init()
{
    m_answers = {};
    m_answers.serve("/api/v1/namespaces/tke/configmaps/cluster-info", versionMap("v1.9.2"));
    m_answers.serve(Auth, R"({"kind":"APIResourceList","resources":[]})");
    m_answers.serveFixture(Auth + "/localidentities", qs("tkestack-1.9/localidentities.json"));
    m_answers.serveFixture(Auth + "/users", qs("tkestack-1.9/users-wangwu.json"));
    m_answers.serveFixture(Auth + "/users/usr-vjhzczh8/projects", qs("tkestack-1.9/user-projects.json"));
    m_answers.serveFixture(Auth + "/projectpolicybindings", qs("tkestack-1.9/projectpolicybindings.json"));
    m_answers.serve("/apis/business.tkestack.io/v1/platforms", R"({"kind":"PlatformList","items":[
        {"spec":{"tenantID":"acme","administrators":["boss"]}}]})");
}

void TestVisibility::whoIsBoundSeesIt()
{
    const tke::Visibility seen = judge(acme(), qs("wangwu"));
    QCOMPARE(seen.visible, std::optional(true));
    QVERIFY(reasons(seen).isEmpty());
    QCOMPARE(check(seen, "bound")->read, QStringList{qs("GET /apis/auth.tkestack.io/v1/users/usr-vjhzczh8/projects")});
}

void TestVisibility::aMemberWhoIsNotBoundDoesNot()
{
    tke::Business second = acme();
    second.name = qs("prj-acme0002");
    const tke::Visibility seen = judge(second, qs("wangwu"));
    QCOMPARE(seen.visible, std::optional(false));
    QCOMPARE(reasons(seen), QStringList{qs("bound")});
    QCOMPARE(check(seen, "bound")->detail, qs("onlyMember"));
    second.members.clear();
    QCOMPARE(check(judge(second, qs("wangwu")), "bound")->detail, qs("notBound"));
}

void TestVisibility::bindingsTellWhereThePlatformDoesNot()
{
    m_answers.refuse(Auth + "/users/usr-vjhzczh8/projects", 404, "NotFound");
    QCOMPARE(judge(acme(), qs("wangwu")).visible, std::optional(true));
    tke::Business second = acme();
    second.name = qs("prj-acme0002");
    QCOMPARE(judge(second, qs("wangwu")).visible, std::optional(false));
}

void TestVisibility::aGroupThatIsBoundDoesNotCount_data()
{
    QTest::addColumn<bool>("isReckoned");
    QTest::newRow("as the platform reckons") << true;
    QTest::newRow("as the bindings tell") << false;
}

void TestVisibility::aGroupThatIsBoundDoesNotCount()
{
    QFETCH(bool, isReckoned);
    if (isReckoned)
        m_answers.serve(Auth + "/users/usr-vjhzczh8/projects", R"({"kind":"ProjectBelongs","memberdProjects":{}})");
    else
        m_answers.refuse(Auth + "/users/usr-vjhzczh8/projects", 404, "NotFound");
    m_answers.serve(Auth + "/projectpolicybindings", Bindings);
    tke::Business business = acme();
    business.members.clear();
    const tke::Visibility seen = judge(business, qs("wangwu"));
    QCOMPARE(seen.visible, std::optional(false));
    QCOMPARE(reasons(seen), QStringList{qs("bound")});
    QCOMPARE(check(seen, "bound")->detail, qs("groupOnly"));
    QCOMPARE(check(seen, "bound")->about, qs("dev"));
    QVERIFY(check(seen, "bound")->read.contains(qs("GET /apis/auth.tkestack.io/v1/projectpolicybindings")));
}

void TestVisibility::aBindingThatWasNotAppliedIsTold()
{
    m_answers.serve(Auth + "/users/usr-vjhzczh8/projects", R"({"kind":"ProjectBelongs","memberdProjects":{}})");
    const tke::Visibility seen = judge(acme(), qs("wangwu"));
    QCOMPARE(seen.visible, std::optional(false));
    QCOMPARE(reasons(seen), QStringList{qs("bound")});
    QCOMPARE(check(seen, "bound")->detail, qs("notApplied"));
}

void TestVisibility::bindingsOfAnotherTenantDoNotCount()
{
    m_answers.serve(Auth + "/projectpolicybindings", Bindings);
    tke::Business second = acme();
    second.name = qs("prj-acme0002");
    QCOMPARE(check(judge(second, qs("wangwu")), "bound")->detail, qs("onlyMember"));
}

void TestVisibility::nobodySeesABusinessOfTheDefaultTenant_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<bool>("hides");
    QTest::newRow("v1.9.0 does not know that yet") << QByteArray("v1.9.0") << false;
    QTest::newRow("v1.9.1") << QByteArray("v1.9.1") << true;
    QTest::newRow("v1.10.0 is newer") << QByteArray("v1.10.0") << true;
    QTest::newRow("with more behind") << QByteArray("v1.9.2-3-g31e93ce") << true;
}

void TestVisibility::nobodySeesABusinessOfTheDefaultTenant()
{
    QFETCH(QByteArray, version);
    QFETCH(bool, hides);
    m_answers.serve("/api/v1/namespaces/tke/configmaps/cluster-info", versionMap(version));
    m_answers.serve(Auth + "/users", usersOf(listedUser("usr-f9gnwmjb", "zhangsan", "default")));
    const tke::Business shop{.name = qs("prj-abcdefgh"), .tenant = qs("default"), .phase = qs("Active")};
    m_answers.refuse(Auth + "/users/usr-f9gnwmjb/projects", 404, "NotFound");
    const tke::Visibility seen = judge(shop, qs("zhangsan"));
    QCOMPARE(seen.visible, std::optional(!hides));
    QCOMPARE(reasons(seen), hides ? QStringList{qs("defaultTenant")} : QStringList());
}

void TestVisibility::aUserOfAnotherTenantDoesNot()
{
    m_answers.serve(Auth + "/users", R"({"kind":"UserList","items":[]})");
    const tke::Visibility seen = judge(acme(), qs("zhangsan"));
    QCOMPARE(seen.visible, std::optional(false));
    QCOMPARE(reasons(seen), QStringList{qs("tenant")});
    QCOMPARE(check(seen, "tenant")->about, qs("default"));
}

void TestVisibility::anUnknownUserDoesNot()
{
    m_answers.serve(Auth + "/users", R"({"kind":"UserList","items":[]})");
    const tke::Visibility seen = judge(acme(), qs("ghost"));
    QCOMPARE(seen.visible, std::optional(false));
    QCOMPARE(reasons(seen), QStringList{qs("userKnown")});
}

void TestVisibility::aUserWhomTheSignInDoesNotListDoesNot()
{
    m_answers.serve(Auth + "/users", usersOf());
    m_answers.refuse(Auth + "/users/usr-vjhzczh8/projects", 404, "NotFound"); // as it answers to one of these
    const tke::Visibility seen = judge(acme(), qs("wangwu"));
    QCOMPARE(seen.visible, std::optional(false));
    QCOMPARE(reasons(seen), QStringList{qs("userKnown")}); // whatever the bindings say
    QCOMPARE(check(seen, "userKnown")->detail, qs("unlisted"));
    QCOMPARE(check(seen, "userKnown")->about, qs("acme"));
    QCOMPARE(check(seen, "bound")->result, tke::CheckResult::Skipped);
}

void TestVisibility::aSignInThatMayNotBeAskedLeavesItOpen()
{
    m_answers.refuse(Auth + "/users", 403, "Forbidden");
    const tke::Visibility local = judge(acme(), qs("wangwu")); // a LocalIdentity
    QCOMPARE(local.visible, std::optional(true));
    QCOMPARE(check(local, "administrator")->result, tke::CheckResult::Unknown); // by a policy, perhaps
    const tke::Visibility seen = judge(acme(), qs("ghost"));                    // of another identity provider, perhaps
    QCOMPARE(seen.visible, std::nullopt);
    QCOMPARE(reasons(seen), QStringList({qs("userKnown"), qs("bound"), qs("tenant")}));
    QCOMPARE(check(seen, "userKnown")->error->kind, base::ErrorKind::Forbidden);
}

void TestVisibility::administratorsAreThoseOfThePlatformOfTheSignInAndOfThePortal()
{
    const auto isOne = [this](bool mayImpersonate = false) {
        return check(judge(acme(), qs("wangwu"), mayImpersonate), "administrator")->detail == qs("isAdministrator");
    };
    QVERIFY(!isOne());
    m_answers.serve(Auth + "/users", usersOf(listedUser("usr-vjhzczh8", "wangwu", "acme", "true")));
    QVERIFY(isOne()); // by a policy
    m_answers.refuse("/apis/business.tkestack.io/v1/platforms", 403, "Forbidden");
    QVERIFY(isOne());
    m_answers.serveFixture(Auth + "/users", qs("tkestack-1.9/users-wangwu.json"));
    QCOMPARE(check(judge(acme(), qs("wangwu")), "administrator")->result, tke::CheckResult::Unknown);
    m_answers.serve(Portal, R"({"kind":"Portal","administrator":true,"projects":{"prj-acme0001":"Acme shop"}})");
    QVERIFY(isOne(true));
}

void TestVisibility::aBusinessWhoseMembersCouldNotBeBoundSaysWhy()
{
    tke::Business failed = acme();
    failed.name = qs("prj-acme0002");
    failed.phase = qs("Failed");
    failed.locked = true;
    failed.message = qs("failed to add business member");
    failed.reason = qs("user nobody not found");
    const tke::Visibility seen = judge(failed, qs("wangwu"));
    QCOMPARE(seen.visible, std::optional(false));
    QCOMPARE(reasons(seen), QStringList({qs("bound"), qs("bindingFailed")}));
    QCOMPARE(check(seen, "bindingFailed")->about, qs("user nobody not found"));
}

void TestVisibility::anotherNameIsPassedOver()
{
    tke::Business odd = acme();
    odd.name = qs("shop");
    QVERIFY(reasons(judge(odd, qs("wangwu"))).contains(qs("businessName")));

    // Its binding stands all the same: making another would do nothing.
    m_answers.serve(Auth + "/projectpolicybindings", Bindings);
    QCOMPARE(reasons(judge(odd, qs("wangwu"))), QStringList{qs("businessName")});

    m_answers.refuse(Auth + "/projectpolicybindings", 403, "Forbidden");
    const tke::Visibility unread = judge(odd, qs("wangwu"));
    QCOMPARE(reasons(unread), QStringList{qs("businessName")});
    QCOMPARE(check(unread, "bound")->error->kind, base::ErrorKind::Forbidden);
}

void TestVisibility::withoutTheAuthComponentMembersCount()
{
    m_answers.refuse(Auth, 404, "NotFound");
    QCOMPARE(judge(acme(), qs("wangwu")).visible, std::optional(true));
    const tke::Visibility other = judge(acme(), qs("lisi"));
    QCOMPARE(other.visible, std::optional(false));
    QCOMPARE(reasons(other), QStringList{qs("member")});
    QVERIFY(!check(other, "bound"));
}

void TestVisibility::thePortalsOwnAnswerDecides()
{
    m_answers.refuse("/api/v1/namespaces/tke/configmaps/cluster-info", 403, "Forbidden");
    m_answers.serveFixture(Portal, qs("tkestack-1.9/portal-default.json"));
    m_answers.serve(Auth + "/users", usersOf(listedUser("usr-f9gnwmjb", "zhangsan", "default")));
    const tke::Business shop{.name = qs("prj-abcdefgh"), .tenant = qs("default"), .phase = qs("Active")};
    m_answers.refuse(Auth + "/users/usr-f9gnwmjb/projects", 404, "NotFound");
    const tke::Visibility hidden = judge(shop, qs("zhangsan"), true);
    QCOMPARE(hidden.visible, std::optional(false));
    QCOMPARE(reasons(hidden), QStringList{qs("defaultTenant")}); // the version is not known, and the answer shows it

    m_answers.serveFixture(Auth + "/users", qs("tkestack-1.9/users-wangwu.json"));
    m_answers.serveFixture(Portal, qs("tkestack-1.9/portal-wangwu.json"));
    QCOMPARE(judge(acme(), qs("wangwu"), true).visible, std::optional(true));

    m_answers.serveFixture(Portal, qs("tkestack-1.9/portal-boss.json"));
    const tke::Visibility silent = judge(acme(), qs("wangwu"), true);
    QCOMPARE(silent.visible, std::optional(false));
    QCOMPARE(reasons(silent), QStringList{qs("portal")}); // nothing tells why
}

void TestVisibility::thePortalIsAskedAsTheUser()
{
    m_answers.serveFixture(Portal, qs("tkestack-1.9/portal-wangwu.json"));
    judge(acme(), qs("wangwu"), true);
    const auto asked = std::ranges::find(m_asked, Portal, &transport::Request::path);
    QVERIFY(asked != m_asked.end());
    QCOMPARE(asked->headers,
             (std::vector<transport::Header>{{"Impersonate-User", "wangwu"}, {"Impersonate-Extra-Tenantid", "acme"}}));
    judge(acme(), qs("wangwu"), false);
    QVERIFY(std::ranges::find(m_asked, Portal, &transport::Request::path) == m_asked.end());
}

void TestVisibility::whatMayNotBeReadIsNotKnown()
{
    m_answers.refuse(Auth + "/localidentities", 403, "Forbidden");
    m_answers.refuse(Auth + "/users", 403, "Forbidden");
    const tke::Visibility seen = judge(acme(), qs("wangwu"));
    QCOMPARE(seen.visible, std::nullopt);
    QCOMPARE(reasons(seen), QStringList({qs("userKnown"), qs("bound"), qs("tenant")}));
    QCOMPARE(check(seen, "userKnown")->error->kind, base::ErrorKind::Forbidden);
}

void TestVisibility::aNameThatIsNoHeaderIsNotSent()
{
    m_answers.serveFixture(Portal, qs("tkestack-1.9/portal-wangwu.json"));
    judge(acme(), qs("wangwu\r\nX-Remote-User: admin"), true);
    QVERIFY(std::ranges::find(m_asked, Portal, &transport::Request::path) == m_asked.end());
}

QTEST_GUILESS_MAIN(TestVisibility)
#include "tst_visibility.moc"
