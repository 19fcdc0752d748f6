// kubectl is the judge of what a kubeconfig says.

#include "tests/app/config/contextcases.h"
#include "tests/app/config/kubectl.h"
#include "tests/app/config/randomkubeconfig.h"
#include "tests/support/fixture.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>

using namespace kubectltest;
using contextcases::write;

namespace {

/// Where two answers differ; a refusal is null.
QByteArray difference(const std::optional<json>& wanted, const std::optional<json>& got)
{
    if (!wanted || !got)
        return wanted ? "we refuse" : "kubectl refuses";
    return QByteArray::fromStdString(json::diff(*wanted, *got).dump(1, ' ', true, json::error_handler_t::replace));
}

bool hasBoth(const config::RawConfig& config)
{
    const auto both = [](const QByteArray& data, const QString& file) { return !data.isEmpty() && !file.isEmpty(); };
    return std::any_of(config.clusters.begin(), config.clusters.end(),
                       [&](const auto& entry) {
                           return both(entry.second.certificateAuthorityData, entry.second.certificateAuthority);
                       }) ||
           std::any_of(config.users.begin(), config.users.end(), [&](const auto& entry) {
               return both(entry.second.clientCertificateData, entry.second.clientCertificate) ||
                      both(entry.second.clientKeyData, entry.second.clientKey);
           });
}

} // namespace

class KubectlTest : public QObject {
    Q_OBJECT

private:
    void compare(const QString& kubeconfig)
    {
        QByteArray words;
        const auto view = m_kubectl.view(kubeconfig, &words);
        const auto config = merged(kubeconfig);
        if (words.contains("cannot have values for both path and contents")) {
            QVERIFY(config && hasBoth(*config)); // --flatten cannot say which of them is used
            return;
        }
        auto wanted = view ? std::optional(theirs(*view)) : std::nullopt;
        const auto got = config ? std::optional(ours(*config)) : std::nullopt;
        if (wanted && config)
            resolvePaths(*wanted, *config);
        if (wanted != got)
            qWarning().noquote() << kubeconfig << difference(wanted, got) << words
                                 << (config ? QString() : config.error().said);
        QVERIFY(wanted == got);
    }

    Kubectl m_kubectl;

private slots:
    void isTheKubectlOfTheTests()
    {
        const auto answer =
            m_kubectl.run({QStringLiteral("version"), QStringLiteral("--client"), QStringLiteral("-ojson")});
        QCOMPARE(json::parse(answer.out.toStdString())["clientVersion"]["gitVersion"].get<std::string>().substr(0, 5),
                 "v1.36");
    }

    void fixturesReadAsKubectlReadsThem_data()
    {
        QTest::addColumn<QString>("kubeconfig");
        const QDir sets(support::fixturePath(QStringLiteral("kubeconfig/sets")));
        for (const QString& set : sets.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            QStringList files;
            for (const QString& file : QDir(sets.filePath(set)).entryList(QDir::Files))
                files << sets.filePath(set + QLatin1Char('/') + file);
            QTest::newRow(qPrintable(set)) << files.join(QLatin1Char(':'));
        }
    }
    void fixturesReadAsKubectlReadsThem()
    {
        QFETCH(QString, kubeconfig);
        compare(kubeconfig);
    }

    void whatIsRefusedIsRefusedByKubectl_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const auto& [name, text, error] : contextcases::refused())
            QTest::newRow(name) << text;
    }
    void whatIsRefusedIsRefusedByKubectl()
    {
        QFETCH(QByteArray, text);
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("config"));
        write(file, text);
        QVERIFY(!m_kubectl.view(file));
    }

    void whatBlocksIsWhatKubectlRefuses_data()
    {
        QTest::addColumn<int>("index");
        const auto cases = contextcases::all();
        for (std::size_t i = 0; i < cases.size(); ++i)
            QTest::newRow(cases[i].name) << static_cast<int>(i);
    }
    void whatBlocksIsWhatKubectlRefuses()
    {
        QFETCH(int, index);
        const auto one = contextcases::all()[static_cast<std::size_t>(index)];
        QTemporaryDir folder;
        contextcases::prepare(folder.path());
        const QString file = folder.filePath(QStringLiteral("config"));
        write(file, contextcases::kubeconfig(one));

        const auto answer = m_kubectl.run({QStringLiteral("get"), QStringLiteral("--raw"), QStringLiteral("/x")}, file);
        static const QRegularExpression asked(QStringLiteral("(127.0.0.1|localhost|\\[::1\\]):1\\b.*refused"));
        const bool refuses = !asked.match(QString::fromUtf8(answer.err)).hasMatch();
        QVERIFY2(refuses == (one.kubectl == contextcases::Kubectl::Refuses), answer.err.constData());

        const bool blocks = !config::loadKubeconfig({file}).resolve().has_value();
        if (*one.why == '\0')
            QCOMPARE(blocks, refuses);
        else
            QVERIFY2(blocks != refuses, one.why);
    }

    void randomKubeconfigsReadAsKubectlReadsThem()
    {
        bool isNumber = false;
        const int given = qEnvironmentVariableIntValue("ALIDADE_SEEDS", &isNumber);
        const unsigned seeds = isNumber ? static_cast<unsigned>(given) : 60;
        const unsigned first = static_cast<unsigned>(qEnvironmentVariableIntValue("ALIDADE_FIRST_SEED")) + 1;
        QTemporaryDir folder;
        write(folder.filePath(QStringLiteral("one/pki/ca.crt")), "certificate");
        write(folder.filePath(QStringLiteral("two/pki/ca.crt")), "another certificate");
        int read = 0;
        for (unsigned seed = first; seed < first + seeds; ++seed) {
            RandomKubeconfig random(seed, {"pki/ca.crt", "./pki/../pki/ca.crt", "\"pki/ca.crt\""});
            const QString one = folder.filePath(QStringLiteral("one/config"));
            const QString two = folder.filePath(QStringLiteral("two/config"));
            write(one, QByteArray::fromStdString(random.make()));
            write(two, QByteArray::fromStdString(random.make()));
            compare(one + QLatin1Char(':') + two);
            if (QTest::currentTestFailed()) {
                qWarning().noquote() << "seed" << seed;
                folder.setAutoRemove(false);
                return;
            }
            read += merged(one + QLatin1Char(':') + two).has_value();
        }
        // A round in which everything was refused would compare nothing.
        QVERIFY2(read * 4 >= static_cast<int>(seeds), qPrintable(QString::number(read)));
    }
};

QTEST_GUILESS_MAIN(KubectlTest)
#include "tst_kubectl.moc"
