// Snapshots in the real window: opened from a file, told apart from what is live, refused with a reason, and taken.

#include "app/models/roles.h"
#include "app/snapshot/capture.h"
#include "app/store/clusters.h"
#include "tests/support/faketransport.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/served.h"
#include "tests/support/ui_main.h"
#include "ui/changes/changecontroller.h"
#include "ui/changes/simpleforms.h"
#include "ui/clustertree/clustertreepanel.h"
#include "ui/composition.h"
#include "ui/shell/actionregistry.h"
#include "ui/shell/languagemanager.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/pagetabs.h"
#include "ui/snapshots/capturedialog.h"
#include "ui/snapshots/snapshots.h"
#include "ui/theme/colors.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeView>
#include <QTreeWidget>
#include <atomic>

using namespace ui;
using support::ScriptedAnswer;
using support::ScriptedServer;

namespace {

constexpr int Patience = 30'000;

QString qs(const char* text)
{
    return QString::fromUtf8(text);
}

constexpr auto Core = R"({"kind":"APIResourceList","groupVersion":"v1","resources":[
{"name":"nodes","namespaced":false,"kind":"Node","verbs":["get","list","watch","patch"]},
{"name":"secrets","namespaced":true,"kind":"Secret","verbs":["get","list","watch"]},
{"name":"namespaces","namespaced":false,"kind":"Namespace","verbs":["get","list","watch"]}]})";
constexpr auto Nodes = R"({"kind":"NodeList","apiVersion":"v1","metadata":{"resourceVersion":"9"},"items":[
{"metadata":{"name":"worker-1","uid":"n1","resourceVersion":"5","creationTimestamp":"2020-01-01T00:00:00Z"},"spec":{}},
{"metadata":{"name":"worker-2","uid":"n2","resourceVersion":"6","creationTimestamp":"2020-01-01T00:00:00Z"},"spec":{}}]})";
constexpr auto Namespaces = R"({"kind":"NamespaceList","apiVersion":"v1","metadata":{"resourceVersion":"9"},"items":[
{"metadata":{"name":"kube-system","uid":"u-1"}},{"metadata":{"name":"shop","uid":"u-2"}}]})";

/// A cluster of two nodes whose Secrets are nobody's business.
std::pair<int, QByteArray> serve(const QByteArray& path, bool wantsTable)
{
    if (path == "/version")
        return {200, R"({"gitVersion":"v1.30.1","major":"1","minor":"30"})"};
    if (path == "/livez" || path == "/readyz")
        return {200, "ok"};
    if (path == "/api")
        return {200, R"({"kind":"APIVersions","versions":["v1"]})"};
    if (path == "/apis")
        return {200, R"({"kind":"APIGroupList","groups":[]})"};
    if (path == "/api/v1")
        return {200, Core};
    if (path == "/api/v1/namespaces/kube-system")
        return {200, R"({"kind":"Namespace","apiVersion":"v1","metadata":{"name":"kube-system","uid":"u-1"}})"};
    if (path == "/api/v1/secrets")
        return {403, support::statusJson(403, "Forbidden")};
    if (path == "/api/v1/nodes" || path == "/api/v1/namespaces") {
        if (wantsTable)
            return {406, support::statusJson(406, "NotAcceptable")};
        return {200, path.endsWith("nodes") ? Nodes : Namespaces};
    }
    return {404, support::statusJson(404, "NotFound")};
}

base::Result<snapshot::Manifest> capture(const QString& file, bool redact = true)
{
    support::FakeTransport live([](const transport::Request& request) {
        bool wantsTable = false;
        for (const auto& [name, value] : request.headers)
            wantsTable = wantsTable || value.contains("as=Table");
        const auto [status, body] = serve(request.path, wantsTable);
        return std::optional(support::reply(status, body, {{"Content-Type", "application/json"}}));
    });
    snapshot::Capture capture(&live, {.file = file,
                                      .redact = redact,
                                      .context = qs("prod"),
                                      .server = qs("https://192.0.2.1:6443"),
                                      .nameSpace = {}});
    QSignalSpy finished(&capture, &snapshot::Capture::finished);
    capture.start();
    finished.wait(Patience);
    return capture.result();
}

} // namespace

class TestSnapshots : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_file = m_files.filePath(qs("prod.alidade"));
        QVERIFY(capture(m_file));
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_holds = false;
        const QString empty = m_folder->filePath(qs("empty"));
        write(empty, "{}\n");
        qputenv("KUBECONFIG", empty.toUtf8()); // with none at all the demo opens
    }
    void cleanup()
    {
        m_it.reset();
        m_server.reset();
    }

    void itStandsAmongTheClustersAndIsChosen()
    {
        open(m_file);
        const store::Cluster* cluster = current();
        QVERIFY(cluster->isSnapshot());
        QVERIFY2(cluster->context().name.startsWith(qs("prod @ ")), qPrintable(cluster->context().name));
        const QModelIndex row = m_it->tree().tree()->model()->index(0, 0);
        QVERIFY(row.data(models::SnapshotRole).toBool());
        QCOMPARE(row.data(models::NoteRole).toString(), qs("snapshot"));
        QVERIFY(row.data(Qt::AccessibleDescriptionRole).toString().contains(qs("snapshot")));
        auto* table = find<QTableView>("kind.table");
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, Patience);
        QVERIFY2(find<QLabel>("kind.heard")->text().isEmpty(), "nothing is heard of a file");
    }

    void theBarSaysWhatItIs()
    {
        open(m_file);
        auto* bar = find<QWidget>("snapshot");
        QVERIFY(bar->isVisible());
        const QString text = find<QLabel>("snapshot.text")->text();
        QVERIFY2(text.contains(qs("prod")) && text.contains(qs("just now")), qPrintable(text));
        QVERIFY(!find<QLabel>("snapshot.redaction")->isVisible());
        QVERIFY(!find<QLabel>("snapshot.own")->isVisible());
        QCOMPARE(find<QPushButton>("snapshot.redacted")->text(), qs("0 values redacted…"));
        m_it->language().setLanguage(Language::Chinese);
        static const QRegularExpression han(qs("\\p{Han}"));
        for (const char* name : {"snapshot.missing", "snapshot.redacted", "snapshot.close"})
            QTRY_VERIFY2(find<QPushButton>(name)->text().contains(han), name);
        QVERIFY(find<QLabel>("snapshot.text")->text().contains(han));
        for (const QPushButton* button : bar->findChildren<QPushButton*>())
            QVERIFY(!button->accessibleName().isEmpty());
    }

    void whatIsMissingIsListedWithItsReason()
    {
        open(m_file);
        find<QPushButton>("snapshot.missing")->click();
        auto* list = find<QTreeWidget>("contents.skipped");
        QVERIFY(list->isVisible());
        const auto found = list->findItems(qs("/api/v1/secrets"), Qt::MatchContains, 0);
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.front()->text(1), qs("no permission"));
        QVERIFY(!found.front()->text(2).isEmpty());
        QVERIFY(!list->accessibleName().isEmpty());
    }

    void oneWithItsSecretsSaysSoInTheColourOfWarnings()
    {
        const QString file = m_folder->filePath(qs("bare.alidade"));
        QVERIFY(capture(file, false));
        open(file);
        const auto* words = find<QLabel>("snapshot.redaction");
        QVERIFY(words->isVisible());
        QVERIFY2(words->text().contains(qs("NOT redacted")), qPrintable(words->text()));
        QCOMPARE(words->palette().color(QPalette::WindowText), color(ColorId::Warning, qApp->palette()));
        QVERIFY(!find<QPushButton>("snapshot.redacted")->isVisible());
    }

    void whatNeedsTheClusterIsOffAndSaysWhy()
    {
        open(m_file);
        const auto* endpoint = find<QToolButton>("endpoint");
        QVERIFY(!endpoint->isEnabled());
        QVERIFY2(endpoint->toolTip().contains(qs("This is a snapshot")), qPrintable(endpoint->toolTip()));
        QVERIFY(endpoint->accessibleDescription().contains(qs("This is a snapshot")));
        QVERIFY2(!endpoint->text().contains(qs("ms")), "a file has no latency");
        const QAction* capture = m_it->actions().action(qs("cluster.capture"));
        QVERIFY(!capture->isEnabled());
        QVERIFY(capture->toolTip().contains(qs("snapshot already")));
        QVERIFY(!m_it->actions().action(qs("cluster.disconnect"))->isEnabled());
        QVERIFY(m_it->actions().action(qs("file.close-snapshot"))->isEnabled());
    }

    void aPreviewGoesOnAndTheCommandStandsInForApply()
    {
        open(m_file);
        store::Cluster* cluster = current();
        const kube::ApiResource* nodes = cluster->catalog().find(qs("nodes"));
        QVERIFY(nodes);
        auto* sheet = new ChangeSheet(new ActForm(ActForm::Act::Cordon), &m_it->window());
        new ChangeController(sheet, cluster, {{{*nodes, {}, qs("worker-1")}, qs("n1")}});
        sheet->open();
        auto* copy = sheet->findChild<QPushButton*>(qs("change.copyCommand"));
        const auto* apply = sheet->findChild<QPushButton*>(qs("change.apply"));
        QTRY_VERIFY_WITH_TIMEOUT(copy->isEnabled(), Patience);
        QTRY_VERIFY_WITH_TIMEOUT(!sheet->look().diff.empty(), Patience);
        QVERIFY(!apply->isEnabled());
        QVERIFY2(apply->toolTip().contains(qs("This is a snapshot")), qPrintable(apply->toolTip()));
        QTRY_VERIFY(sheet->look().status.text.contains(qs("This is a snapshot")));
        copy->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), qs("kubectl --context prod cordon worker-1"));
    }

    void nothingIsSentAnywhere()
    {
        open(qs("demo"));
        for (const char* page : {"cluster.addons", "cluster.businesses", "cluster.metrics", "cluster.troubleshoot"}) {
            m_it->actions().action(QLatin1String(page))->trigger();
            QTest::qWait(700);
        }
        QVERIFY(m_it->window().tabs()->count() >= 4);
        for (const transport::JournalEntry& each : m_it->clusters().journal()->entries())
            QFAIL(qPrintable(each.address + QLatin1Char(' ') + QString::fromLatin1(each.target)));
    }

    void agesAreThoseOfThen()
    {
        open(m_file);
        auto* table = find<QTableView>("kind.table");
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, Patience);
        const store::Cluster* cluster = current();
        QCOMPARE(cluster->now(), m_it->snapshots().of(cluster)->manifest().from);
    }

    void aFileThatIsNoneIsRefusedWithItsReason()
    {
        const QString file = m_folder->filePath(qs("<b>bad.alidade"));
        write(file, "this is no zip file");
        make();
        Q_EMIT m_it->window().snapshotChosen(file);
        const QMessageBox* box = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT(box = m_it->window().findChild<QMessageBox*>(qs("snapshot.refused")), Patience);
        QVERIFY2(box->text().contains(qs("bad.alidade")), qPrintable(box->text()));
        QVERIFY2(box->text().contains(qs("no snapshot")), qPrintable(box->text()));
        QCOMPARE(box->textFormat(), Qt::PlainText);
        QCOMPARE(m_it->clusters().size(), 0);
        QVERIFY(m_it->snapshots().recent().isEmpty());
    }

    void aFileIsOpenedByDroppingIt()
    {
        make();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(m_file)});
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&m_it->window(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&m_it->window(), &drop);
        waitForIt();
        QMimeData elsewhere;
        elsewhere.setUrls({QUrl(qs("https://example.com/x.alidade"))});
        QDragEnterEvent refused({10, 10}, Qt::CopyAction, &elsewhere, Qt::LeftButton, Qt::NoModifier);
        refused.ignore();
        QCoreApplication::sendEvent(&m_it->window(), &refused);
        QVERIFY(!refused.isAccepted());
    }

    void openedTwiceItStandsThereOnce()
    {
        open(m_file);
        Q_EMIT m_it->window().snapshotChosen(m_file);
        QTest::qWait(200);
        QCOMPARE(m_it->clusters().size(), 1);
    }

    void closedItIsGoneAndRemembered()
    {
        open(m_file);
        find<QPushButton>("snapshot.close")->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_it->clusters().size(), 0, Patience);
        QVERIFY(!find<QWidget>("snapshot")->isVisible());
        QVERIFY(find<QWidget>("welcome")->isVisible());
        auto* menu = find<QMenu>("menu.file.recent");
        QVERIFY(menu->isEnabled());
        Q_EMIT menu->aboutToShow();
        QAction* again = menu->findChild<QAction*>(qs("menu.file.recent.file"));
        QVERIFY(again);
        QVERIFY(again->text().contains(qs("prod.alidade")));
        again->trigger();
        waitForIt();
    }

    void whereThereIsNothingTheWindowSaysHowToBegin()
    {
        make();
        QVERIFY(find<QPushButton>("welcome.snapshot")->isVisibleTo(find<QWidget>("welcome")));
        QCOMPARE(m_it->actions().action(qs("file.open-snapshot"))->shortcut(), QKeySequence(qs("Ctrl+O")));
        find<QPushButton>("welcome.snapshot")->click();
        QVERIFY(find<QDialog>("snapshotDialog"));
    }

    void withoutAnyKubeconfigTheDemoOpensByItself()
    {
        qputenv("KUBECONFIG", "/nowhere");
        make();
        if (snapshot::Snapshot::open(Snapshots::Demo)) {
            waitForIt();
            QCOMPARE(current()->context().snapshot, qs("demo"));
            QVERIFY(find<QLabel>("snapshot.own")->isVisible());
            QVERIFY(find<QPushButton>("snapshot.kubeconfig")->isVisible());
            return;
        }
        // A program without it says how to begin, and complains of nothing that nobody asked for.
        QTest::qWait(300);
        QVERIFY(!m_it->window().findChild<QMessageBox*>(qs("snapshot.refused")));
        QVERIFY(find<QWidget>("welcome")->isVisible());
        find<QPushButton>("welcome.demo")->click();
        QTRY_VERIFY_WITH_TIMEOUT(m_it->window().findChild<QMessageBox*>(qs("snapshot.refused")), Patience);
    }

    void aClusterIsTakenFromTheWindowAndOpened()
    {
        CaptureDialog* dialog = openCapture();
        QVERIFY(dialog->findChild<QLineEdit*>(qs("capture.file"))->text().contains(qs("live-")));
        const QString file = m_folder->filePath(qs("taken.alidade"));
        dialog->findChild<QLineEdit*>(qs("capture.file"))->setText(file);
        button(dialog, "start")->click();
        QTRY_VERIFY_WITH_TIMEOUT(button(dialog, "open")->isVisible(), Patience);
        QVERIFY(QFile::exists(file));
        const auto* skipped = dialog->findChild<QTreeWidget*>(qs("capture.skipped"));
        QVERIFY(!skipped->findItems(qs("/api/v1/secrets"), Qt::MatchContains, 0).isEmpty());
        QVERIFY(dialog->findChild<QLabel*>(qs("capture.result"))->text().contains(qs("taken.alidade")));
        button(dialog, "open")->click();
        QTRY_VERIFY_WITH_TIMEOUT(m_it->clusters().size() == 2, Patience);
        QVERIFY(m_it->clusters().at(1)->isSnapshot());
    }

    void whatIsGivenUpLeavesNoFile()
    {
        m_holds = true;
        CaptureDialog* dialog = openCapture();
        QDir().mkdir(m_folder->filePath(qs("out")));
        dialog->findChild<QLineEdit*>(qs("capture.file"))->setText(m_folder->filePath(qs("out/taken.alidade")));
        button(dialog, "start")->click();
        QVERIFY(dialog->isRunning());
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->findChild<QLabel*>(qs("capture.step"))->text().isEmpty(), Patience);
        QVERIFY(!dialog->findChild<QProgressBar*>(qs("capture.bar"))->accessibleName().isEmpty());
        button(dialog, "cancel")->click();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->isRunning(), Patience);
        QVERIFY(dialog->isVisible());
        QTRY_COMPARE(QDir(m_folder->filePath(qs("out"))).entryList(QDir::Files | QDir::Hidden), QStringList());
        QVERIFY(dialog->findChild<QLabel*>(qs("capture.problem"))->text().contains(qs("no file")));
    }

    void withTheConnectionTheCaptureEnds()
    {
        m_holds = true;
        CaptureDialog* dialog = openCapture();
        QDir().mkdir(m_folder->filePath(qs("out")));
        dialog->findChild<QLineEdit*>(qs("capture.file"))->setText(m_folder->filePath(qs("out/taken.alidade")));
        button(dialog, "start")->click();
        QVERIFY(dialog->isRunning());
        QTest::qWait(100);
        m_it->actions().action(qs("cluster.disconnect"))->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->isRunning(), Patience);
        QCOMPARE(QDir(m_folder->filePath(qs("out"))).entryList(QDir::Files | QDir::Hidden), QStringList());
    }

    void leavingSecretsInAsksForTheName()
    {
        CaptureDialog* dialog = openCapture();
        auto* redact = dialog->findChild<QCheckBox*>(qs("capture.redact"));
        auto* word = dialog->findChild<QLineEdit*>(qs("capture.word"));
        QVERIFY(redact->isChecked());
        QVERIFY(!dialog->findChild<QCheckBox*>(qs("capture.addresses"))->isChecked());
        QVERIFY(button(dialog, "start")->isEnabled());
        QVERIFY(!word->isVisible());
        redact->setChecked(false);
        QVERIFY(word->isVisible());
        QVERIFY(!button(dialog, "start")->isEnabled());
        QVERIFY(dialog->findChild<QLabel*>(qs("capture.warning"))->text().contains(qs("passwords")));
        word->setText(qs("live"));
        QVERIFY(button(dialog, "start")->isEnabled());
        for (const QAbstractButton* each : dialog->findChildren<QAbstractButton*>())
            QVERIFY2(!each->accessibleName().isEmpty() || !each->isVisible(), qPrintable(each->objectName()));
    }

private:
    void write(const QString& file, const QByteArray& bytes)
    {
        QFile out(file);
        QVERIFY(out.open(QFile::WriteOnly));
        out.write(bytes);
    }
    void make(const QString& snapshot = {})
    {
        Options options;
        options.language = qs("en");
        options.theme = qs("light");
        options.settings = m_folder->filePath(qs("window.ini"));
        options.clusters = m_folder->filePath(qs("clusters.yaml"));
        options.snapshot = snapshot;
        m_it = std::make_unique<Composition>(options);
        m_it->window().resize(1200, 800);
        m_it->window().show();
        m_it->start();
    }
    void open(const QString& file)
    {
        make(file);
        waitForIt();
    }
    void waitForIt()
    {
        QTRY_VERIFY_WITH_TIMEOUT(current() && current()->isSnapshot() && current()->hasCatalog(), Patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_it->window().tabs()->count() > 0, Patience);
    }
    store::Cluster* current() { return m_it->clusters().find(m_it->window().currentCluster()); }
    CaptureDialog* openCapture()
    {
        m_server = std::make_unique<ScriptedServer>([this](const support::AskedRequest& asked) {
            const QByteArray path = asked.target.split('?').front();
            if (asked.target.contains("watch=") || (m_holds && path == "/api/v1/secrets"))
                return ScriptedAnswer::silence();
            const auto [status, body] = serve(path, asked.header("Accept").contains("as=Table"));
            return ScriptedAnswer::whole(status, body, {{"Content-Type", "application/json"}});
        });
        const QString file = m_folder->filePath(qs("config"));
        write(file, "current-context: live\ncontexts:\n- {name: live, context: {cluster: c, user: u}}\nclusters:\n"
                    "- {name: c, cluster: {server: '" +
                        m_server->url().toUtf8() + "'}}\nusers:\n- {name: u, user: {}}\n");
        qputenv("KUBECONFIG", file.toUtf8());
        make();
        if (!QTest::qWaitFor([this] { return current() && current()->hasCatalog(); }, Patience))
            qFatal("the cluster did not answer");
        m_it->actions().action(qs("cluster.capture"))->trigger();
        return find<CaptureDialog>("capture");
    }
    QPushButton* button(QDialog* dialog, const char* name)
    {
        return dialog->findChild<QPushButton*>(qs("capture.") + qs(name));
    }
    template <typename T> T* find(const char* name)
    {
        T* found = m_it->window().findChild<T*>(QLatin1String(name));
        if (!found)
            qFatal("there is no %s", name);
        return found;
    }

    QTemporaryDir m_files;
    QString m_file;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::atomic_bool m_holds = false;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<Composition> m_it;
};

ALIDADE_UI_TEST_MAIN(TestSnapshots)
#include "tst_snapshots.moc"
