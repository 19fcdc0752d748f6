// A platform unfolds into its members in the tree of clusters.

#include "app/config/kubeconfig.h"
#include "app/models/clustertreemodel.h"
#include "tests/support/fakeplatform.h"
#include "tests/support/program.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using models::ClusterTreeModel;
using models::MemberClusters;

class TestMemberTree : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void membersStandFirstInAPlatform();
    void aMemberSaysItsPhaseAndVersion();
    void anOpenedMemberSaysItsWay();
    void businessesBeginWithTheirOverview();
    void aPlatformThatIsClosedFoldsUp();

private:
    /// The group of a cluster by its id; invalid where there is none.
    QModelIndex groupOf(const QModelIndex& cluster, const char* id) const
    {
        for (int row = 0; row < m_tree->rowCount(cluster); ++row)
            if (m_tree->index(row, 0, cluster).data(models::IdRole).toString() == QLatin1String(id))
                return m_tree->index(row, 0, cluster);
        return {};
    }
    QModelIndex platform() const { return m_tree->index(0, 0); }
    QModelIndex group() const { return m_tree->index(0, 0, platform()); }
    QModelIndex member() const { return m_tree->index(0, 0, group()); }
    QString note() const { return member().data(models::NoteRole).toString(); }

    QTemporaryDir m_dir;
    std::unique_ptr<support::FakePlatform> m_fake;
    std::unique_ptr<store::Clusters> m_clusters;
    std::unique_ptr<MemberClusters> m_members;
    std::unique_ptr<ClusterTreeModel> m_tree;
};

void TestMemberTree::init()
{
    m_fake = std::make_unique<support::FakePlatform>();
    m_fake->hasDeadAddress = false;
    m_fake->hasBusinesses = true;
    QFile file(m_dir.filePath(QStringLiteral("config")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(support::kubeconfigOf(m_fake->url(),
                                     "certificate-authority-data: " + m_fake->authority.authority().toBase64(),
                                     "token: platform-token"));
    file.close();
    m_clusters = std::make_unique<store::Clusters>();
    m_members = std::make_unique<MemberClusters>(m_clusters.get());
    m_tree = std::make_unique<ClusterTreeModel>(m_clusters.get(), nullptr, m_members.get());
    new QAbstractItemModelTester(m_tree.get(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_tree.get());
    m_clusters->load(config::loadKubeconfig({file.fileName()}, true));
    m_tree->setExpanded(platform(), true);
    QTRY_VERIFY(m_tree->rowCount(group()) == 1);
}

void TestMemberTree::cleanup()
{
    m_tree.reset();
    m_members.reset();
    m_clusters.reset();
    m_fake.reset();
}

void TestMemberTree::membersStandFirstInAPlatform()
{
    QCOMPARE(group().data(models::NodeTypeRole).toInt(), static_cast<int>(ClusterTreeModel::MembersNode));
    QCOMPARE(group().data(models::CountRole).toString(), QStringLiteral("1"));
    QCOMPARE(m_tree->memberAt(member()), QStringLiteral("cls-abc12345"));
    QCOMPARE(m_tree->clusterAt(member()), m_clusters->at(0));
    QVERIFY(!m_tree->resourceAt(member()));
    QVERIFY(m_tree->memberAt(group()).isEmpty());
}

void TestMemberTree::aMemberSaysItsPhaseAndVersion()
{
    const tke::MemberCluster* known = m_members->member(m_clusters->at(0), QStringLiteral("cls-abc12345"));
    QVERIFY(known);
    QCOMPARE(member().data().toString(), known->displayName);
    QVERIFY(note().startsWith(QStringLiteral("cls-abc12345, ") + known->phase));
    QCOMPARE(member().data(models::CountRole).toString(), known->version);
    for (const endpoint::Address& each : known->addresses)
        QVERIFY(member().data(Qt::ToolTipRole).toString().contains(each.text()));
}

void TestMemberTree::anOpenedMemberSaysItsWay()
{
    QSignalSpy opened(m_members.get(), &MemberClusters::opened);
    m_members->open(m_clusters->at(0), QStringLiteral("cls-abc12345"), {.kind = tke::RouteKind::Proxy});
    QVERIFY(opened.count() == 1 || opened.wait(30'000));
    QTRY_COMPARE(m_tree->rowCount(), 2); // it stands behind its platform
    QTRY_VERIFY2(note().contains(QStringLiteral("platform")), qPrintable(note()));
}

void TestMemberTree::businessesBeginWithTheirOverview()
{
    const QModelIndex businesses = groupOf(platform(), "businesses");
    QVERIFY(businesses.isValid());
    const QModelIndex overview = m_tree->index(0, 0, businesses);
    QCOMPARE(overview.data().toString(), QStringLiteral("Overview"));
    QCOMPARE(overview.data(models::NodeTypeRole).toInt(), static_cast<int>(ClusterTreeModel::PageNode));
    QCOMPARE(m_tree->pageAt(overview), QStringLiteral("businesses"));
    QCOMPARE(m_tree->clusterAt(overview), m_clusters->at(0));
    QVERIFY(!m_tree->resourceAt(overview));
    // The kinds stand behind it, and are counted as ever.
    QCOMPARE(m_tree->rowCount(businesses), 2);
    QCOMPARE(m_tree->resourceAt(m_tree->index(1, 0, businesses))->resource, QStringLiteral("projects"));
    m_tree->setExpanded(businesses, true);
    // A member that serves none has no such page.
    QSignalSpy opened(m_members.get(), &MemberClusters::opened);
    m_members->open(m_clusters->at(0), QStringLiteral("cls-abc12345"), {.kind = tke::RouteKind::Proxy});
    QVERIFY(opened.count() == 1 || opened.wait(30'000));
    QTRY_VERIFY_WITH_TIMEOUT(m_clusters->at(1)->hasCatalog(), 30'000);
    QVERIFY(!groupOf(m_tree->indexOf(m_clusters->at(1)), "businesses").isValid());
}

void TestMemberTree::aPlatformThatIsClosedFoldsUp()
{
    m_clusters->at(0)->close();
    QVERIFY(group().data(models::NodeTypeRole).toInt() != static_cast<int>(ClusterTreeModel::MembersNode));
}

QTEST_GUILESS_MAIN(TestMemberTree)
#include "tst_membertree.moc"
