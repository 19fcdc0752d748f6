// The page of businesses over a platform of two: graph and table tell the same, what is chosen is told beside them,
// and what could not be read is never shown as empty.

#include "app/models/businessesmodel.h"
#include "app/store/cluster.h"
#include "tests/support/certificates.h"
#include "tests/support/platform.h"
#include "tests/support/ui_main.h"
#include "ui/businesses/businessescontroller.h"
#include "ui/businesses/businessespage.h"
#include "ui/businesses/businessgraphview.h"
#include "ui/shell/languagemanager.h"
#include "ui/shell/navigator.h"
#include "ui/widgets/keyvalueview.h"
#include "ui/widgets/statepane.h"
#include "ui/widgets/tableview.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QTemporaryDir>

using Kind = tke::GraphBox::Kind;
using State = ui::PaneState::Kind;
using support::AskedRequest;
using tke::BusinessPart;

namespace {

const BusinessPart Shop{Kind::Business, QStringLiteral("prj-shop")};
const BusinessPart Web{Kind::Namespace, QStringLiteral("prj-shop/global-web")};
const BusinessPart Cart{Kind::Namespace, QStringLiteral("prj-shop/cls-far-cart")};

class Elsewhere final : public ui::Navigator {
public:
    ui::Page* open(const ui::View&) override { return nullptr; }
    ui::Page* open(const kube::ObjectRef& object) override
    {
        objects.push_back(object);
        return nullptr;
    }
    QString currentCluster() const override { return QStringLiteral("here"); }
    void say(const QString&) override {}
    std::vector<kube::ObjectRef> objects;
};

} // namespace

class TestBusinessesPage : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        qputenv("XDG_STATE_HOME", m_folder.path().toUtf8());
        m_platform = std::make_unique<support::Platform>();
        m_server = std::make_unique<support::ScriptedServer>(
            [this](const AskedRequest& asked) { return (*m_platform)(asked); },
            support::ScriptedServer::Options{.tls = m_ca.serverTls(m_pair)});
        m_platform->standAt(m_server->port());
        m_journal = std::make_unique<transport::Journal>();
        m_elsewhere.objects.clear();
    }
    void cleanup()
    {
        m_page.reset();
        m_cluster.reset();
        m_server.reset();
    }

    void graphAndTableTellTheSame()
    {
        open();
        QTRY_COMPARE_WITH_TIMEOUT(cell(Web, "live"), QStringLiteral("as planned"), 15'000);
        QCOMPARE(m_page->model()->rowCount(), 3);
        QCOMPARE(m_page->graph()->boxCount(), std::size_t{6}); // two businesses, two namespaces, two clusters
        m_page->setShowsTable(true);
        m_page->table()->setCurrentIndex(m_page->model()->index(m_page->model()->rowOf(Cart), 0));
        QCOMPARE(m_page->chosen(), Cart);
        m_page->setShowsTable(false);
        QCOMPARE(m_page->graph()->chosen(), Cart);
    }

    void aNamespaceSaysThatItHasOneClusterAndWhy()
    {
        open();
        QTRY_COMPARE_WITH_TIMEOUT(cell(Web, "live"), QStringLiteral("as planned"), 15'000);
        m_page->choose(Web);
        const QString told = detail();
        for (const char* part : {"exactly one cluster", "TKE Platform (global)", "Available",
                                 "as the platform wants it", "1 of 2 used", "700m of 2 used"})
            QVERIFY2(told.contains(QLatin1String(part)), qPrintable(told));
        follow("live");
        QCOMPARE(m_elsewhere.objects.size(), std::size_t{1});
        QCOMPARE(m_elsewhere.objects.back().apiVersion, QStringLiteral("v1"));
        QCOMPARE(m_elsewhere.objects.back().name, QStringLiteral("web"));
        follow("object");
        QCOMPARE(m_elsewhere.objects.back().apiVersion, QStringLiteral("business.tkestack.io/v1"));
        QCOMPARE(m_elsewhere.objects.back().nameSpace, QStringLiteral("prj-shop"));
    }

    void aClusterThatIsNotReachedSaysSoAndIsNotMissing()
    {
        open();
        QTRY_COMPARE_WITH_TIMEOUT(cell(Cart, "live"), QStringLiteral("not known"), 15'000);
        m_page->choose(Cart);
        QVERIFY2(detail().contains(QLatin1String("cls-far was not asked")), qPrintable(detail()));
        QVERIFY(detail().contains(QLatin1String("belongs to another business")));
        QVERIFY(!detail().contains(QLatin1String("Live namespace")));
    }

    void aBusinessTellsItsQuotaAndLeadsOn()
    {
        open();
        QTRY_VERIFY_WITH_TIMEOUT(m_page->picture() && !m_page->picture()->live.empty(), 15'000);
        m_page->choose(Shop);
        const QString told = detail();
        for (const char* part : {"zhangsan", "acme", "2 of 8 used, 6 left", "4Gi of 16Gi used, 12Gi left"})
            QVERIFY2(told.contains(QLatin1String(part)), qPrintable(told));
        follow("namespace:prj-shop/global-web");
        QCOMPARE(m_page->chosen(), Web);
        m_page->choose({Kind::Business, QStringLiteral("prj-broken")});
        QVERIFY(detail().contains(QLatin1String("failed to add business member: user nobody not found")));
        QVERIFY(detail().contains(QLatin1String("<b>Broken</b>")));
    }

    void whatCouldNotBeReadIsSaid()
    {
        m_platform->refuse(support::Platform::Namespaces, 403, "Forbidden");
        open();
        QTRY_VERIFY_WITH_TIMEOUT(m_page->findChild<QLabel*>(QStringLiteral("businesses.unread.0")), 15'000);
        const QString line = m_page->findChild<QLabel*>(QStringLiteral("businesses.unread.0"))->text();
        QVERIFY2(line.contains(QLatin1String("The namespaces are not known")), qPrintable(line));
        QCOMPARE(m_page->pane()->state().kind, State::Ready);
    }

    void withoutThePlatformThereIsAReason()
    {
        m_platform->remove(support::Platform::Projects);
        m_platform->remove(support::Platform::Namespaces);
        open();
        QTRY_COMPARE_WITH_TIMEOUT(m_page->pane()->state().kind, State::Empty, 15'000);
        QVERIFY(m_page->pane()->state().sentence.contains(QLatin1String("serves no businesses")));
        QVERIFY(!button("new")->isEnabled());
    }

    void whoMayNotReadIsTold()
    {
        m_platform->refuse(support::Platform::Projects, 403, "Forbidden");
        m_platform->refuse(support::Platform::Namespaces, 403, "Forbidden");
        open();
        QTRY_COMPARE_WITH_TIMEOUT(m_page->pane()->state().kind, State::NoPermission, 15'000);
    }

    void whatWasReadStaysWhenItCannotBeReadAgain()
    {
        open();
        QTRY_COMPARE_WITH_TIMEOUT(cell(Web, "live"), QStringLiteral("as planned"), 15'000);
        m_platform->refuse(support::Platform::Projects, 403, "Forbidden");
        m_platform->refuse(support::Platform::Namespaces, 403, "Forbidden");
        m_page->refresh();
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->pane()->state().staleReason.isEmpty(), 15'000);
        QCOMPARE(m_page->pane()->state().kind, State::Ready);
        QCOMPARE(m_page->model()->rowCount(), 3);
    }

    void closingWhileItReadsHarmsNothing()
    {
        m_server->setScript([](const AskedRequest&) { return support::ScriptedAnswer::silence(); });
        open();
        QTRY_VERIFY_WITH_TIMEOUT(m_server->askedCount() > 0, 15'000);
        m_page.reset();
        QTest::qWait(100);
    }

    void everyControlHasANameInBothLanguages()
    {
        static const QRegularExpression han(QStringLiteral("\\p{Han}"));
        ui::LanguageManager language(QLocale(QLocale::English));
        open();
        QTRY_COMPARE_WITH_TIMEOUT(cell(Web, "live"), QStringLiteral("as planned"), 15'000);
        m_page->choose(Web);
        for (const ui::Language each : {ui::Language::English, ui::Language::Chinese}) {
            language.setLanguage(each);
            QCoreApplication::processEvents();
            const bool isChinese = each == ui::Language::Chinese;
            for (const auto* widget : m_page->findChildren<QWidget*>()) {
                const bool isControl = qobject_cast<const QAbstractButton*>(widget) || widget->inherits("QLineEdit") ||
                                       widget->inherits("QTableView") || widget->inherits("QTabBar") ||
                                       widget->inherits("QGraphicsView");
                if (!isControl)
                    continue;
                QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
                const auto* said = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
                QVERIFY2(said && !said->text(QAccessible::Name).isEmpty(), qPrintable(widget->objectName()));
            }
            for (const char* name : {"new", "why"})
                QCOMPARE(button(name)->text().contains(han), isChinese);
            QCOMPARE(cell(Web, "live").contains(han), isChinese);
            QCOMPARE(m_page->title().contains(han), isChinese);
            QCOMPARE(m_page->graph()->accessibleName().contains(han), isChinese);
            QCOMPARE(m_page->graph()->accessibleDescription().contains(han), isChinese);
        }
    }

private:
    void open()
    {
        config::Context context;
        context.name = QStringLiteral("here");
        context.cluster.server = QUrl(m_server->url());
        context.cluster.certificateAuthority = m_ca.authority();
        m_cluster = std::make_unique<store::Cluster>(context, m_journal.get());
        m_cluster->open();
        ui::View view;
        view.page = QStringLiteral("businesses");
        view.cluster = QStringLiteral("here");
        m_page = std::make_unique<ui::BusinessesPage>(view);
        m_page->resize(1200, 700);
        new ui::BusinessesController(m_page.get(), m_cluster.get(), &m_elsewhere);
        m_page->QWidget::show();
    }
    QString detail() const { return m_page->findChild<ui::KeyValueView*>()->asText(); }
    void follow(const char* id) { Q_EMIT m_page->findChild<ui::KeyValueView*>()->followed({}, QLatin1String(id)); }
    QPushButton* button(const char* name) const
    {
        return m_page->findChild<QPushButton*>(QStringLiteral("businesses.") + QLatin1String(name));
    }
    QString cell(const BusinessPart& part, const char* id) const
    {
        const auto* model = m_page->model();
        for (int i = 0; i < model->columnCount(); ++i)
            if (model->headerData(i, Qt::Horizontal, models::ColumnIdRole).toString() == QLatin1String(id))
                return model->index(model->rowOf(part), i).data().toString();
        return {};
    }

    const support::Certificates m_ca; ///< a platform is known by an address, and those are https
    const support::KeyPair m_pair = m_ca.server(QStringLiteral("IP:127.0.0.1"));
    std::unique_ptr<support::Platform> m_platform;
    std::unique_ptr<support::ScriptedServer> m_server;
    std::unique_ptr<transport::Journal> m_journal;
    std::unique_ptr<store::Cluster> m_cluster;
    std::unique_ptr<ui::BusinessesPage> m_page;
    Elsewhere m_elsewhere;
    QTemporaryDir m_folder;
};

ALIDADE_UI_TEST_MAIN(TestBusinessesPage)
#include "tst_businesses.moc"
