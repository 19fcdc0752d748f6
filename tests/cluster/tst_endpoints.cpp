// Going from one address of a cluster to another: nothing is listed again, nothing is lost or doubled, and the API
// servers' own audit logs say so.

#include "tests/cluster/clusters.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QUrlQuery>

using store::Cluster;

class TestEndpoints : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void findsTheAddressesOfTheCluster();
    void hopsWithoutListingAgain();
    void whoIsNotOfThisClusterIsRefused();
    void goesOnByItselfWhenAsked();
    void cleanupTestCase();

private:
    struct Asked {
        QByteArray at;
        QString verb;
        QUrlQuery query;
    };
    /// What was asked about the test's own config maps since the audit logs were this long, in order.
    std::vector<Asked> asked(const std::array<qint64, 2>& since) const;
    static std::array<qint64, 2> auditLengths();

    transport::Journal m_journal;
    plane::Connection m_vip;
};

namespace {

const QString Namespace = QStringLiteral("alidade-endpoints");
const QByteArray Folder = "/api/v1/namespaces/alidade-endpoints/configmaps";
constexpr int Hops = 20;

QString auditLog(int server)
{
    return qEnvironmentVariable("ALIDADE_CLUSTER_RUN") + QStringLiteral("/audit-%1.log").arg(server);
}

const endpoint::Address* find(const Cluster& cluster, const char* host)
{
    for (const endpoint::ProbeResult& each : cluster.addresses()->results())
        if (each.address.url.host() == QLatin1String(host))
            return &each.address;
    return nullptr;
}

} // namespace

std::array<qint64, 2> TestEndpoints::auditLengths()
{
    return {QFile(auditLog(0)).size(), QFile(auditLog(1)).size()};
}

std::vector<TestEndpoints::Asked> TestEndpoints::asked(const std::array<qint64, 2>& since) const
{
    std::vector<Asked> all;
    for (int server = 0; server < 2; ++server) {
        QFile file(auditLog(server));
        if (!file.open(QIODevice::ReadOnly) || !file.seek(since[static_cast<std::size_t>(server)]))
            qFatal("no audit log %s", qPrintable(file.fileName()));
        while (!file.atEnd()) {
            const QJsonObject line = QJsonDocument::fromJson(file.readLine()).object();
            const QUrl uri(line.value(QLatin1String("requestURI")).toString());
            const QString verb = line.value(QLatin1String("verb")).toString();
            const QString stage = line.value(QLatin1String("stage")).toString();
            const bool isOurs = line.value(QLatin1String("userAgent")).toString().startsWith(QLatin1String("alidade/"));
            // A watch has a line at its beginning and one at its end.
            if (!isOurs || uri.path().toUtf8() != Folder ||
                (verb == QLatin1String("watch") && stage != QLatin1String("ResponseStarted")))
                continue;
            all.push_back(
                {line.value(QLatin1String("requestReceivedTimestamp")).toString().toUtf8(), verb, QUrlQuery(uri)});
        }
    }
    std::sort(all.begin(), all.end(), [](const Asked& a, const Asked& b) { return a.at < b.at; });
    return all;
}

void TestEndpoints::initTestCase()
{
    m_vip = plane::connectTo(m_journal);
    QVERIFY(plane::makeNamespace(*m_vip.client, Namespace));
}

void TestEndpoints::cleanupTestCase()
{
    plane::removeNamespace(*m_vip.client, Namespace);
}

void TestEndpoints::findsTheAddressesOfTheCluster()
{
    const auto cluster = plane::cluster(m_journal);
    cluster->open();
    QTRY_VERIFY_WITH_TIMEOUT(cluster->hasCatalog(), 30'000);
    cluster->addresses()->survey(cluster->client());
    QTRY_VERIFY_WITH_TIMEOUT(!cluster->addresses()->isLooking(), 60'000);
    QMap<QString, QString> types;
    for (const endpoint::ProbeResult& each : cluster->addresses()->results()) {
        types[each.address.url.host()] = endpoint::idOf(each.address.type);
        if (!each.answers())
            continue;
        QCOMPARE(each.sameCluster, std::optional(true));
        QVERIFY(each.certificate->sans.contains(each.address.url.host()));
        QVERIFY(each.latency);
    }
    QCOMPARE(types.value(QStringLiteral("10.241.0.11")), QStringLiteral("Real"));
    QCOMPARE(types.value(QStringLiteral("10.241.0.12")), QStringLiteral("Real"));
    QCOMPARE(types.value(QStringLiteral("10.241.0.100")), QStringLiteral("Advertise"));
}

void TestEndpoints::hopsWithoutListingAgain()
{
    const auto cluster = plane::cluster(m_journal);
    cluster->open();
    QTRY_VERIFY_WITH_TIMEOUT(cluster->hasCatalog(), 30'000);
    cluster->addresses()->survey(cluster->client());
    QTRY_VERIFY_WITH_TIMEOUT(!cluster->addresses()->isLooking(), 60'000);
    const auto feed = cluster->feed(*cluster->catalog().find(QStringLiteral("configmaps")), {.nameSpace = Namespace});
    QTRY_COMPARE_WITH_TIMEOUT(feed->rows()->state().phase, kube::FeedState::Phase::Live, 30'000);
    const QSignalSpy resets(feed->rows(), &store::RowStore::reset);
    int changes = 0;
    std::size_t inserted = feed->rows()->size();
    connect(feed->rows(), &store::RowStore::rowsChanged, this, [&](const store::RowChanges& done) {
        ++changes;
        inserted += done.inserted.size();
        inserted -= done.removed.size();
    });

    // Another process changes things all the while.
    QProcess writer;
    writer.start(
        QStringLiteral("sh"),
        {QStringLiteral("-c"),
         QStringLiteral("i=0; while :; do i=$((i+1)); kubectl create configmap made-$i -n %1 --from-literal a=1; "
                        "[ $((i%3)) = 0 ] && kubectl delete configmap made-$((i-1)) -n %1; "
                        "[ $((i%2)) = 0 ] && kubectl label configmap made-$i -n %1 b=$i; done")
             .arg(Namespace)});
    QVERIFY(writer.waitForStarted());

    const auto since = auditLengths();
    QSignalSpy moved(cluster.get(), &Cluster::addressChanged);
    qint64 longest = 0;
    for (int i = 0; i < Hops; ++i) {
        const endpoint::Address* to = find(*cluster, i % 2 == 0 ? "10.241.0.11" : "10.241.0.12");
        QVERIFY(to);
        const quint64 before = asked(since).size();
        const int changesBefore = changes;
        cluster->switchTo(*to);
        QTRY_COMPARE_WITH_TIMEOUT(moved.count(), i + 1, 30'000);
        QElapsedTimer elapsed;
        elapsed.start();
        QTRY_VERIFY_WITH_TIMEOUT(asked(since).size() >= before + 2, 30'000); // the check, and the watch
        longest = std::max(longest, elapsed.elapsed());
        QCOMPARE(feed->rows()->state().phase, kube::FeedState::Phase::Live);
        QTRY_VERIFY_WITH_TIMEOUT(changes > changesBefore, 30'000);
    }
    qInfo("%d hops, the slowest watch was back within %lld ms; %d objects", Hops, longest,
          static_cast<int>(feed->rows()->size()));

    quint64 last = 0;
    int checks = 0;
    int watches = 0;
    for (const Asked& each : asked(since)) {
        if (each.verb == QLatin1String("list")) {
            QCOMPARE(each.query.queryItemValue(QStringLiteral("limit")), QStringLiteral("1"));
            ++checks;
            continue;
        }
        QCOMPARE(each.verb, QStringLiteral("watch"));
        ++watches;
        const quint64 version = each.query.queryItemValue(QStringLiteral("resourceVersion")).toULongLong();
        QVERIFY2(version >= last && version > 0, "a watch went back");
        last = version;
    }
    QCOMPARE(checks, Hops);
    QVERIFY(watches >= Hops);
    QCOMPARE(resets.count(), 0);

    writer.kill();
    QVERIFY(writer.waitForFinished());
    const auto agree = [&] { return plane::rowsOf(*feed->rows()) == plane::freshList(*m_vip.client, Folder); };
    QVERIFY2(QTest::qWaitFor(agree, 30'000), "the rows are not what a fresh list says");
    QCOMPARE(inserted, feed->rows()->size());
}

void TestEndpoints::whoIsNotOfThisClusterIsRefused()
{
    const auto cluster = plane::cluster(m_journal);
    cluster->open();
    QTRY_VERIFY_WITH_TIMEOUT(cluster->hasCatalog(), 30'000);
    const QString before = cluster->address();
    QSignalSpy refused(cluster.get(), &Cluster::switchRefused);
    // metrics-server: TLS, and a certificate of its own making.
    endpoint::Address stranger{.type = endpoint::AddressType::Manual,
                               .url = QUrl(QStringLiteral("https://10.241.0.11:4443")),
                               .sources = {},
                               .serverName = {}};
    cluster->switchTo(stranger, true);
    QTRY_COMPARE_WITH_TIMEOUT(refused.count(), 1, 30'000);
    QCOMPARE(refused.front().at(1).value<base::Error>().reason, QStringLiteral("otherCluster"));
    // Where nothing listens.
    stranger.url = QUrl(QStringLiteral("https://10.241.0.13:6443"));
    cluster->switchTo(stranger, true);
    QTRY_COMPARE_WITH_TIMEOUT(refused.count(), 2, 30'000);
    QCOMPARE(refused.back().at(1).value<base::Error>().kind, base::ErrorKind::Network);
    QCOMPARE(cluster->address(), before);
}

void TestEndpoints::goesOnByItselfWhenAsked()
{
    const auto cluster = plane::cluster(m_journal, QStringLiteral("-real-0"));
    cluster->open();
    QTRY_VERIFY_WITH_TIMEOUT(cluster->hasCatalog(), 30'000);
    cluster->setFailsOver(true);
    QTRY_VERIFY_WITH_TIMEOUT(find(*cluster, "10.241.0.12") && !cluster->addresses()->isLooking(), 60'000);
    const auto feed = cluster->feed(*cluster->catalog().find(QStringLiteral("configmaps")), {.nameSpace = Namespace});
    QTRY_COMPARE_WITH_TIMEOUT(feed->rows()->state().phase, kube::FeedState::Phase::Live, 30'000);
    const QSignalSpy went(cluster.get(), &Cluster::failedOver);
    QElapsedTimer elapsed;
    elapsed.start();
    plane::script({QStringLiteral("server"), QStringLiteral("kill"), QStringLiteral("0")});
    const bool moved = QTest::qWaitFor([&] { return went.count() == 1; }, 60'000);
    const qint64 took = elapsed.elapsed();
    const bool isLive = QTest::qWaitFor(
        [&] {
            return feed->rows()->state().phase == kube::FeedState::Phase::Live &&
                   cluster->state() == Cluster::State::Connected;
        },
        60'000);
    plane::script({QStringLiteral("server"), QStringLiteral("start"), QStringLiteral("0")});
    QVERIFY(moved);
    QVERIFY(isLive);
    QVERIFY(cluster->address() != QStringLiteral("https://10.241.0.11:6443"));
    qInfo("failed over to %s within %lld ms", qPrintable(cluster->address()), took);
}

QTEST_GUILESS_MAIN(TestEndpoints)
#include "tst_endpoints.moc"
