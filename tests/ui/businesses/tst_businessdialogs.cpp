// A new namespace of a business, from the fields to what became of it and back; and why a user does not see a business.

#include "app/messages/businesses.h"
#include "app/store/cluster.h"
#include "tests/support/platform.h"
#include "tests/support/ui_main.h"
#include "ui/businesses/namespacecontroller.h"
#include "ui/businesses/visibilitycontroller.h"
#include "ui/widgets/keyvalueview.h"
#include "ui/widgets/signlines.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

using support::AskedRequest;

class TestBusinessDialogs : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        qputenv("XDG_STATE_HOME", m_folder.path().toUtf8());
        m_platform = std::make_unique<support::Platform>();
        m_server = std::make_unique<support::ScriptedServer>(
            [this](const AskedRequest& asked) { return (*m_platform)(asked); });
        m_journal = std::make_unique<transport::Journal>();
        config::Context context;
        context.name = QStringLiteral("here");
        context.cluster.server = QUrl(m_server->url());
        m_cluster = std::make_unique<store::Cluster>(context, m_journal.get());
        m_cluster->open();
        auto picture = std::make_shared<tke::BusinessPicture>();
        tke::Business shop{.name = QStringLiteral("prj-shop"),
                           .displayName = QStringLiteral("Shop"),
                           .tenant = QStringLiteral("acme"),
                           .phase = QStringLiteral("Active")};
        shop.members = {QStringLiteral("zhangsan")};
        shop.clusters = {
            {.cluster = QStringLiteral("global"),
             .hard = {{QStringLiteral("cpu"), QStringLiteral("8")}, {QStringLiteral("memory"), QStringLiteral("16Gi")}},
             .used = {{QStringLiteral("cpu"), QStringLiteral("2")}, {QStringLiteral("memory"), QStringLiteral("4Gi")}}},
            {.cluster = QStringLiteral("cls-far"), .hard = {}, .used = {}}};
        picture->survey.businesses = {shop};
        m_picture = picture;
    }
    void cleanup()
    {
        delete m_dialog;
        m_cluster.reset();
        m_server.reset();
    }

    void oneClusterIsChosenAndItIsSaidWhy()
    {
        openNamespace();
        auto* cluster = find<QComboBox>("cluster");
        QCOMPARE(cluster->count(), 2);
        QCOMPARE(find<QLabel>("why")->text(), messages::oneCluster());
        QCOMPARE(find<QComboBox>("business")->currentData().toString(), QStringLiteral("prj-shop"));
        QVERIFY(find<QLineEdit>("quota.cpu") && find<QLineEdit>("quota.memory"));
        QCOMPARE(find<QLabel>("quota.memory.left")->text(), QStringLiteral("12Gi left"));
        QCOMPARE(cluster->nextInFocusChain(), find<QLineEdit>("quota.cpu"));
        cluster->setCurrentIndex(1); // nothing is limited there
        QVERIFY(!find<QLineEdit>("quota.cpu"));
    }

    void whatIsWrongIsSaidAsOneTypes()
    {
        openNamespace();
        QVERIFY(!button("next")->isEnabled());
        type("name", "kube-shop");
        QVERIFY2(problems().contains(QLatin1String("Error: The name kube-shop is kept")), qPrintable(problems()));
        type("name", "shop");
        type("quota.cpu", "7");
        QVERIFY2(problems().contains(QLatin1String("cpu: the business has 6 left")), qPrintable(problems()));
        type("quota.cpu", "six");
        QVERIFY(problems().contains(QLatin1String("is no quantity")));
        QVERIFY(!button("next")->isEnabled());
        type("quota.cpu", "2");
        type("quota.memory", "2Gi");
        QVERIFY2(problems().isEmpty(), qPrintable(problems()));
        QVERIFY(button("next")->isEnabled());
    }

    void itIsTriedMadeFollowedAndTakenBack()
    {
        openNamespace();
        const QSignalSpy made(static_cast<ui::NamespaceDialog*>(m_dialog.data()), &ui::NamespaceDialog::made);
        fill();
        button("next")->click();
        QTRY_VERIFY_WITH_TIMEOUT(button("apply")->isEnabled(), 30'000);
        QVERIFY2(m_platform->made().empty(), "looking at it sends nothing for good");
        QCOMPARE(button("apply")->text(), QStringLiteral("Create namespace shop"));
        QVERIFY(!button("apply")->isDefault() && !button("apply")->autoDefault());
        QVERIFY(find<QPlainTextEdit>("command")->toPlainText().contains(QLatin1String("clusterName: global")));
        QVERIFY(find<QPlainTextEdit>("diff")->toPlainText().contains(QLatin1String("clusterName")));
        button("apply")->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_platform->made().size(), std::size_t{1}, 30'000);
        const auto sent = *kube::parseJson(m_platform->made().front());
        QVERIFY(sent["spec"]["clusterName"] == "global" && sent["spec"]["namespace"] == "shop");
        QVERIFY(sent["spec"]["tenantID"] == "acme" && sent["spec"]["hard"]["memory"] == "2Gi");
        QTRY_VERIFY_WITH_TIMEOUT(status().contains(QLatin1String("is available")), 30'000);
        QVERIFY(made.count() >= 1);
        button("undo")->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_platform->deleted().size(), std::size_t{1}, 30'000);
        QVERIFY(m_platform->deleted().front().endsWith("/namespaces/global-shop"));
        QTRY_VERIFY_WITH_TIMEOUT(status().contains(QLatin1String("being deleted again")), 30'000);
    }

    void whatIsThereAlreadyIsNotOverwritten()
    {
        m_platform->serve(
            "/apis/business.tkestack.io/v1/namespaces/prj-shop/namespaces/global-shop",
            R"({"apiVersion":"business.tkestack.io/v1","kind":"Namespace","metadata":{"name":"global-shop",
                          "namespace":"prj-shop","uid":"old","resourceVersion":"1"},"spec":{"clusterName":"global","namespace":"shop"}})");
        openNamespace();
        fill();
        button("next")->click();
        QTRY_VERIFY_WITH_TIMEOUT(status().contains(QLatin1String("global-shop is there already")), 30'000);
        QVERIFY(!button("apply")->isEnabled());
        QVERIFY(m_platform->made().empty());
    }

    void theChainEndsInWhatToDo()
    {
        auto* dialog = ui::openVisibility(m_cluster.get(), m_picture->survey, QStringLiteral("prj-shop"), nullptr);
        m_dialog = dialog;
        QVERIFY(!look<QPushButton>("ask")->isEnabled());
        QTest::keyClicks(look<QLineEdit>("user"), QStringLiteral("wangwu"));
        QTest::keyClick(dialog, Qt::Key_Return);
        auto* verdicts = look<QListWidget>("verdicts");
        QTRY_COMPARE_WITH_TIMEOUT(verdicts->count(), 1, 30'000);
        // There is no auth component here: spec.members decides, and wangwu is not among them.
        QVERIFY2(verdicts->item(0)->text().contains(QStringLiteral("“wangwu” does not see the business prj-shop")),
                 qPrintable(verdicts->item(0)->text()));
        const QString chain = dialog->findChild<ui::KeyValueView*>()->asText();
        for (const char* part : {"spec.members", "What to do", "What was read", "GET "})
            QVERIFY2(chain.contains(QLatin1String(part)), qPrintable(chain));
        for (const AskedRequest& asked : m_server->asked())
            QVERIFY2(asked.verb == "GET" || asked.target.contains("review"), asked.target.constData());
    }

    void allBusinessesAreAskedAtOnce()
    {
        auto* dialog = ui::openVisibility(m_cluster.get(), m_picture->survey, {}, nullptr);
        m_dialog = dialog;
        QTest::keyClicks(look<QLineEdit>("user"), QStringLiteral("zhangsan"));
        look<QPushButton>("ask")->click();
        QTRY_COMPARE_WITH_TIMEOUT(look<QListWidget>("verdicts")->count(), 1, 30'000);
        QVERIFY2(look<QListWidget>("verdicts")->item(0)->text().contains(QStringLiteral("“zhangsan” sees")),
                 qPrintable(look<QListWidget>("verdicts")->item(0)->text()));
    }

private:
    template <typename T> T* find(const char* name) const
    {
        return m_dialog->findChild<T*>(QStringLiteral("namespace.") + QLatin1String(name));
    }
    template <typename T> T* look(const char* name) const
    {
        return m_dialog->findChild<T*>(QStringLiteral("visibility.") + QLatin1String(name));
    }
    QPushButton* button(const char* name) const { return find<QPushButton>(name); }
    QString problems() const { return find<ui::SignLines>("problems")->text(); }
    QString status() const { return find<ui::SignLines>("status")->text(); }
    void type(const char* name, const char* words)
    {
        auto* edit = find<QLineEdit>(name);
        edit->selectAll();
        QTest::keyClicks(edit, QLatin1String(words));
    }
    void openNamespace() { m_dialog = ui::openNewNamespace(m_cluster.get(), m_picture, {}, nullptr); }
    void fill()
    {
        type("name", "shop");
        type("quota.cpu", "2");
        type("quota.memory", "2Gi");
    }

    std::unique_ptr<support::Platform> m_platform;
    std::unique_ptr<support::ScriptedServer> m_server;
    std::unique_ptr<transport::Journal> m_journal;
    std::unique_ptr<store::Cluster> m_cluster;
    std::shared_ptr<const tke::BusinessPicture> m_picture;
    QPointer<QDialog> m_dialog;
    QTemporaryDir m_folder;
};

ALIDADE_UI_TEST_MAIN(TestBusinessDialogs)
#include "tst_businessdialogs.moc"
