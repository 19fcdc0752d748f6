// A window's way from a platform to its members: listed, opened by either way, closed with the platform.

#include "app/config/kubeconfig.h"
#include "app/models/memberclusters.h"
#include "tests/support/fakeplatform.h"
#include "tests/support/program.h"

#include <QDirIterator>
#include <QSignalSpy>
#include <QTest>

using models::MemberClusters;
using store::Cluster;
using tke::RouteKind;

namespace {

const QString Name = QStringLiteral("cls-abc12345");

} // namespace

class TestMemberClusters : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void aPlatformsMembersAreListed();
    void aMemberOpensDirectly();
    void aMemberOpensThroughThePlatform();
    void thePlatformsOwnClusterOpensAsSuch();
    void anotherWayReplacesTheOneThatIsOpen();
    void whatNothingReachesIsRefused();
    void aMemberGoesWhenItIsClosed();
    void membersCloseWithTheirPlatform();
    void filesThatChangeLeaveMembersAlone();
    void aProxiedMemberSwitchesToNoOtherAddress();
    void aDeadWayIsSeenThroughThePlatform();
    void nothingOfACredentialIsWrittenDown();

private:
    /// The member, open and connected.
    Cluster* open(const tke::RouteWish& wish = {})
    {
        m_members->open(m_platform, Name, wish);
        if (!QTest::qWaitFor([&] {
                Cluster* opened = m_members->clusterOf(m_platform, Name);
                return opened && opened->state() == Cluster::State::Connected;
            }))
            return nullptr;
        return m_members->clusterOf(m_platform, Name);
    }

    QTemporaryDir m_dir;
    std::unique_ptr<support::FakePlatform> m_fake;
    std::unique_ptr<store::Clusters> m_clusters;
    std::unique_ptr<MemberClusters> m_members;
    config::Kubeconfig m_config;
    Cluster* m_platform = nullptr;
};

void TestMemberClusters::init()
{
    m_fake = std::make_unique<support::FakePlatform>();
    m_fake->hasDeadAddress = false;
    QFile file(m_dir.filePath(QStringLiteral("config")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(support::kubeconfigOf(m_fake->url(),
                                     "certificate-authority-data: " + m_fake->authority.authority().toBase64(),
                                     "token: platform-token"));
    file.close();
    m_config = config::loadKubeconfig({file.fileName()}, true);
    m_clusters = std::make_unique<store::Clusters>();
    m_clusters->setMemoryFile(m_dir.filePath(QStringLiteral("addresses.json")));
    m_members = std::make_unique<MemberClusters>(m_clusters.get());
    m_clusters->load(m_config);
    m_platform = m_clusters->find(QStringLiteral("here"));
    QVERIFY(m_platform);
    QVERIFY(!m_members->listing(m_platform));
    m_platform->open();
    QTRY_VERIFY(m_members->listing(m_platform) &&
                m_members->listing(m_platform)->state == MemberClusters::Listing::State::Known);
}

void TestMemberClusters::cleanup()
{
    m_members.reset();
    m_clusters.reset();
    m_fake.reset();
}

void TestMemberClusters::aPlatformsMembersAreListed()
{
    QCOMPARE(m_members->listing(m_platform)->members.size(), std::size_t(1));
    const tke::MemberCluster* member = m_members->member(m_platform, Name);
    QVERIFY(member);
    QCOMPARE(member->displayName, QStringLiteral("测试"));
    QVERIFY(!m_members->member(m_platform, QStringLiteral("other")));
    QVERIFY(!m_members->clusterOf(m_platform, Name));
    m_platform->close();
    QVERIFY(!m_members->listing(m_platform));
}

void TestMemberClusters::aMemberOpensDirectly()
{
    Cluster* member = open();
    QVERIFY(member);
    QCOMPARE(m_members->routeOf(member), std::optional(RouteKind::Direct));
    QCOMPARE(member->address(), m_fake->memberUrl());
    QCOMPARE(member->id(), QStringLiteral("uid-member"));
    QVERIFY(member->catalog().find(QStringLiteral("nodes")));
    // It stands behind its platform.
    QCOMPARE(m_clusters->size(), 2);
    QCOMPARE(m_clusters->at(1), member);
    QCOMPARE(m_clusters->find(QStringLiteral("here/cls-abc12345")), member);
    QVERIFY(!m_members->routeOf(m_platform));
    for (const support::AskedRequest& each : m_fake->member().asked())
        QVERIFY(!each.hasHeader("Authorization"));
}

void TestMemberClusters::aMemberOpensThroughThePlatform()
{
    Cluster* member = open({.kind = RouteKind::Proxy});
    QVERIFY(member);
    QCOMPARE(m_members->routeOf(member), std::optional(RouteKind::Proxy));
    QVERIFY(member->isThroughAnother());
    QCOMPARE(member->address(), Name + QStringLiteral(" ← ") + m_fake->url());
    QCOMPARE(member->id(), QStringLiteral("uid-member"));
    QVERIFY(member->catalog().find(QStringLiteral("nodes")));
    QVERIFY(!tke::isPlatform(member->catalog()));
}

void TestMemberClusters::thePlatformsOwnClusterOpensAsSuch()
{
    m_fake->isOwn = true;
    QSignalSpy changed(m_members.get(), &MemberClusters::changed);
    m_members->refresh(m_platform);
    QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), 30'000);
    Cluster* member = open();
    QVERIFY(member);
    QCOMPARE(m_members->routeOf(member), std::optional(RouteKind::Own));
    QCOMPARE(member->address(), m_fake->url());
    QVERIFY(!m_members->listing(member)); // listed once
}

void TestMemberClusters::anotherWayReplacesTheOneThatIsOpen()
{
    QVERIFY(open());
    Cluster* proxied = nullptr;
    m_members->open(m_platform, Name, {.kind = RouteKind::Proxy});
    QTRY_VERIFY((proxied = m_members->clusterOf(m_platform, Name)) &&
                m_members->routeOf(proxied) == std::optional(RouteKind::Proxy));
    QTRY_COMPARE(proxied->state(), Cluster::State::Connected);
    QCOMPARE(m_clusters->size(), 2);
    // Without a wish, what is open is what was meant.
    QSignalSpy opened(m_members.get(), &MemberClusters::opened);
    m_members->open(m_platform, Name);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(m_members->clusterOf(m_platform, Name), proxied);
}

void TestMemberClusters::whatNothingReachesIsRefused()
{
    m_fake->isMemberAway = true;
    m_fake->isProxyDead = true;
    QSignalSpy changed(m_members.get(), &MemberClusters::changed);
    m_members->refresh(m_platform);
    QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), 30'000);
    QSignalSpy refused(m_members.get(), &MemberClusters::refused);
    m_members->open(m_platform, Name);
    QVERIFY(m_members->isOpening(m_platform, Name));
    QTRY_VERIFY_WITH_TIMEOUT(!refused.isEmpty(), 30'000);
    QVERIFY(!m_members->isOpening(m_platform, Name));
    QCOMPARE(refused[0][2].value<std::vector<tke::RefusedRoute>>().size(), std::size_t(2));
    QCOMPARE(m_clusters->size(), 1);
}

void TestMemberClusters::aMemberGoesWhenItIsClosed()
{
    Cluster* member = open();
    QVERIFY(member);
    member->close();
    QTRY_COMPARE(m_clusters->size(), 1);
    QVERIFY(m_platform->isOpen());
    QVERIFY(!m_members->clusterOf(m_platform, Name));
    QVERIFY(open());
}

void TestMemberClusters::membersCloseWithTheirPlatform()
{
    QVERIFY(open());
    m_platform->close();
    QTRY_COMPARE(m_clusters->size(), 1);
}

void TestMemberClusters::filesThatChangeLeaveMembersAlone()
{
    Cluster* member = open();
    QVERIFY(member);
    m_clusters->update(m_config);
    QCOMPARE(m_clusters->size(), 2);
    QVERIFY(member->isOpen());
    config::Kubeconfig none = m_config;
    none.contexts.clear();
    m_clusters->update(none);
    QVERIFY(member->isOpen());
    m_platform->close();
    QTRY_COMPARE(m_clusters->size(), 0);
}

void TestMemberClusters::aProxiedMemberSwitchesToNoOtherAddress()
{
    Cluster* member = open({.kind = RouteKind::Proxy});
    QVERIFY(member);
    QSignalSpy refused(member, &Cluster::switchRefused);
    member->switchTo({.type = endpoint::AddressType::Real, .url = QUrl(m_fake->memberUrl())}, true);
    QCOMPARE(refused.size(), 1);
    QCOMPARE(refused[0][1].value<base::Error>().reason, QStringLiteral("throughPlatform"));
}

void TestMemberClusters::aDeadWayIsSeenThroughThePlatform()
{
    Cluster* member = open({.kind = RouteKind::Proxy});
    QVERIFY(member);
    m_fake->isProxyDead = true;
    QTRY_COMPARE_WITH_TIMEOUT(member->state(), Cluster::State::Stale, 15'000);
    QCOMPARE(member->error().reason, QStringLiteral("platformCannotReach"));
    QCOMPARE(m_platform->state(), Cluster::State::Connected);
    m_fake->isProxyDead = false;
    QTRY_COMPARE_WITH_TIMEOUT(member->state(), Cluster::State::Connected, 15'000);
}

void TestMemberClusters::nothingOfACredentialIsWrittenDown()
{
    Cluster* direct = open();
    QVERIFY(direct);
    QTRY_VERIFY(QFile::exists(m_dir.filePath(QStringLiteral("addresses.json"))));
    direct->close();
    QVERIFY(open({.kind = RouteKind::Proxy}));
    m_platform->close();
    const QByteArray key = m_fake->memberUser.key.split('\n').value(1);
    QVERIFY(key.size() > 20);
    QDirIterator files(m_dir.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        QVERIFY2(!content.contains(key) && !content.contains(key.toBase64()), qPrintable(file.fileName()));
        if (file.fileName().endsWith(QLatin1String("addresses.json"))) // the proxied one is not the platform's address
            QVERIFY2(!content.contains("/proxy") && !content.contains("cls-abc12345"), content.constData());
    }
}

QTEST_GUILESS_MAIN(TestMemberClusters)
#include "tst_memberclusters.moc"
