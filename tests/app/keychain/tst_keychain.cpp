// The keychain through a real gnome-keyring in a session of its own: kept, read back by another program, removed; and
// what is said when there is none, or it is locked.

#include "app/keychain/keychain.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>

namespace {

/// The child's side: one question to the keychain, its answer as a line.
int ask(const QStringList& words)
{
    keychain::Keychain keychain(QStringLiteral("alidade-test"));
    const QString what = words.value(1);
    const QString id = words.value(2);
    QString line;
    const auto told = [&line](const auto& answer, const QString& good) {
        line = answer ? good : QStringLiteral("error ") + answer.error().reason;
        QCoreApplication::quit();
    };
    if (what == QLatin1String("read"))
        keychain.read(id).future.then(&keychain, [&](const base::Result<QString>& answer) {
            told(answer, QStringLiteral("secret ") + answer.value_or(QString()));
        });
    else if (what == QLatin1String("write"))
        keychain.write(id, words.value(3)).future.then(&keychain, [&](const base::Result<void>& answer) {
            told(answer, QStringLiteral("done"));
        });
    else
        keychain.remove(id).future.then(
            &keychain, [&](const base::Result<void>& answer) { told(answer, QStringLiteral("done")); });
    if (line.isEmpty())
        QCoreApplication::exec();
    std::printf("%s\n", qPrintable(line));
    return 0;
}

} // namespace

class TestKeychain : public QObject {
    Q_OBJECT

private:
    /// Runs a script of shell in a bus session of its own, with a home of its own. `ask` in it is this program.
    QStringList session(const QByteArray& script) const
    {
        QProcess process;
        QProcessEnvironment environment;
        for (const char* name : {"PATH", "LD_LIBRARY_PATH"})
            if (qEnvironmentVariableIsSet(name))
                environment.insert(QLatin1String(name), qEnvironmentVariable(name));
        environment.insert(QStringLiteral("HOME"), m_home->path());
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_home->path());
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
        environment.insert(QStringLiteral("SELF"), QCoreApplication::applicationFilePath());
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::SeparateChannels);
        process.start(QStringLiteral("dbus-run-session"),
                      {QStringLiteral("--"), QStringLiteral("bash"), QStringLiteral("-c"),
                       QString::fromUtf8("ask() { timeout 60 \"$SELF\" --ask \"$@\" || echo hung; }\n"
                                         "unlock() { printf '%s' secret | gnome-keyring-daemon --unlock "
                                         "--components=secrets >/dev/null 2>&1; }\n" +
                                         script)});
        if (!process.waitForFinished(240'000))
            qFatal("the session did not end: %s", qPrintable(process.errorString()));
        return QString::fromUtf8(process.readAllStandardOutput()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    }

    std::unique_ptr<QTemporaryDir> m_home;

private slots:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }

    void whatIsKeptIsReadBackByAnotherProgram()
    {
        // Each ask is a program of its own.
        QCOMPARE(session("unlock; ask read cluster/1; ask write cluster/1 'tök en'; ask read cluster/1;"
                         "ask write cluster/1 other; ask read cluster/1; ask read cluster/2"),
                 (QStringList{QStringLiteral("error secretMissing"), QStringLiteral("done"),
                              QStringLiteral("secret tök en"), QStringLiteral("done"), QStringLiteral("secret other"),
                              QStringLiteral("error secretMissing")}));
        // And in the next session of the desktop.
        QCOMPARE(session("unlock; ask read cluster/1"), QStringList{QStringLiteral("secret other")});
        // No file of it is in the clear.
        QProcess grep;
        grep.start(QStringLiteral("grep"), {QStringLiteral("-r"), QStringLiteral("other"), m_home->path()});
        QVERIFY(grep.waitForFinished(60'000));
        QCOMPARE(grep.readAllStandardOutput(), QByteArray());
    }

    void whatIsRemovedIsGone()
    {
        QCOMPARE(session("unlock; ask write cluster/1 token; ask remove cluster/1; ask read cluster/1;"
                         "ask remove cluster/1"),
                 (QStringList{QStringLiteral("done"), QStringLiteral("done"), QStringLiteral("error secretMissing"),
                              QStringLiteral("done")}));
    }

    void aLockedKeychainIsSaid()
    {
        QCOMPARE(session("unlock; ask write cluster/1 token"), QStringList{QStringLiteral("done")});
        // Nobody is there to type the password.
        QCOMPARE(session("gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1; ask read cluster/1;"
                         "ask write cluster/1 x"),
                 (QStringList{QStringLiteral("error keychainLocked"), QStringLiteral("error keychainLocked")}));
    }

    void noKeychainIsSaid()
    {
        // A bus on which nobody can start one.
        const QByteArray bus =
            "cat >$HOME/bus.conf <<'E'\n<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>"
            "<auth>EXTERNAL</auth><policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/><allow "
            "eavesdrop=\"true\"/><allow own=\"*\"/>"
            "</policy></busconfig>\nE\n";
        QCOMPARE(session(bus +
                         "dbus-run-session --config-file=$HOME/bus.conf -- bash -c 'for w in read write remove; do "
                         "timeout 60 \"$SELF\" --ask $w cluster/1 x || echo hung; done'"),
                 (QStringList{QStringLiteral("error keychainMissing"), QStringLiteral("error keychainMissing"),
                              QStringLiteral("error keychainMissing")}));
    }
};

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1String("--ask"))
        return ask(arguments.mid(1));
    TestKeychain test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_keychain.moc"
