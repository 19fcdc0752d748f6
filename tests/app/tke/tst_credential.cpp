// Of a ClusterCredential only what one signs in with is read, and nothing of what lies beside it.

#include "app/config/base64.h"
#include "app/tke/credential.h"
#include "tests/support/faketransport.h"
#include "tests/support/fixture.h"

#include <QTest>

namespace {

tke::MemberCluster member(const char* name, const char* credential)
{
    tke::MemberCluster made;
    made.name = QLatin1String(name);
    made.credential = QLatin1String(credential);
    return made;
}

/// Everything a credential holds, in one text.
QByteArray allOf(const tke::Credential& credential)
{
    QByteArray all = credential.certificateAuthority + credential.clientCertificate + credential.clientKey;
    all += (credential.name + credential.token + credential.impersonate + credential.impersonateGroups.join(QString()))
               .toUtf8();
    for (const auto& [key, values] : credential.impersonateExtra)
        all += (key + values.join(QString())).toUtf8();
    return all;
}

} // namespace

class TestCredential : public QObject {
    Q_OBJECT
private slots:
    void theRecordedCredentialSignsIn();
    void nothingElseOfTheAnswerIsKept();
    void whomToActAsIsRead();
    void itIsLookedUpByItsNameElseByTheCluster();
    void aListWithoutOneOfTheClusterHasNone();
    void whatCannotBeReadIsSaid();
    void whatNobodyCanSignInWithIsSaid_data();
    void whatNobodyCanSignInWithIsSaid();
    void hostileAnswersAreRefused_data();
    void hostileAnswersAreRefused();
};

void TestCredential::theRecordedCredentialSignsIn()
{
    const auto credential =
        tke::credentialFrom(support::fixture(QStringLiteral("tkestack-1.9/125-get-clustercredential.json")),
                            QStringLiteral("cls-abc12345"));
    QVERIFY(credential);
    QCOMPARE(credential->name, QStringLiteral("cc-imp12345"));
    QVERIFY(credential->certificateAuthority.startsWith("-----BEGIN CERTIFICATE-----"));
    QVERIFY(credential->clientCertificate.startsWith("-----BEGIN CERTIFICATE-----"));
    QVERIFY(credential->clientKey.contains("PRIVATE KEY"));
    QVERIFY(credential->token.isEmpty());
}

void TestCredential::nothingElseOfTheAnswerIsKept()
{
    const QByteArray body = R"({"metadata":{"name":"cc-1"},"clusterName":"global","token":"tok-good",
        "caKey":"cGxhbnRlZC1jYS1rZXk=","etcdCAKey":"cGxhbnRlZC1ldGNk","etcdAPIClientKey":"cGxhbnRlZC1hcGk=",
        "etcdCACert":"cGxhbnRlZC1jZXJ0","etcdAPIClientCert":"cGxhbnRlZC1hcGk=","bootstrapToken":"planted-bootstrap",
        "certificateKey":"planted-certificate-key","password":"planted-password","username":"planted-user"})";
    const auto credential = tke::credentialFrom(body, QStringLiteral("global"));
    QVERIFY(credential);
    QCOMPARE(credential->token, QStringLiteral("tok-good"));
    QCOMPARE(allOf(*credential), QByteArray("cc-1tok-good"));
    // Nor do they have to be of any use: they are not looked at.
    QVERIFY(tke::credentialFrom(R"({"token":"t","caKey":{"deep":[1,2]},"etcdCAKey":7})", {}));
}

void TestCredential::whomToActAsIsRead()
{
    const auto credential = tke::credentialFrom(
        R"({"token":"t","as":"boss","as-groups":["a",null,7,"b"],"as-user-extra":{"scopes":"x,y","one":"z"}})", {});
    QVERIFY(credential);
    QCOMPARE(credential->impersonate, QStringLiteral("boss"));
    QCOMPARE(credential->impersonateGroups, (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(credential->impersonateExtra.size(), std::size_t(2));
    QCOMPARE(credential->impersonateExtra[0].first, QStringLiteral("scopes"));
    QCOMPARE(credential->impersonateExtra[0].second, (QStringList{QStringLiteral("x"), QStringLiteral("y")}));
}

void TestCredential::itIsLookedUpByItsNameElseByTheCluster()
{
    support::FakeTransport byName([](const transport::Request&) {
        return support::reply(200, support::fixture(QStringLiteral("tkestack-1.9/125-get-clustercredential.json")));
    });
    QVERIFY(support::answerOf(tke::readCredential(kube::Client(&byName), member("cls-abc12345", "cc-imp12345"))));
    QCOMPARE(byName.asked.front().target(), QByteArray("/apis/platform.tkestack.io/v1/clustercredentials/cc-imp12345"));

    support::FakeTransport byCluster([](const transport::Request&) {
        return support::reply(
            200, support::fixture(QStringLiteral("tkestack-1.9/126-list-clustercredentials-by-cluster.json")));
    });
    const auto found = support::answerOf(tke::readCredential(kube::Client(&byCluster), member("global", "")));
    QVERIFY(found);
    QCOMPARE(found->name, QStringLiteral("cc-glb54321"));
    QCOMPARE(byCluster.asked.front().target(),
             QByteArray("/apis/platform.tkestack.io/v1/clustercredentials?fieldSelector=clusterName%3Dglobal"));
}

void TestCredential::aListWithoutOneOfTheClusterHasNone()
{
    // A server that knows no such selector answers with all of them.
    const auto all = support::fixture(QStringLiteral("tkestack-1.9/112-list-clustercredentials.json"));
    const auto of = tke::credentialFrom(all, QStringLiteral("global"));
    QVERIFY(of);
    QCOMPARE(of->name, QStringLiteral("cc-glb54321"));
    const auto none = tke::credentialFrom(all, QStringLiteral("cls-other"));
    QVERIFY(!none);
    QCOMPARE(none.error().reason, QStringLiteral("credentialMissing"));
    QCOMPARE(tke::credentialFrom(R"({"kind":"ClusterCredentialList","items":null})", {}).error().reason,
             QStringLiteral("credentialMissing"));
}

void TestCredential::whatCannotBeReadIsSaid()
{
    const auto reasonOf = [](int status, const QByteArray& body) {
        support::FakeTransport transport([&](const transport::Request&) { return support::reply(status, body); });
        const auto credential = support::answerOf(tke::readCredential(kube::Client(&transport), member("c", "cc-1")));
        return credential ? base::Error{} : credential.error();
    };
    const base::Error forbidden =
        reasonOf(403, R"({"kind":"Status","reason":"Forbidden","message":"user cannot get","code":403})");
    QCOMPARE(forbidden.kind, base::ErrorKind::Forbidden);
    QCOMPARE(forbidden.reason, QStringLiteral("credentialForbidden"));
    QCOMPARE(forbidden.said, QStringLiteral("user cannot get"));
    const base::Error missing = reasonOf(404, R"({"kind":"Status","reason":"NotFound","code":404})");
    QCOMPARE(missing.kind, base::ErrorKind::NotFound);
    QCOMPARE(missing.reason, QStringLiteral("credentialMissing"));
    QCOMPARE(missing.said, QStringLiteral("cc-1"));
    // It names none, and none names it: there is no credential of the member's name that could be missing.
    support::FakeTransport transport([](const transport::Request&) {
        return support::reply(200, R"({"kind":"ClusterCredentialList","items":[]})");
    });
    const auto none = support::answerOf(tke::readCredential(kube::Client(&transport), member("cls-noref001", "")));
    QVERIFY(!none);
    QCOMPARE(none.error().reason, QStringLiteral("credentialNotNamed"));
    QCOMPARE(none.error().said, QStringLiteral("cls-noref001"));
}

void TestCredential::whatNobodyCanSignInWithIsSaid_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray(R"({"metadata":{"name":"cc-1"}})");
    QTest::newRow("a certificate without its key") << QByteArray(R"({"clientCert":"YQ=="})");
    QTest::newRow("a key without its certificate") << QByteArray(R"({"clientKey":"YQ=="})");
    QTest::newRow("no base64") << QByteArray(R"({"clientCert":"YQ==","clientKey":"a b"})");
    QTest::newRow("a CA that is no base64") << QByteArray(R"({"token":"t","caCert":"%%%"})");
    QTest::newRow("other types") << QByteArray(R"({"token":7,"clientCert":["YQ=="],"clientKey":{}})");
    QTest::newRow("null") << QByteArray(R"({"token":null,"clientCert":null})");
}

void TestCredential::whatNobodyCanSignInWithIsSaid()
{
    QFETCH(QByteArray, body);
    const auto credential = tke::credentialFrom(body, {});
    QVERIFY(!credential);
    QCOMPARE(credential.error().kind, base::ErrorKind::BadConfig);
    QCOMPARE(credential.error().reason, QStringLiteral("credentialUnusable"));
}

void TestCredential::hostileAnswersAreRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char* each : {"", "null", "[]", "7", "{", R"({"token")", R"({"token":"t","x":)", R"({"items":[7]})",
                             R"({"items":[{"token":"t"})", "\xff\xfe"})
        QTest::addRow("%s", each) << QByteArray(each);
    QTest::newRow("deep") << QByteArray(R"({"token":"t","as-groups":)") + QByteArray(5000, '[');
}

void TestCredential::hostileAnswersAreRefused()
{
    QFETCH(QByteArray, body);
    QVERIFY(!tke::credentialFrom(body, QStringLiteral("c")));
}

QTEST_GUILESS_MAIN(TestCredential)
#include "tst_credential.moc"
