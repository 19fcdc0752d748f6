// Connections in the real window, driven by object names: contexts and their problems, clusters added by hand with
// their secret in a keychain, marks, and the credential shown back.

#include "app/config/sources.h"
#include "app/store/clusters.h"
#include "tests/support/fixture.h"
#include "tests/support/memorysecrets.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/ui_main.h"
#include "ui/composition.h"
#include "ui/connections/connections.h"
#include "ui/connections/connectionspage.h"
#include "ui/shell/actionregistry.h"
#include "ui/shell/languagemanager.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/pagetabs.h"
#include "ui/theme/colors.h"
#include "ui/theme/thememanager.h"

#include <QAccessible>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTableView>
#include <QTemporaryDir>
#include <QTimer>
#include <QToolButton>

using namespace ui;
using support::ScriptedAnswer;
using support::ScriptedServer;

namespace {

constexpr int Patience = 30'000;
const QString Token = QStringLiteral("not-for-showing-77e1");

QByteArray certificate()
{
    QFile file(support::fixturePath(QStringLiteral("kubeconfig/pki/ca.crt")));
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

QString console()
{
    return QStringLiteral("集群APIServer地址\n10.0.222.46:6443 (Real)\n10.0.222.31:6443 (Advertise)\nToken\n%1\n"
                          "集群CA证书\n%2")
        .arg(Token, QString::fromLatin1(certificate()));
}

} // namespace

class TestConnections : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_secrets = std::make_unique<support::MemorySecrets>();
    }
    void cleanup()
    {
        m_it.reset();
        qputenv("KUBECONFIG", "/nowhere");
    }

    void withoutAnyClusterItIsSaidHowToBegin()
    {
        make({});
        find<QPushButton>("welcome.connections")->click();
        QVERIFY(page());
        bool said = false;
        for (const QLabel* label : page()->findChildren<QLabel*>())
            said |= label->isVisible() && label->text().contains(QStringLiteral("集群凭证"));
        QVERIFY(said);
        QVERIFY(!find<QPushButton>("connections.open")->isEnabled());
        QVERIFY(find<QPushButton>("connections.addCluster")->isEnabled());
    }

    void contextsAreListedWithWhatIsWrong()
    {
        make("current-context: good\ncontexts:\n- {name: good, context: {cluster: c1, user: u1}}\n"
             "- {name: <b>bad</b>, context: {cluster: c2, user: nobody}}\nclusters:\n"
             "- {name: c1, cluster: {server: 'http://127.0.0.1:9'}}\n"
             "- {name: c2, cluster: {server: 'https://192.0.2.2:6443', insecure-skip-tls-verify: true}}\n"
             "users:\n- {name: u1, user: {}}\n");
        openPage();
        auto* table = find<QTableView>("connections.table");
        QCOMPARE(table->model()->rowCount(), 2);
        QCOMPARE(table->model()->index(1, 0).data().toString(), QStringLiteral("<b>bad</b>"));
        table->selectRow(1);
        const QLabel* verification = find<QLabel>("connections.details.connection.verification");
        QVERIFY(verification->text().remove(QChar(0x200b)).contains(QStringLiteral("insecure-skip-tls-verify")));
        QCOMPARE(verification->palette().color(QPalette::WindowText), color(ColorId::Error, qApp->palette()));
        const QLabel* problem = find<QLabel>("connections.details.problems.userMissingnobody");
        QVERIFY2(problem->text().contains(QStringLiteral("nobody")), qPrintable(problem->text()));
        // The file is listed with what it gave.
        auto* files = find<QTableView>("connections.files");
        QCOMPARE(files->model()->rowCount(), 1);
        QCOMPARE(files->model()->index(0, 2).data().toString(), QStringLiteral("2"));
        QVERIFY(!find<QPushButton>("connections.removeFile")->isEnabled());
    }

    void aClusterIsAddedFromThePastedDialog()
    {
        make({});
        openPage();
        QDialog* dialog = addDialog();
        auto* save = dialog->findChild<QPushButton*>(QStringLiteral("cluster.save"));
        QVERIFY(!save->isEnabled());
        text(dialog, "cluster.paste")->setPlainText(console());
        QCOMPARE(text(dialog, "cluster.addresses")->toPlainText(),
                 QStringLiteral("https://10.0.222.46:6443 Real\nhttps://10.0.222.31:6443 Advertise"));
        QCOMPARE(field(dialog, "cluster.token")->text(), Token);
        QCOMPARE(field(dialog, "cluster.token")->echoMode(), QLineEdit::Password);
        QVERIFY(text(dialog, "cluster.ca")->toPlainText().startsWith(QStringLiteral("-----BEGIN CERTIFICATE-----")));
        QVERIFY(dialog->findChild<QLabel*>(QStringLiteral("cluster.finding.addresses")));
        QVERIFY(!save->isEnabled()); // it has no name yet
        field(dialog, "cluster.name")->setText(QStringLiteral("prod-bj"));
        QVERIFY(save->isEnabled());
        save->click();
        QTRY_VERIFY_WITH_TIMEOUT(m_it->clusters().find(QStringLiteral("prod-bj")), Patience);
        const config::Context context = m_it->clusters().find(QStringLiteral("prod-bj"))->context();
        QCOMPARE(context.addresses.size(), 2U);
        QCOMPARE(m_secrets->secrets.at(context.user.secretId), Token);
        QFile settings(settingsFile());
        QVERIFY(settings.open(QFile::ReadOnly));
        QVERIFY(!settings.readAll().contains(Token.toUtf8()));
        QVERIFY(find<QPushButton>("connections.edit")->isVisible());
    }

    void aLockedKeychainKeepsNothing()
    {
        make({});
        openPage();
        m_secrets->mood = QStringLiteral("keychainLocked");
        QDialog* dialog = addDialog();
        text(dialog, "cluster.paste")->setPlainText(console());
        field(dialog, "cluster.name")->setText(QStringLiteral("prod-bj"));
        dialog->findChild<QPushButton*>(QStringLiteral("cluster.save"))->click();
        const auto* result = dialog->findChild<QLabel*>(QStringLiteral("cluster.result"));
        QTRY_VERIFY_WITH_TIMEOUT(result->text().contains(QStringLiteral("locked")), Patience);
        QVERIFY(dialog->isVisible());
        QVERIFY(!QFile::exists(settingsFile()));
        QCOMPARE(field(dialog, "cluster.token")->text(), Token);
    }

    void theTestAsksOnceForTheVersion()
    {
        ScriptedServer server([](const support::AskedRequest&) {
            return ScriptedAnswer::whole(200, R"({"major":"1","minor":"30","gitVersion":"v1.30.1-tke"})");
        });
        make({});
        openPage();
        QDialog* dialog = addDialog();
        field(dialog, "cluster.name")->setText(QStringLiteral("here"));
        text(dialog, "cluster.addresses")->setPlainText(server.url());
        dialog->findChild<QPushButton*>(QStringLiteral("cluster.test"))->click();
        const auto* result = dialog->findChild<QLabel*>(QStringLiteral("cluster.result"));
        QTRY_VERIFY_WITH_TIMEOUT(result->text().contains(QStringLiteral("v1.30.1-tke")), Patience);
        QCOMPARE(server.askedCount(), 1U);
        QCOMPARE(server.asked().front().target, QByteArray("/version"));
        server.stopListening();
        dialog->findChild<QPushButton*>(QStringLiteral("cluster.test"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(result->text().contains(QStringLiteral("127.0.0.1")) &&
                                     !result->text().contains(QStringLiteral("…")),
                                 Patience);
        QCOMPARE(result->palette().color(QPalette::WindowText), color(ColorId::Error, qApp->palette()));
    }

    void theSecretIsReadWhenTheClusterIsOpened()
    {
        make({}, true);
        QCOMPARE(m_secrets->reads, 0);
        store::Cluster* cluster = m_it->clusters().find(QStringLiteral("by-hand"));
        QVERIFY(cluster);
        m_secrets->mood = QStringLiteral("keychainLocked");
        cluster->open();
        QCOMPARE(cluster->state(), store::Cluster::State::Connecting);
        QTRY_COMPARE_WITH_TIMEOUT(cluster->state(), store::Cluster::State::Unreachable, Patience);
        QCOMPARE(cluster->error().reason, QStringLiteral("keychainLocked"));
        m_secrets->mood.clear();
        cluster->open();
        QTRY_VERIFY_WITH_TIMEOUT(cluster->isOpen(), Patience);
        cluster->close();
        // Closed while the keychain still thinks: it stays closed.
        cluster->open();
        cluster->close();
        QTest::qWait(50);
        QVERIFY(!cluster->isOpen());
        QCOMPARE(cluster->state(), store::Cluster::State::Closed);
    }

    void productionIsSeenEverywhere()
    {
        make({}, true);
        openPage();
        find<QTableView>("connections.table")->selectRow(0);
        find<QPushButton>("connections.production")->click();
        const auto marks = [this] { return config::loadSettings(settingsFile())->profiles.at(0).marks; };
        QVERIFY(marks().production);
        const auto* cluster = m_it->clusters().find(QStringLiteral("by-hand"));
        QVERIFY(cluster->context().production);
        QVERIFY(cluster->context().readOnly);
        QVERIFY(find<QPushButton>("connections.readOnly")->isChecked());
        m_it->window().show();
        find<QPushButton>("connections.open")->click();
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("status.production")->isVisible(), Patience);
        QVERIFY(find<QLabel>("status.readOnly")->isVisible());
        QVERIFY(m_it->window().windowTitle().contains(QStringLiteral("production")));
        QCOMPARE(find<QLabel>("status.production")->palette().color(QPalette::WindowText),
                 color(ColorId::Production, qApp->palette()));
        // Writable, on the person's own word.
        find<QPushButton>("connections.readOnly")->click();
        QVERIFY(!cluster->context().readOnly);
        QCOMPARE(marks().readOnly, std::optional(false));
        // Without production nothing of it stays.
        find<QPushButton>("connections.production")->click();
        QVERIFY(marks() == config::Marks{});
    }

    void theCredentialIsShownBack()
    {
        make({}, true);
        QDialog* dialog = credential();
        auto* shown = field(dialog, "credential.token");
        const QString mask = shown->text();
        QVERIFY(!mask.contains(Token));
        QCOMPARE(dialog->findChild<QLabel*>(QStringLiteral("credential.address0"))->text(),
                 QStringLiteral("https://192.0.2.30:6443 (Real)"));
        auto* reveal = dialog->findChild<QToolButton*>(QStringLiteral("credential.reveal"));
        reveal->click();
        QTRY_COMPARE_WITH_TIMEOUT(shown->text(), Token, Patience);
        auto* remask = dialog->findChild<QTimer*>(QStringLiteral("credential.remask"));
        QVERIFY(remask->isActive());
        QCOMPARE(remask->interval(), 10'000);
        remask->start(1);
        QTRY_COMPARE_WITH_TIMEOUT(shown->text(), mask, Patience);
        QVERIFY(!reveal->isChecked());
    }

    void aCopiedTokenLeavesTheClipboard()
    {
        make({}, true);
        QDialog* dialog = credential();
        dialog->findChild<QToolButton*>(QStringLiteral("credential.copyToken"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(QGuiApplication::clipboard()->text(), Token, Patience);
        QTimer* lifetime = m_it->connections().clipboard()->lifetime();
        QVERIFY(lifetime->isActive());
        QCOMPARE(lifetime->interval(), 10'000);
        delete dialog; // the dialog may be closed meanwhile
        lifetime->start(1);
        QTRY_COMPARE_WITH_TIMEOUT(QGuiApplication::clipboard()->text(), QString(), Patience);

        // What was copied since is not the token's to take away.
        m_it->connections().clipboard()->copy(Token);
        QGuiApplication::clipboard()->setText(QStringLiteral("something else"));
        lifetime->start(1);
        QTRY_VERIFY_WITH_TIMEOUT(!lifetime->isActive(), Patience);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("something else"));
    }

    void theKubeconfigIsForTheAddressChosen()
    {
        make({}, true);
        QDialog* dialog = credential();
        auto* address = dialog->findChild<QComboBox*>(QStringLiteral("credential.address"));
        QCOMPARE(address->currentIndex(), 1); // the Advertise one, as in the console
        address->setCurrentIndex(0);
        dialog->findChild<QToolButton*>(QStringLiteral("credential.copyKubeconfig"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("apiVersion")),
                                 Patience);
        QFile file(m_folder->filePath(QStringLiteral("handed-out")));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(QGuiApplication::clipboard()->text().toUtf8());
        file.close();
        const config::Kubeconfig read = config::loadKubeconfig({file.fileName()});
        const auto context = read.resolve();
        QVERIFY(context);
        QCOMPARE(context->name, QStringLiteral("by-hand-context-default"));
        QCOMPARE(context->userName, QStringLiteral("by-hand-admin"));
        QCOMPARE(context->cluster.server, QUrl(QStringLiteral("https://192.0.2.30:6443")));
        QCOMPARE(context->cluster.certificateAuthority, certificate());
        QCOMPARE(context->user.token, Token);
        QVERIFY(context->problems.empty());
    }

    void aClusterIsRemovedByItsName()
    {
        make({}, true);
        openPage();
        find<QTableView>("connections.table")->selectRow(0);
        find<QPushButton>("connections.remove")->click();
        auto* dialog = find<QDialog>("removeDialog");
        auto* remove = dialog->findChild<QPushButton*>(QStringLiteral("remove.remove"));
        QVERIFY(!remove->isEnabled());
        QVERIFY(!remove->isDefault());
        field(dialog, "remove.name")->setText(QStringLiteral("by-han"));
        QVERIFY(!remove->isEnabled());
        field(dialog, "remove.name")->setText(QStringLiteral("by-hand"));
        remove->click();
        QTRY_VERIFY_WITH_TIMEOUT(!m_it->clusters().find(QStringLiteral("by-hand")), Patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_secrets->secrets.empty(), Patience);
        QVERIFY(config::loadSettings(settingsFile())->profiles.empty());
    }

    void anEditedClusterKeepsItsSecret()
    {
        make({}, true);
        openPage();
        find<QTableView>("connections.table")->selectRow(0);
        find<QPushButton>("connections.edit")->click();
        auto* dialog = find<QDialog>("clusterDialog");
        QCOMPARE(field(dialog, "cluster.token")->text(), QString());
        field(dialog, "cluster.namespace")->setText(QStringLiteral("shop"));
        dialog->findChild<QPushButton*>(QStringLiteral("cluster.save"))->click();
        const auto profile = [this] { return config::loadSettings(settingsFile())->profiles.at(0); };
        QTRY_COMPARE_WITH_TIMEOUT(profile().nameSpace, QStringLiteral("shop"), Patience);
        QCOMPARE(profile().signIn, config::SignIn::Token);
        QCOMPARE(m_secrets->secrets.begin()->second, Token);
    }

    void filesAreAddedAndTakenOffTheList()
    {
        make("contexts: [{name: one, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: "
             "'http://127.0.0.1:9'}}]\n");
        openPage();
        const QString file = m_folder->filePath(QStringLiteral("more.conf"));
        write(file, "contexts: [{name: two, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: "
                    "'http://127.0.0.1:10'}}]\n");
        QVERIFY(m_it->connections().addFile(file));
        QTRY_VERIFY_WITH_TIMEOUT(m_it->clusters().find(QStringLiteral("two")), Patience);
        auto* files = find<QTableView>("connections.files");
        QCOMPARE(files->model()->rowCount(), 2);
        files->selectRow(1);
        auto* remove = find<QPushButton>("connections.removeFile");
        QVERIFY(remove->isEnabled());
        remove->click();
        QTRY_VERIFY_WITH_TIMEOUT(!m_it->clusters().find(QStringLiteral("two")), Patience);
        QVERIFY(QFile::exists(file));
    }

    void everyControlHasANameInBothLanguages()
    {
        make({}, true);
        openPage();
        addDialog();
        credential();
        find<QTableView>("connections.table")->selectRow(0);
        find<QPushButton>("connections.remove")->click();
        static const QRegularExpression han(QStringLiteral("\\p{Han}"));
        for (const Language language : {Language::English, Language::Chinese}) {
            m_it->language().setLanguage(language);
            QCoreApplication::processEvents();
            int controls = 0;
            for (const char* root : {"clusterDialog", "credentialDialog", "removeDialog"})
                for (const QWidget* widget : find<QWidget>(root)->findChildren<QWidget*>())
                    controls += check(widget);
            for (const QWidget* widget : page()->findChildren<QWidget*>())
                controls += check(widget);
            QVERIFY(controls > 40);
        }
        QVERIFY(find<QDialog>("credentialDialog")->windowTitle().contains(han));
        QVERIFY(page()->title().contains(han));
        QVERIFY(find<QPushButton>("cluster.save")->text().contains(han));
    }

private:
    int check(const QWidget* widget)
    {
        const bool control = qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget) ||
                             qobject_cast<const QAbstractItemView*>(widget) || widget->inherits("QComboBox") ||
                             widget->inherits("QPlainTextEdit");
        if (!control || widget->isHidden())
            return 0;
        QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
        const QString name = spoken ? spoken->text(QAccessible::Name) : QString();
        if (widget->objectName().isEmpty() || name.isEmpty())
            QTest::qFail(qPrintable(QStringLiteral("%1 “%2” in “%3” has no name")
                                        .arg(QLatin1String(widget->metaObject()->className()), widget->objectName(),
                                             widget->parent() ? widget->parent()->objectName() : QString())),
                         __FILE__, __LINE__);
        return 1;
    }

    static void write(const QString& path, const QByteArray& bytes)
    {
        QFile file(path);
        if (!file.open(QFile::WriteOnly))
            qFatal("%s", qPrintable(file.errorString()));
        file.write(bytes);
    }
    QString settingsFile() const { return m_folder->filePath(QStringLiteral("clusters.json")); }

    /// The window over a kubeconfig; `byHand`: and a cluster added by hand, with its token in the keychain.
    void make(const QByteArray& kubeconfig, bool byHand = false)
    {
        const QString file = m_folder->filePath(QStringLiteral("config"));
        if (!kubeconfig.isEmpty())
            write(file, kubeconfig);
        qputenv("KUBECONFIG", file.toUtf8());
        if (byHand) {
            config::Profile profile;
            profile.id = QStringLiteral("7a1f");
            profile.name = QStringLiteral("by-hand");
            profile.addresses = {{config::AddressType::Real, QUrl(QStringLiteral("https://192.0.2.30:6443"))},
                                 {config::AddressType::Advertise, QUrl(QStringLiteral("https://192.0.2.31:6443"))}};
            profile.certificateAuthority = certificate();
            profile.signIn = config::SignIn::Token;
            QVERIFY(config::saveSettings(settingsFile(), {.profiles = {profile}}));
            m_secrets->secrets[profile.secretId()] = Token;
        }
        Options options;
        options.language = QStringLiteral("en");
        options.theme = QStringLiteral("light");
        options.settings = m_folder->filePath(QStringLiteral("window.ini"));
        options.clusters = settingsFile();
        options.secrets = m_secrets.get();
        m_it = std::make_unique<Composition>(options);
        m_it->window().show();
        m_it->start();
    }
    template <typename T> T* find(const char* name)
    {
        T* found = m_it->window().findChild<T*>(QLatin1String(name));
        if (!found)
            qFatal("there is no %s", name);
        return found;
    }
    static QLineEdit* field(QDialog* dialog, const char* name)
    {
        return dialog->findChild<QLineEdit*>(QLatin1String(name));
    }
    static QPlainTextEdit* text(QDialog* dialog, const char* name)
    {
        return dialog->findChild<QPlainTextEdit*>(QLatin1String(name));
    }
    ConnectionsPage* page() { return qobject_cast<ConnectionsPage*>(m_it->window().tabs()->currentPage()); }
    void openPage()
    {
        m_it->actions().action(QStringLiteral("cluster.connections"))->trigger();
        if (!page())
            qFatal("no page");
    }
    QDialog* addDialog()
    {
        find<QPushButton>("connections.addCluster")->click();
        return find<QDialog>("clusterDialog");
    }
    QDialog* credential()
    {
        openPage();
        find<QTableView>("connections.table")->selectRow(0);
        find<QPushButton>("connections.credential")->click();
        return find<QDialog>("credentialDialog");
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<support::MemorySecrets> m_secrets;
    std::unique_ptr<Composition> m_it;
};

ALIDADE_UI_TEST_MAIN(TestConnections)
#include "tst_connections.moc"
