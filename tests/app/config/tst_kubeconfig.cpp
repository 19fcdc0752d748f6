// Kubeconfigs, found, merged and judged.

#include "app/config/kubeconfig.h"
#include "tests/app/config/contextcases.h"

#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>
#include <thread>

using config::Kubeconfig;
using config::loadKubeconfig;
using contextcases::write;

namespace {

/// "kind reason line:column words"
QString shown(const base::Error& error)
{
    const QString place = error.causes.empty() ? QStringLiteral("-") : error.causes.front().field;
    const QString words = error.causes.empty() ? error.said : error.causes.front().message;
    return base::idOf(error.kind) + QLatin1Char(' ') + error.reason + QLatin1Char(' ') + place + QLatin1Char(' ') +
           words;
}

QStringList list(std::initializer_list<const char*> texts)
{
    QStringList result;
    for (const char* text : texts)
        result << QString::fromUtf8(text);
    return result;
}

std::vector<std::pair<QString, QString>> pairs(std::initializer_list<const char*> texts)
{
    std::vector<std::pair<QString, QString>> result;
    for (auto text = texts.begin(); text != texts.end(); text += 2)
        result.emplace_back(QString::fromUtf8(text[0]), QString::fromUtf8(text[1]));
    return result;
}

QByteArray minimal(const QByteArray& name)
{
    return "current-context: " + name + "\ncontexts: [{name: " + name + ", context: {cluster: c, user: u}}]\n" +
           "clusters: [{name: c, cluster: {server: 'https://" + name + "'}}]\nusers: [{name: u, user: {token: of-" +
           name + "}}]\n";
}

} // namespace

class KubeconfigTest : public QObject {
    Q_OBJECT

private:
    QString path(const char* name) const { return m_folder->filePath(QLatin1String(name)); }
    QString put(const char* name, const QByteArray& bytes) const
    {
        write(path(name), bytes);
        return path(name);
    }
    std::unique_ptr<QTemporaryDir> m_folder;

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void filesAreFoundAsKubectlFindsThem_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("environment");
        QTest::addColumn<QStringList>("files");
        const auto row = [](const char* name, const char* given, const char* environment, const QStringList& files) {
            QTest::newRow(name) << QString::fromLatin1(given) << QString::fromLatin1(environment) << files;
        };
        row("the one at home", "", "", list({"/h/.kube/config"}));
        row("one named", "here", "/a:/b", list({"here"}));
        row("a colon in the one named", "he:re", "", list({"he:re"}));
        row("KUBECONFIG", "", "/a:b", list({"/a", "b"}));
        row("empty parts", "", ":/a::/b:", list({"/a", "/b"}));
        row("repetitions", "", "/a:/b:/a", list({"/a", "/b"}));
        row("nothing but colons is not the one at home", "", "::", list({}));
    }
    void filesAreFoundAsKubectlFindsThem()
    {
        QFETCH(QString, given);
        QFETCH(QString, environment);
        QFETCH(QStringList, files);
        QCOMPARE(config::kubeconfigFiles(given, environment, QStringLiteral("/h")), files);
    }

    void everyProblemIsFoundBeforeAnythingIsSent_data()
    {
        QTest::addColumn<int>("index");
        const auto cases = contextcases::all();
        for (std::size_t i = 0; i < cases.size(); ++i)
            QTest::newRow(cases[i].name) << static_cast<int>(i);
    }
    void everyProblemIsFoundBeforeAnythingIsSent()
    {
        QFETCH(int, index);
        const auto one = contextcases::all()[static_cast<std::size_t>(index)];
        contextcases::prepare(m_folder->path());
        const Kubeconfig kubeconfig = loadKubeconfig({put("config", contextcases::kubeconfig(one))});
        QVERIFY2(kubeconfig.errors.empty(),
                 kubeconfig.errors.empty() ? "" : qPrintable(shown(kubeconfig.errors.front())));
        const config::Context* context = kubeconfig.context(QStringLiteral("x"));
        QVERIFY(context);
        QVERIFY(context->current);

        QStringList found;
        for (const auto& problem : context->problems) {
            QString line = problem.id + QLatin1String(problem.blocks ? "*" : "") + QLatin1Char(' ') + problem.detail;
            found << line.replace(m_folder->path(), QStringLiteral("DIR"));
        }
        QStringList problems;
        QString signsIn = QStringLiteral("token");
        QString address;
        for (const char* text : one.expected) {
            const QString line = QLatin1String(text);
            if (line.startsWith(QLatin1String("signsIn ")))
                signsIn = line.section(QLatin1Char(' '), 1);
            else if (line.startsWith(QLatin1String("at ")))
                address = line.section(QLatin1Char(' '), 1);
            else
                problems << (line.contains(QLatin1Char(' ')) ? line : line + QLatin1Char(' '));
        }
        QCOMPARE(found, problems);
        QCOMPARE(config::idOf(context->user.authKind()), signsIn);
        if (!address.isEmpty())
            QCOMPARE(context->cluster.server.toString(), address);

        const auto blocking = std::find_if(context->problems.begin(), context->problems.end(),
                                           [](const auto& problem) { return problem.blocks; });
        const auto resolved = kubeconfig.resolve();
        QCOMPARE(resolved.has_value(), blocking == context->problems.end());
        if (!resolved) {
            QCOMPARE(resolved.error().kind, base::ErrorKind::BadConfig);
            QCOMPARE(resolved.error().reason, blocking->id);
            QCOMPARE(resolved.error().said, blocking->detail);
            QCOMPARE(resolved.error().ofWhom, path("config"));
        }
    }

    void aContextHasAllThatItsEntriesSay()
    {
        const auto kubeconfig = loadKubeconfig({support::fixturePath(QStringLiteral("kubeconfig/sets/full/config"))});
        const auto fixture = [](const char* name) {
            return support::fixture(QLatin1String("kubeconfig/") + QLatin1String(name));
        };
        const auto file = [](const char* name) {
            return support::fixturePath(QLatin1String("kubeconfig/") + QLatin1String(name));
        };
        const auto resolved = kubeconfig.resolve(QStringLiteral("x"));
        QVERIFY2(resolved, resolved ? "" : qPrintable(shown(resolved.error())));
        const auto& context = *resolved;
        QCOMPARE(context.file, file("sets/full/config"));
        QCOMPARE(context.clusterName, QStringLiteral("c"));
        QCOMPARE(context.userName, QStringLiteral("u"));
        QCOMPARE(context.nameSpace, QStringLiteral("shop"));
        QVERIFY(!context.readOnly);
        QCOMPARE(context.cluster.server, QUrl(QStringLiteral("https://kubernetes.example.com:6443/k8s")));
        QCOMPARE(context.cluster.tlsServerName, QStringLiteral("kubernetes"));
        QCOMPARE(context.cluster.certificateAuthority, fixture("pki/ca.crt"));
        QCOMPARE(context.cluster.proxyUrl, QStringLiteral("socks5://me:secret@proxy.example.com:1080"));
        QVERIFY(context.cluster.disableCompression);
        QVERIFY(!context.cluster.insecureSkipTlsVerify);
        QCOMPARE(context.user.clientCertificate, fixture("pki/ec.crt"));
        QCOMPARE(context.user.clientKey, fixture("pki/ec.key"));
        QCOMPARE(context.user.token, QStringLiteral("t"));
        QCOMPARE(context.user.tokenFile, file("secrets/token"));
        QCOMPARE(context.user.impersonate, QStringLiteral("jane"));
        QCOMPARE(context.user.impersonateUid, QStringLiteral("7"));
        QCOMPARE(context.user.impersonateGroups, list({"a", "b"}));
        QCOMPARE(context.user.impersonateExtra, pairs({"1", "c", "x", "w", "x", "2", "z", "1a"}));
        QVERIFY(context.user.exec);
        const auto& exec = *context.user.exec;
        QCOMPARE(exec.command, file("sets/full/plugin"));
        QCOMPARE(exec.arguments, list({"a", ""}));
        QCOMPARE(exec.environment, pairs({"A", "b"}));
        QCOMPARE(exec.installHint, QStringLiteral(u"get\u241b[31m it"));
        QCOMPARE(exec.interactiveMode, QStringLiteral("IfAvailable"));
        QVERIFY(exec.provideClusterInfo);
    }

    void theFirstFileThatSaysSomethingWins()
    {
        const auto kubeconfig =
            loadKubeconfig({put("1", "contexts: [{name: x, context: {cluster: c}}]\n"), put("2", minimal("two")),
                            put("3", minimal("three")), put("4", minimal("two"))});
        QCOMPARE(kubeconfig.files, QStringList({path("1"), path("2"), path("3"), path("4")}));
        QCOMPARE(kubeconfig.currentContext, QStringLiteral("two"));
        QCOMPARE(kubeconfig.contexts.size(), 3u);
        // Cluster c and user u are those of file 2 for all: an entry is taken whole, wherever it is named.
        for (const auto& context : kubeconfig.contexts)
            QCOMPARE(context.cluster.server, QUrl(QStringLiteral("https://two")));
        QCOMPARE(kubeconfig.context(QStringLiteral("three"))->user.token, QStringLiteral("of-two"));
        QCOMPARE(kubeconfig.context(QStringLiteral("two"))->file, path("2"));
        QCOMPARE(kubeconfig.context(QStringLiteral("three"))->file, path("3"));
        QCOMPARE(kubeconfig.context(QStringLiteral("x"))->userName, QString());
        QVERIFY(!kubeconfig.context(QStringLiteral("three"))->current);
        QVERIFY(kubeconfig.context(QStringLiteral("two"))->current);
    }

    void aFileThatIsMissingIsPassedOverUnlessItWasNamed()
    {
        const QStringList files{path("nope"), put("there", minimal("there"))};
        const auto kubeconfig = loadKubeconfig(files);
        QVERIFY(kubeconfig.errors.empty());
        QCOMPARE(kubeconfig.files, QStringList({path("there")}));
        QCOMPARE(kubeconfig.notes.size(), 1u);
        QCOMPARE(kubeconfig.notes.front().id, QStringLiteral("fileMissing"));
        QCOMPARE(kubeconfig.notes.front().file, path("nope"));
        QVERIFY(kubeconfig.resolve());

        const auto named = loadKubeconfig({path("nope")}, true);
        QCOMPARE(named.errors.size(), 1u);
        QCOMPARE(shown(named.errors.front()), QStringLiteral("badConfig fileMissing - No such file or directory"));
        QCOMPARE(named.errors.front().ofWhom, path("nope"));
        QCOMPARE(named.resolve().error(), named.errors.front());
    }

    void aBrokenFileLeavesTheOthersUsable()
    {
        const auto kubeconfig = loadKubeconfig({put("broken", "clusters: [\n"), put("whole", minimal("whole"))});
        QCOMPARE(kubeconfig.errors.size(), 1u);
        QCOMPARE(kubeconfig.errors.front().ofWhom, path("broken"));
        QVERIFY(kubeconfig.resolve());
        // What is not found may stand in the file that could not be read.
        QCOMPARE(kubeconfig.resolve(QStringLiteral("other")).error(), kubeconfig.errors.front());
    }

    void whatCannotBeResolvedSaysWhy()
    {
        const auto none = loadKubeconfig({put("none", "")});
        QVERIFY(none.errors.empty());
        QCOMPARE(none.resolve().error().reason, QStringLiteral("noCurrentContext"));
        QCOMPARE(none.resolve().error().ofWhom, path("none"));
        const auto other = loadKubeconfig({put("other", "current-context: gone\n")});
        QCOMPARE(other.resolve().error().reason, QStringLiteral("contextMissing"));
        QCOMPARE(other.resolve().error().said, QStringLiteral("gone"));
        QCOMPARE(other.resolve(QStringLiteral("a\x1b")).error().said, QStringLiteral(u"a\u241b"));
    }

    void whatKubectlRefusesIsAnErrorWithItsPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("error");
        for (const auto& [name, text, error] : contextcases::refused())
            QTest::newRow(name) << text << QString::fromUtf8(error);
    }
    void whatKubectlRefusesIsAnErrorWithItsPlace()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, error);
        const auto kubeconfig = loadKubeconfig({put("config", text)});
        QCOMPARE(kubeconfig.errors.size(), 1u);
        QCOMPARE(shown(kubeconfig.errors.front()), QStringLiteral("badConfig ") + error);
        QCOMPARE(kubeconfig.errors.front().ofWhom, path("config"));
        QVERIFY(kubeconfig.contexts.empty());
    }

    void whatIsReadOtherwiseThanItLooksIsNoted()
    {
        const auto kubeconfig =
            loadKubeconfig({put("config", "kind: Config\ncurrent-context: a\ncurrent-context: b\n---\nkind: [\n")});
        QVERIFY(kubeconfig.errors.empty());
        QCOMPARE(kubeconfig.currentContext, QStringLiteral("b"));
        const config::FileNote twice{QStringLiteral("duplicateKey"), path("config"), QStringLiteral("current-context"),
                                     3, 1};
        const config::FileNote more{QStringLiteral("moreDocuments"), path("config"), {}, 4, 1};
        QCOMPARE(kubeconfig.notes, std::vector({twice, more}));
    }

    void namesAreMadeVisible()
    {
        const auto kubeconfig =
            loadKubeconfig({support::fixturePath(QStringLiteral("kubeconfig/sets/steering/config"))});
        const auto& context = kubeconfig.contexts.at(0);
        QCOMPARE(context.name, QStringLiteral(u"a\u241b[2J"));
        QCOMPARE(context.clusterName, QStringLiteral("c\\u{202e}"));
        QCOMPARE(context.userName, QStringLiteral(u"u\u240d"));
        QCOMPARE(context.nameSpace, QStringLiteral("n\\u{009b}"));
        QVERIFY(context.current);
        QCOMPARE(kubeconfig.currentContext, context.name);
        QCOMPARE(kubeconfig.resolve().error().said, context.clusterName);
    }

    void aFileIsReadFromAPipe()
    {
        const QString pipe = path("pipe");
        QCOMPARE(::mkfifo(qPrintable(pipe), 0600), 0);
        std::thread writer([&pipe] { write(pipe, minimal("piped")); });
        const auto kubeconfig = loadKubeconfig({pipe}, true);
        writer.join();
        QVERIFY(kubeconfig.resolve());
    }

    void whatAKubeconfigNamesIsNeverAPipeOrADevice()
    {
        QCOMPARE(::mkfifo(qPrintable(path("pipe")), 0600), 0);
        for (const char* name : {"pipe", "/dev/zero"}) {
            const auto kubeconfig =
                loadKubeconfig({put("config", minimal("a").replace("token: of-a", QByteArray("tokenFile: ") + name))});
            QCOMPARE(kubeconfig.resolve().error().reason, QStringLiteral("tokenFileUnreadable"));
            QVERIFY(kubeconfig.resolve().error().said.endsWith(QLatin1String(": not a regular file")));
        }
    }

    void aFileThatIsTooLargeIsNotRead()
    {
        const auto padded = [](qsizetype size) { return minimal("a") + QByteArray(size - minimal("a").size(), '#'); };
        QVERIFY(loadKubeconfig({put("config", padded(4 << 20))}).resolve());
        const auto larger = loadKubeconfig({put("config", padded((4 << 20) + 1))});
        QCOMPARE(shown(larger.errors.at(0)), QStringLiteral("badConfig fileTooLarge - more than 4194304 bytes"));
        QVERIFY(loadKubeconfig({QStringLiteral("/dev/zero")}).errors.at(0).reason == QLatin1String("fileTooLarge"));
    }

    void aFolderIsNoKubeconfigNorIsWhatStandsBelowAFile()
    {
        put("file", "");
        const auto kubeconfig = loadKubeconfig({m_folder->path(), path("file/config")});
        QCOMPARE(shown(kubeconfig.errors.at(0)), QStringLiteral("badConfig fileUnreadable - Is a directory"));
        QCOMPARE(shown(kubeconfig.errors.at(1)), QStringLiteral("badConfig fileUnreadable - Not a directory"));
        QVERIFY(kubeconfig.notes.empty());
    }

    void aRelativePathIsOneFromHere()
    {
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(m_folder->path()));
        contextcases::prepare(m_folder->path());
        put("config", minimal("a").replace("token: of-a", "tokenFile: secrets/token"));
        const auto kubeconfig = loadKubeconfig({QStringLiteral("./config")});
        QDir::setCurrent(before);
        QCOMPARE(kubeconfig.files, QStringList({path("config")}));
        QCOMPARE(kubeconfig.resolve()->user.tokenFile, path("secrets/token"));
    }
};

QTEST_GUILESS_MAIN(KubeconfigTest)
#include "tst_kubeconfig.moc"
