// The store is as reliable as client-go's: after random changes through both API servers, with streams broken, servers
// frozen, restarted and etcd compacted in between, it holds what a fresh list says, and every delete was seen.
// SEEDS sets how many rounds there are; 200 by hand.

#include "app/kube/discovery.h"
#include "app/store/feed.h"
#include "tests/cluster/clusters.h"

#include <QProcess>
#include <QRandomGenerator>

class TestLiveStore : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void holdsWhatAFreshListSays_data();
    void holdsWhatAFreshListSays();
    void cleanupTestCase();

private:
    bool write(const plane::Connection& through, QRandomGenerator& random);
    /// uid -> resourceVersion, by a list of its own.

    transport::Journal m_journal;
    plane::Connection m_vip;
    plane::Connection m_servers[2];
    kube::ApiResource m_configMaps;
    std::vector<QByteArray> m_names;
    int m_made = 0;
};

namespace {

const QString Namespace = QStringLiteral("alidade-livestore");

} // namespace

void TestLiveStore::initTestCase()
{
    m_vip = plane::connectTo(m_journal);
    m_servers[0] = plane::connectTo(m_journal, QStringLiteral("-real-0"));
    m_servers[1] = plane::connectTo(m_journal, QStringLiteral("-real-1"));
    const auto catalog = plane::answerOf(kube::discover(*m_vip.client));
    QVERIFY(catalog);
    m_configMaps = *catalog->find(QStringLiteral("configmaps"));
    QVERIFY(plane::makeNamespace(*m_vip.client, Namespace));
}

void TestLiveStore::cleanupTestCase()
{
    plane::removeNamespace(*m_vip.client, Namespace);
}

bool TestLiveStore::write(const plane::Connection& through, QRandomGenerator& random)
{
    const QByteArray folder = m_configMaps.path(Namespace);
    transport::Request request;
    request.headers.emplace_back("Content-Type", "application/json");
    const auto choice = random.bounded(10);
    if (m_names.empty() || choice < 4) {
        const QByteArray name = "made-" + QByteArray::number(++m_made);
        request.verb = "POST";
        request.path = folder;
        request.body = R"({"metadata":{"name":")" + name + R"("},"data":{"a":"0"}})";
        m_names.push_back(name);
    } else {
        const auto at = static_cast<std::size_t>(random.bounded(static_cast<int>(m_names.size())));
        request.path = folder + '/' + m_names[at];
        if (choice < 7) {
            request.verb = "PATCH";
            request.headers.front().second = "application/merge-patch+json";
            request.body = R"({"data":{"a":")" + QByteArray::number(random.generate64()) + R"("}})";
        } else {
            request.verb = "DELETE";
            m_names.erase(m_names.begin() + static_cast<std::ptrdiff_t>(at));
        }
    }
    const auto answer = plane::answerOf(through.client->ask(request));
    // A write that broke off may have been done or not: the fresh list is the judge, not this list of names.
    return answer || answer.error().kind == base::ErrorKind::NotFound ||
           answer.error().kind == base::ErrorKind::Conflict;
}

void TestLiveStore::holdsWhatAFreshListSays_data()
{
    QTest::addColumn<quint32>("seed");
    const int seeds = qEnvironmentVariableIsSet("SEEDS") ? qEnvironmentVariableIntValue("SEEDS") : 20;
    for (int i = 0; i < seeds; ++i)
        QTest::newRow(qPrintable(QStringLiteral("seed %1").arg(i))) << static_cast<quint32>(i * 7919 + 1);
}

void TestLiveStore::holdsWhatAFreshListSays()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    // The feed goes to the server that is tormented; writes go to both while both can take them.
    store::Feed feed(m_servers[0].transport.get(), {.resource = m_configMaps, .scope = {.nameSpace = Namespace}});
    QTRY_COMPARE_WITH_TIMEOUT(feed.rows()->state().phase, kube::FeedState::Phase::Live, 20'000);
    const auto fault = seed / 7919 % 10; // each of them twice in twenty rounds
    const bool both = fault >= 4;
    const base::Error cut{.kind = base::ErrorKind::Network, .reason = QStringLiteral("closed")};
    for (int i = 0; i < 30; ++i) {
        QVERIFY(write(m_servers[both ? random.bounded(2) : 1], random));
        if (random.bounded(6) == 0) {
            feed.pathDied(cut);
            feed.pathCameBack();
        }
        if (i != 15)
            continue;
        if (fault == 0)
            plane::script({QStringLiteral("server"), QStringLiteral("kill"), QStringLiteral("0")});
        else if (fault == 1)
            plane::script({QStringLiteral("server"), QStringLiteral("freeze"), QStringLiteral("0")});
        else if (fault == 2)
            plane::script({QStringLiteral("compact")});
    }
    if (fault == 0)
        plane::script({QStringLiteral("server"), QStringLiteral("start"), QStringLiteral("0")});
    if (fault == 1)
        plane::script({QStringLiteral("server"), QStringLiteral("thaw"), QStringLiteral("0")});
    feed.pathCameBack();
    const auto agree = [&] {
        return plane::rowsOf(*feed.rows()) == plane::freshList(*m_servers[1].client, m_configMaps.path(Namespace));
    };
    QVERIFY2(QTest::qWaitFor(agree, 30'000), "the store does not hold what a fresh list says");
}

QTEST_GUILESS_MAIN(TestLiveStore)
#include "tst_livestore.moc"
