// Passwords, keys and tokens are planted wherever the products keep them; the window is opened on all of it, and none
// of them is to be found in what it shows, says, logs or writes to disk.

#include "app/store/clusters.h"
#include "tests/support/certificates.h"
#include "tests/support/eventplatform.h"
#include "tests/support/plantedcluster.h"
#include "tests/support/secretsearch.h"
#include "tests/support/ui_main.h"
#include "ui/clustertree/clustertreepanel.h"
#include "ui/composition.h"
#include "ui/connections/connectionspage.h"
#include "ui/objects/detailpane.h"
#include "ui/objects/kindpage.h"
#include "ui/shell/actionregistry.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/page.h"
#include "ui/shell/pagetabs.h"
#include "ui/troubleshoot/troubleshootpage.h"
#include "ui/widgets/codeview.h"
#include "ui/widgets/signlines.h"

#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLoggingCategory>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeView>
#include <mutex>

using support::ScriptedServer;
using support::SecretSearch;

namespace {

constexpr int Patience = 30'000;

std::mutex logMutex;
QStringList logLines; // of any thread

void keepLine(QtMsgType, const QMessageLogContext& context, const QString& line)
{
    const std::lock_guard lock(logMutex);
    logLines << QLatin1String(context.category ? context.category : "") + QLatin1Char(' ') + line;
}

} // namespace

class TestSecrets : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        for (const char* place : {"XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"})
            qputenv(place, m_folder.filePath(QLatin1String(place)).toUtf8());
        QLoggingCategory::setFilterRules(QStringLiteral("alidade.*=true"));
        m_before = qInstallMessageHandler(keepLine);
        m_token = QString::fromStdString(m_planted.plant("context-token"));
        m_login = QString::fromStdString(m_planted.plant("typed-login"));
        const QByteArray certificate = m_authority.authority().toBase64();
        m_server = std::make_unique<ScriptedServer>(
            m_planted,
            ScriptedServer::Options{.tls = m_authority.serverTls(m_authority.server(QStringLiteral("IP:127.0.0.1")))});
        m_store = std::make_unique<ScriptedServer>(support::EventStore(m_login.toUtf8()));
        QFile file(m_kubeconfig.filePath(QStringLiteral("config")));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write("apiVersion: v1\nkind: Config\ncurrent-context: here\nclusters: [{name: c, cluster: {server: '" +
                   m_server->url().toUtf8() + "', certificate-authority-data: " + certificate +
                   "}}]\nusers:\n- {name: u, user: {token: " + m_token.toUtf8() +
                   "}}\n- {name: key, user: {client-key-data: " +
                   QByteArray::fromStdString(m_planted.plant("context-key")).toBase64() +
                   ", client-certificate-data: " + certificate + "}}\n- {name: basic, user: {username: me, password: " +
                   QByteArray::fromStdString(m_planted.plant("context-password")) +
                   "}}\ncontexts: [{name: here, context: {cluster: c, user: u}}, {name: keyed, context: {cluster: c, "
                   "user: key}}, {name: basic, context: {cluster: c, user: basic}}]\n");
        file.close();
        m_search = std::make_unique<SecretSearch>(m_planted.words());
        ui::Options options;
        options.kubeconfig = file.fileName();
        options.language = QStringLiteral("en");
        options.theme = QStringLiteral("light");
        options.settings = m_folder.filePath(QStringLiteral("window.ini"));
        options.clusters = m_folder.filePath(QStringLiteral("clusters.json"));
        m_it = std::make_unique<ui::Composition>(options);
        m_it->window().resize(1440, 900);
        m_it->window().show();
        m_it->start();
        m_it->actions().action(QStringLiteral("view.journal"))->trigger();
        cluster()->open();
        QTRY_VERIFY_WITH_TIMEOUT(cluster()->isOpen() && cluster()->hasCatalog(), Patience);
    }
    void cleanup()
    {
        if (!m_it)
            return;
        QTest::qWait(100);
        m_search->everythingShown(QLatin1String(QTest::currentTestFunction()));
        const QString found = m_search->takeFound().join(QLatin1Char('\n'));
        QVERIFY2(found.isEmpty(), qPrintable(found));
    }
    void cleanupTestCase()
    {
        m_it.reset();
        qInstallMessageHandler(m_before);
    }

    void whatIsPlantedIsFound()
    {
        SecretSearch search({{"a", "planted-a-9f3a"}, {"b", "planted-b-9f3a"}, {"c", "planted-c-9f3a"}});
        QLabel label(QStringLiteral("x planted-a-9f3a y"));
        QTableView table;
        table.setModel(new QStandardItemModel(1, 1, &table));
        table.model()->setData(table.model()->index(0, 0),
                               QStringLiteral("k: ") + QString::fromLatin1(QByteArray("planted-b-9f3a").toBase64()),
                               Qt::ToolTipRole);
        QLineEdit dots;
        dots.setEchoMode(QLineEdit::Password);
        dots.setText(QStringLiteral("planted-c-9f3a"));
        search.everythingShown(QStringLiteral("here"));
        const QStringList found = search.takeFound();
        QCOMPARE(found.filter(QStringLiteral(": a")).size(), 1);
        QCOMPARE(found.filter(QStringLiteral(": b (base64)")).size(), 1);
        QVERIFY2(found.filter(QStringLiteral(": c")).isEmpty(), "dots are shown, and said to a reader");
    }

    void tablesAndTheirDetails()
    {
        for (const auto& kind : m_planted.kinds()) {
            ui::Page* page = m_it->window().open(
                ui::View::ofKind(QStringLiteral("here"), QString::fromStdString(kind.group),
                                 QString::fromStdString(kind.version), QString::fromStdString(kind.resource)));
            QVERIFY(page);
            auto* table = page->findChild<QTableView*>();
            QTRY_VERIFY_WITH_TIMEOUT(table->model() && table->model()->rowCount() > 0, Patience);
            table->selectRow(0);
            page->findChild<QToolButton*>(QStringLiteral("kind.details"))->click();
            QTRY_VERIFY_WITH_TIMEOUT(page->findChild<ui::DetailPane*>(), Patience);
            read(page->findChild<ui::DetailPane*>(), kind);
        }
    }

    void objectsOfTheirOwnTab()
    {
        for (const auto& kind : m_planted.kinds()) {
            ui::Page* page = m_it->window().open(refOf(kind));
            QVERIFY(page);
            read(page->findChild<ui::DetailPane*>(), kind);
        }
    }

    void textsToEditAndTheirDifference()
    {
        for (const auto& kind : m_planted.kinds()) {
            if (kind.kind == "Secret")
                continue; // who edits one asks for its values
            ui::View view = ui::View::ofObject(refOf(kind));
            view.page = QStringLiteral("edit");
            ui::Page* page = m_it->window().open(view);
            QVERIFY(page);
            auto* editor = page->findChild<QWidget*>(QStringLiteral("edit.text"));
            QVERIFY(editor);
            QTRY_VERIFY_WITH_TIMEOUT(textOf(editor).contains(QLatin1String("kind:")), Patience);
            QString text = textOf(editor);
            text.replace(QStringLiteral("uid:"), QStringLiteral("labels: {seen: by-a-test}\n  uid:"));
            QVERIFY(QMetaObject::invokeMethod(editor, "setText", Q_ARG(QString, text)));
            auto* attempt = page->findChild<QPushButton*>(QStringLiteral("edit.try"));
            if (attempt->isEnabled())
                attempt->click();
            QTest::qWait(100);
            m_search->everythingShown(QStringLiteral("edit ") + QString::fromStdString(kind.kind));
        }
    }

    void whatIsAskedBeforeAnObjectIsDeleted()
    {
        for (const auto& kind : m_planted.kinds()) {
            ui::Page* page = m_it->window().open(refOf(kind));
            for (QAction* action : page->objectActions())
                if (action->objectName().contains(QLatin1String("delete")) && action->isEnabled())
                    action->trigger();
            QTest::qWait(100);
            m_search->everythingShown(QStringLiteral("delete ") + QString::fromStdString(kind.kind));
            for (QWidget* each : QApplication::topLevelWidgets())
                if (auto* dialog = qobject_cast<QDialog*>(each))
                    dialog->close();
        }
    }

    void businessesMembersAndContexts()
    {
        m_it->actions().action(QStringLiteral("cluster.businesses"))->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(showsText(QStringLiteral("Shop")), Patience);
        m_it->actions().action(QStringLiteral("cluster.connections"))->trigger();
        auto* contexts = m_it->window().findChild<QTableView*>(QStringLiteral("connections.table"));
        QVERIFY(contexts);
        QCOMPARE(contexts->model()->rowCount(), 3);
        for (int row = 0; row < 3; ++row) {
            contexts->selectRow(row);
            m_search->everythingShown(QStringLiteral("context %1").arg(row));
        }
        m_it->tree().tree()->expandAll();
    }

    void guides()
    {
        m_it->actions().action(QStringLiteral("cluster.troubleshoot"))->trigger();
        auto* page = qobject_cast<ui::TroubleshootPage*>(m_it->window().tabs()->currentPage());
        QVERIFY(page);
        for (const char* guide : {"event-persistence", "cluster-missing", "registry-push", "endpoints"}) {
            page->run(QLatin1String(guide));
            QTRY_VERIFY_WITH_TIMEOUT(page->diagnosis() && page->diagnosis()->isFinished(), Patience);
            m_search->everythingShown(QStringLiteral("guide ") + QLatin1String(guide));
            const QString report = m_folder.filePath(QLatin1String(guide) + QStringLiteral(".html"));
            QVERIFY(page->saveReport(report));
        }
    }

    void aLoginThatIsTyped()
    {
        m_it->actions().action(QStringLiteral("cluster.event-persistence"))->trigger();
        const auto* window = &m_it->window();
        auto* host = window->findChild<QLineEdit*>(QStringLiteral("events.host"));
        QVERIFY(host);
        auto* cluster = window->findChild<QComboBox*>(QStringLiteral("events.cluster"));
        QTRY_COMPARE_WITH_TIMEOUT(cluster->currentData().toString(), QStringLiteral("cls-free0001"), Patience);
        host->setText(QStringLiteral("127.0.0.1"));
        window->findChild<QLineEdit*>(QStringLiteral("events.port"))->setText(QString::number(m_store->port()));
        window->findChild<QLineEdit*>(QStringLiteral("events.user"))->setText(QStringLiteral("elastic"));
        window->findChild<QLineEdit*>(QStringLiteral("events.password"))->setText(m_login);
        m_search->everythingShown(QStringLiteral("event form"));
        window->findChild<QPushButton*>(QStringLiteral("events.next"))->click();
        auto* apply = window->findChild<QPushButton*>(QStringLiteral("events.apply"));
        QTRY_VERIFY_WITH_TIMEOUT(apply->isEnabled(), Patience);
        window->findChild<QToolButton*>(QStringLiteral("events.copy"))->click();
        QVERIFY(QApplication::clipboard()->text().contains(QLatin1String("ES_PASSWORD")));
        m_search->everythingShown(QStringLiteral("event review"));
        apply->click();
        QTRY_VERIFY_WITH_TIMEOUT(!window->findChild<ui::SignLines*>(QStringLiteral("events.status"))
                                         ->text()
                                         .contains(QLatin1String("Writing")) &&
                                     !apply->isVisible(),
                                 Patience);
    }

    void whatIsLoggedAndKept()
    {
        m_it->window().close(); // settings are written at the end
        m_it.reset();
        {
            const std::lock_guard lock(logMutex);
            QVERIFY2(!logLines.isEmpty(), "nothing was logged");
            for (const QString& line : logLines)
                m_search->text(QStringLiteral("log"), line);
        }
        m_search->files(m_folder.path());
        QVERIFY(QFile::exists(m_folder.filePath(QStringLiteral("XDG_STATE_HOME/alidade/writes.jsonl"))));
        QVERIFY(QFile::exists(m_folder.filePath(QStringLiteral("window.ini"))));
        const QString found = m_search->takeFound().join(QLatin1Char('\n'));
        QVERIFY2(found.isEmpty(), qPrintable(found));
        // It was all looked at, masks where the words would be.
        QVERIFY(m_search->looked() > 5'000);
        for (const char* each : {"pe-planted1", "cls-planted1", "bytes>", "last-applied-configuration", "GET /api"})
            QVERIFY2(m_search->saw(QLatin1String(each)), each);
    }

private:
    store::Cluster* cluster() const { return m_it->clusters().find(QStringLiteral("here")); }
    kube::ObjectRef refOf(const support::PlantedCluster::Kind& kind) const
    {
        return {.cluster = cluster()->id(),
                .apiVersion = QString::fromStdString(kind.object["apiVersion"]),
                .kind = QString::fromStdString(kind.kind),
                .nameSpace = kind.namespaced ? QStringLiteral("shop") : QString(),
                .name = QString::fromStdString(support::PlantedCluster::nameOf(kind.object)),
                .uid = QString::fromStdString(kind.object["metadata"]["uid"])};
    }
    void read(ui::DetailPane* pane, const support::PlantedCluster::Kind& kind)
    {
        for (const auto tab : {ui::DetailPane::Overview, ui::DetailPane::Yaml, ui::DetailPane::Events}) {
            pane->setTab(tab);
            if (tab == ui::DetailPane::Yaml)
                QTRY_VERIFY_WITH_TIMEOUT(textOf(pane->yaml()).contains(QLatin1String("kind: ")), Patience);
            QTest::qWait(20);
            m_search->everythingShown(QStringLiteral("%1 tab %2").arg(QString::fromStdString(kind.kind)).arg(tab));
        }
    }
    static QString textOf(QWidget* widget)
    {
        const QVariant plain = widget->property("plainText");
        if (plain.isValid())
            return plain.toString();
        for (QWidget* each : widget->findChildren<QWidget*>())
            if (each->property("plainText").isValid())
                return each->property("plainText").toString();
        QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(widget);
        QAccessibleTextInterface* words = spoken ? spoken->textInterface() : nullptr;
        return words ? words->text(0, words->characterCount()) : QString();
    }
    bool showsText(const QString& text) const
    {
        SecretSearch search({{"wanted", text.toStdString()}});
        search.everythingShown({});
        return !search.takeFound().isEmpty();
    }

    QTemporaryDir m_folder;
    QTemporaryDir m_kubeconfig; ///< what a person wrote there is theirs
    const support::Certificates m_authority;
    support::PlantedCluster m_planted;
    QString m_token;
    QString m_login;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<ScriptedServer> m_store;
    std::unique_ptr<SecretSearch> m_search;
    std::unique_ptr<ui::Composition> m_it;
    QtMessageHandler m_before = nullptr;
};

ALIDADE_UI_TEST_MAIN(TestSecrets)
#include "tst_secrets.moc"
