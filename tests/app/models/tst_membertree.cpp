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

namespace {

const QString Name = QStringLiteral("cls-abc12345");

/// What came or went in a model.
struct Moves {
    explicit Moves(QAbstractItemModel* model)
        : inserted(model, &QAbstractItemModel::rowsInserted),
          removed(model, &QAbstractItemModel::rowsRemoved),
          moved(model, &QAbstractItemModel::rowsMoved),
          reset(model, &QAbstractItemModel::modelReset)
    {
    }
    bool isNothing() const { return inserted.isEmpty() && removed.isEmpty() && moved.isEmpty() && reset.isEmpty(); }

    QSignalSpy inserted, removed, moved, reset;
};

} // namespace

class TestMemberTree : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void membersStandFirstInAPlatform();
    void aMemberSaysItsPhaseAndVersion();
    void aMemberThatIsNotOpenHasNothingBelowIt();
    void anOpenedMemberUnfoldsWhereItStands();
    void itsKindsAreCountedWhereItIsUnfolded();
    void anOpenedMemberSaysItsWayAndItsConnection();
    void anOpenedMemberIsMarkedAsItsPlatform();
    void closedItFoldsUpWhereItStands();
    void anotherWayLeavesItWhereItStands();
    void newsOfMembersMoveNothing();
    void discoveryAnewMovesNothing();
    void whatThePlatformNoLongerListsStaysWhileItIsOpen();
    void aListingThatFailsTakesNothingAway();
    void aPlatformThatServesNoClustersAnyMoreKeepsWhatIsOpen();
    void anotherLanguageReachesWhatIsBelowIt();
    void businessesBeginWithTheirOverview();
    void aPlatformThatIsClosedFoldsUp();
    void anotherFileTakesEverythingAway();

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
    /// Opens the member, and waits for its kinds to stand below it.
    store::Cluster* open(tke::RouteKind kind = tke::RouteKind::Direct)
    {
        m_members->open(m_clusters->at(0), Name, {.kind = kind});
        const auto isThere = [this, kind] {
            const store::Cluster* opened = m_members->clusterOf(m_clusters->at(0), Name);
            return opened && m_members->routeOf(opened) == kind && opened->state() == store::Cluster::State::Connected;
        };
        return QTest::qWaitFor(isThere, 30'000) ? m_members->clusterOf(m_clusters->at(0), Name) : nullptr;
    }
    bool askAgain()
    {
        QSignalSpy changed(m_members.get(), &MemberClusters::changed);
        m_members->refresh(m_clusters->at(0));
        // The answer may be there before anybody waits for it.
        return QTest::qWaitFor([&changed] { return !changed.isEmpty(); }, 30'000);
    }

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
    m_fake->memberObjects["/api/v1/nodes"] = R"({"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1",
        "metadata":{"resourceVersion":"7"},"items":[{"metadata":{"name":"member-node","uid":"n-1"}}]})";
    QFile file(m_dir.filePath(QStringLiteral("config")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(support::kubeconfigOf(m_fake->url(),
                                     "certificate-authority-data: " + m_fake->authority.authority().toBase64(),
                                     "token: platform-token"));
    file.close();
    m_clusters = std::make_unique<store::Clusters>();
    m_members = std::make_unique<MemberClusters>(m_clusters.get());
    m_tree = std::make_unique<ClusterTreeModel>(m_clusters.get(), m_members.get());
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
    QCOMPARE(m_tree->memberAt(member()), Name);
    QCOMPARE(m_tree->platformAt(member()), m_clusters->at(0));
    QCOMPARE(m_tree->clusterAt(member()), m_clusters->at(0));
    QVERIFY(!m_tree->platformAt(group()));
    QVERIFY(!m_tree->platformAt(platform()));
    QVERIFY(!m_tree->resourceAt(member()));
    QVERIFY(m_tree->memberAt(group()).isEmpty());
}

void TestMemberTree::aMemberSaysItsPhaseAndVersion()
{
    const tke::MemberCluster* known = m_members->member(m_clusters->at(0), Name);
    QVERIFY(known);
    QCOMPARE(member().data().toString(), known->displayName);
    QVERIFY(note().startsWith(QStringLiteral("cls-abc12345, ") + known->phase));
    QCOMPARE(member().data(models::CountRole).toString(), known->version);
    for (const endpoint::Address& each : known->addresses)
        QVERIFY(member().data(Qt::ToolTipRole).toString().contains(each.text()));
}

void TestMemberTree::aMemberThatIsNotOpenHasNothingBelowIt()
{
    QVERIFY(!m_tree->hasChildren(member()));
    QCOMPARE(m_tree->rowCount(member()), 0);
    QVERIFY(!member().data(models::ConnectionRole).isValid());
    m_tree->setExpanded(member(), true); // as Return does: it opens nothing by itself
    QVERIFY(!m_members->isOpening(m_clusters->at(0), Name));
}

void TestMemberTree::anOpenedMemberUnfoldsWhereItStands()
{
    m_fake->servesPods = true;
    store::Cluster* opened = open();
    QVERIFY(opened);
    QCOMPARE(m_tree->rowCount(), 1); // and not a second time
    QCOMPARE(m_tree->rowCount(group()), 1);
    QCOMPARE(m_tree->indexOf(opened), member());
    QCOMPARE(member().data(models::NodeTypeRole).toInt(), static_cast<int>(ClusterTreeModel::MemberNode));
    QCOMPARE(m_tree->clusterAt(member()), opened);
    QCOMPARE(m_tree->platformAt(member()), m_clusters->at(0));
    QCOMPARE(m_tree->memberAt(member()), Name);
    QStringList below;
    for (int row = 0; row < m_tree->rowCount(member()); ++row) {
        const QModelIndex each = m_tree->index(row, 0, member());
        below << each.data().toString();
        QCOMPARE(m_tree->clusterAt(each), opened);
        QVERIFY(!m_tree->platformAt(each));
        QVERIFY(m_tree->memberAt(each).isEmpty());
    }
    QCOMPARE(below, QStringList({QStringLiteral("Nodes"), QStringLiteral("Workloads"), QStringLiteral("Metrics"),
                                 QStringLiteral("Troubleshoot")}));
    QCOMPARE(m_tree->resourceAt(groupOf(member(), "nodes"))->resource, QStringLiteral("nodes"));
    const QModelIndex pods = m_tree->index(0, 0, groupOf(member(), "workloads"));
    QCOMPARE(m_tree->resourceAt(pods)->kind, QStringLiteral("Pod"));
    QCOMPARE(m_tree->clusterAt(pods), opened);
    QCOMPARE(m_tree->pageAt(m_tree->index(2, 0, member())), QStringLiteral("metrics"));
    // The platform's own kinds stand where they did.
    QCOMPARE(m_tree->clusterAt(groupOf(platform(), "nodes")), m_clusters->at(0));
}

void TestMemberTree::itsKindsAreCountedWhereItIsUnfolded()
{
    QVERIFY(open());
    m_tree->setExpanded(group(), true);
    const QModelIndex nodes = groupOf(member(), "nodes");
    QVERIFY(nodes.data(models::CountRole).toString().isEmpty());
    m_tree->setExpanded(member(), true);
    QTRY_COMPARE(nodes.data(models::CountRole).toString(), QStringLiteral("1"));
    QVERIFY(nodes.data(Qt::AccessibleDescriptionRole).toString().contains(QLatin1Char('1')));
}

void TestMemberTree::anOpenedMemberSaysItsWayAndItsConnection()
{
    QVERIFY(open(tke::RouteKind::Proxy));
    QCOMPARE(note(), QStringLiteral("cls-abc12345, Running, through the platform"));
    const auto connection = [this] { return member().data(models::ConnectionRole).toInt(); };
    QCOMPARE(connection(), static_cast<int>(store::Cluster::State::Connected));
    const QString tip = member().data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.startsWith(QStringLiteral("cls-abc12345, through the platform\n")), qPrintable(tip));
    QVERIFY(tip.contains(m_fake->url()));
    m_fake->isProxyDead = true;
    QTRY_COMPARE_WITH_TIMEOUT(connection(), static_cast<int>(store::Cluster::State::Stale), 15'000);
    // It stands first: a tree is narrow.
    QVERIFY2(note().startsWith(QStringLiteral("stale since ")), qPrintable(note()));
    QVERIFY2(note().endsWith(QStringLiteral(", cls-abc12345, Running, through the platform")), qPrintable(note()));
    const QString said = member().data(Qt::AccessibleDescriptionRole).toString();
    QVERIFY2(said.startsWith(note()) && said.endsWith(QStringLiteral("1.36.3")), qPrintable(said));
    QVERIFY(m_tree->rowCount(member()) > 0);
    QCOMPARE(platform().data(models::ConnectionRole).toInt(), static_cast<int>(store::Cluster::State::Connected));
}

void TestMemberTree::anOpenedMemberIsMarkedAsItsPlatform()
{
    QVERIFY(!member().data(models::ReadOnlyRole).toBool());
    m_clusters->at(0)->setMarks(true, true);
    store::Cluster* opened = open();
    QVERIFY(opened);
    QVERIFY(member().data(models::ReadOnlyRole).toBool());
    QVERIFY(member().data(models::ProductionRole).toBool());
    QVERIFY(
        member().data(Qt::AccessibleDescriptionRole).toString().startsWith(QStringLiteral("Production, read-only, ")));
    QCOMPARE(member().data(models::SeverityRole).toInt(), static_cast<int>(kube::Severity::None));
    m_fake->isMemberFailed = true;
    QVERIFY(askAgain());
    QCOMPARE(member().data(models::SeverityRole).toInt(), static_cast<int>(kube::Severity::Error));
}

void TestMemberTree::closedItFoldsUpWhereItStands()
{
    store::Cluster* opened = open();
    QVERIFY(opened);
    const QPersistentModelIndex row = member();
    opened->close();
    QTRY_COMPARE(m_clusters->size(), 1);
    QVERIFY(row.isValid() && row == member());
    QVERIFY(!m_tree->hasChildren(row));
    QCOMPARE(m_tree->clusterAt(row), m_clusters->at(0));
    QCOMPARE(note(), QStringLiteral("cls-abc12345, Running"));
    QVERIFY(open());
    QVERIFY(groupOf(row, "nodes").isValid());
}

void TestMemberTree::anotherWayLeavesItWhereItStands()
{
    QVERIFY(open());
    const QPersistentModelIndex row = member();
    m_tree->setExpanded(group(), true);
    m_tree->setExpanded(row, true);
    store::Cluster* proxied = open(tke::RouteKind::Proxy);
    QVERIFY(proxied);
    QVERIFY(row.isValid() && row == member());
    QCOMPARE(m_tree->rowCount(group()), 1);
    QCOMPARE(m_tree->rowCount(), 1);
    QCOMPARE(m_tree->clusterAt(groupOf(row, "nodes")), proxied);
    // It is still unfolded, so it is counted.
    QTRY_COMPARE(groupOf(row, "nodes").data(models::CountRole).toString(), QStringLiteral("1"));
}

void TestMemberTree::newsOfMembersMoveNothing()
{
    m_fake->servesPods = true;
    store::Cluster* opened = open();
    QVERIFY(opened);
    const QPersistentModelIndex row = member();
    const QPersistentModelIndex pods = m_tree->index(0, 0, groupOf(row, "workloads"));
    {
        const Moves moves(m_tree.get());
        m_fake->isMemberFailed = true;
        QVERIFY(askAgain());
        QVERIFY(moves.isNothing());
        QVERIFY(note().contains(QStringLiteral("Failed")));
    }
    // Another one beside it comes and goes.
    Moves moves(m_tree.get());
    m_fake->hasNewMember = true;
    QVERIFY(askAgain());
    QCOMPARE(m_tree->memberAt(m_tree->index(0, 0, group())), QStringLiteral("cls-aaa00000"));
    QCOMPARE(row.row(), 1);
    QCOMPARE(m_tree->indexOf(opened), QModelIndex(row));
    m_fake->hasNewMember = false;
    QVERIFY(askAgain());
    QCOMPARE(row.row(), 0);
    QCOMPARE(moves.inserted.size(), 1);
    QCOMPARE(moves.removed.size(), 1);
    QVERIFY(moves.moved.isEmpty());
    QCOMPARE(m_tree->clusterAt(pods), opened);
}

void TestMemberTree::discoveryAnewMovesNothing()
{
    m_fake->servesPods = true;
    store::Cluster* opened = open();
    QVERIFY(opened);
    m_tree->setExpanded(group(), true);
    m_tree->setExpanded(member(), true);
    const QPersistentModelIndex pods = m_tree->index(0, 0, groupOf(member(), "workloads"));
    Moves moves(m_tree.get());
    m_fake->servesServices = true; // one group more, before the pages
    opened->refresh();
    QTRY_COMPARE(moves.inserted.size(), 1);
    QVERIFY(groupOf(member(), "network").isValid());
    m_fake->servesServices = false;
    opened->refresh();
    QTRY_COMPARE(moves.removed.size(), 1);
    QVERIFY(!groupOf(member(), "network").isValid());
    QVERIFY(moves.moved.isEmpty() && moves.reset.isEmpty());
    // The platform's own.
    QSignalSpy discovered(m_clusters->at(0), &store::Cluster::catalogChanged);
    m_fake->hasBusinesses = false;
    m_clusters->at(0)->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(!discovered.isEmpty(), 30'000);
    QVERIFY(!groupOf(platform(), "businesses").isValid());
    QVERIFY(pods.isValid());
    QCOMPARE(m_tree->resourceAt(pods)->kind, QStringLiteral("Pod"));
}

void TestMemberTree::whatThePlatformNoLongerListsStaysWhileItIsOpen()
{
    m_fake->hasNewMember = true;
    QVERIFY(askAgain());
    store::Cluster* opened = open();
    QVERIFY(opened);
    const QPersistentModelIndex row = m_tree->indexOf(opened);
    QCOMPARE(row.row(), 1);
    m_fake->isMemberDeleted = true;
    QVERIFY(askAgain());
    QCOMPARE(group().data(models::CountRole).toString(), QStringLiteral("1")); // of those that it tells of
    QVERIFY(row.isValid());
    QCOMPARE(row.data().toString(), Name);
    QCOMPARE(row.data(models::NoteRole).toString(), QStringLiteral("no longer on the platform, directly"));
    QCOMPARE(row.data(models::SeverityRole).toInt(), static_cast<int>(kube::Severity::Warning));
    QVERIFY(row.data(Qt::ToolTipRole).toString().contains(Name));
    QVERIFY(groupOf(row, "nodes").isValid());
    QCOMPARE(m_tree->platformAt(row), m_clusters->at(0));
    QSignalSpy found(m_members.get(), &MemberClusters::opened); // by a click on it
    m_members->open(m_clusters->at(0), Name);
    QCOMPARE(found.size(), 1);
    opened->close();
    QVERIFY(!row.isValid());
    QCOMPARE(m_tree->rowCount(group()), 1);
}

void TestMemberTree::aListingThatFailsTakesNothingAway()
{
    store::Cluster* opened = open();
    QVERIFY(opened);
    const Moves moves(m_tree.get());
    m_fake->isListForbidden = true;
    QVERIFY(askAgain());
    QVERIFY(moves.isNothing());
    QVERIFY(!group().data(models::NoteRole).toString().isEmpty());
    QCOMPARE(m_tree->clusterAt(member()), opened);
    QVERIFY(!note().contains(QStringLiteral("no longer")));
}

void TestMemberTree::aPlatformThatServesNoClustersAnyMoreKeepsWhatIsOpen()
{
    store::Cluster* opened = open();
    QVERIFY(opened);
    const QPersistentModelIndex row = member();
    m_fake->isPlatformUnserved = true;
    m_clusters->at(0)->refresh();
    QTRY_VERIFY(!m_members->listing(m_clusters->at(0)));
    QVERIFY(row.isValid());
    QCOMPARE(row.data().toString(), Name);
    // Nobody said that it is gone.
    QCOMPARE(row.data(models::NoteRole).toString(), QStringLiteral("directly"));
    QVERIFY(group().data(models::CountRole).toString().isEmpty());
    QCOMPARE(group().data(models::SeverityRole).toInt(), static_cast<int>(kube::Severity::None));
    opened->close();
    QVERIFY(group().data(models::NodeTypeRole).toInt() != static_cast<int>(ClusterTreeModel::MembersNode));
}

void TestMemberTree::anotherLanguageReachesWhatIsBelowIt()
{
    QVERIFY(open());
    const QModelIndex nodes = groupOf(member(), "nodes");
    QSignalSpy told(m_tree.get(), &QAbstractItemModel::dataChanged);
    m_tree->retranslate();
    bool isTold = false;
    for (const QList<QVariant>& each : told)
        isTold = isTold || each[0].toModelIndex() == nodes;
    QVERIFY(isTold);
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
    QVERIFY(open(tke::RouteKind::Proxy));
    QVERIFY(groupOf(member(), "nodes").isValid());
    QVERIFY(!groupOf(member(), "businesses").isValid());
}

void TestMemberTree::aPlatformThatIsClosedFoldsUp()
{
    QVERIFY(open());
    m_clusters->at(0)->close();
    QVERIFY(group().data(models::NodeTypeRole).toInt() != static_cast<int>(ClusterTreeModel::MembersNode));
    QTRY_COMPARE(m_clusters->size(), 1); // its members close with it
    QCOMPARE(m_tree->rowCount(), 1);
    m_clusters->at(0)->open();
    QTRY_COMPARE(m_tree->rowCount(group()), 1);
    QVERIFY(!m_tree->hasChildren(member()));
}

void TestMemberTree::anotherFileTakesEverythingAway()
{
    QVERIFY(open());
    m_clusters->load({});
    QCOMPARE(m_tree->rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestMemberTree)
#include "tst_membertree.moc"
