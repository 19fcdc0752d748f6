// Which way to a member is gone, against a platform and a member that answer over TLS.

#include "app/messages/members.h"
#include "tests/support/fakeplatform.h"
#include "tests/support/faketransport.h"

#include <QTest>

using tke::RouteKind;

class TestMemberRoutes : public QObject {
    Q_OBJECT
private slots:
    void aLivingAddressIsSpokenToDirectly();
    void thePlatformsOwnClusterIsNotSignedInToAgain();
    void thePlatformsOwnClusterIsKnownByItsUid();
    void withoutTheCredentialItGoesThroughThePlatform();
    void aPlatformThatIsNobodyThereIsNoWay();
    void withoutALivingAddressItGoesThroughThePlatform();
    void whenNothingReachesItEachWaySaysWhy();
    void aPersonChoosesThePlatform();
    void aPersonChoosesAnAddress();
    void aPersonsChoiceIsNotReplacedByAnother();
    void theContextIsThePlatformsInItsMarks();
    void addressesAreTriedInTheirOrder();
    void theCredentialGoesToTheMemberOnly();

private:
    transport::Journal m_journal;

    tke::PlatformAccess access(const support::FakePlatform& fake)
    {
        tke::PlatformAccess platform;
        platform.context.name = QStringLiteral("plat");
        platform.context.production = true;
        platform.context.readOnly = true;
        platform.context.cluster.server = QUrl(fake.url());
        platform.context.cluster.certificateAuthority = fake.authority.authority();
        platform.context.user.token = QStringLiteral("platform-token");
        platform.endpoint = *transport::endpointOf(platform.context);
        platform.clusterUid = QStringLiteral("uid-platform");
        platform.connect = transport::connectAs(platform.context, &m_journal, {.context = platform.context.name});
        platform.journal = &m_journal;
        return platform;
    }
    tke::RouteSearch search(const support::FakePlatform& fake, tke::RouteWish wish = {})
    {
        const tke::PlatformAccess platform = access(fake);
        auto transport = platform.connect(platform.endpoint, transport::As::Self);
        if (!transport)
            qFatal("no transport");
        const kube::Client client(transport->get());
        const auto member = support::answerOf(tke::readMember(client, QString::fromLatin1(fake.name)));
        if (!member)
            qFatal("no member");
        const auto found = support::answerOf(tke::findRoute(client, platform, *member, std::move(wish)));
        if (!found)
            qFatal("no search");
        return *found;
    }
    /// Who asked a server, by certificate or token.
    static QSet<QByteArray> askers(const support::ScriptedServer& server)
    {
        QSet<QByteArray> names;
        for (const support::AskedRequest& each : server.asked())
            names << each.clientName + each.header("Authorization");
        return names;
    }
};

void TestMemberRoutes::aLivingAddressIsSpokenToDirectly()
{
    const support::FakePlatform fake;
    const auto found = search(fake);
    QVERIFY(found.taken);
    QCOMPARE(found.taken->kind, RouteKind::Direct);
    QCOMPARE(found.taken->address.text(), fake.memberUrl());
    QCOMPARE(found.taken->context.cluster.server, QUrl(fake.memberUrl()));
    // The Advertise address comes first, and nobody is there.
    QCOMPARE(found.refused.size(), std::size_t(1));
    QCOMPARE(found.refused[0].address.type, endpoint::AddressType::Advertise);
    QCOMPARE(found.refused[0].error.kind, base::ErrorKind::Network);
    QVERIFY(messages::routeRefused(found.refused[0]).contains(QLatin1String("127.0.0.1:1")));
}

void TestMemberRoutes::thePlatformsOwnClusterIsNotSignedInToAgain()
{
    support::FakePlatform fake;
    fake.isOwn = true;
    const auto found = search(fake);
    QVERIFY(found.taken);
    QCOMPARE(found.taken->kind, RouteKind::Own);
    QCOMPARE(found.taken->context.user.token, QStringLiteral("platform-token"));
    for (const support::AskedRequest& each : fake.platform().asked())
        QVERIFY2(!each.target.contains("clustercredentials"), each.target.constData());
}

void TestMemberRoutes::thePlatformsOwnClusterIsKnownByItsUid()
{
    support::FakePlatform fake;
    fake.isSameUid = true;
    const auto found = search(fake);
    QVERIFY(found.taken);
    QCOMPARE(found.taken->kind, RouteKind::Own);
}

void TestMemberRoutes::withoutTheCredentialItGoesThroughThePlatform()
{
    support::FakePlatform fake;
    fake.isCredentialForbidden = true;
    const auto found = search(fake);
    QVERIFY(found.taken);
    QCOMPARE(found.taken->kind, RouteKind::Proxy);
    QCOMPARE(found.taken->context.cluster.server.toString(),
             fake.url() + QStringLiteral("/apis/platform.tkestack.io/v1/clusters/cls-abc12345/proxy"));
    QCOMPARE(found.refused.size(), std::size_t(1));
    QCOMPARE(found.refused[0].error.reason, QStringLiteral("credentialForbidden"));
}

void TestMemberRoutes::aPlatformThatIsNobodyThereIsNoWay()
{
    support::FakePlatform fake;
    fake.isCredentialGone = true;
    const auto found = search(fake);
    QVERIFY(!found.taken);
    QCOMPARE(found.refused.size(), std::size_t(2));
    QCOMPARE(found.refused[0].error.reason, QStringLiteral("credentialMissing"));
    QCOMPARE(found.refused[1].kind, RouteKind::Proxy);
    QCOMPARE(found.refused[1].error.reason, QStringLiteral("platformNotSignedIn"));
    QVERIFY(messages::routeRefused(found.refused[1]).contains(QLatin1String("no credential of that cluster")));
}

void TestMemberRoutes::withoutALivingAddressItGoesThroughThePlatform()
{
    support::FakePlatform fake;
    fake.isMemberAway = true;
    const auto found = search(fake);
    QVERIFY(found.taken);
    QCOMPARE(found.taken->kind, RouteKind::Proxy);
    QCOMPARE(found.refused.size(), std::size_t(2));
}

void TestMemberRoutes::whenNothingReachesItEachWaySaysWhy()
{
    support::FakePlatform fake;
    fake.isMemberAway = true;
    fake.isProxyDead = true;
    const auto found = search(fake);
    QVERIFY(!found.taken);
    QCOMPARE(found.refused.size(), std::size_t(3));
    QCOMPARE(found.refused.back().kind, RouteKind::Proxy);
    QCOMPARE(found.refused.back().error.reason, QStringLiteral("platformCannotReach"));
}

void TestMemberRoutes::aPersonChoosesThePlatform()
{
    const support::FakePlatform fake;
    const auto found = search(fake, {.kind = RouteKind::Proxy});
    QVERIFY(found.taken);
    QCOMPARE(found.taken->kind, RouteKind::Proxy);
    QVERIFY(found.refused.empty());
    QVERIFY(const_cast<support::FakePlatform&>(fake).member().asked().empty());
}

void TestMemberRoutes::aPersonChoosesAnAddress()
{
    const support::FakePlatform fake;
    const auto found = search(fake, {.address = endpoint::choiceFromText(QStringLiteral("real:0"))});
    QVERIFY(found.taken);
    QCOMPARE(found.taken->address.type, endpoint::AddressType::Real);
    QVERIFY(found.refused.empty());
    const auto none = search(fake, {.address = endpoint::choiceFromText(QStringLiteral("real:7"))});
    QVERIFY(!none.taken);
    QCOMPARE(none.refused.front().error.reason, QStringLiteral("memberNoAddress"));
}

void TestMemberRoutes::aPersonsChoiceIsNotReplacedByAnother()
{
    support::FakePlatform fake;
    fake.isMemberAway = true;
    const auto direct = search(fake, {.kind = RouteKind::Direct});
    QVERIFY(!direct.taken);
    for (const tke::RefusedRoute& each : direct.refused)
        QCOMPARE(each.kind, RouteKind::Direct);
    QVERIFY(!search(fake, {.kind = RouteKind::Own}).taken);
}

void TestMemberRoutes::theContextIsThePlatformsInItsMarks()
{
    const support::FakePlatform fake;
    for (const RouteKind kind : {RouteKind::Direct, RouteKind::Proxy}) {
        const auto found = search(fake, {.kind = kind});
        QVERIFY(found.taken);
        const config::Context& context = found.taken->context;
        QCOMPARE(context.name, QStringLiteral("plat/cls-abc12345"));
        QCOMPARE(context.platform, QStringLiteral("plat"));
        QCOMPARE(context.member, QStringLiteral("cls-abc12345"));
        QVERIFY(context.production && context.readOnly);
        QVERIFY(context.file.isEmpty() && context.profile.isEmpty() && context.user.secretId.isEmpty());
        QVERIFY(context.problems.empty());
    }
}

void TestMemberRoutes::addressesAreTriedInTheirOrder()
{
    using Type = endpoint::AddressType;
    std::vector<endpoint::Address> addresses;
    int port = 1;
    for (const Type type : {Type::Support, Type::Real, Type::Internal, Type::Public, Type::Real, Type::Advertise})
        addresses.push_back({.type = type, .url = endpoint::urlOf(QStringLiteral("10.0.0.1"), port++)});
    addresses.push_back({.type = Type::Real, .url = addresses.back().url}); // the Advertise one under another type
    QList<int> ports;
    for (const endpoint::Address& each : tke::directOrder(addresses))
        ports << each.url.port();
    QCOMPARE(ports, (QList<int>{6, 2, 5, 4, 3, 1}));
}

void TestMemberRoutes::theCredentialGoesToTheMemberOnly()
{
    support::FakePlatform fake;
    QVERIFY(search(fake).taken);
    QCOMPARE(askers(fake.member()), (QSet<QByteArray>{"member-admin"}));
    QCOMPARE(askers(fake.platform()), (QSet<QByteArray>{"Bearer platform-token"}));
    // Nothing of it is in what is kept of the calls.
    for (const transport::JournalEntry& entry : m_journal.entries())
        QVERIFY(!entry.target.contains("member-admin") && !entry.context.contains(QLatin1String("member-admin")));
}

QTEST_GUILESS_MAIN(TestMemberRoutes)
#include "tst_memberroutes.moc"
