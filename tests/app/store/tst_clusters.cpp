// The clusters of a window while their files change under them, the machine sleeps, and some of them are dead.

#include "app/config/kubeconfig.h"
#include "app/store/clusters.h"
#include "tests/support/certificates.h"
#include "tests/support/fixture.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/served.h"

#include <QHash>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using config::Kubeconfig;
using store::Cluster;
using store::Clusters;
using support::AskedRequest;
using support::ScriptedAnswer;
using support::ScriptedServer;

namespace {

constexpr auto Ns = "namespaces";

/// An APIServer with one kind to look at.
ScriptedAnswer apiServer(const AskedRequest& asked)
{
    const QByteArray path = asked.target.split('?').front();
    if (path == "/livez")
        return ScriptedAnswer::whole(200, "ok");
    if (path == "/version")
        return ScriptedAnswer::whole(200, R"({"major":"1","minor":"36","gitVersion":"v1.36.3"})");
    if (path == "/apis")
        return ScriptedAnswer::whole(200, R"({"kind":"APIGroupList","apiVersion":"v1","groups":[]})");
    if (path == "/api")
        return ScriptedAnswer::whole(200, R"({"kind":"APIVersions","versions":["v1"]})");
    if (path == "/api/v1")
        return ScriptedAnswer::whole(200, R"({"kind":"APIResourceList","groupVersion":"v1","resources":[
            {"name":"namespaces","namespaced":false,"kind":"Namespace","verbs":["get","list","watch"]}]})");
    if (path == "/api/v1/namespaces/kube-system")
        return ScriptedAnswer::whole(200, support::objectJson({.name = "kube-system"}));
    if (path == "/api/v1/namespaces" && asked.query("watch").isEmpty())
        return ScriptedAnswer::whole(200, support::listJson({{.name = "default"}}, 7));
    if (path == "/api/v1/namespaces")
        return ScriptedAnswer::open(support::bookmarkJson(8));
    return ScriptedAnswer::whole(404, support::statusJson(404, "NotFound"));
}

struct Entry {
    QByteArray name;
    QByteArray server;
    QByteArray token = "first";
};

} // namespace

class TestClusters : public QObject {
    Q_OBJECT

    support::Certificates m_ca;
    support::KeyPair m_pair = m_ca.server(QStringLiteral("IP:127.0.0.1"));
    QTemporaryDir m_dir;

    ScriptedServer::Options tls() const { return {.tls = m_ca.serverTls(m_pair)}; }

    Kubeconfig kubeconfig(const std::vector<Entry>& entries) const
    {
        QByteArray clusters = "clusters:\n";
        QByteArray users = "users:\n";
        QByteArray contexts = "contexts:\n";
        for (const Entry& each : entries) {
            clusters += "- name: " + each.name + "\n  cluster: {server: '" + each.server +
                        "', certificate-authority-data: " + m_ca.authority().toBase64() + "}\n";
            users += "- name: " + each.name + "\n  user: {token: " + each.token + "}\n";
            contexts += "- name: " + each.name + "\n  context: {cluster: " + each.name + ", user: " + each.name + "}\n";
        }
        const QString file = m_dir.filePath(QStringLiteral("config"));
        QFile out(file);
        if (!out.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        out.write(clusters + users + contexts);
        out.close();
        return config::loadKubeconfig({file}, true);
    }
    static QStringList names(const Clusters& clusters)
    {
        QStringList names;
        for (int i = 0; i < clusters.size(); ++i)
            names << clusters.at(i)->context().name;
        return names;
    }
    static int lists(const ScriptedServer& server)
    {
        const auto asked = server.asked();
        return static_cast<int>(std::count_if(asked.begin(), asked.end(), [](const AskedRequest& each) {
            return each.target.startsWith("/api/v1/namespaces?") && each.query("watch").isEmpty() &&
                   each.query("limit") != QLatin1String("1");
        }));
    }
    static std::vector<AskedRequest> watches(const ScriptedServer& server)
    {
        auto asked = server.asked();
        std::erase_if(asked, [](const AskedRequest& each) { return each.query("watch").isEmpty(); });
        return asked;
    }
    /// Open, and its namespaces live.
    static std::shared_ptr<store::Feed> live(Cluster* cluster)
    {
        cluster->open();
        if (!QTest::qWaitFor([&] { return cluster->state() == Cluster::State::Connected; }, 10'000))
            qFatal("not connected: %s", qPrintable(cluster->error().said));
        auto feed = cluster->feed(*cluster->catalog().find(QLatin1String(Ns)));
        if (!QTest::qWaitFor([&] { return feed->rows()->state().phase == kube::FeedState::Phase::Live; }, 10'000))
            qFatal("not live");
        return feed;
    }

private slots:
    void contexts_come_and_go_where_they_stand_in_the_file()
    {
        Clusters clusters;
        clusters.load(kubeconfig({{"a", "https://192.0.2.1"}, {"c", "https://192.0.2.3"}}));
        Cluster* const a = clusters.at(0);
        QSignalSpy loaded(&clusters, &Clusters::loaded);
        clusters.update(
            kubeconfig({{"a", "https://192.0.2.1"}, {"b", "https://192.0.2.2"}, {"c", "https://192.0.2.3"}}));
        QCOMPARE(names(clusters), QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
        QCOMPARE(clusters.at(0), a);
        clusters.update(kubeconfig({{"c", "https://192.0.2.3"}, {"a", "https://192.0.2.1"}}));
        QCOMPARE(clusters.size(), 2);
        QCOMPARE(clusters.find(QStringLiteral("a")), a);
        QCOMPARE(loaded.size(), 0);
    }

    void another_token_is_used_without_listing_again()
    {
        ScriptedServer server(apiServer, tls());
        const QByteArray url = server.url().toUtf8();
        Clusters clusters;
        clusters.load(kubeconfig({{"a", url, "first"}}));
        const auto feed = live(clusters.at(0));
        const int before = lists(server);
        clusters.update(kubeconfig({{"a", url, "second"}, {"b", "https://192.0.2.2"}}));
        QTRY_VERIFY(!watches(server).empty() && watches(server).back().header("Authorization") == "Bearer second");
        QCOMPARE(watches(server).back().query("resourceVersion"), QStringLiteral("8"));
        QCOMPARE(lists(server), before);
        QTRY_COMPARE(clusters.at(0)->state(), Cluster::State::Connected);
        QTRY_COMPARE(feed->rows()->state().phase, kube::FeedState::Phase::Live);
    }

    void another_server_is_connected_to_anew()
    {
        ScriptedServer one(apiServer, tls());
        ScriptedServer two(apiServer, tls());
        Clusters clusters;
        clusters.load(kubeconfig({{"a", one.url().toUtf8()}}));
        auto feed = live(clusters.at(0));
        connect(&clusters, &Clusters::reopening, this, [&feed] { feed.reset(); });
        QSignalSpy reopened(&clusters, &Clusters::reopened);
        clusters.update(kubeconfig({{"a", two.url().toUtf8()}}));
        QCOMPARE(reopened.size(), 1);
        QTRY_COMPARE(clusters.at(0)->state(), Cluster::State::Connected);
        QCOMPARE(clusters.at(0)->address(), two.url());
        disconnect(&clusters, &Clusters::reopening, this, nullptr);
    }

    void what_says_the_same_is_left_alone()
    {
        ScriptedServer server(apiServer, tls());
        const QByteArray url = server.url().toUtf8();
        Clusters clusters;
        clusters.load(kubeconfig({{"a", url}, {"b", "https://192.0.2.2"}}));
        const auto feed = live(clusters.at(0));
        const std::size_t streams = watches(server).size();
        QSignalSpy changed(clusters.at(0), &Cluster::stateChanged);
        clusters.update(kubeconfig({{"b", "https://192.0.2.9", "other"}, {"a", url}}));
        QTest::qWait(500);
        QCOMPARE(changed.size(), 0);
        QCOMPARE(watches(server).size(), streams);
        QCOMPARE(feed->rows()->state().phase, kube::FeedState::Phase::Live);
    }

    void a_file_that_cannot_be_read_takes_nothing_away()
    {
        Clusters clusters;
        clusters.load(kubeconfig({{"a", "https://192.0.2.1"}, {"b", "https://192.0.2.2"}}));
        Kubeconfig broken = config::loadKubeconfig({m_dir.filePath(QStringLiteral("config"))}, true);
        broken.contexts.clear();
        broken.errors.push_back({.kind = base::ErrorKind::BadConfig,
                                 .reason = QStringLiteral("yaml"),
                                 .ofWhom = clusters.at(0)->context().file});
        clusters.update(broken);
        QCOMPARE(clusters.size(), 2);
        QCOMPARE(clusters.kubeconfig().errors.size(), std::size_t(1));
    }

    void an_open_cluster_outlives_its_context_until_it_is_closed()
    {
        ScriptedServer server(apiServer, tls());
        Clusters clusters;
        clusters.load(kubeconfig({{"a", server.url().toUtf8()}, {"b", "https://192.0.2.2"}}));
        auto feed = live(clusters.at(0));
        clusters.update(kubeconfig({{"b", "https://192.0.2.2"}}));
        QCOMPARE(clusters.size(), 2);
        QCOMPARE(clusters.at(0)->context().problems.front().id, QStringLiteral("contextGone"));
        QCOMPARE(clusters.at(0)->state(), Cluster::State::Connected);
        feed.reset();
        clusters.at(0)->close();
        QTRY_COMPARE(clusters.size(), 1);
    }

    void after_sleep_every_watch_is_begun_anew_and_nothing_is_listed()
    {
        ScriptedServer server(apiServer, tls());
        Clusters clusters;
        clusters.load(kubeconfig({{"a", server.url().toUtf8()}}));
        const auto feed = live(clusters.at(0));
        const int before = lists(server);
        const std::size_t streams = watches(server).size();
        QList<Cluster::State> states;
        const QObject listening; // gone before the clusters, which tell that they close
        connect(clusters.at(0), &Cluster::stateChanged, &listening, [&] { states << clusters.at(0)->state(); });
        clusters.at(0)->wake();
        QCOMPARE(states, QList<Cluster::State>{Cluster::State::Stale});
        QTRY_COMPARE(clusters.at(0)->state(), Cluster::State::Connected);
        QTRY_COMPARE(feed->rows()->state().phase, kube::FeedState::Phase::Live);
        QTRY_VERIFY(watches(server).size() > streams);
        QCOMPARE(lists(server), before);
    }

    void thirty_clusters_of_which_ten_are_dead_are_no_storm()
    {
        // Half of the dead refuse, half take the connection and never speak.
        std::vector<std::unique_ptr<ScriptedServer>> alive;
        std::vector<std::unique_ptr<ScriptedServer>> dead;
        std::vector<Entry> entries;
        for (int i = 0; i < 20; ++i) {
            alive.push_back(std::make_unique<ScriptedServer>(apiServer, tls()));
            entries.push_back({"alive-" + QByteArray::number(i), alive.back()->url().toUtf8()});
        }
        for (int i = 0; i < 5; ++i) {
            ScriptedServer::Options mute = tls();
            mute.neverTls = true;
            dead.push_back(std::make_unique<ScriptedServer>(apiServer, mute));
            entries.push_back({"mute-" + QByteArray::number(i), dead.back()->url().toUtf8()});
        }
        for (int i = 0; i < 5; ++i) {
            QTcpServer nobody;
            QVERIFY(nobody.listen(QHostAddress::LocalHost));
            entries.push_back(
                {"refused-" + QByteArray::number(i), "https://127.0.0.1:" + QByteArray::number(nobody.serverPort())});
        }
        Clusters clusters;
        clusters.load(kubeconfig(entries));
        for (int i = 0; i < clusters.size(); ++i)
            clusters.at(i)->open();
        for (int i = 0; i < 20; ++i)
            QTRY_COMPARE_WITH_TIMEOUT(clusters.at(i)->state(), Cluster::State::Connected, 30'000);
        for (int i = 20; i < 30; ++i)
            QTRY_COMPARE_WITH_TIMEOUT(clusters.at(i)->state(), Cluster::State::Unreachable, 30'000);
        const auto asked = [&] {
            QHash<QString, int> requests;
            for (const transport::JournalEntry& each : clusters.journal()->entries())
                ++requests[each.address];
            return requests;
        };
        const auto before = asked();
        QTest::qWait(10'000);
        const auto after = asked();
        for (int i = 20; i < 30; ++i) {
            const QString address = clusters.at(i)->address();
            const int more = after.value(address) - before.value(address);
            QVERIFY2(more <= 4, qPrintable(QStringLiteral("%1 was asked %2 times").arg(address).arg(more)));
        }
    }
};

QTEST_GUILESS_MAIN(TestClusters)
#include "tst_clusters.moc"
