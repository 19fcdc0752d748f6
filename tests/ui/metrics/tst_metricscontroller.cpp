// What the metrics page asks a cluster for: what is looked at, once, and nothing that costs much unasked.

#include "tests/support/metricscluster.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/ui_main.h"
#include "ui/metrics/contrastview.h"
#include "ui/metrics/metricscontroller.h"
#include "ui/metrics/metricspage.h"
#include "ui/shell/navigator.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QUrlQuery>

using support::AskedRequest;
using support::ScriptedAnswer;
using ui::MetricsPage;
using Tab = MetricsPage::Tab;

namespace {

constexpr int Patience = 30'000;

class NoNavigator final : public ui::Navigator {
public:
    ui::Page* open(const ui::View&) override { return nullptr; }
    ui::Page* open(const kube::ObjectRef&) override { return nullptr; }
    QString currentCluster() const override { return {}; }
    void say(const QString&) override {}
};

/// One pod that is told of, and how many more there are.
QByteArray pods(int more)
{
    return R"({"metadata":{"remainingItemCount":)" + QByteArray::number(more) +
           R"(},"items":[{"metadata":{"namespace":"shop","name":"web","uid":"u1"},"spec":{"containers":[]}}]})";
}

QByteArray pathOf(const AskedRequest& asked)
{
    return asked.target.split('?').front();
}

/// The recorded cluster over a wire.
ScriptedAnswer answer(const support::MetricsCluster& cluster, const AskedRequest& asked)
{
    const qsizetype mark = asked.target.indexOf('?');
    transport::Request request{.verb = asked.verb, .path = pathOf(asked)};
    if (mark >= 0)
        for (const auto& [key, value] :
             QUrlQuery(QString::fromLatin1(asked.target.mid(mark + 1))).queryItems(QUrl::FullyDecoded))
            request.query.emplace_back(key, value);
    const auto reply = cluster(request);
    if (!reply || !*reply)
        return ScriptedAnswer::hangUp();
    return ScriptedAnswer::whole((*reply)->head.status, (*reply)->body, {{"Content-Type", "application/json"}});
}

} // namespace

class TestMetricsController : public QObject {
    Q_OBJECT

    std::unique_ptr<support::ScriptedServer> m_server;
    std::unique_ptr<transport::Journal> m_journal;
    std::unique_ptr<store::Cluster> m_cluster;
    std::unique_ptr<MetricsPage> m_page;
    NoNavigator m_navigator;

    void start(const QString& tab, int morePods = 0)
    {
        support::MetricsCluster sources;
        const QByteArray page = QByteArray(support::MetricsCluster::StateProxy) + "/metrics";
        sources.instead = {
            {page, support::reply(200, support::fixture(QStringLiteral("metrics/kube-state-metrics.txt")))},
            {"/api/v1/pods", support::reply(200, pods(morePods))},
            {"/api/v1/nodes", support::MetricsCluster::list("")},
            {"/apis/batch/v1/jobs", support::MetricsCluster::list("")},
            {"/apis/metrics.k8s.io/v1beta1/pods", support::MetricsCluster::list("")}};
        m_server = std::make_unique<support::ScriptedServer>(
            [sources](const AskedRequest& asked) { return answer(sources, asked); });
        m_journal = std::make_unique<transport::Journal>();
        config::Context context;
        context.name = QStringLiteral("here");
        context.cluster.server = QUrl(m_server->url());
        m_cluster = std::make_unique<store::Cluster>(context, m_journal.get());
        m_cluster->open();
        ui::View view;
        view.page = QStringLiteral("metrics");
        view.cluster = context.name;
        view.more.insert(QStringLiteral("tab"), tab);
        m_page = std::make_unique<MetricsPage>(view);
        new ui::MetricsController(m_page.get(), m_cluster.get(), &m_navigator);
        QTRY_VERIFY_WITH_TIMEOUT(isIdle(), Patience);
    }

    bool isIdle() const { return m_page->findChild<QLabel*>(QStringLiteral("metrics.reading"))->text().isEmpty(); }
    /// How often something was asked for whose path ends so.
    int count(const char* ending) const
    {
        int count = 0;
        for (const AskedRequest& asked : m_server->asked())
            count += pathOf(asked).endsWith(ending);
        return count;
    }
    int pages() const { return count("/proxy/metrics"); }
    int rows() const { return m_page->contrast()->model()->rowCount(); }
    QPushButton* offer() const { return m_page->findChild<QPushButton*>(QStringLiteral("metrics.offer.take")); }

private slots:
    void cleanup()
    {
        m_page.reset();
        m_cluster.reset();
        m_server.reset();
    }

    void aRefreshReadsWhatIsLookedAt()
    {
        start(QStringLiteral("contrast"));
        QVERIFY(rows() > 0);
        QCOMPARE(pages(), 1);
        m_page->setTab(Tab::Conditions);
        QTRY_VERIFY_WITH_TIMEOUT(isIdle(), Patience);
        QCOMPARE(pages(), 2);
        m_page->refresh();
        QTRY_VERIFY_WITH_TIMEOUT(isIdle(), Patience);
        QCOMPARE(pages(), 3);
        m_page->setTab(Tab::Contrast); // which is older than the refresh
        QTRY_VERIFY_WITH_TIMEOUT(isIdle(), Patience);
        QCOMPARE(pages(), 4);
        m_page->setTab(Tab::Readers);
        m_page->setTab(Tab::Contrast);
        QTRY_VERIFY_WITH_TIMEOUT(isIdle(), Patience);
        QCOMPARE(pages(), 4);
    }

    void aLinkToAnotherTabReadsThatAlone()
    {
        start(QStringLiteral("conditions"));
        QCOMPARE(pages(), 1);
        QCOMPARE(rows(), 0);
        m_page->setTab(Tab::Contrast);
        QTRY_VERIFY_WITH_TIMEOUT(rows() > 0, Patience);
    }

    void whoReadsWhomCostsNoPage()
    {
        start(QStringLiteral("readers"));
        m_page->refresh();
        QTRY_VERIFY_WITH_TIMEOUT(isIdle(), Patience);
        QCOMPARE(pages(), 0);
    }

    void aPageThatCostsMuchIsReadWhenThatIsAskedFor()
    {
        for (const char* tab : {"contrast", "conditions"}) {
            start(QLatin1String(tab), 100'000);
            QCOMPARE(pages(), 0);
            QVERIFY(offer()->isVisibleTo(m_page.get()));
            offer()->click();
            QTRY_VERIFY_WITH_TIMEOUT(isIdle(), Patience);
            QCOMPARE(pages(), 1);
            QVERIFY(!offer()->isVisibleTo(m_page.get()));
            cleanup();
        }
    }
};

ALIDADE_UI_TEST_MAIN(TestMetricsController)
#include "tst_metricscontroller.moc"
