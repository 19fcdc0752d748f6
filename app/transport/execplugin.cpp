#include "app/transport/execplugin.h"

#include "app/base/visible.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <csignal>
#include <unistd.h>

namespace transport {
namespace {

constexpr qsizetype MostOutput = 1 << 20;
constexpr qsizetype MostErrors = 16 * 1024;

} // namespace

base::Error pluginError(const QString& reason, const QString& command, const QString& said)
{
    return {.kind = base::ErrorKind::Unauthorized,
            .reason = reason,
            .said = said,
            .causes = {{.reason = QStringLiteral("command"), .message = base::visible(command), .field = {}}}};
}

base::Result<PluginAnswer> parsePluginAnswer(const QByteArray& text, const QString& apiVersion)
{
    const auto wrong = [](const QString& said) {
        return base::failure({.kind = base::ErrorKind::Unauthorized,
                              .reason = QStringLiteral("pluginAnswerInvalid"),
                              .said = base::visible(said)});
    };
    QJsonParseError error{};
    const QJsonObject credential = QJsonDocument::fromJson(text, &error).object();
    if (error.error != QJsonParseError::NoError)
        return wrong(error.errorString());
    const auto textOf = [](const QJsonObject& object, const char* key) {
        return object.value(QLatin1String(key)).toString();
    };
    if (textOf(credential, "kind") != QLatin1String("ExecCredential"))
        return wrong(QStringLiteral("kind: ") + textOf(credential, "kind"));
    if (textOf(credential, "apiVersion") != apiVersion)
        return wrong(QStringLiteral("apiVersion: ") + textOf(credential, "apiVersion"));
    const QJsonObject status = credential.value(QLatin1String("status")).toObject();
    PluginAnswer answer{.token = textOf(status, "token"),
                        .clientCertificate = textOf(status, "clientCertificateData").toUtf8(),
                        .clientKey = textOf(status, "clientKeyData").toUtf8(),
                        .expires = {}};
    if (answer.clientCertificate.isEmpty() != answer.clientKey.isEmpty())
        return wrong(QStringLiteral("status.clientCertificateData, status.clientKeyData"));
    if (answer.token.isEmpty() && answer.clientKey.isEmpty())
        return wrong(QStringLiteral("status.token, status.clientCertificateData"));
    if (const QString expires = textOf(status, "expirationTimestamp"); !expires.isEmpty()) {
        answer.expires = QDateTime::fromString(expires, Qt::ISODateWithMs).toUTC();
        if (!answer.expires.isValid())
            return wrong(QStringLiteral("status.expirationTimestamp: ") + expires);
    }
    return answer;
}

ExecPlugin::ExecPlugin(Run run, QObject* parent)
    : QObject(parent),
      m_run(std::move(run)),
      m_process(new QProcess),
      m_limit(this)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (!m_run.path.isEmpty())
        environment.insert(QStringLiteral("PATH"), m_run.path);
    for (const auto& [name, value] : m_run.call.environment)
        environment.insert(name, value);
    environment.insert(QStringLiteral("KUBERNETES_EXEC_INFO"), QString::fromUtf8(m_run.info));
    m_process->setProcessEnvironment(environment);
    m_process->setProgram(m_run.call.program);
    m_process->setArguments(m_run.call.arguments);
    if (m_run.terminal) {
        m_process->setInputChannelMode(QProcess::ForwardedInputChannel);
    } else {
        m_process->setStandardInputFile(QProcess::nullDevice());
        // A session of its own: no terminal to ask in, and one group to end it by.
        m_process->setChildProcessModifier([] { ::setsid(); });
    }
    connect(m_process, &QProcess::readyReadStandardOutput, this, [this] {
        m_output += m_process->readAllStandardOutput();
        if (m_output.size() > MostOutput)
            end(base::failure(pluginError(QStringLiteral("pluginAnswerInvalid"), m_run.call.program,
                                          QStringLiteral("more than %1 bytes").arg(MostOutput))));
    });
    connect(m_process, &QProcess::readyReadStandardError, this, &ExecPlugin::readErrors);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            end(base::failure(pluginError(QStringLiteral("pluginNotStarted"), m_run.call.program,
                                          base::visible(m_process->errorString()))));
    });
    connect(m_process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        m_output += m_process->readAllStandardOutput();
        readErrors();
        if (status == QProcess::NormalExit && code == 0) {
            auto answer = parsePluginAnswer(m_output, m_run.apiVersion);
            if (!answer)
                answer.error().causes = pluginError({}, m_run.call.program).causes;
            end(answer);
            return;
        }
        auto error = pluginError(QStringLiteral("pluginFailed"), m_run.call.program,
                                 base::visible(m_errors.trimmed().toStdString(), base::Lines::Many));
        error.causes.push_back({.reason = QStringLiteral("exitCode"), .message = QString::number(code), .field = {}});
        end(base::failure(std::move(error)));
    });
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        auto error = pluginError(QStringLiteral("pluginTimedOut"), m_run.call.program,
                                 base::visible(m_errors.trimmed().toStdString(), base::Lines::Many));
        error.causes.push_back(
            {.reason = QStringLiteral("seconds"), .message = QString::number(m_run.limit.count() / 1000), .field = {}});
        end(base::failure(std::move(error)));
    });
    m_limit.start(m_run.limit);
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_process)
                m_process->start(QIODevice::ReadOnly);
        },
        Qt::QueuedConnection);
}

ExecPlugin::~ExecPlugin()
{
    m_ended = true;
    stop();
}

void ExecPlugin::readErrors()
{
    const QByteArray text = m_process->readAllStandardError();
    if (!text.isEmpty() && m_errors.size() < MostErrors)
        emit said(base::visible(text.left(MostErrors).toStdString(), base::Lines::Many));
    m_errors += text.left(std::max<qsizetype>(MostErrors - m_errors.size(), 0));
}

void ExecPlugin::end(const base::Result<PluginAnswer>& answer)
{
    if (std::exchange(m_ended, true))
        return;
    m_limit.stop();
    stop();
    emit ended(answer);
}

void ExecPlugin::stop()
{
    if (!m_process)
        return;
    QProcess* process = std::exchange(m_process, nullptr);
    process->disconnect(this);
    if (process->state() == QProcess::NotRunning) {
        process->deleteLater();
        return;
    }
    connect(process, &QProcess::finished, process, &QObject::deleteLater);
    const auto id = static_cast<pid_t>(process->processId());
    if (id > 0 && !m_run.terminal)
        ::kill(-id, SIGKILL);
    process->kill();
}

} // namespace transport
