// The taint editor, driven by object names, over an API server of two nodes: what it shows while one edits, what it
// sends, and where it sends nothing.

#include "app/kube/json.h"
#include "app/store/cluster.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/ui_main.h"
#include "ui/shell/languagemanager.h"
#include "ui/taints/taintscontroller.h"
#include "ui/taints/taintspage.h"
#include "ui/theme/thememanager.h"

#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <mutex>

using support::AskedRequest;
using support::ScriptedAnswer;
using support::ScriptedServer;

namespace {

/// Keeps its nodes as an API server does; called in the server's thread.
class TwoNodes {
public:
    ScriptedAnswer operator()(const AskedRequest& asked)
    {
        const std::lock_guard lock(m_mutex);
        const QByteArray path = asked.target.split('?').front();
        if (path == "/api/v1/nodes")
            return answer(R"({"kind":"NodeList","metadata":{},"items":[)" + m_nodes["n1"] + "," + m_nodes["n2"] + "]}");
        if (path == "/api/v1/pods")
            return answer(QByteArray(R"({"kind":"PodList","metadata":{},"items":[)") +
                          (asked.query("fieldSelector") == QLatin1String("spec.nodeName=n1") ? Pods : "") + "]}");
        if (path.endsWith("selfsubjectaccessreviews"))
            return answer(R"({"kind":"SelfSubjectAccessReview","status":{"allowed":)" +
                          QByteArray(mayPatch ? "true" : "false") + "}}");
        if (path.startsWith("/api/v1/nodes/")) {
            const QByteArray name = path.mid(14);
            if (asked.verb == "GET")
                return answer(m_nodes[name]);
            auto node = *kube::parseJson(m_nodes[name]);
            const auto patch = *kube::parseJson(asked.body);
            if (patch["metadata"]["resourceVersion"] != node["metadata"]["resourceVersion"])
                return ScriptedAnswer::whole(409, R"({"kind":"Status","reason":"Conflict","code":409})");
            node.merge_patch(patch);
            if (asked.query("dryRun").isEmpty()) {
                node["metadata"]["resourceVersion"] = std::to_string(++m_version);
                m_nodes[name] = QByteArray::fromStdString(node.dump());
                ++written;
            }
            return answer(QByteArray::fromStdString(node.dump()));
        }
        return ScriptedAnswer::whole(404, R"({"kind":"Status","reason":"NotFound","code":404})");
    }

    QByteArray node(const QByteArray& name)
    {
        const std::lock_guard lock(m_mutex);
        return m_nodes[name];
    }
    std::atomic<bool> mayPatch = true;
    std::atomic<int> written = 0;

private:
    static ScriptedAnswer answer(const QByteArray& body) { return ScriptedAnswer::whole(200, body); }

    static constexpr const char* Pods =
        R"({"metadata":{"name":"web","namespace":"shop","ownerReferences":[{"kind":"ReplicaSet","name":"r","controller":true}]},
            "spec":{"nodeName":"n1"}},
           {"metadata":{"name":"<b>bare</b>","namespace":"shop"},"spec":{"nodeName":"n1","tolerations":
            [{"key":"a","operator":"Exists","tolerationSeconds":30}]}},
           {"metadata":{"name":"stays","namespace":"shop"},"spec":{"nodeName":"n1","tolerations":[{"operator":"Exists"}]}})";

    std::mutex m_mutex;
    int m_version = 10;
    std::map<QByteArray, QByteArray> m_nodes{
        {"n1", R"({"metadata":{"name":"n1","resourceVersion":"1"},"spec":{"taints":[
            {"key":"node.kubernetes.io/unreachable","effect":"NoExecute","timeAdded":"2026-11-22T11:57:03Z"},
            {"key":"old","effect":"NoSchedule"}]}})"},
        {"n2", R"({"metadata":{"name":"n2","resourceVersion":"2","labels":{"node-role.kubernetes.io/master":""}}})"}};
};

} // namespace

class TestTaints : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void editingShowsWhatWillHappen();
    void whatIsWrongIsSaidAndNotTaken();
    void applyingWritesAndCanBeTakenBack();
    void aDangerousChangeIsTyped();
    void aReadOnlyContextSendsNothing();
    void whoMayNotIsTold();
    void whatIsProposedIsDraftedAndNotSent();
    void whatKubernetesSetIsLocked();
    void everyControlHasANameInBothLanguages();

private:
    template <typename T> T* find(const char* name) { return m_page->findChild<T*>(QLatin1String(name)); }
    QString text(const char* name) { return find<QLabel>(name)->text(); }
    void start(const QStringList& nodes, bool readOnly = false);
    void type(const char* spec);
    int rows() { return find<QTableView>("taints.pods")->model()->rowCount(); }

    std::unique_ptr<TwoNodes> m_state;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<transport::Journal> m_journal;
    std::unique_ptr<store::Cluster> m_cluster;
    std::unique_ptr<ui::TaintsPage> m_page;
    QTemporaryDir m_folder;
};

void TestTaints::init()
{
    qputenv("XDG_STATE_HOME", m_folder.path().toUtf8());
    m_state = std::make_unique<TwoNodes>();
    m_server = std::make_unique<ScriptedServer>([this](const AskedRequest& asked) { return (*m_state)(asked); });
    m_journal = std::make_unique<transport::Journal>();
}

void TestTaints::cleanup()
{
    m_page.reset();
    m_cluster.reset();
    m_server.reset();
}

void TestTaints::start(const QStringList& nodes, bool readOnly)
{
    config::Context context;
    context.name = QStringLiteral("here");
    context.cluster.server = QUrl(m_server->url());
    context.readOnly = readOnly;
    m_cluster = std::make_unique<store::Cluster>(context, m_journal.get());
    m_cluster->open();
    ui::View view;
    view.page = QStringLiteral("taints");
    view.cluster = context.name;
    view.more[QStringLiteral("nodes")] = nodes.join(QLatin1Char(','));
    m_page = std::make_unique<ui::TaintsPage>(view);
    new ui::TaintsController(m_page.get(), m_cluster.get());
    m_page->resize(1200, 700);
    m_page->show();
    QTRY_COMPARE_WITH_TIMEOUT(find<QTableView>("taints.nodes")->model()->rowCount(), 2, 30'000);
    if (nodes.contains(QLatin1String("n1")))
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 3, 30'000);
}

void TestTaints::type(const char* spec)
{
    find<QLineEdit>("taints.key")->setText(QLatin1String(spec));
    QTest::keyClick(find<QLineEdit>("taints.key"), Qt::Key_Return);
}

void TestTaints::editingShowsWhatWillHappen()
{
    start({QStringLiteral("n1")});
    QVERIFY(!find<QPushButton>("taints.apply")->isEnabled());
    type("a=1:NoSchedule");
    // At once, before the server has been asked.
    QVERIFY2(text("taints.counts").contains(QLatin1String("stays 1")), qPrintable(text("taints.counts")));
    QCOMPARE(text("taints.diff"), QStringLiteral("+ a=1:NoSchedule"));
    // Wherever kubectl looks by itself: it is this cluster's nodes that are meant.
    const QString command = text("taints.command");
    QVERIFY2(command.startsWith(QLatin1String("kubectl --context ")), qPrintable(command));
    QVERIFY2(command.endsWith(QLatin1String(" taint nodes n1 a=1:NoSchedule --overwrite")), qPrintable(command));
    type("a=2:NoExecute");
    QCOMPARE(text("taints.diff"), QStringLiteral("+ a=1:NoSchedule\n+ a=2:NoExecute"));
    QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("taints.apply")->isEnabled(), 30'000);
    QCOMPARE(m_state->written.load(), 0);
}

void TestTaints::whatIsWrongIsSaidAndNotTaken()
{
    start({QStringLiteral("n1")});
    find<QLineEdit>("taints.value")->setText(QStringLiteral("-"));
    type("good");
    QVERIFY(find<QLabel>("taints.problem")->isVisible());
    QVERIFY(text("taints.problem").contains(QLatin1Char('-')));
    QCOMPARE(text("taints.diff"), QString());
    QCOMPARE(find<QLineEdit>("taints.key")->text(), QStringLiteral("good")); // what was typed is not lost
}

void TestTaints::applyingWritesAndCanBeTakenBack()
{
    start({QStringLiteral("n1")});
    type("a=1:NoSchedule");
    QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("taints.apply")->isEnabled(), 30'000);
    QVERIFY2(find<QPushButton>("taints.apply")->text().contains(QLatin1Char('1')),
             qPrintable(find<QPushButton>("taints.apply")->text()));
    QVERIFY(!find<QPushButton>("taints.apply")->isDefault());
    find<QPushButton>("taints.apply")->click();
    QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("taints.undo")->isVisible(), 30'000);
    QCOMPARE(m_state->written.load(), 1);
    QVERIFY(m_state->node("n1").contains(R"("timeAdded":"2026-11-22T11:57:03Z")"));
    QVERIFY(m_state->node("n1").contains(R"("key":"a","value":"1")"));
    find<QPushButton>("taints.undo")->click();
    QTRY_COMPARE_WITH_TIMEOUT(m_state->written.load(), 2, 30'000);
    QVERIFY(!m_state->node("n1").contains(R"("key":"a")"));
}

void TestTaints::aDangerousChangeIsTyped()
{
    start({QStringLiteral("n2")});
    QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("taints.none")->isVisible(), 30'000);
    type("a:NoSchedule");
    QTRY_VERIFY_WITH_TIMEOUT(find<QLineEdit>("taints.word")->isVisible(), 30'000);
    QVERIFY(!find<QPushButton>("taints.apply")->isEnabled());
    QTest::keyClicks(find<QLineEdit>("taints.word"), QStringLiteral("n2"));
    QVERIFY(find<QPushButton>("taints.apply")->isEnabled());
}

void TestTaints::aReadOnlyContextSendsNothing()
{
    start({QStringLiteral("n1")}, true);
    type("a=1:NoExecute");
    QVERIFY(!text("taints.status").isEmpty());
    QTest::qWait(1'000); // longer than the pause after which it would be tried
    QVERIFY(!find<QPushButton>("taints.apply")->isEnabled());
    for (const AskedRequest& asked : m_server->asked())
        QVERIFY2(asked.verb == "GET" || asked.target.contains("accessreviews"), asked.target.constData());
}

void TestTaints::whoMayNotIsTold()
{
    m_state->mayPatch = false;
    start({QStringLiteral("n1")});
    QTRY_VERIFY_WITH_TIMEOUT(text("taints.status").contains(QLatin1String("patch nodes")), 30'000);
    type("a=1:NoExecute");
    QVERIFY(text("taints.counts").contains(QLatin1String("stays")));
    QVERIFY(!find<QPushButton>("taints.apply")->isEnabled());
}

void TestTaints::whatKubernetesSetIsLocked()
{
    start({QStringLiteral("n1")});
    QTRY_VERIFY_WITH_TIMEOUT(find<QToolButton>("taints.chip.0"), 30'000);
    const auto chip = [this](const char* name) {
        for (QToolButton* button : m_page->findChildren<QToolButton*>(QLatin1String(name)))
            if (!button->isHidden() && button->isVisible())
                return button;
        return static_cast<QToolButton*>(nullptr);
    };
    const auto isChip = [&chip](const char* words) { // it is made anew when what it does changes
        const QToolButton* button = chip("taints.chip.0");
        return button && button->accessibleName().startsWith(QLatin1String(words));
    };
    QTRY_VERIFY_WITH_TIMEOUT(isChip("Unlock node.kubernetes.io/unreachable"), 20'000);
    chip("taints.chip.0")->click();
    QCOMPARE(text("taints.diff"), QString());
    QTRY_VERIFY_WITH_TIMEOUT(isChip("Remove"), 20'000);
    chip("taints.chip.0")->click();
    QCOMPARE(text("taints.diff"), QStringLiteral("- node.kubernetes.io/unreachable:NoExecute"));
}

void TestTaints::whatIsProposedIsDraftedAndNotSent()
{
    start({QStringLiteral("n1")});
    ui::View view = m_page->view();
    view.more[QStringLiteral("remove")] = QStringLiteral("old:NoSchedule-,node.kubernetes.io/unreachable:NoExecute-");
    m_page->lookAt(view);
    QTRY_COMPARE_WITH_TIMEOUT(text("taints.diff"), QStringLiteral("- old:NoSchedule"), 30'000); // the other is locked
    QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("taints.apply")->isEnabled(), 30'000);
    QCOMPARE(m_state->written.load(), 0);
    QVERIFY2(!m_page->view().more.contains(QStringLiteral("remove")), "it is proposed once");
}

void TestTaints::everyControlHasANameInBothLanguages()
{
    static const QRegularExpression han(QStringLiteral("\\p{Han}"));
    ui::LanguageManager language(QLocale(QLocale::English));
    for (const ui::Language each : {ui::Language::English, ui::Language::Chinese}) {
        language.setLanguage(each);
        if (!m_page) {
            start({QStringLiteral("n1")});
            type("a=1:NoExecute");
        }
        QCoreApplication::processEvents();
        int controls = 0;
        for (const QWidget* widget : m_page->findChildren<QWidget*>()) {
            const bool isControl = widget->inherits("QAbstractButton") || widget->inherits("QLineEdit") ||
                                   widget->inherits("QComboBox") || widget->inherits("QTableView");
            if (!isControl || !widget->isVisible())
                continue;
            QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
            QVERIFY2(spoken && !spoken->text(QAccessible::Name).isEmpty(), qPrintable(widget->objectName()));
            ++controls;
        }
        QVERIFY(controls >= 8);
        QCOMPARE(find<QPushButton>("taints.add")->text().contains(han), each == ui::Language::Chinese);
        QCOMPARE(text("taints.counts").contains(han), each == ui::Language::Chinese);
        // What a cluster calls its things is shown letter by letter.
        bool isThere = false;
        const auto* pods = find<QTableView>("taints.pods")->model();
        for (int row = 0; row < pods->rowCount(); ++row)
            isThere = isThere || pods->index(row, 0).data().toString() == QLatin1String("shop/<b>bare</b>");
        QVERIFY(isThere);
    }
}

ALIDADE_UI_TEST_MAIN(TestTaints)
#include "tst_taints.moc"
