#include "tests/support/program.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <algorithm>

namespace support {
namespace {

qint64 peakOf(qint64 pid)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (!status.open(QFile::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').front().toLongLong() * 1024;
    return 0;
}

} // namespace

Outcome Program::run(const QStringList& arguments, const QByteArray& kubeconfigVariable, const QByteArray& input) const
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "LANG", "LANGUAGE", "HTTPS_PROXY", "https_proxy"})
        environment.remove(QLatin1String(name));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.insert(QStringLiteral("HOME"), m_home.path());
    environment.insert(QStringLiteral("XDG_STATE_HOME"), m_home.filePath(QStringLiteral("state")));
    environment.insert(QStringLiteral("KUBECONFIG"), QString::fromUtf8(kubeconfigVariable));
    for (auto it = m_variables.begin(); it != m_variables.end(); ++it)
        environment.insert(it.key(), it.value());
    process.setProcessEnvironment(environment);
    process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/alidadectl"), arguments);
    if (!process.waitForStarted(60'000))
        qFatal("alidadectl does not start: %s", qPrintable(process.errorString()));
    if (!input.isEmpty()) {
        process.write(input);
        process.closeWriteChannel();
    }
    Outcome outcome;
    QElapsedTimer since;
    since.start();
    // The peak is read while the program lives: a mark that only rises, so that the last reading is the one that
    // counts.
    while (!process.waitForFinished(20)) {
        outcome.peakBytes = std::max(outcome.peakBytes, peakOf(process.processId()));
        if (since.elapsed() > 60'000)
            qFatal("alidadectl did not end: %s", process.readAllStandardError().constData());
    }
    outcome.exit = process.exitCode();
    outcome.out = process.readAllStandardOutput();
    outcome.err = process.readAllStandardError();
    if (process.exitStatus() != QProcess::NormalExit)
        qFatal("alidadectl crashed: %s", outcome.err.constData());
    return outcome;
}

QString Program::file(const QString& name, const QByteArray& content) const
{
    QFile file(m_home.filePath(name));
    if (!file.open(QFile::WriteOnly) || file.write(content) != content.size())
        qFatal("%s", qPrintable(file.errorString()));
    return file.fileName();
}

QByteArray kubeconfigOf(const QString& server, const QByteArray& cluster, const QByteArray& user)
{
    const auto with = [](const QByteArray& more) { return more.isEmpty() ? QByteArray() : ", " + more; };
    return "apiVersion: v1\nkind: Config\ncurrent-context: here\nclusters: [{name: c, cluster: {server: '" +
           server.toUtf8() + "'" + with(cluster) + "}}]\nusers: [{name: u, user: {" + user +
           "}}]\ncontexts: [{name: here, context: {cluster: c, user: u, namespace: shop}}]\n";
}

} // namespace support
