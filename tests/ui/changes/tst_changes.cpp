// The change sheet, driven by object names, over an API server of one Deployment: what it says before, what it sends
// when, and what it does not offer.

#include "app/kube/json.h"
#include "app/store/cluster.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/ui_main.h"
#include "ui/changes/changecommands.h"
#include "ui/changes/changesheet.h"
#include "ui/shell/languagemanager.h"
#include "ui/widgets/diffview.h"

#include <QAccessible>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTreeWidget>
#include <mutex>

using support::AskedRequest;
using support::ScriptedAnswer;

namespace {

const kube::ApiResource Deployments{.group = QStringLiteral("apps"),
                                    .version = QStringLiteral("v1"),
                                    .resource = QStringLiteral("deployments"),
                                    .kind = QStringLiteral("Deployment"),
                                    .singular = {},
                                    .shortNames = {},
                                    .categories = {},
                                    .verbs = {QStringLiteral("patch"), QStringLiteral("delete")},
                                    .namespaced = true,
                                    .subresources = {QStringLiteral("scale")}};

/// Called in the server's thread.
class OneDeployment {
public:
    ScriptedAnswer operator()(const AskedRequest& asked)
    {
        const std::lock_guard lock(m_mutex);
        if (asked.target.contains("selfsubjectaccessreviews"))
            return ScriptedAnswer::whole(
                200, R"({"kind":"SelfSubjectAccessReview","status":{"allowed":)" +
                         QByteArray(mayWrite || (mayScale && asked.body.contains("\"scale\"")) ? "true" : "false") +
                         "}}");
        const QByteArray path = asked.target.split('?').front();
        const bool isScale = path.endsWith("/deployments/web/scale");
        if (!isScale && !path.endsWith("/deployments/web"))
            return ScriptedAnswer::whole(404, R"({"kind":"Status","reason":"NotFound","code":404})");
        const bool isDry = !asked.query("dryRun").isEmpty();
        kube::Json next = m_object;
        if (asked.verb == "PATCH")
            next.merge_patch(*kube::parseJson(asked.body));
        if (asked.verb == "DELETE" && !isDry)
            ++deleted;
        if (asked.verb == "PATCH" && !isDry) {
            ++written;
            throughScale += isScale ? 1 : 0;
            next["metadata"]["resourceVersion"] = std::to_string(10 + written);
            m_object = next;
        }
        if (isScale) { // as a server says it: without a 0
            next["kind"] = "Scale";
            next["apiVersion"] = "autoscaling/v1";
            if (next["spec"]["replicas"] == 0)
                next["spec"].erase("replicas");
        }
        return ScriptedAnswer::whole(200, QByteArray::fromStdString(next.dump()));
    }

    int replicas()
    {
        const std::lock_guard lock(m_mutex);
        return m_object["spec"]["replicas"].get<int>();
    }
    std::atomic<bool> mayWrite = true;
    std::atomic<bool> mayScale = false; ///< that alone
    std::atomic<int> written = 0;
    std::atomic<int> throughScale = 0;
    std::atomic<int> deleted = 0;

private:
    std::mutex m_mutex;
    kube::Json m_object = *kube::parseJson(R"({"kind":"Deployment","metadata":{"name":"web","namespace":"shop",
        "uid":"u1","resourceVersion":"10","labels":{"app":"<b>web</b>"}},"spec":{"replicas":3}})");
};

} // namespace

class TestChanges : public QObject {
    Q_OBJECT

    std::unique_ptr<OneDeployment> m_state;
    std::unique_ptr<support::ScriptedServer> m_server;
    std::unique_ptr<transport::Journal> m_journal;
    std::unique_ptr<store::Cluster> m_cluster;
    std::unique_ptr<ui::ChangeCommands> m_commands;
    std::unique_ptr<QWidget> m_window;
    QPointer<ui::ChangeSheet> m_sheet;
    QTemporaryDir m_folder;

    template <typename T> T* find(const char* name) { return m_sheet->findChild<T*>(QLatin1String(name)); }
    QPushButton* button() { return find<QPushButton>("change.apply"); }
    std::vector<kube::ObjectRef> web() const
    {
        return {{.cluster = {},
                 .apiVersion = QStringLiteral("apps/v1"),
                 .kind = QStringLiteral("Deployment"),
                 .nameSpace = QStringLiteral("shop"),
                 .name = QStringLiteral("web"),
                 .uid = QStringLiteral("u1")}};
    }
    void open(const char* command, bool readOnly = false)
    {
        config::Context context;
        context.name = QStringLiteral("here");
        context.cluster.server = QUrl(m_server->url());
        context.readOnly = readOnly;
        m_cluster = std::make_unique<store::Cluster>(context, m_journal.get());
        m_cluster->open();
        m_window = std::make_unique<QWidget>();
        m_window->show();
        m_commands->run(QLatin1String(command), m_cluster.get(), Deployments, web(), m_window.get());
        m_sheet = m_window->findChild<ui::ChangeSheet*>(QStringLiteral("change"));
        QVERIFY(m_sheet);
    }

private slots:
    void init()
    {
        qputenv("XDG_STATE_HOME", m_folder.path().toUtf8());
        m_state = std::make_unique<OneDeployment>();
        m_server =
            std::make_unique<support::ScriptedServer>([this](const AskedRequest& asked) { return (*m_state)(asked); });
        m_journal = std::make_unique<transport::Journal>();
        m_commands = std::make_unique<ui::ChangeCommands>();
    }
    void cleanup()
    {
        m_window.reset();
        m_commands.reset();
        m_cluster.reset();
        m_server.reset();
    }

    void scalingFollowsTheFormAndCanBeTakenBack()
    {
        open("scale");
        QTRY_COMPARE_WITH_TIMEOUT(find<QSpinBox>("change.replicas")->value(), 3, 30'000);
        QVERIFY(!button()->isEnabled()); // nothing is edited yet
        find<QSpinBox>("change.replicas")->setValue(0);
        QTRY_VERIFY_WITH_TIMEOUT(button()->isEnabled(), 30'000);
        QCOMPARE(button()->text(), QStringLiteral("Scale to 0"));
        QVERIFY(!button()->isDefault());
        QVERIFY(find<ui::DiffView>("change.diff")->toPlainText().contains(QLatin1String("replicas: 0")));
        QVERIFY(find<QListWidget>("change.lines")->item(0)->text().contains(QLatin1String("stops all pods")));
        QCOMPARE(m_state->written.load(), 0);
        button()->click();
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("change.undo")->isVisible(), 30'000);
        QCOMPARE(m_state->replicas(), 0);
        find<QPushButton>("change.undo")->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_state->replicas(), 3, 30'000);
    }

    void theRightToScaleIsEnough()
    {
        m_state->mayWrite = false;
        m_state->mayScale = true;
        open("scale");
        QTRY_COMPARE_WITH_TIMEOUT(find<QSpinBox>("change.replicas")->value(), 3, 30'000);
        find<QSpinBox>("change.replicas")->setValue(4);
        QTRY_VERIFY_WITH_TIMEOUT(button()->isEnabled(), 30'000);
        button()->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_state->replicas(), 4, 30'000);
        QCOMPARE(m_state->throughScale.load(), 1);
        const auto commandNamed = [this](const char* id) {
            for (const ui::ObjectCommand& each : m_commands->commands(m_cluster.get(), Deployments, web()))
                if (each.id == QLatin1String(id))
                    return each;
            return ui::ObjectCommand{};
        };
        QTRY_VERIFY_WITH_TIMEOUT(!commandNamed("labels").why.isEmpty(), 30'000);
        QCOMPARE(commandNamed("scale").id, QStringLiteral("scale"));
        QCOMPARE(commandNamed("scale").why, QString());
    }

    void aDeletionIsNeverTheDefault()
    {
        open("delete");
        QTRY_VERIFY_WITH_TIMEOUT(button()->isEnabled(), 30'000);
        QCOMPARE(button()->text(), QStringLiteral("Delete web"));
        QVERIFY(!button()->isDefault() && !button()->autoDefault());
        QTest::keyClick(m_sheet, Qt::Key_Return);
        QCOMPARE(m_state->deleted.load(), 0);
        button()->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_state->deleted.load(), 1, 30'000);
    }

    void wrongKeysAreNotTried()
    {
        open("labels");
        QTRY_COMPARE_WITH_TIMEOUT(find<QTreeWidget>("change.keys")->topLevelItemCount(), 1, 30'000);
        QCOMPARE(find<QTreeWidget>("change.keys")->topLevelItem(0)->text(1), QStringLiteral("<b>web</b>"));
        find<QLineEdit>("change.key")->setText(QStringLiteral("a b"));
        find<QPushButton>("change.add")->click();
        QVERIFY(find<QLabel>("change.status")->text().contains(QLatin1String("63 letters")));
        QVERIFY(!button()->isEnabled());
        find<QLineEdit>("change.key")->setText(QStringLiteral("tier"));
        find<QPushButton>("change.add")->click();
        QTRY_VERIFY_WITH_TIMEOUT(button()->isEnabled(), 30'000);
        QVERIFY(button()->text().startsWith(QLatin1String("Change 1 label")));
        QTest::keyClick(m_sheet, Qt::Key_Escape);
        QTRY_VERIFY_WITH_TIMEOUT(!m_sheet, 20'000);
        QCOMPARE(m_state->written.load(), 0);
    }

    void aReadOnlyContextSendsNothing()
    {
        open("restart", true);
        QVERIFY(find<QLabel>("change.status")->text().contains(QLatin1String("read-only")));
        for (const ui::ObjectCommand& command : m_commands->commands(m_cluster.get(), Deployments, web()))
            QVERIFY(!command.why.isEmpty());
    }

    void whoMayNotIsTold()
    {
        m_state->mayWrite = false;
        open("delete");
        QTRY_VERIFY_WITH_TIMEOUT(
            find<QLabel>("change.status")->text().contains(QLatin1String("delete deployments.apps")), 30'000);
        QVERIFY(!button()->isEnabled());
        const auto why = [this] {
            const auto commands = m_commands->commands(m_cluster.get(), Deployments, web());
            return commands.back().why;
        };
        QTRY_VERIFY_WITH_TIMEOUT(why().contains(QLatin1String("delete deployments.apps")), 30'000);
    }

    void everyControlHasANameInBothLanguages()
    {
        static const QRegularExpression han(QStringLiteral("\\p{Han}"));
        ui::LanguageManager language(QLocale(QLocale::English));
        for (const char* command : {"scale", "restart", "image", "labels", "delete"}) {
            cleanup();
            init();
            open(command);
            for (const ui::Language each : {ui::Language::English, ui::Language::Chinese}) {
                language.setLanguage(each);
                QCoreApplication::processEvents();
                for (QWidget* widget : m_sheet->findChildren<QWidget*>()) {
                    const bool isControl = widget->inherits("QAbstractButton") || widget->inherits("QLineEdit") ||
                                           widget->inherits("QComboBox") || widget->inherits("QAbstractItemView");
                    if (!isControl || !widget->isVisible() || widget->inherits("QHeaderView") ||
                        widget->objectName().startsWith(QLatin1String("qt_")))
                        continue;
                    QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(widget);
                    QVERIFY2(spoken && !spoken->text(QAccessible::Name).isEmpty(), qPrintable(widget->objectName()));
                }
                QCOMPARE(find<QPushButton>("change.close")->text().contains(han), each == ui::Language::Chinese);
            }
            language.setLanguage(ui::Language::English);
        }
    }
};

ALIDADE_UI_TEST_MAIN(TestChanges)
#include "tst_changes.moc"
