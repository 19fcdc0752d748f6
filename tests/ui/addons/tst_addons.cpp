// The page of addons over a platform of two clusters: what is installed, what stands of it, and what could not be seen.

#include "app/models/memberclusters.h"
#include "app/store/clusters.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/served.h"
#include "tests/support/ui_main.h"
#include "ui/addons/addonscontroller.h"
#include "ui/shell/languagemanager.h"
#include "ui/shell/navigator.h"
#include "ui/widgets/keyvalueview.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/statepane.h"
#include "ui/widgets/tableview.h"

#include <QLabel>
#include <QTemporaryDir>

using State = ui::PaneState::Kind;
using support::AskedRequest;
using support::ScriptedAnswer;

namespace {

QString qs(const char* text)
{
    return QString::fromUtf8(text);
}

class Elsewhere final : public ui::Navigator {
public:
    ui::Page* open(const ui::View&) override { return nullptr; }
    ui::Page* open(const kube::ObjectRef& object) override
    {
        objects.push_back(object);
        return nullptr;
    }
    QString currentCluster() const override { return qs("here"); }
    void say(const QString&) override {}
    std::vector<kube::ObjectRef> objects;
};

QByteArray deployment(const char* name, int ready)
{
    return R"({"metadata":{"name":")" + QByteArray(name) +
           R"(","uid":"u"},"spec":{"replicas":1,"selector":{"matchLabels":
           {"app":"a"}}},"status":{"readyReplicas":)" +
           QByteArray::number(ready) + "}}";
}

/// Two addons in the cluster that is reached (one does not run), one in the other, and one left over.
ScriptedAnswer platform(const AskedRequest& asked)
{
    const QByteArray path = asked.target.split('?').front();
    const auto addons = [](const QByteArray& items) {
        return ScriptedAnswer::whole(200, R"({"items":[)" + items + "]}");
    };
    if (path == "/api")
        return ScriptedAnswer::whole(200, R"({"kind":"APIVersions","versions":["v1"]})");
    if (path == "/api/v1")
        return ScriptedAnswer::whole(200, R"({"kind":"APIResourceList","groupVersion":"v1","resources":[]})");
    if (path == "/apis")
        return ScriptedAnswer::whole(200,
                                     R"({"kind":"APIGroupList","groups":[{"name":"platform.tkestack.io","versions":[
            {"groupVersion":"platform.tkestack.io/v1","version":"v1"}],"preferredVersion":
            {"groupVersion":"platform.tkestack.io/v1","version":"v1"}}]})");
    if (path == "/apis/platform.tkestack.io/v1")
        return ScriptedAnswer::whole(200,
                                     R"({"kind":"APIResourceList","groupVersion":"platform.tkestack.io/v1","resources":[
            {"name":"clusters","kind":"Cluster","namespaced":false,"verbs":["get","list"]},
            {"name":"tappcontrollers","kind":"TappController","namespaced":false,"verbs":["get","list"]},
            {"name":"persistentevents","kind":"PersistentEvent","namespaced":false,"verbs":["get","list"]},
            {"name":"csioperators","kind":"CSIOperator","namespaced":false,"verbs":["get","list"]},
            {"name":"cronhpas","kind":"CronHPA","namespaced":false,"verbs":["get","list"]}]})");
    if (path.endsWith("/v1/clusters"))
        return addons(
            R"({"metadata":{"name":"cls-near"},"spec":{"displayName":"近 <b>near</b>"}},{"metadata":{"name":"cls-far"}})");
    if (path.endsWith("/tappcontrollers"))
        return addons(R"({"metadata":{"name":"tc-1","uid":"t1"},"spec":{"clusterName":"cls-near","version":"v1.2.1"},
            "status":{"phase":"Running"}})");
    if (path.endsWith("/cronhpas"))
        return addons(R"({"metadata":{"name":"ch-1"},"spec":{"clusterName":"cls-near"},"status":{"phase":"Running"}},
            {"metadata":{"name":"ch-2"},"spec":{"clusterName":"cls-far"},"status":{"phase":"Running"}})");
    if (path.endsWith("/csioperators"))
        return addons({});
    if (path.endsWith("/kube-system/deployments"))
        return addons(deployment("tapp-controller", 1) + ',' + deployment("cron-hpa-controller", 0) + ',' +
                      deployment("csi-operator", 1));
    if (path.endsWith("/daemonsets") || path.endsWith("/statefulsets"))
        return addons({});
    if (path.endsWith("/kube-system/pods"))
        return addons(R"({"status":{"containerStatuses":[{"name":"c","state":{"waiting":{"reason":"ImagePullBackOff",
            "message":"Back-off pulling image"}}}]}})");
    if (path.contains("/serviceaccounts/") || path.contains("/services/") || path.contains("/clusterrolebindings/"))
        return ScriptedAnswer::whole(200, R"({"metadata":{"uid":"x"}})");
    if (path.endsWith("/namespaces/kube-system"))
        return ScriptedAnswer::whole(200, R"({"kind":"Namespace","metadata":{"name":"kube-system","uid":"uid-here"}})");
    return ScriptedAnswer::whole(404, support::statusJson(404, "NotFound"));
}

} // namespace

class TestAddonsPage : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        qputenv("XDG_STATE_HOME", m_folder.path().toUtf8());
        m_server = std::make_unique<support::ScriptedServer>(platform);
        m_clusters = std::make_unique<store::Clusters>();
        m_members = std::make_unique<models::MemberClusters>(m_clusters.get());
        config::Kubeconfig config;
        config::Context context;
        context.name = qs("here");
        context.cluster.server = QUrl(m_server->url());
        config.contexts.push_back(context);
        m_clusters->load(config);
        m_clusters->at(0)->open();
        m_elsewhere.objects.clear();
    }
    void cleanup()
    {
        m_page.reset();
        m_members.reset();
        m_clusters.reset();
        m_server.reset();
    }

    void bothSidesAreShown()
    {
        open({});
        QCOMPARE(rows(), (QStringList{qs("近 <b>near</b> (cls-near)|CronHPA|ch-1|Running|failing"),
                                      qs("近 <b>near</b> (cls-near)|TappController|tc-1|Running|well"),
                                      qs("近 <b>near</b> (cls-near)|CSIOperator|–|–|left over"),
                                      qs("cls-far|CronHPA|ch-2|Running|not known")}));
        choose(0);
        QVERIFY2(detail().contains(qs("0 of 1 ready; c: ImagePullBackOff: Back-off pulling image")),
                 qPrintable(detail()));
        QVERIFY(detail().contains(qs("See why its pods do not start")));
        choose(1);
        QVERIFY(detail().contains(qs("All that it made is there and ready.")));
        choose(2);
        QVERIFY(detail().contains(qs("Deployment kube-system/csi-operator")));
        // Neither well nor gone: nobody could look.
        choose(3);
        QVERIFY(detail().contains(qs("not known")));
        QVERIFY(!detail().contains(qs("not there")));
    }

    void whatCouldNotBeReadIsSaid()
    {
        open({});
        QStringList lines;
        for (int i = 0; i < 3; ++i)
            if (const auto* line = m_page->findChild<QLabel*>(qs("addons.unread.%1").arg(i)))
                lines << line->text();
        // persistentevents answer 404, and cls-far nobody reaches
        QVERIFY2(lines.size() == 2, qPrintable(lines.join(QLatin1Char('\n'))));
        QVERIFY2(lines[0].contains(qs("persistentevents")), qPrintable(lines[0]));
        QVERIFY2(lines[1].contains(qs("cls-far")), qPrintable(lines[1]));
        QCOMPARE(m_page->pane()->state().kind, State::Ready);
    }

    void oneClusterIsLookedAtByItsName()
    {
        open(qs("cls-far"));
        QCOMPARE(rows(), QStringList{qs("cls-far|CronHPA|ch-2|Running|not known")});
        ui::View view = m_page->view();
        view.filter.clear();
        m_page->lookAt(view); // the tab was asked for again, for all
        QTRY_COMPARE(rows().size(), 4);
    }

    void rowsLeadToTheirObjects()
    {
        open({});
        choose(1);
        Q_EMIT m_page->findChild<ui::KeyValueView*>()->followed(qs("addon"), qs("object"));
        QCOMPARE(m_elsewhere.objects.size(), std::size_t(1));
        QCOMPARE(m_elsewhere.objects.back().kind, qs("TappController"));
        QCOMPARE(m_elsewhere.objects.back().cluster, qs("uid-here"));
        // What stands in a cluster that is not open leads nowhere.
        Q_EMIT m_page->findChild<ui::KeyValueView*>()->followed(qs("made"), qs("0"));
        QCOMPARE(m_elsewhere.objects.size(), std::size_t(1));
    }

    void anotherLanguageIsSpokenAtOnce()
    {
        ui::LanguageManager language(QLocale(QLocale::English));
        open({});
        language.setLanguage(ui::Language::Chinese);
        QTRY_COMPARE(m_page->model()->headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), qs("扩展组件"));
        QVERIFY(rows()[1].endsWith(qs("|正常")));
        language.setLanguage(ui::Language::English);
    }

private:
    void open(const QString& filter)
    {
        ui::View view;
        view.page = qs("addons");
        view.cluster = qs("here");
        view.filter = filter;
        m_page = std::make_unique<ui::AddonsPage>(view);
        m_page->resize(1200, 700);
        store::Cluster* here = m_clusters->at(0);
        new ui::AddonsController(m_page.get(), here, m_members.get(), &m_elsewhere, [here](const QString& cluster) {
            using Shared = std::shared_ptr<const kube::Client>;
            if (cluster == qs("cls-far"))
                return base::answered<Shared>(base::failure({.kind = base::ErrorKind::Network, .said = qs("gone")}));
            return base::answered<Shared>(std::make_shared<kube::Client>(here->client()));
        });
        m_page->QWidget::show();
        const auto* read = m_page->findChild<QLabel*>(qs("addons.reading"));
        QTRY_VERIFY_WITH_TIMEOUT(m_page->model()->rowCount() > 0 && read->isHidden(), 15'000);
    }
    QStringList rows() const
    {
        QStringList rows;
        for (const models::TextRow& each : m_page->model()->rows())
            rows << QStringList{each.cells[0], each.cells[1], each.cells[2], each.cells[4], each.cells[5]}.join(
                QLatin1Char('|'));
        return rows;
    }
    void choose(int row) { m_page->table()->setCurrentIndex(m_page->model()->index(row, 0)); }
    QString detail() const { return m_page->findChild<ui::KeyValueView*>()->asText(); }

    std::unique_ptr<support::ScriptedServer> m_server;
    std::unique_ptr<store::Clusters> m_clusters;
    std::unique_ptr<models::MemberClusters> m_members;
    std::unique_ptr<ui::AddonsPage> m_page;
    Elsewhere m_elsewhere;
    QTemporaryDir m_folder;
};

ALIDADE_UI_TEST_MAIN(TestAddonsPage)
#include "tst_addons.moc"
