// Our own settings about clusters: kept whole, never a secret in them, and on the safe side where they cannot be read.

#include "app/config/sources.h"
#include "tests/support/fixture.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

using namespace config;

namespace {

QByteArray kubeconfig(const QByteArray& context, const QByteArray& server)
{
    return "contexts: [{name: " + context +
           ", context: {cluster: kubernetes, user: admin}}]\ncurrent-context: " + context +
           "\nclusters: [{name: kubernetes, cluster: {server: '" + server +
           "'}}]\nusers: [{name: admin, user: {token: t}}]\n";
}

QByteArray certificate()
{
    QFile file(support::fixturePath(QStringLiteral("kubeconfig/pki/ca.crt")));
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

Profile example()
{
    return {.id = QStringLiteral("7a1f"),
            .name = QStringLiteral("生产 prod"),
            .addresses = {{AddressType::Real, QUrl(QStringLiteral("https://10.0.222.46:6443"))},
                          {AddressType::Advertise, QUrl(QStringLiteral("https://[fd00::31]:6443/prefix"))}},
            .certificateAuthority = certificate(),
            .insecureSkipTlsVerify = false,
            .tlsServerName = QStringLiteral("api.tke.com"),
            .nameSpace = QStringLiteral("shop"),
            .signIn = SignIn::Token,
            .clientCertificate = {},
            .marks = {.production = true, .readOnly = false}};
}

} // namespace

class TestSettings : public QObject {
    Q_OBJECT

private:
    QString put(const QString& name, const QByteArray& bytes) const
    {
        QFile file(m_folder->filePath(name));
        if (!file.open(QFile::WriteOnly))
            qFatal("%s", qPrintable(file.errorString()));
        file.write(bytes);
        return file.fileName();
    }
    QString settings() const { return m_folder->filePath(QStringLiteral("deep/er/clusters.json")); }
    Kubeconfig load(const QString& environment, const QString& explicitFile = {}) const
    {
        return loadContexts({explicitFile, environment, m_folder->path(), settings()});
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void whatIsKeptComesBack()
    {
        Settings kept;
        kept.kubeconfigs = QStringList{QStringLiteral("/a/config"), QStringLiteral("/b/配置")};
        kept.profiles = {example()};
        kept.marks = {{QStringLiteral("prod"),
                       QStringLiteral("/a/config"),
                       QUrl(QStringLiteral("https://192.0.2.1:6443")),
                       {.production = true}}};
        QVERIFY(saveSettings(settings(), kept));
        const auto loaded = loadSettings(settings());
        QVERIFY(loaded);
        QVERIFY(*loaded == kept);
    }

    void onlyTheOwnerReadsTheFile()
    {
        const mode_t before = umask(0);
        const bool saved = saveSettings(settings(), {}).has_value() && saveSettings(settings(), {}).has_value();
        umask(before);
        QVERIFY(saved);
        struct stat status {};
        QCOMPARE(stat(qPrintable(settings()), &status), 0);
        QCOMPARE(static_cast<int>(status.st_mode & 0777), 0600);
    }

    void aMissingFileHoldsNothing()
    {
        const auto loaded = loadSettings(settings());
        QVERIFY(loaded);
        QVERIFY(*loaded == Settings{});
    }

    void whatCannotBeReadIsNotWrittenOver_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("no JSON") << QByteArray("{");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("a later version") << QByteArray(R"({"version": 2, "marks": []})");
        QTest::newRow("empty") << QByteArray();
    }
    void whatCannotBeReadIsNotWrittenOver()
    {
        QFETCH(QByteArray, text);
        QVERIFY(QDir().mkpath(QFileInfo(settings()).path()));
        put(QStringLiteral("deep/er/clusters.json"), text);
        const auto changed =
            changeSettings(settings(), [](Settings& now) { now.kubeconfigs << QStringLiteral("/lost"); });
        QVERIFY(!changed);
        QCOMPARE(changed.error().reason, QStringLiteral("settingsInvalid"));
        QFile file(settings());
        QVERIFY(file.open(QFile::ReadOnly));
        QCOMPARE(file.readAll(), text);
        // What was marked is not known: nothing may be written to any cluster.
        const QString config = put(QStringLiteral("config"), kubeconfig("one", "https://192.0.2.1"));
        const Kubeconfig loaded = load(config);
        QCOMPARE(loaded.contexts.size(), 1U);
        QVERIFY(loaded.contexts[0].readOnly);
        QCOMPARE(loaded.errors.size(), 1U);
        QCOMPARE(loaded.errors[0].reason, QStringLiteral("settingsInvalid"));
    }

    void productionIsReadOnlyUnlessSaidOtherwise()
    {
        QVERIFY(!Marks{}.isReadOnly());
        QVERIFY((Marks{.production = true}.isReadOnly()));
        QVERIFY((!Marks{.production = true, .readOnly = false}.isReadOnly()));
        QVERIFY((Marks{.production = false, .readOnly = true}.isReadOnly()));
    }

    void marksFollowTheContextToACopyAndToANewAddress()
    {
        const QString config = put(QStringLiteral("config"), kubeconfig("prod", "https://192.0.2.1"));
        const Kubeconfig before = load(config);
        QVERIFY(!before.contexts.at(0).readOnly);
        QVERIFY(
            changeSettings(settings(), [&](Settings& now) { now.setMarks(before.contexts[0], {.production = true}); }));
        const auto isMarked = [&](const QString& file) {
            const Kubeconfig now = load(file);
            return now.contexts.at(0).production && now.contexts.at(0).readOnly;
        };
        QVERIFY(isMarked(config));
        QVERIFY(isMarked(put(QStringLiteral("copy"), kubeconfig("prod", "https://192.0.2.1"))));
        QVERIFY(!isMarked(put(QStringLiteral("namesake"), kubeconfig("prod", "https://192.0.2.9"))));
        QVERIFY(!isMarked(put(QStringLiteral("other"), kubeconfig("test", "https://192.0.2.1"))));
        put(QStringLiteral("config"), kubeconfig("prod", "https://prod.example"));
        QVERIFY(isMarked(config));
        // The kubeconfig named alone is protected as well.
        QVERIFY(load({}, config).contexts.at(0).readOnly);

        QVERIFY(changeSettings(settings(), [&](Settings& now) { now.setMarks(load(config).contexts[0], {}); }));
        QVERIFY(!isMarked(config));
        QVERIFY(loadSettings(settings())->marks.empty());
    }

    void addedFilesAreNotMixed()
    {
        // kubeadm calls cluster, user and context the same in each of its files.
        const QString first =
            put(QStringLiteral("config"), kubeconfig("kubernetes-admin@kubernetes", "https://192.0.2.1"));
        const QString second =
            put(QStringLiteral("second.conf"), kubeconfig("kubernetes-admin@kubernetes", "https://192.0.2.2"));
        const QString third = put(QStringLiteral("third.conf"), kubeconfig("third", "https://192.0.2.3"));
        QVERIFY(changeSettings(settings(), [&](Settings& now) {
            now.kubeconfigs = QStringList{first, second, third};
        }));
        const Kubeconfig loaded = load(first);
        QCOMPARE(loaded.files, (QStringList{first, second, third}));
        QStringList seen;
        for (const Context& context : loaded.contexts)
            seen << context.name + QLatin1Char(' ') + context.cluster.server.host();
        QCOMPARE(seen, (QStringList{QStringLiteral("kubernetes-admin@kubernetes 192.0.2.1"),
                                    QStringLiteral("kubernetes-admin@kubernetes (second.conf) 192.0.2.2"),
                                    QStringLiteral("third 192.0.2.3")}));
        QCOMPARE(loaded.contexts[1].nameInFile, QStringLiteral("kubernetes-admin@kubernetes"));
        QCOMPARE(loaded.currentContext, QStringLiteral("kubernetes-admin@kubernetes"));
        QVERIFY(!loaded.contexts[2].current);
        // --kubeconfig means that file and no other.
        QCOMPARE(load({}, third).contexts.size(), 1U);
        // Opened in the window it stands beside the others.
        QCOMPARE(loadContexts({third, {}, m_folder->path(), settings(), false}).contexts.size(), 3U);
    }

    void anAddedFileThatIsGoneIsSaid()
    {
        QVERIFY(changeSettings(settings(),
                               [&](Settings& now) { now.kubeconfigs << m_folder->filePath(QStringLiteral("gone")); }));
        const Kubeconfig loaded = load(put(QStringLiteral("config"), kubeconfig("one", "https://192.0.2.1")));
        QCOMPARE(loaded.contexts.size(), 1U);
        QCOMPARE(loaded.errors.size(), 1U);
        QCOMPARE(loaded.errors[0].reason, QStringLiteral("fileMissing"));
    }

    void aProfileIsAContext()
    {
        QVERIFY(saveSettings(settings(), {.profiles = {example()}}));
        const Kubeconfig loaded = load(QStringLiteral("/nowhere"));
        QCOMPARE(loaded.contexts.size(), 1U);
        const Context& context = loaded.contexts[0];
        QCOMPARE(context.name, QStringLiteral("生产 prod"));
        QCOMPARE(context.profile, QStringLiteral("7a1f"));
        QCOMPARE(context.cluster.server, QUrl(QStringLiteral("https://10.0.222.46:6443")));
        QCOMPARE(context.cluster.certificateAuthority, certificate());
        QVERIFY(context.addresses == example().addresses);
        QCOMPARE(context.user.authKind(), AuthKind::Token);
        QCOMPARE(context.user.secretId, QStringLiteral("cluster/7a1f"));
        QVERIFY(context.production);
        QVERIFY(!context.readOnly);
        QVERIFY(context.problems.empty());
        QVERIFY(loaded.resolve(context.name));
        const UserEntry user = withSecret(context.user, QStringLiteral("the token"));
        QCOMPARE(user.token, QStringLiteral("the token"));
        QVERIFY(user.secretId.isEmpty());
    }

    void whatIsWrongWithAProfileIsItsProblem()
    {
        Profile profile = example();
        const auto problems = [&profile] {
            QStringList ids;
            for (const Problem& problem : contextOf(profile, {}).problems)
                ids << problem.id;
            return ids;
        };
        profile.certificateAuthority = "nothing";
        QCOMPARE(problems(), QStringList{QStringLiteral("caInvalid")});
        profile = example();
        profile.addresses.clear();
        QCOMPARE(problems(), QStringList{QStringLiteral("serverMissing")});
        profile = example();
        profile.insecureSkipTlsVerify = true;
        QCOMPARE(problems(), QStringList{QStringLiteral("caWithInsecure")});
        profile = example();
        profile.addresses[0].url = QUrl(QStringLiteral("http://10.0.0.1:8080"));
        QCOMPARE(problems(), QStringList{QStringLiteral("credentialsNotSent")});
        QCOMPARE(contextOf(profile, {}).user.authKind(), AuthKind::None);
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
