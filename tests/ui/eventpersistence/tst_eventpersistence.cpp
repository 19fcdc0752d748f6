// Event persistence as a person fills it in: what is wrong is said as one types, the address is tried, the object is
// shown without its password, made, followed until it delivers, and taken back.

#include "app/messages/eventpersistence.h"
#include "tests/support/eventplatform.h"
#include "tests/support/ui_main.h"
#include "ui/eventpersistence/eventcontroller.h"
#include "ui/shell/languagemanager.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QTemporaryDir>

using support::AskedRequest;
using support::ScriptedServer;

namespace {

const QByteArray Password = "planted-7f3a-Word";

} // namespace

class TestEventPersistence : public QObject {
    Q_OBJECT
private slots:
    void init() { qputenv("XDG_STATE_HOME", m_folder.path().toUtf8()); }
    void cleanup()
    {
        delete m_dialog;
        m_cluster.reset();
        m_store.reset();
        m_platform.reset();
    }

    void whatIsWrongIsSaidAsOneTypes()
    {
        serve({});
        open();
        QVERIFY2(problems().contains(QLatin1String("Information: Give the address")), qPrintable(problems()));
        QVERIFY(!button("next")->isEnabled() && !button("probe")->isEnabled());
        type("host", "10.0.0.1");
        QVERIFY2(problems().isEmpty(), qPrintable(problems()));
        QVERIFY(button("next")->isEnabled() && button("probe")->isEnabled());
        const std::tuple<const char*, const char*, const char*> wrong[] = {
            {"port", "0", "The port is 0"},
            {"port", "70000", "is no port"},
            {"port", "es", "is no address"},
            {"index", "Events", "only lower-case letters"},
            {"index", "a+b", "as HTML"},
            {"index", "1events", "console's form would refuse"},
            {"password", "secret", "a password and no user"}};
        for (const auto& [field, value, words] : wrong) {
            const QString before = find<QLineEdit>(field)->text();
            type(field, value);
            QVERIFY2(problems().contains(QLatin1String(words)), qPrintable(problems()));
            find<QLineEdit>(field)->setText(before);
            QVERIFY2(problems().isEmpty(), qPrintable(problems()));
        }
        for (const AskedRequest& asked : m_platform->asked())
            QCOMPARE(asked.verb, QByteArray("GET"));
        QCOMPARE(m_store->askedCount(), std::size_t{0});
    }

    void aDialogMayGoWhileItsAddressIsTyped()
    {
        serve({});
        open();
        find<QLineEdit>("host")->setFocus();
        type("host", "https://es.example.com:9243/"); // taken apart when the field is left
        delete m_dialog;
        QVERIFY(m_dialog.isNull());
    }

    void aWholeAddressFillsAllThreeFields()
    {
        serve({});
        open();
        type("host", "https://es.example.com:9243/");
        QTest::keyClick(find<QLineEdit>("host"), Qt::Key_Tab);
        QCOMPARE(find<QLineEdit>("host")->text(), QStringLiteral("es.example.com"));
        QCOMPARE(find<QComboBox>("scheme")->currentText(), QStringLiteral("https"));
        QCOMPARE(find<QLineEdit>("port")->text(), QStringLiteral("9243"));
        QCOMPARE(m_dialog->draft().address, QStringLiteral("https://es.example.com:9243"));
    }

    void aClusterThatHasOneIsSaidWithItsPhase()
    {
        support::EventPlatform platform;
        platform.there = {{{"metadata", {{"name", "pe-old"}}},
                           {"spec", {{"clusterName", "global"}, {"persistentBackEnd", {{"es", {{"ip", "10.0.0.1"}}}}}}},
                           {"status", {{"phase", "Failed"}}}}};
        serve(platform);
        open();
        auto* cluster = find<QComboBox>("cluster");
        QCOMPARE(cluster->itemText(0), QStringLiteral("global · TKE (has one already: Failed)"));
        QCOMPARE(cluster->currentData().toString(), QStringLiteral("cls-abc12345")); // the first that has none
        type("host", "10.0.0.1");
        QVERIFY(button("next")->isEnabled());
        cluster->setCurrentIndex(0);
        QVERIFY2(problems().contains(QLatin1String("pe-old (Failed)")), qPrintable(problems()));
        QVERIFY(!button("next")->isEnabled());
    }

    void clustersThatAreNotToldAreTyped()
    {
        support::EventPlatform platform;
        platform.cannotList = "/clusters";
        serve(platform);
        open({.cluster = QStringLiteral("cls-abc12345")});
        auto* cluster = find<QComboBox>("cluster");
        QTRY_VERIFY(cluster->isEditable());
        QCOMPARE(m_dialog->draft().cluster, QStringLiteral("cls-abc12345"));
        QVERIFY2(problems().contains(QLatin1String("could not be read")), qPrintable(problems()));
        type("host", "10.0.0.1");
        QVERIFY2(button("next")->isEnabled(), "not known is no error");
    }

    void theAddressIsTriedAndSaysWhoItIs()
    {
        serve({});
        open();
        atStore();
        QCOMPARE(button("probe")->accessibleName(), QStringLiteral("Try the address"));
        button("probe")->click();
        QTRY_VERIFY_WITH_TIMEOUT(found().contains(QLatin1String("wants a login")), 20'000);
        QVERIFY2(problems().contains(QLatin1String("give a user and a password")), qPrintable(problems()));
        QVERIFY(!button("next")->isEnabled());
        type("user", "elastic");
        QVERIFY2(found().isEmpty(), "what was said to nobody says nothing of a login");
        type("password", "wrong");
        // Said before anything is sent.
        QVERIFY2(problems().contains(QLatin1String("crosses the network in clear")), qPrintable(problems()));
        QVERIFY(button("probe")->text().contains(QLatin1String("in clear")));
        for (const AskedRequest& asked : m_store->asked())
            QVERIFY(!asked.hasHeader("Authorization"));
        button("probe")->click();
        QTRY_VERIFY_WITH_TIMEOUT(found().contains(QLatin1String("refuses this one")), 20'000);
        type("password", Password.constData());
        button("probe")->click();
        QTRY_VERIFY_WITH_TIMEOUT(found().contains(QLatin1String("Elasticsearch 7.17.27. It takes the login.")), 20'000);
        QVERIFY(found().contains(QLatin1String("the first event makes it")));
        QVERIFY(button("next")->isEnabled());
    }

    void itIsTriedMadeFollowedAndTakenBack()
    {
        serve({});
        open();
        atStore();
        login();
        button("next")->click();
        QTRY_VERIFY_WITH_TIMEOUT(button("apply")->isEnabled(), 20'000);
        QCOMPARE(writes(), 0);
        QCOMPARE(button("apply")->text(), QStringLiteral("Keep the events of global"));
        QVERIFY(!button("apply")->isDefault() && !button("apply")->autoDefault());
        QVERIFY2(lines().contains(QLatin1String("takes the login")), qPrintable(lines()));
        QVERIFY(lines().contains(QLatin1String("fluentd-config")));
        QVERIFY(find<QPlainTextEdit>("command")->toPlainText().contains(QLatin1String("$ES_PASSWORD")));
        // The password is seen when that is asked for, and no longer than that.
        auto* diff = find<QPlainTextEdit>("diff");
        const QString encoded = QString::fromLatin1(Password.toBase64());
        QVERIFY(diff->toPlainText().contains(QLatin1String("clusterName: global")));
        QVERIFY(diff->toPlainText().contains(QLatin1String("bytes>")) && !diff->toPlainText().contains(encoded));
        find<QCheckBox>("reveal")->click();
        QVERIFY(diff->toPlainText().contains(encoded));
        find<QCheckBox>("reveal")->click();
        QVERIFY(!diff->toPlainText().contains(encoded));

        button("apply")->click();
        QTRY_COMPARE_WITH_TIMEOUT(writes(), 1, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(status().contains(QLatin1String("the index holds events")), 20'000);
        for (const char* step :
             {"The platform says Running", "1 of 1 is ready", "fluentd is configured for http://127.0.0.1",
              "fluentd complains of nothing", "The index holds 3 documents"})
            QVERIFY2(lines().contains(QLatin1String(step)), qPrintable(lines()));
        QVERIFY(!lines().contains(QString::fromLatin1(Password)));
        QVERIFY(!button("apply")->isVisible() && !button("back")->isVisible());
        button("undo")->click();
        QTRY_VERIFY_WITH_TIMEOUT(status().contains(QLatin1String("being deleted again")), 20'000);
        QCOMPARE(writes(), 2);
        QCOMPARE(m_platform->asked().back().verb, QByteArray("DELETE"));
        QVERIFY(!button("undo")->isVisible());
    }

    void whatDoesNotDeliverIsSaidWithFluentdsWords()
    {
        support::EventPlatform platform;
        platform.log =
            "[warn]: could not push logs to Elasticsearch cluster ({:password=>\"" + Password + "\"}): [401]\n";
        serve(platform);
        open();
        atStore();
        login();
        button("next")->click();
        QTRY_VERIFY_WITH_TIMEOUT(button("apply")->isEnabled(), 20'000);
        button("apply")->click();
        QTRY_VERIFY_WITH_TIMEOUT(status().contains(QLatin1String("does not deliver")), 20'000);
        QVERIFY2(lines().contains(QLatin1String("could not push logs")), qPrintable(lines()));
        QVERIFY(!lines().contains(QString::fromLatin1(Password)));
        QVERIFY(button("undo")->isVisible());
    }

    void aFaultFoundWhileReviewingKeepsItFromBeingSent()
    {
        serve({});
        open();
        atStore(); // nobody tried it, and it wants a login
        button("next")->click();
        QTRY_VERIFY_WITH_TIMEOUT(status().contains(QLatin1String("Nothing was sent")), 20'000);
        QVERIFY2(lines().contains(QLatin1String("give a user and a password")), qPrintable(lines()));
        QVERIFY(!button("apply")->isEnabled());
        for (const AskedRequest& asked : m_platform->asked())
            QCOMPARE(asked.verb, QByteArray("GET"));
        button("back")->click();
        QCOMPARE(m_dialog->page(), 0);
    }

    void whatIsKnownAlreadyIsFilledIn()
    {
        serve({});
        open({.cluster = QStringLiteral("cls-abc12345"),
              .address = QStringLiteral("https://10.240.0.21:9201"),
              .index = QStringLiteral("events"),
              .user = QStringLiteral("elastic")});
        const tke::EventSinkDraft draft = m_dialog->draft();
        QCOMPARE(draft.cluster, QStringLiteral("cls-abc12345"));
        QCOMPARE(draft.address, QStringLiteral("https://10.240.0.21:9201"));
        QCOMPARE(draft.index, QStringLiteral("events"));
        QCOMPARE(draft.user, QStringLiteral("elastic"));
        QVERIFY(draft.password.isEmpty());
    }

    void everyFieldIsNamedAndReachedInOrder()
    {
        serve({});
        open();
        for (auto* each : m_dialog->findChildren<QWidget*>())
            if ((each->focusPolicy() & Qt::TabFocus) && each->window() == m_dialog &&
                !each->objectName().startsWith(QLatin1String("qt_"))) {
                QVERIFY2(!each->objectName().isEmpty(), each->metaObject()->className());
                QVERIFY2(!each->accessibleName().isEmpty() || !each->isVisible(), qPrintable(each->objectName()));
            }
        type("host", "10.0.0.1");
        find<QComboBox>("cluster")->setFocus();
        QStringList order;
        for (int i = 0; i < 9; ++i) {
            order << QApplication::focusWidget()->objectName().section(QLatin1Char('.'), 1);
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        QCOMPARE(order.join(QLatin1Char(' ')),
                 QStringLiteral("cluster scheme host port index user password probe close"));
    }

    void theLanguageIsFollowed()
    {
        ui::LanguageManager language{QLocale(QLocale::English)};
        language.setLanguage(ui::Language::English);
        serve({});
        open();
        language.setLanguage(ui::Language::Chinese);
        QTRY_VERIFY(m_dialog->windowTitle().contains(QStringLiteral("事件持久化")));
        QCOMPARE(find<QComboBox>("cluster")->accessibleName(), QStringLiteral("集群"));
        QVERIFY2(problems().contains(QStringLiteral("请给出 Elasticsearch 地址")), qPrintable(problems()));
        language.setLanguage(ui::Language::English);
    }

    void aReadOnlyContextSendsNothing()
    {
        serve({}, true);
        open();
        atStore();
        login();
        button("next")->click();
        QTRY_VERIFY(status().contains(QLatin1String("read-only")));
        QVERIFY(!button("apply")->isEnabled());
        for (const AskedRequest& asked : m_platform->asked())
            QCOMPARE(asked.verb, QByteArray("GET"));
    }

    void aPlatformThatClosesTakesTheFormWithIt()
    {
        serve({});
        open();
        m_cluster->close();
        QTRY_VERIFY(!m_dialog);
    }

private:
    void serve(support::EventPlatform platform, bool readOnly = false)
    {
        m_platform = std::make_unique<ScriptedServer>(std::move(platform));
        m_store = std::make_unique<ScriptedServer>(support::EventStore(Password));
        config::Context context;
        context.name = QStringLiteral("platform");
        context.cluster.server = QUrl(m_platform->url());
        context.readOnly = readOnly;
        m_cluster = std::make_unique<store::Cluster>(context, &m_journal);
        m_cluster->open();
        QTRY_VERIFY_WITH_TIMEOUT(m_cluster->hasCatalog(), 20'000);
    }
    void open(const tke::EventSinkDraft& draft = {})
    {
        m_dialog = ui::openEventPersistence(
            m_cluster.get(), {}, &m_journal, draft, nullptr,
            {.follow = {.pause = std::chrono::milliseconds(20), .settling = std::chrono::milliseconds(50)}});
        QVERIFY(QTest::qWaitForWindowExposed(m_dialog, 20'000));
        QTRY_VERIFY_WITH_TIMEOUT(find<QComboBox>("cluster")->count() > 0 || find<QComboBox>("cluster")->isEditable(),
                                 20'000);
    }
    template <typename T> T* find(const char* name) const
    {
        return m_dialog->findChild<T*>(QStringLiteral("events.") + QLatin1String(name));
    }
    QPushButton* button(const char* name) const { return find<QPushButton>(name); }
    QString problems() const { return find<ui::SignLines>("problems")->text(); }
    QString found() const { return find<ui::SignLines>("found")->text(); }
    QString status() const { return find<ui::SignLines>("status")->text(); }
    QString lines() const
    {
        QStringList all;
        const auto* list = find<QListWidget>("lines");
        for (int i = 0; i < list->count(); ++i)
            all << list->item(i)->text();
        return all.join(QLatin1Char('\n'));
    }
    void type(const char* name, const char* words)
    {
        auto* edit = find<QLineEdit>(name);
        edit->selectAll();
        QTest::keyClicks(edit, QLatin1String(words));
    }
    void atStore()
    {
        type("host", "127.0.0.1");
        find<QLineEdit>("port")->setText(QString::number(m_store->port()));
    }
    void login()
    {
        type("user", "elastic");
        type("password", Password.constData());
    }
    int writes() const
    {
        int count = 0;
        for (const AskedRequest& asked : m_platform->asked())
            count += asked.verb != "GET" && asked.query("dryRun").isEmpty() && !asked.body.contains("dryRun") ? 1 : 0;
        return count;
    }

    std::unique_ptr<ScriptedServer> m_platform;
    std::unique_ptr<ScriptedServer> m_store;
    transport::Journal m_journal;
    std::unique_ptr<store::Cluster> m_cluster;
    QPointer<ui::EventDialog> m_dialog;
    QTemporaryDir m_folder;
};

ALIDADE_UI_TEST_MAIN(TestEventPersistence)
#include "tst_eventpersistence.moc"
