// The host path dialog, driven by object names, over an API server of one Deployment and one Pod: what it asks on which
// page, what stops it, what it sends, and where it sends nothing.

#include "app/kube/json.h"
#include "app/store/cluster.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/ui_main.h"
#include "ui/shell/languagemanager.h"
#include "ui/volumes/hostpathcontroller.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <mutex>

using support::AskedRequest;
using support::ScriptedAnswer;
using Mode = ui::HostPathForm::Mode;

namespace {

kube::ApiResource resourceOf(const char* group, const char* plural, const char* kind)
{
    kube::ApiResource resource;
    resource.group = QLatin1String(group);
    resource.version = QStringLiteral("v1");
    resource.resource = QLatin1String(plural);
    resource.kind = QLatin1String(kind);
    resource.verbs = {QStringLiteral("patch"), QStringLiteral("create")};
    resource.namespaced = true;
    return resource;
}
const kube::ApiResource Deployments = resourceOf("apps", "deployments", "Deployment");
const kube::ApiResource Pods = resourceOf("", "pods", "Pod");

/// Merges lists as a strategic merge patch of one volume and one mount does; called in the server's thread.
class Server {
public:
    ScriptedAnswer operator()(const AskedRequest& asked)
    {
        const std::lock_guard lock(m_mutex);
        const QByteArray path = asked.target.split('?').front();
        const bool isDry = !asked.query("dryRun").isEmpty();
        if (path.endsWith("selfsubjectaccessreviews"))
            return answer({{"kind", "SelfSubjectAccessReview"}, {"status", {{"allowed", mayWrite.load()}}}});
        if (path == "/api/v1/namespaces/shop")
            return answer({{"metadata", {{"name", "shop"}, {"labels", {{Enforce, level}}}}}});
        if (path == "/api/v1/namespaces")
            return answer({{"items", {{{"metadata", {{"name", "default"}}}}, {{"metadata", {{"name", "shop"}}}}}}});
        if (path == "/api/v1/nodes")
            return answer({{"items", kube::Json::array()}});
        if (asked.verb == "POST") {
            if (!isDry)
                m_posted.push_back(asked.body);
            if (path.endsWith("/pods") && refusesPods)
                return ScriptedAnswer::whole(403, R"({"kind":"Status","status":"Failure","reason":"Forbidden",)"
                                                  R"("message":"violates PodSecurity","code":403})");
            return answer(*kube::parseJson(asked.body), 201);
        }
        if (path.endsWith("/pods"))
            return answer({{"items", {{{"spec", {{"nodeName", "n1"}}}}, {{"spec", {{"nodeName", "n2"}}}}}}});
        if (path.endsWith("/pods/one"))
            return answer(*kube::parseJson(OnePod));
        if (!path.endsWith("/deployments/web"))
            return ScriptedAnswer::whole(404, R"({"kind":"Status","reason":"NotFound","code":404})");
        kube::Json next = m_object;
        if (asked.verb == "PATCH") {
            const kube::Json spec = (*kube::parseJson(asked.body))["spec"]["template"]["spec"];
            auto& pods = next["spec"]["template"]["spec"];
            merge(pods["volumes"], spec.value("volumes", kube::Json::array()), "name");
            for (const kube::Json& container : spec.value("containers", kube::Json::array()))
                merge(pods["containers"][0]["volumeMounts"], container["volumeMounts"], "mountPath");
            if (!isDry) {
                m_patches.push_back(asked.body);
                next["metadata"]["resourceVersion"] = std::to_string(10 + m_patches.size());
                m_object = next;
            }
        }
        return answer(next);
    }

    std::vector<QByteArray> patches() { return locked(m_patches); }
    std::vector<QByteArray> posted() { return locked(m_posted); }
    kube::Json object()
    {
        const std::lock_guard lock(m_mutex);
        return m_object;
    }
    std::atomic<bool> mayWrite = true;
    std::atomic<bool> refusesPods = false;
    std::string level = "privileged";

private:
    static constexpr auto Enforce = "pod-security.kubernetes.io/enforce";
    static constexpr auto OnePod =
        R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"one","namespace":"shop","uid":"u","resourceVersion":"3",
            "labels":{"app":"web"}},"spec":{"nodeName":"n1","containers":[{"name":"c","image":"i"}]}})";

    static ScriptedAnswer answer(const kube::Json& json, int status = 200)
    {
        return ScriptedAnswer::whole(status, QByteArray::fromStdString(json.dump()));
    }
    static void merge(kube::Json& list, const kube::Json& patch, const char* key)
    {
        if (!list.is_array())
            list = kube::Json::array();
        for (const kube::Json& each : patch) {
            if (each.contains("$patch"))
                std::erase_if(list.get_ref<kube::Json::array_t&>(),
                              [&](const kube::Json& old) { return old[key] == each[key]; });
            else
                list.push_back(each);
        }
    }
    std::vector<QByteArray> locked(const std::vector<QByteArray>& bodies)
    {
        const std::lock_guard lock(m_mutex);
        return bodies;
    }

    std::mutex m_mutex;
    std::vector<QByteArray> m_patches;
    std::vector<QByteArray> m_posted;
    kube::Json m_object = *kube::parseJson(
        R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"shop","uid":"u",
            "resourceVersion":"1"},"spec":{"replicas":3,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":
            {"labels":{"app":"web"}},"spec":{"volumes":[{"name":"data-shared","emptyDir":{}}],"containers":[{"name":"c",
            "image":"i","volumeMounts":[{"name":"data-shared","mountPath":"/taken"}]},{"name":"side","image":"i"}]}}}})");
};

} // namespace

class TestHostPath : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        qputenv("XDG_STATE_HOME", m_folder.path().toUtf8());
        m_state = std::make_unique<Server>();
        m_server =
            std::make_unique<support::ScriptedServer>([this](const AskedRequest& asked) { return (*m_state)(asked); });
        m_journal = std::make_unique<transport::Journal>();
    }

    void cleanup()
    {
        delete m_dialog;
        m_cluster.reset();
        m_server.reset();
    }

    void errorsStopNext()
    {
        open(Mode::Mount);
        next();
        QCOMPARE(m_dialog->page(), 1);
        QVERIFY(!button("next")->isEnabled());
        type("path", "data");
        QVERIFY(text("path.hazards.0").contains(QLatin1String("must begin with /")));
        QVERIFY(!button("next")->isEnabled());
        QTest::keyClick(find<QLineEdit>("path"), Qt::Key_Return);
        QCOMPARE(m_dialog->page(), 1);
        type("path", "/etc");
        QVERIFY(find<QLineEdit>("path")->accessibleDescription().contains(QLatin1String("configuration")));
        type("path", "/data/shared");
        next();
        QCOMPARE(m_dialog->page(), 2);
        type("mount", "/taken");
        QVERIFY(text("mount.hazards.0").contains(QLatin1String("already mounted")));
        QVERIFY(!button("next")->isEnabled());
        type("mount", "/new");
        QVERIFY(button("next")->isEnabled());
        type("subPath", "a/../b");
        QVERIFY(!button("next")->isEnabled());
        QVERIFY(m_state->patches().empty());
    }

    void whatIsSafeIsPreselected()
    {
        open(Mode::Mount);
        fill(2);
        QVERIFY(find<QRadioButton>("readOnly")->isChecked());
        QVERIFY(text("console").contains(QLatin1String("read-write")));
        // The name that follows from the path is taken: the next one is offered.
        QCOMPARE(find<QLineEdit>("volume")->text(), QStringLiteral("data-shared-2"));
        find<QRadioButton>("readWrite")->setChecked(true);
        QVERIFY(text("access.hazards.0").contains(QLatin1String("/data/shared")));
        type("volume", "data-shared");
        QVERIFY(!button("next")->isEnabled());
        QCOMPARE(find<QComboBox>("type")->count(), 8);
    }

    void theDrawingSaysWhatItShows()
    {
        open(Mode::Mount);
        fill(2);
        type("subPath", "b<i>");
        const QWidget* drawing = find<QWidget>("drawing");
        const QString told = drawing->accessibleDescription();
        for (const char* part : {"/data/shared", "data-shared-2", "/hahaha", "container c", "read-only", "b<i>"})
            QVERIFY2(told.contains(QLatin1String(part)), qPrintable(told));
        QVERIFY(!drawing->accessibleName().isEmpty());
        QVERIFY2(!drawing->toolTip().contains(QLatin1String("<i>")), "a tool tip would read it as HTML");
    }

    void oneVolumeAndOneMountAreSentAndTakenBack()
    {
        open(Mode::Mount);
        fill(3);
        QTRY_VERIFY_WITH_TIMEOUT(button("apply")->isEnabled(), 30'000);
        QCOMPARE(button("apply")->text(), QStringLiteral("Mount in 3 pods"));
        QVERIFY(!button("apply")->isDefault() && !button("apply")->autoDefault());
        QVERIFY(m_state->patches().empty());
        const QString lines = this->lines();
        QVERIFY2(lines.contains(QLatin1String("n1, n2")), qPrintable(lines));
        QVERIFY2(lines.contains(QLatin1String("would be admitted")), qPrintable(lines));
        QVERIFY(find<QPlainTextEdit>("diff")->toPlainText().contains(QLatin1String("hahaha")));
        QVERIFY(find<QPlainTextEdit>("command")->toPlainText().startsWith(QLatin1String("kubectl ")));
        button("apply")->click();
        QTRY_VERIFY_WITH_TIMEOUT(button("undo")->isVisible(), 30'000);
        QCOMPARE(m_state->patches().size(), std::size_t{1});
        const kube::Json spec = (*kube::parseJson(m_state->patches().front()))["spec"]["template"]["spec"];
        QCOMPARE(spec["volumes"].size(), std::size_t{1});
        QCOMPARE(spec["containers"].size(), std::size_t{1});
        QCOMPARE(spec["containers"][0]["volumeMounts"].size(), std::size_t{1});
        QCOMPARE(spec["containers"][0]["volumeMounts"][0]["readOnly"].get<bool>(), true);
        button("undo")->click();
        QTRY_VERIFY_WITH_TIMEOUT(text("status.0").startsWith(QLatin1String("Taken back")), 30'000);
        QCOMPARE(m_state->object()["spec"]["template"]["spec"]["volumes"].size(), std::size_t{1});
    }

    void podsThatWouldBeRefusedAreTold()
    {
        m_state->refusesPods = true;
        m_state->level = "baseline";
        open(Mode::Mount);
        fill(3);
        QTRY_VERIFY_WITH_TIMEOUT(lines().contains(QLatin1String("violates PodSecurity")), 30'000);
        QVERIFY(lines().contains(QLatin1String("baseline")));
    }

    void aNewDeploymentIsMade()
    {
        open(Mode::New);
        QVERIFY(!button("next")->isEnabled());
        type("name", "Demo");
        QVERIFY(text("name.hazards.0").contains(QLatin1String("Demo")));
        type("name", "demo");
        type("image", "nginx");
        find<QComboBox>("namespace")->setCurrentText(QStringLiteral("shop"));
        fill(3);
        QTRY_VERIFY_WITH_TIMEOUT(button("apply")->isEnabled(), 30'000);
        QCOMPARE(button("apply")->text(), QStringLiteral("Create Deployment demo"));
        button("apply")->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_state->posted().size(), std::size_t{1}, 30'000);
        const auto made = *kube::parseJson(m_state->posted().front());
        QCOMPARE(made["spec"]["template"]["spec"]["volumes"].size(), std::size_t{1});
        QVERIFY(made["spec"]["template"]["spec"]["containers"][0]["volumeMounts"][0]["mountPath"] == "/hahaha");
    }

    void whatIsThereAlreadyIsNotOverwritten()
    {
        open(Mode::New);
        type("name", "web");
        type("image", "nginx");
        find<QComboBox>("namespace")->setCurrentText(QStringLiteral("shop"));
        fill(3);
        QTRY_VERIFY_WITH_TIMEOUT(
            find<QLabel>("status.0") && text("status.0").contains(QLatin1String("shop/web is there already")), 30'000);
        QVERIFY(!button("apply")->isEnabled());
        QVERIFY(m_state->posted().empty() && m_state->patches().empty());
    }

    void aPodIsCopied()
    {
        open(Mode::Copy);
        QCOMPARE(find<QLineEdit>("name")->text(), QStringLiteral("one-copy"));
        QTRY_COMPARE_WITH_TIMEOUT(find<QComboBox>("container")->count(), 1, 30'000);
        fill(3);
        QTRY_VERIFY_WITH_TIMEOUT(button("apply")->isEnabled(), 30'000);
        QCOMPARE(button("apply")->text(), QStringLiteral("Create Pod one-copy"));
        button("apply")->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_state->posted().size(), std::size_t{1}, 30'000);
        const auto made = *kube::parseJson(m_state->posted().front());
        QVERIFY(made["metadata"]["name"] == "one-copy");
        QVERIFY2(!made["metadata"].contains("labels"), "its controller would take it");
        QVERIFY(!made["spec"].contains("nodeName"));
    }

    void whoMayNotSendsNothing()
    {
        m_state->mayWrite = false;
        open(Mode::Mount);
        QTRY_VERIFY_WITH_TIMEOUT(text("problem").contains(QLatin1String("patch deployments.apps")), 30'000);
        fill(3);
        QVERIFY(!button("apply")->isEnabled());
        for (const AskedRequest& asked : m_server->asked())
            QVERIFY2(asked.verb == "GET" || asked.target.contains("accessreviews"), asked.target.constData());
    }

    void escapeCloses()
    {
        open(Mode::Mount);
        QTest::keyClick(m_dialog, Qt::Key_Escape);
        QTRY_VERIFY_WITH_TIMEOUT(!m_dialog, 20'000);
    }

    void everyControlHasANameInBothLanguages()
    {
        static const QRegularExpression han(QStringLiteral("\\p{Han}"));
        ui::LanguageManager language(QLocale(QLocale::English));
        open(Mode::Mount);
        fill(3);
        QTRY_VERIFY_WITH_TIMEOUT(button("apply")->isEnabled(), 30'000);
        for (const ui::Language each : {ui::Language::English, ui::Language::Chinese}) {
            language.setLanguage(each);
            QCoreApplication::processEvents();
            const bool isChinese = each == ui::Language::Chinese;
            for (QWidget* widget :
                 m_dialog->findChildren<QWidget*>(QRegularExpression(QStringLiteral("^hostpath\\.")))) {
                const bool isControl = widget->inherits("QAbstractButton") || widget->inherits("QLineEdit") ||
                                       widget->inherits("QComboBox") || widget->inherits("QListWidget") ||
                                       widget->inherits("QPlainTextEdit");
                if (!isControl)
                    continue;
                // A combo box tells assistive technology what is chosen as its name.
                const QString name = widget->accessibleName();
                QVERIFY2(!name.isEmpty(), qPrintable(widget->objectName()));
                QVERIFY2(name.contains(han) == isChinese, qPrintable(widget->objectName() + name));
            }
            QCOMPARE(find<QWidget>("drawing")->accessibleDescription().contains(han), isChinese);
            for (const char* label : {"title", "step", "words", "status.0"})
                QCOMPARE(text(label).contains(han), isChinese);
            QCOMPARE(lines().contains(han), isChinese);
        }
        QCOMPARE(button("apply")->text(), QStringLiteral("挂载到 3 个 Pod"));
    }

private:
    template <typename T> T* find(const char* name)
    {
        return m_dialog->findChild<T*>(QStringLiteral("hostpath.") + QLatin1String(name));
    }
    QPushButton* button(const char* name) { return find<QPushButton>(name); }
    QString text(const char* name)
    {
        const auto* label = find<QLabel>(name);
        return label ? label->text() : QString();
    }
    void type(const char* name, const char* words)
    {
        auto* edit = find<QLineEdit>(name);
        edit->selectAll(); // a person's own words replace what is suggested
        QTest::keyClicks(edit, QLatin1String(words));
    }
    QString lines()
    {
        QStringList texts;
        const auto* list = find<QListWidget>("lines");
        for (int i = 0; i < list->count(); ++i)
            texts += list->item(i)->text();
        return texts.join(QLatin1Char('\n'));
    }
    void next() { QTest::keyClick(m_dialog, Qt::Key_Return); }

    void open(Mode mode)
    {
        config::Context context;
        context.name = QStringLiteral("here");
        context.cluster.server = QUrl(m_server->url());
        m_cluster = std::make_unique<store::Cluster>(context, m_journal.get());
        m_cluster->open();
        const change::Target targets[] = {{Deployments, QStringLiteral("shop"), QStringLiteral("web")},
                                          {Pods, QStringLiteral("shop"), QStringLiteral("one")},
                                          {Deployments, {}, {}}};
        m_dialog = new ui::HostPathDialog(mode, mode == Mode::New ? QString() : QStringLiteral("shop/web"), nullptr);
        new ui::HostPathController(m_dialog, mode, m_cluster.get(), targets[static_cast<int>(mode)]);
        m_dialog->show();
        if (mode == Mode::Mount)
            QTRY_COMPARE_WITH_TIMEOUT(find<QComboBox>("container")->count(), 2, 30'000);
    }

    /// What is missing, up to this page.
    void fill(int page)
    {
        if (m_dialog->page() == 0)
            next();
        type("path", "/data/shared");
        next();
        type("mount", "/hahaha");
        if (page == 3)
            next();
        QCOMPARE(m_dialog->page(), page);
    }

    std::unique_ptr<Server> m_state;
    std::unique_ptr<support::ScriptedServer> m_server;
    std::unique_ptr<transport::Journal> m_journal;
    std::unique_ptr<store::Cluster> m_cluster;
    QPointer<ui::HostPathDialog> m_dialog;
    QTemporaryDir m_folder;
};

ALIDADE_UI_TEST_MAIN(TestHostPath)
#include "tst_hostpath.moc"
