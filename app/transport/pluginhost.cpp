#include "app/transport/pluginhost.h"

#include <QDir>
#include <QFileInfo>
#include <pwd.h>
#include <unistd.h>

namespace transport {
namespace {

constexpr std::chrono::seconds ShellLimit{5};
constexpr qsizetype MostOfAnEnvironment = 1 << 20;

} // namespace

QStringList foldersIn(const QString& path)
{
    QStringList folders = path.split(QLatin1Char(':'), Qt::SkipEmptyParts);
    folders.removeIf([](const QString& folder) { return !folder.startsWith(QLatin1Char('/')); });
    folders.removeDuplicates();
    return folders;
}

QString findProgram(const QString& command, const QStringList& folders)
{
    const auto runs = [](const QString& file) {
        const QFileInfo info(file);
        return info.isFile() && info.isExecutable();
    };
    if (command.contains(QLatin1Char('/')))
        return runs(command) ? command : QString();
    for (const QString& folder : folders) {
        const QString file = QDir(folder).filePath(command);
        if (runs(file))
            return file;
    }
    return {};
}

QString ownLoginShell()
{
    const passwd* entry = ::getpwuid(::getuid());
    const QString shell = entry && entry->pw_shell ? QString::fromLocal8Bit(entry->pw_shell) : QString();
    return shell.startsWith(QLatin1Char('/')) ? shell : QString();
}

PluginHost::PluginHost(Options options, config::PluginConsents* consents, QObject* parent)
    : QObject(parent),
      m_options(std::move(options)),
      m_consents(consents),
      m_patience(this)
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] { gotLoginPath({}); });
}

void PluginHost::loginPath(QObject* context, std::function<void(const QString& path)> then)
{
    if (m_options.loginShell.isEmpty())
        m_loginPath = QString();
    if (m_loginPath) {
        then(*m_loginPath);
        return;
    }
    connect(this, &PluginHost::loginPathKnown, context, std::move(then), Qt::SingleShotConnection);
    if (m_shell)
        return;
    m_shell = std::make_unique<QProcess>();
    m_shell->setStandardInputFile(QProcess::nullDevice());
    m_shell->setStandardErrorFile(QProcess::nullDevice());
    m_shell->setChildProcessModifier([] { ::setsid(); });
    const auto read = [this] {
        // A profile may print as well: the environment comes last, and its PATH is the last line of that name.
        const QByteArray all = m_shell->readAllStandardOutput().right(MostOfAnEnvironment);
        QString path;
        for (const QByteArray& line : all.split('\n'))
            if (line.startsWith("PATH="))
                path = QString::fromLocal8Bit(line.mid(5));
        gotLoginPath(path);
    };
    connect(m_shell.get(), &QProcess::finished, this, read);
    connect(m_shell.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            gotLoginPath({});
    });
    m_patience.start(ShellLimit);
    m_shell->start(m_options.loginShell, {QStringLiteral("-l"), QStringLiteral("-c"), QStringLiteral("env")},
                   QIODevice::ReadOnly);
}

void PluginHost::gotLoginPath(const QString& path)
{
    if (m_loginPath)
        return;
    m_patience.stop();
    m_loginPath = path;
    m_shell->disconnect(this);
    m_shell->kill();
    // Later: it may be what calls.
    m_shell.release()->deleteLater();
    emit loginPathKnown(path);
}

} // namespace transport
