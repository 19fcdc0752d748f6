#include "app/cli/run.h"

#include "app/base/visible.h"
#include "app/cli/command.h"
#include "app/messages/errors.h"
#include "app/transport/signin.h"

#include <QCoreApplication>
#include <QDir>
#include <QTimer>
#include <algorithm>
#include <cstdio>

namespace cli {
namespace {

struct Cli {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

void write(FILE* to, const QByteArray& text)
{
    std::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), to);
}

/// Columns a terminal gives a text: Chinese characters take two.
int widthOf(const QString& text)
{
    int width = 0;
    for (const char32_t c : text.toUcs4())
        width += (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xac00 && c <= 0xd7a3) ||
                         (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
                         (c >= 0x20000 && c <= 0x3fffd)
                     ? 2
                     : 1;
    return width;
}

} // namespace

Exit exitOf(const base::Error& error)
{
    using base::ErrorKind;
    switch (error.kind) {
    case ErrorKind::Network:
    case ErrorKind::Dns:
    case ErrorKind::Tls:
    case ErrorKind::Timeout:
    case ErrorKind::Redirect:
    case ErrorKind::Unauthorized:
    case ErrorKind::BadConfig:
    case ErrorKind::BadAnswer:
        return Exit::NotConnected;
    case ErrorKind::Forbidden:
    case ErrorKind::ReadOnly:
        return Exit::NotPermitted;
    case ErrorKind::Conflict:
        return Exit::Conflict;
    case ErrorKind::NotFound:
        return Exit::NotFound;
    default:
        return Exit::SomethingWrong;
    }
}

Run::Run(Options options, QObject* parent) : QObject(parent), m_options(std::move(options)) {}

Run::~Run() = default;

QString Run::nameSpace() const
{
    if (m_options.allNamespaces)
        return {};
    if (!m_options.nameSpace.isEmpty())
        return m_options.nameSpace;
    return m_context.nameSpace.isEmpty() ? QStringLiteral("default") : m_context.nameSpace;
}

void Run::start()
{
    QTimer::singleShot(m_options.timeout, this, [this] {
        fail({.kind = base::ErrorKind::Timeout,
              .asked = m_options.command,
              .ofWhom = m_transport ? m_transport->address() : m_options.kubeconfig});
    });
    m_files = config::kubeconfigFiles(m_options.kubeconfig, qEnvironmentVariable("KUBECONFIG"), QDir::homePath());
    m_kubeconfig = config::loadKubeconfig(m_files, !m_options.kubeconfig.isEmpty());
    const Command& command = *findCommand(m_options.command);
    if (command.connects) {
        if (const auto connected = connectTo(m_options.context); !connected) {
            fail(connected.error());
            return;
        }
    }
    command.run(*this);
}

base::Result<void> Run::connectTo(const QString& contextName)
{
    auto context = m_kubeconfig.resolve(contextName);
    if (!context)
        return base::failure(context.error());
    m_context = std::move(*context);
    auto endpoint = transport::endpointOf(m_context);
    if (!endpoint)
        return base::failure(endpoint.error());
    auto identity = transport::identitySourceOf(m_context);
    if (!identity)
        return base::failure(identity.error());
    auto transport = transport::HttpTransport::create(
        std::move(*endpoint), std::move(*identity), &m_journal,
        {.context = m_context.name, .allowInsecureToken = m_options.allowInsecureToken});
    if (!transport)
        return base::failure(transport.error());
    m_transport = std::move(*transport);
    m_client = std::make_unique<kube::Client>(m_transport.get());
    return {};
}

void Run::print(const QByteArray& text)
{
    write(stdout, text);
}

void Run::printJson(const kube::Json& json)
{
    // ASCII only: exact for programs, and harmless for a terminal.
    const std::string text = json.dump(2, ' ', true, kube::Json::error_handler_t::replace) + '\n';
    write(stdout, QByteArray(text.data(), static_cast<qsizetype>(text.size())));
}

void Run::printTable(const QStringList& headers, const std::vector<QStringList>& rows)
{
    std::vector<int> widths;
    for (const QString& header : headers)
        widths.push_back(widthOf(header));
    for (const QStringList& row : rows)
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[static_cast<std::size_t>(i)] = std::max(widths[static_cast<std::size_t>(i)], widthOf(row[i]));
    QByteArray text;
    const auto add = [&](const QStringList& row) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i) {
            line += row[i];
            if (i + 1 < row.size())
                line += QString(widths[static_cast<std::size_t>(i)] + 3 - widthOf(row[i]), QLatin1Char(' '));
        }
        text += line.toUtf8() + '\n';
    };
    add(headers);
    for (const QStringList& row : rows)
        add(row);
    print(text);
}

void Run::warn(const QString& sentence)
{
    write(stderr, sentence.toUtf8() + '\n');
}

void Run::done(Exit exit)
{
    if (std::exchange(m_ended, true))
        return;
    std::fflush(stdout);
    QCoreApplication::exit(static_cast<int>(exit));
}

void Run::fail(const base::Error& error)
{
    if (m_ended)
        return;
    warn(base::visible(messages::sentenceWithAdvice(error)));
    if (m_options.json)
        printJson({{"error",
                    {{"kind", base::idOf(error.kind).toStdString()},
                     {"httpStatus", error.httpStatus > 0 ? kube::Json(error.httpStatus) : kube::Json(nullptr)},
                     {"reason", error.reason.toStdString()},
                     {"message", messages::sentence(error).toStdString()},
                     {"advice", messages::advice(error).toStdString()}}}});
    done(exitOf(error));
}

} // namespace cli
