// An address that dies is noticed whatever way it dies, nothing hangs, and what was watched is live again soon after
// the path is back. Another cluster in the same process notices nothing.

#include "tests/cluster/clusters.h"

#include <QSignalSpy>

using store::Cluster;

class TestHeartbeat : public QObject {
    Q_OBJECT

private slots:
    void noticesEveryDeath_data();
    void noticesEveryDeath();
    void aHalfDeadAddressIsUnsteady();

private:
    transport::Journal m_journal;
};

void TestHeartbeat::noticesEveryDeath_data()
{
    QTest::addColumn<QStringList>("fault");
    QTest::addColumn<QStringList>("repair");
    const auto words = [](const char* text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); };
    QTest::newRow("killed") << words("server kill 0") << words("server start 0");
    QTest::newRow("frozen") << words("server freeze 0") << words("server thaw 0");
    QTest::newRow("black hole") << words("drop 10.241.0.11 6443") << words("undrop 10.241.0.11 6443");
}

void TestHeartbeat::noticesEveryDeath()
{
    QFETCH(QStringList, fault);
    QFETCH(QStringList, repair);
    const auto cluster = plane::cluster(m_journal, QStringLiteral("-real-0"));
    const auto other = plane::cluster(m_journal, QStringLiteral("-real-1"));
    std::vector<std::shared_ptr<store::Feed>> feeds;
    for (const auto& each : {cluster.get(), other.get()}) {
        each->open();
        QTRY_COMPARE_WITH_TIMEOUT(each->state(), Cluster::State::Connected, 30'000);
        feeds.push_back(each->feed(*each->catalog().find(QStringLiteral("namespaces"))));
        QTRY_COMPARE_WITH_TIMEOUT(feeds.back()->rows()->state().phase, kube::FeedState::Phase::Live, 30'000);
    }
    const QSignalSpy otherChanged(other.get(), &Cluster::stateChanged);
    const QSignalSpy otherHeard(other.get(), &Cluster::heard);
    store::RowStore* rows = feeds[0]->rows();
    const std::size_t held = rows->size();

    QElapsedTimer elapsed;
    elapsed.start();
    plane::script(fault);
    const bool noticed = QTest::qWaitFor(
        [&] {
            return cluster->state() == Cluster::State::Stale && rows->state().phase == kube::FeedState::Phase::Stale;
        },
        60'000);
    const qint64 death = elapsed.elapsed();
    const std::size_t kept = rows->size();
    const int before = otherHeard.count();
    const bool otherLives = QTest::qWaitFor([&] { return otherHeard.count() > before; }, 30'000);
    plane::script(repair);
    elapsed.restart();
    const bool isBack = QTest::qWaitFor(
        [&] {
            return cluster->state() == Cluster::State::Connected && rows->state().phase == kube::FeedState::Phase::Live;
        },
        60'000);
    qInfo("stale after %lld ms, live again %lld ms after the path was back", death, elapsed.elapsed());
    QVERIFY(noticed);
    QCOMPARE(kept, held);
    QVERIFY(isBack);
    QVERIFY(otherLives);
    QCOMPARE(otherChanged.count(), 0);
    QCOMPARE(feeds[1]->rows()->state().phase, kube::FeedState::Phase::Live);
}

void TestHeartbeat::aHalfDeadAddressIsUnsteady()
{
    plane::script({QStringLiteral("checks"), QStringLiteral("off")});
    plane::script({QStringLiteral("server"), QStringLiteral("kill"), QStringLiteral("1")});
    const auto cluster = plane::cluster(m_journal);
    cluster->open();
    const bool opened = QTest::qWaitFor([&] { return cluster->hasCatalog(); }, 120'000);
    endpoint::ProbeResult result;
    const auto look = [&] {
        cluster->addresses()->survey(cluster->client());
        if (!QTest::qWaitFor([&] { return !cluster->addresses()->isLooking(); }, 90'000))
            return false;
        for (const endpoint::ProbeResult& each : cluster->addresses()->results())
            if (cluster->addresses()->isInUse(each.address))
                result = each;
        return result.attempts.failed > 0;
    };
    const bool seen = look() || look();
    plane::script({QStringLiteral("server"), QStringLiteral("start"), QStringLiteral("1")});
    plane::script({QStringLiteral("checks"), QStringLiteral("on")});
    QVERIFY(opened);
    QVERIFY(seen);
    QVERIFY(!result.isWell());
    qInfo("%d of %d connections failed", result.attempts.failed, result.attempts.tried);
}

QTEST_GUILESS_MAIN(TestHeartbeat)
#include "tst_heartbeat.moc"
