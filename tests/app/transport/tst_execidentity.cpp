// Signing in with a kubeconfig's program: when it runs, what it is given, what of its answer is used, and how each way
// of going wrong is told.

#include "app/transport/execidentity.h"
#include "tests/support/certificates.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using transport::ExecIdentity;
using transport::IdentitySource;
using State = IdentitySource::Offer::State;
using namespace std::chrono_literals;

class TestExecIdentity : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<config::PluginConsents> m_consents;
    std::unique_ptr<transport::PluginHost> m_host;
    QDateTime m_now = QDateTime::currentDateTimeUtc();

    QString path(const char* name) const { return m_folder->filePath(QLatin1String(name)); }
    void write(const QString& file, const QByteArray& text, bool runs = false)
    {
        QFile to(file);
        QVERIFY(to.open(QIODevice::WriteOnly) && to.write(text) == text.size());
        to.close();
        if (runs)
            QVERIFY(to.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }
    QByteArray read(const char* name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// A plugin whose runs are counted and which prints what `answer` holds.
    config::ExecEntry plugin(const QByteArray& script = {}, const char* version = "v1")
    {
        const QByteArray folder = QFile::encodeName(m_folder->path());
        write(path("plugin"),
              "#!/bin/sh\ncd '" + folder +
                  "'\necho run >> runs\nprintf '%s\\n' \"$@\" > arguments\nenv > environment\n" + script +
                  "\ncat answer\n",
              true);
        return {.apiVersion = QStringLiteral("client.authentication.k8s.io/") + QLatin1String(version),
                .command = path("plugin"),
                .arguments = {},
                .environment = {},
                .installHint = {},
                .interactiveMode = QStringLiteral("IfAvailable"),
                .provideClusterInfo = false,
                .file = path("config")};
    }
    void answer(const QJsonObject& status, const char* version = "v1")
    {
        write(path("answer"),
              QJsonDocument(QJsonObject{{QStringLiteral("kind"), QStringLiteral("ExecCredential")},
                                        {QStringLiteral("apiVersion"),
                                         QStringLiteral("client.authentication.k8s.io/") + QLatin1String(version)},
                                        {QStringLiteral("status"), status}})
                  .toJson());
    }
    int runs() const { return static_cast<int>(read("runs").count('\n')); }
    IdentitySource::Offer settledOf(IdentitySource& source)
    {
        IdentitySource::Offer offer = source.current();
        if (!QTest::qWaitFor([&] { return (offer = source.current()).state != State::Waiting; }, 30'000))
            qFatal("the plugin never ended");
        return offer;
    }
    std::unique_ptr<ExecIdentity> sourceOf(const config::ExecEntry& entry, const QJsonObject& cluster = {})
    {
        return std::make_unique<ExecIdentity>(entry, transport::Identity{.impersonate = QStringLiteral("jane")},
                                              cluster, m_host.get());
    }
    void makeHost(transport::PluginHost::Options options = {})
    {
        options.clock = [this] { return m_now; };
        m_host = std::make_unique<transport::PluginHost>(std::move(options), m_consents.get());
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_consents = std::make_unique<config::PluginConsents>();
        m_consents->trustAll();
        m_now = QDateTime::currentDateTimeUtc();
        makeHost();
    }

    void aTokenSignsIn_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::newRow("v1") << QByteArray("v1");
        QTest::newRow("v1beta1") << QByteArray("v1beta1");
    }
    void aTokenSignsIn()
    {
        QFETCH(const QByteArray, version);
        answer({{QStringLiteral("token"), QStringLiteral("t1")}}, version.constData());
        const auto source = sourceOf(plugin({}, version.constData()));
        QCOMPARE(runs(), 0); // nothing runs before somebody asks
        const auto offer = settledOf(*source);
        QVERIFY2(offer.state == State::Ready, qPrintable(offer.error.reason + offer.error.said));
        QCOMPARE(offer.identity->token, QStringLiteral("t1"));
        QCOMPARE(offer.identity->impersonate, QStringLiteral("jane"));
        QCOMPARE(settledOf(*source).version, offer.version);
        QCOMPARE(runs(), 1);
    }

    void aCertificateSignsIn()
    {
        const support::Certificates ca;
        const auto own = ca.client(QStringLiteral("alice"));
        answer({{QStringLiteral("clientCertificateData"), QString::fromLatin1(own.certificate)},
                {QStringLiteral("clientKeyData"), QString::fromLatin1(own.key)}});
        const auto offer = settledOf(*sourceOf(plugin()));
        QCOMPARE(offer.state, State::Ready);
        QCOMPARE(offer.identity->clientCertificate, own.certificate);
    }

    void itIsGivenItsArgumentsAsTheyAre()
    {
        answer({{QStringLiteral("token"), QStringLiteral("t")}});
        auto entry = plugin();
        entry.arguments = {QStringLiteral("$(touch evil)"), QStringLiteral("a b"), QStringLiteral("; touch evil")};
        entry.environment = {{QStringLiteral("ADDED"), QStringLiteral("by the file")}};
        entry.provideClusterInfo = true;
        const QJsonObject cluster = transport::execCluster({.server = QUrl(QStringLiteral("https://192.0.2.1:6443")),
                                                            .tlsServerName = QStringLiteral("api.example"),
                                                            .certificateAuthority = "PEM",
                                                            .insecureSkipTlsVerify = false,
                                                            .proxyUrl = {},
                                                            .disableCompression = false,
                                                            .execConfig = R"({"audience":"x"})"});
        QCOMPARE(settledOf(*sourceOf(entry, cluster)).state, State::Ready);
        QCOMPARE(read("arguments"), QByteArray("$(touch evil)\na b\n; touch evil\n"));
        QVERIFY(!QFile::exists(path("evil")));
        QVERIFY(read("environment").contains("ADDED=by the file\n"));
        QByteArray info;
        for (const QByteArray& line : read("environment").split('\n'))
            if (line.startsWith("KUBERNETES_EXEC_INFO="))
                info = line.mid(21);
        const QJsonObject spec = QJsonDocument::fromJson(info).object().value(QLatin1String("spec")).toObject();
        QCOMPARE(spec.value(QLatin1String("interactive")).toBool(true), false);
        const QJsonObject told = spec.value(QLatin1String("cluster")).toObject();
        QCOMPARE(told.value(QLatin1String("server")).toString(), QStringLiteral("https://192.0.2.1:6443"));
        QCOMPARE(told.value(QLatin1String("tls-server-name")).toString(), QStringLiteral("api.example"));
        QCOMPARE(told.value(QLatin1String("certificate-authority-data")).toString(), QStringLiteral("UEVN"));
        QCOMPARE(told.value(QLatin1String("config")).toObject().value(QLatin1String("audience")).toString(),
                 QStringLiteral("x"));
    }

    void withoutAskingForItTheClusterIsNotTold()
    {
        answer({{QStringLiteral("token"), QStringLiteral("t")}});
        QCOMPARE(settledOf(*sourceOf(plugin(), {{QStringLiteral("server"), QStringLiteral("x")}})).state, State::Ready);
        QVERIFY(!read("environment").contains("\"cluster\""));
    }

    void itRunsAgainBeforeItExpires()
    {
        const auto expires = [this](int seconds) { return m_now.addSecs(seconds).toString(Qt::ISODate); };
        answer(
            {{QStringLiteral("token"), QStringLiteral("t1")}, {QStringLiteral("expirationTimestamp"), expires(3600)}});
        const auto source = sourceOf(plugin());
        const auto first = settledOf(*source);
        m_now = m_now.addSecs(3500);
        QCOMPARE(source->current().version, first.version);
        QTest::qWait(50);
        QCOMPARE(runs(), 1);
        // Shortly before, the old one goes on being used while the new one is fetched.
        answer(
            {{QStringLiteral("token"), QStringLiteral("t2")}, {QStringLiteral("expirationTimestamp"), expires(3600)}});
        m_now = m_now.addSecs(50);
        const auto meanwhile = source->current();
        QCOMPARE(meanwhile.state, State::Ready);
        QCOMPARE(meanwhile.identity->token, QStringLiteral("t1"));
        QTRY_COMPARE_WITH_TIMEOUT(source->current().identity->token, QStringLiteral("t2"), 20'000);
        QCOMPARE(runs(), 2);
        // Long after, it is waited for.
        m_now = m_now.addSecs(9999);
        QCOMPARE(source->current().state, State::Waiting);
    }

    void oneRefusalMeansOneRun()
    {
        answer({{QStringLiteral("token"), QStringLiteral("t1")}});
        const auto source = sourceOf(plugin());
        const auto first = settledOf(*source);
        source->accepted(first.version);
        answer({{QStringLiteral("token"), QStringLiteral("t2")}});
        for (int i = 0; i < 50; ++i)
            QVERIFY(source->refused(first.version));
        const auto second = settledOf(*source);
        QCOMPARE(second.identity->token, QStringLiteral("t2"));
        QCOMPARE(runs(), 2);
        // Whoever comes late with the first one gets the second, and a second that is refused as well is a person's
        // matter.
        QVERIFY(source->refused(first.version));
        QVERIFY(!source->refused(second.version));
        QCOMPARE(settledOf(*source).version, second.version);
        QCOMPARE(runs(), 2);
        source->renew();
        QVERIFY(source->refused(second.version));
        settledOf(*source);
        QCOMPARE(runs(), 3);
    }

    void itIsFoundInThePath()
    {
        answer({{QStringLiteral("token"), QStringLiteral("t")}});
        auto entry = plugin();
        entry.command = QStringLiteral("plugin");
        const QByteArray before = qgetenv("PATH");
        qputenv("PATH", QFile::encodeName(m_folder->path()) + ":" + before);
        const auto found = settledOf(*sourceOf(entry));
        qputenv("PATH", before);
        QCOMPARE(found.state, State::Ready);
        // A desktop's PATH is short; the login shell's is asked.
        const QString shell = path("shell");
        write(shell,
              "#!/bin/sh\necho welcome\n[ \"$1 $2 $3\" = '-l -c env' ] && echo 'PATH=" +
                  QFile::encodeName(m_folder->path()) + ":/usr/bin:/bin'\n",
              true);
        makeHost({.terminal = false, .loginShell = shell});
        QCOMPARE(settledOf(*sourceOf(entry)).state, State::Ready);
        QVERIFY(read("environment").contains("PATH=" + QFile::encodeName(m_folder->path()) + ":/usr/bin:/bin:"));
    }

    void whatIsNotThereIsToldWithTheFolders()
    {
        auto entry = plugin();
        entry.command = QStringLiteral("no-such-plugin-anywhere");
        entry.installHint = QStringLiteral("fetch it");
        const auto offer = settledOf(*sourceOf(entry));
        QCOMPARE(offer.state, State::Failed);
        QCOMPARE(offer.error.reason, QStringLiteral("pluginNotFound"));
        QCOMPARE(offer.error.said, QStringLiteral("fetch it"));
        QCOMPARE(offer.error.causes.size(), std::size_t{2});
        QVERIFY(offer.error.causes[1].message.contains(QLatin1String("/bin")));
    }

    void whatGoesWrongIsTold_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("said");
        const auto credential = [](const QByteArray& status) {
            return QByteArray(R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":)") +
                   status + '}';
        };
        QTest::newRow("it fails") << QByteArray("echo 'log in \033[31mfirst' >&2; exit 7") << QByteArray()
                                  << "pluginFailed" << QStringLiteral("log in \u241b[31mfirst");
        QTest::newRow("no JSON") << QByteArray() << QByteArray("hello") << "pluginAnswerInvalid"
                                 << "illegal";
        QTest::newRow("another kind") << QByteArray() << QByteArray(R"({"kind":"Pod"})") << "pluginAnswerInvalid"
                                      << "kind: Pod";
        QTest::newRow("another version")
            << QByteArray()
            << QByteArray(R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1"})")
            << "pluginAnswerInvalid"
            << "apiVersion: ";
        QTest::newRow("nothing in it") << QByteArray() << credential("{}") << "pluginAnswerInvalid"
                                       << "status.token";
        QTest::newRow("half a certificate")
            << QByteArray() << credential(R"({"clientKeyData":"x"})") << "pluginAnswerInvalid"
            << "clientCertificateData";
        QTest::newRow("a key that is none")
            << QByteArray() << credential(R"({"clientKeyData":"x","clientCertificateData":"y"})")
            << "pluginAnswerInvalid"
            << "clientCertificateInvalid";
        QTest::newRow("no time") << QByteArray() << credential(R"({"token":"t","expirationTimestamp":"soon"})")
                                 << "pluginAnswerInvalid"
                                 << "soon";
        QTest::newRow("expired when it comes")
            << QByteArray() << credential(R"({"token":"t","expirationTimestamp":"2001-01-01T00:00:00Z"})")
            << "pluginAnswerInvalid"
            << "2001";
        QTest::newRow("endless") << QByteArray("exec cat /dev/zero") << QByteArray() << "pluginAnswerInvalid"
                                 << "bytes";
    }
    void whatGoesWrongIsTold()
    {
        QFETCH(const QByteArray, script);
        QFETCH(const QByteArray, answer);
        QFETCH(const QString, reason);
        QFETCH(const QString, said);
        write(path("answer"), answer);
        const auto source = sourceOf(plugin(script));
        const auto offer = settledOf(*source);
        QCOMPARE(offer.state, State::Failed);
        QCOMPARE(offer.error.kind, base::ErrorKind::Unauthorized);
        QCOMPARE(offer.error.reason, reason);
        QVERIFY2(offer.error.said.contains(said), qPrintable(offer.error.said));
        QCOMPARE(offer.error.causes.front().message, path("plugin"));
        // Not tried again at once by whoever asks next.
        QCOMPARE(source->current().state, State::Failed);
        QCOMPARE(runs(), 1);
        source->renew();
        QCOMPARE(source->current().state, State::Waiting);
    }

    void whatHangsIsEnded()
    {
        makeHost({.terminal = false, .loginShell = {}, .limit = 300ms});
        const auto source = sourceOf(plugin("sleep 1000 & echo $! > child; echo waiting >&2; wait"));
        const auto offer = settledOf(*source);
        QCOMPARE(offer.error.reason, QStringLiteral("pluginTimedOut"));
        QCOMPARE(offer.error.said, QStringLiteral("waiting"));
        const QString child = QStringLiteral("/proc/%1").arg(QString::fromLatin1(read("child").trimmed()));
        QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(child + QStringLiteral("/exe")) ||
                                     QFile::symLinkTarget(child + QStringLiteral("/exe")).isEmpty(),
                                 20'000);
    }

    void whatNobodyWaitsForIsEnded()
    {
        auto source = sourceOf(plugin("sleep 1000 & echo $! > child; wait"));
        QCOMPARE(source->current().state, State::Waiting);
        QTRY_VERIFY_WITH_TIMEOUT(read("child").endsWith('\n'), 20'000);
        source.reset();
        const QString child = QStringLiteral("/proc/%1/exe").arg(QString::fromLatin1(read("child").trimmed()));
        QTRY_VERIFY_WITH_TIMEOUT(QFile::symLinkTarget(child).isEmpty(), 20'000);
    }

    void whatNeedsATerminalIsRefusedWithoutOne()
    {
        auto entry = plugin();
        entry.interactiveMode = QStringLiteral("Always");
        QCOMPARE(settledOf(*sourceOf(entry)).error.reason, QStringLiteral("pluginNeedsTerminal"));
        QCOMPARE(runs(), 0);
    }

    void nothingRunsBeforeItIsAllowed()
    {
        m_consents = std::make_unique<config::PluginConsents>(path("plugins.json"));
        makeHost();
        answer({{QStringLiteral("token"), QStringLiteral("t")}});
        auto entry = plugin();
        entry.environment = {{QStringLiteral("A"), QStringLiteral("1")}};
        auto source = sourceOf(entry);
        const auto second = sourceOf(entry);
        QCOMPARE(settledOf(*source).error.reason, QStringLiteral("pluginConsent"));
        QCOMPARE(settledOf(*second).error.reason, QStringLiteral("pluginConsent"));
        QCOMPARE(runs(), 0);
        QCOMPARE(m_consents->questions().size(), std::size_t{1});
        const config::PluginCall call = m_consents->questions().front();
        QCOMPARE(call.program, path("plugin"));
        QCOMPARE(call.file, path("config"));
        using Answer = config::PluginConsents::Answer;
        // A refusal stands; it is not asked again.
        QVERIFY(m_consents->answer(call, Answer::Refused, true));
        QTRY_COMPARE(settledOf(*source).error.reason, QStringLiteral("pluginRefused"));
        QVERIFY(m_consents->questions().empty());
        QCOMPARE(runs(), 0);
        // Allowed after all: those who waited go on by themselves.
        QVERIFY(m_consents->answer(call, Answer::Allowed, true));
        QTRY_COMPARE_WITH_TIMEOUT(settledOf(*source).state, State::Ready, 20'000);
        QCOMPARE(settledOf(*second).state, State::Ready);
        // It is remembered, for exactly this.
        const config::PluginConsents later(path("plugins.json"));
        QCOMPARE(later.answerFor(call), Answer::Allowed);
        for (const auto& change : std::vector<std::function<void(config::PluginCall&)>>{
                 [](auto& other) { other.file += QLatin1Char('x'); },
                 [](auto& other) { other.program += QLatin1Char('x'); },
                 [](auto& other) { other.arguments += QStringLiteral("x"); },
                 [](auto& other) { other.environment.front().second = QStringLiteral("2"); }}) {
            auto other = call;
            change(other);
            QCOMPARE(later.answerFor(other), Answer::Unknown);
        }
        QVERIFY(!read("plugins.json").contains("\"A\""));
    }
};

QTEST_GUILESS_MAIN(TestExecIdentity)
#include "tst_execidentity.moc"
