#include "app/cli/run.h"

#include "app/base/visible.h"
#include "app/cli/command.h"
#include "app/cli/jsonparts.h"
#include "app/config/sources.h"
#include "app/endpoint/reach.h"
#include "app/messages/errors.h"
#include "app/snapshot/snapshottransport.h"
#include "app/tke/memberclients.h"

#include <QCoreApplication>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <unistd.h>

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
    case ErrorKind::ReadOnly:
        return error.reason == QLatin1String("snapshotReadOnly") ? Exit::NotCaptured : Exit::NotPermitted;
    case ErrorKind::NotCaptured:
        return Exit::NotCaptured;
    case ErrorKind::Forbidden:
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
        if (m_onTimeout) {
            m_onTimeout();
            return;
        }
        fail({.kind = base::ErrorKind::Timeout,
              .asked = m_options.command,
              .ofWhom = m_transport ? m_transport->address() : m_options.kubeconfig});
    });
    if (!m_options.snapshot.isEmpty()) {
        if (const auto opened = openSnapshot(); !opened)
            fail(opened.error(), exitOf(opened.error()) == Exit::NotCaptured ? Exit::NotCaptured : Exit::NotConnected);
        else
            runCommand();
        return;
    }
    const config::Sources sources = config::sources(m_options.kubeconfig);
    m_files = config::kubeconfigFiles(sources.explicitFile, sources.environment, sources.home);
    m_kubeconfig = config::loadContexts(sources);
    const Command& command = *findCommand(m_options.command);
    if (command.connects || !m_options.member.isEmpty()) {
        if (const auto connected = connectTo(m_options.context); !connected) {
            fail(connected.error());
            return;
        }
        if (!m_options.member.isEmpty()) {
            enterMember();
            return;
        }
        if (!m_options.endpoint.isEmpty()) {
            moveTo(*endpoint::choiceFromText(m_options.endpoint));
            return;
        }
    }
    runCommand();
}

void Run::runCommand()
{
    findCommand(m_options.command)->run(*this);
}

transport::PluginHost* Run::plugins()
{
    if (m_plugins)
        return m_plugins.get();
    m_consents = std::make_unique<config::PluginConsents>(config::consentsFile());
    if (m_options.trustExec)
        m_consents->trustAll();
    const bool hasTerminal = ::isatty(STDIN_FILENO) == 1;
    m_plugins = std::make_unique<transport::PluginHost>(
        transport::PluginHost::Options{.terminal = hasTerminal, .loginShell = transport::ownLoginShell()},
        m_consents.get());
    QObject::connect(m_plugins.get(), &transport::PluginHost::said, this,
                     [this](const QString&, const QString& text) { warn(text.trimmed()); });
    return m_plugins.get();
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
    m_own = std::move(*endpoint);
    m_connect = transport::connectAs(m_context, &m_journal,
                                     {.context = m_context.name, .allowInsecureToken = m_options.allowInsecureToken},
                                     plugins());
    return speakTo(m_own);
}

base::Result<void> Run::openSnapshot()
{
    auto opened = snapshot::Snapshot::open(m_options.snapshot);
    if (opened && !m_options.member.isEmpty())
        opened = (*opened)->member(m_options.member);
    if (!opened)
        return base::failure(opened.error());
    m_snapshot = std::move(*opened);
    m_context = snapshot::contextOf(*m_snapshot);
    if (!m_context.nameInFile.isEmpty()) // there is no other of that name here
        m_context.name = m_context.nameInFile;
    m_kubeconfig.contexts = {m_context}; // for guides, which look a context up by its name
    auto endpoint = transport::endpointOf(m_context);
    if (!endpoint)
        return base::failure(endpoint.error());
    m_own = m_endpoint = std::move(*endpoint);
    m_connect = snapshot::connectorTo(m_snapshot, nullptr);
    takeTransport(std::make_unique<snapshot::SnapshotTransport>(m_snapshot));
    return {};
}

tke::ClientOf Run::members()
{
    return m_snapshot ? snapshot::membersOf(m_snapshot) : tke::memberClients(client(), platformAccess());
}

base::Result<void> Run::speakTo(const transport::Endpoint& endpoint)
{
    auto transport = m_connect(endpoint, transport::As::Self);
    if (!transport)
        return base::failure(transport.error());
    m_endpoint = endpoint;
    takeTransport(std::move(*transport));
    return {};
}

void Run::takeTransport(std::unique_ptr<transport::Transport> transport)
{
    m_client.reset();
    m_transport = std::move(transport);
    m_client = std::make_unique<kube::Client>(m_transport.get());
}

void Run::moveTo(const endpoint::Choice& choice)
{
    kube::chooseAddress(*m_client, probeOptions(), known(), choice, m_options.tlsServerName)
        .future.then(this, [this](const base::Result<endpoint::ProbeResult>& chosen) {
            if (!chosen) {
                base::Error error = chosen.error();
                if (error.reason == QLatin1String("endpointMissing"))
                    error.ofWhom = m_options.endpoint;
                fail(error);
                return;
            }
            if (const auto moved = speakTo(endpoint::endpointAt(m_own, chosen->address)); !moved) {
                fail(moved.error());
                return;
            }
            runCommand();
        });
}

kube::ProbeOptions Run::probeOptions() const
{
    return {.own = m_own,
            .connect = m_connect,
            .clusterUid = known().clusterUid,
            .assumeSameCluster = m_options.assumeSameCluster};
}

endpoint::Known Run::known() const
{
    if (m_isThroughPlatform || m_snapshot)
        return {};
    endpoint::Known known = endpoint::recall(endpoint::memoryFile(), endpoint::memoryKey(m_own));
    for (const endpoint::Address& each : endpoint::addressesOf(m_context.addresses))
        endpoint::addAddress(known.addresses, each);
    return known;
}

base::Result<std::optional<endpoint::Address>> Run::knownEndpoint() const
{
    std::optional<endpoint::Address> none;
    if (m_options.endpoint.isEmpty() || !m_options.member.isEmpty())
        return none;
    const auto context = m_kubeconfig.resolve(m_options.context);
    const auto own = context ? transport::endpointOf(*context) : base::failure(context.error());
    if (!own)
        return none; // what is wrong with the context is for the command to tell
    endpoint::Known known = endpoint::recall(endpoint::memoryFile(), endpoint::memoryKey(*own));
    for (const endpoint::Address& each : endpoint::addressesOf(context->addresses))
        endpoint::addAddress(known.addresses, each);
    const endpoint::Address start{.type = endpoint::AddressType::Advertise,
                                  .url = own->url,
                                  .sources = {endpoint::source::Kubeconfig},
                                  .serverName = {},
                                  .lastSeen = {}};
    auto meant = endpoint::chosen(endpoint::joined({start}, known), *endpoint::choiceFromText(m_options.endpoint));
    if (meant.empty())
        return base::failure({.kind = base::ErrorKind::NotFound,
                              .reason = QStringLiteral("endpointMissing"),
                              .asked = m_options.command,
                              .ofWhom = m_options.endpoint});
    if (!m_options.tlsServerName.isEmpty())
        meant.front().serverName = m_options.tlsServerName;
    return meant.front();
}

void Run::remember(const endpoint::Known& known)
{
    if (m_isThroughPlatform || m_snapshot) // they would be taken for the platform's
        return;
    if (const auto written = endpoint::remember(endpoint::memoryFile(), endpoint::memoryKey(m_own), known); !written)
        warn(messages::sentence(written.error()));
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
    fail(error, exitOf(error));
}

void Run::fail(const base::Error& error, Exit exit)
{
    if (m_ended)
        return;
    warn(base::visible(messages::sentenceWithAdvice(error)));
    if (m_options.json)
        printJson({{"error", errorJson(error)}});
    done(exit);
}

} // namespace cli
