#include "app/diagnose/endpoints.h"

#include "app/base/shell.h"
#include "app/base/visible.h"
#include "app/diagnose/credential.h"
#include "app/diagnose/jsonpath.h"
#include "app/endpoint/reach.h"
#include "app/kube/access.h"
#include "app/messages/errors.h"

#include <QFileInfo>
#include <QStandardPaths>
#include <algorithm>
#include <array>

namespace diagnose {
namespace {

constexpr std::array Stages{"dns", "tcp", "tls", "health", "credential", "authorisation"};
constexpr std::chrono::seconds Patience{10};
constexpr int SoonDays = 14;

} // namespace

EndpointsExamination::EndpointsExamination(const Subject& subject)
    : Examination(QStringLiteral("endpoints")),
      m_subject(subject)
{
    declare("file", [] { return Diagnose::tr("Kubeconfig"); });
    declare("context", [] { return Diagnose::tr("Context"); });
    declare("exec", [] { return Diagnose::tr("Sign-in plugin"); });
    declare("proxy", [] { return Diagnose::tr("Proxy"); });
    declare("dns", [] { return Diagnose::tr("Name of the server"); });
    declare("tcp", [] { return Diagnose::tr("Connection"); });
    declare("tls", [] { return Diagnose::tr("TLS and certificate"); });
    declare("health", [] { return Diagnose::tr("API server"); });
    declare("credential", [] { return Diagnose::tr("Credential"); });
    declare("authorisation", [] { return Diagnose::tr("Rights"); });
    declare("addresses", [] { return Diagnose::tr("Other addresses"); });
}

EndpointsExamination::~EndpointsExamination()
{
    cancelCalls();
}

void EndpointsExamination::run()
{
    if (!readFiles() || !readContext() || !findPlugin()) {
        finish();
        return;
    }
    if (!openTransport()) {
        finish();
        return;
    }
    readProxy();
    askAddresses();
}

bool EndpointsExamination::readFiles()
{
    const config::Kubeconfig& config = m_subject.kubeconfig;
    ask("file", m_subject.files);
    for (const base::Error& error : config.errors)
        report(fileFinding(error, m_subject.files));
    if (!config.errors.empty() && config.contexts.empty()) {
        settle("file", StepResult::Fail, said(config.errors.front()));
        return false;
    }
    if (config.files.isEmpty()) {
        const base::Error none{.kind = base::ErrorKind::BadConfig,
                               .reason = QStringLiteral("fileMissing"),
                               .ofWhom = base::visible(m_subject.files.join(QStringLiteral(", ")))};
        settle("file", StepResult::Fail, said(none));
        report(fileFinding(none, m_subject.files));
        return false;
    }
    const auto count = static_cast<int>(config.contexts.size());
    if (!config.errors.empty())
        settle("file", StepResult::Fail, [first = config.errors.front(), count] {
            return Diagnose::tr("%1 The other files have %n context(s).", nullptr, count)
                .arg(messages::sentence(first));
        });
    else
        settle("file", StepResult::Pass, [count] { return Diagnose::tr("Read, %n context(s).", nullptr, count); });
    return true;
}

bool EndpointsExamination::readContext()
{
    const config::Kubeconfig& config = m_subject.kubeconfig;
    const QString wanted = m_subject.context.isEmpty() ? config.currentContext : m_subject.context;
    ask("context", {wanted});
    const auto context = config.resolve(m_subject.context);
    if (!context) {
        settle("context", StepResult::Fail, said(context.error()));
        QStringList known;
        for (const config::Context& each : config.contexts)
            known << each.name;
        report(contextFinding(context.error(), known));
        return false;
    }
    m_attempt.context = *context;
    m_attempt.url = context->cluster.server;
    m_attempt.serverName = context->cluster.tlsServerName;
    QList<Text> notes;
    for (const config::Problem& problem : context->problems)
        notes << Text([problem] { return messages::sentence(problem); });
    settle("context", StepResult::Pass, [address = m_attempt.address(), user = context->userName, notes] {
        QString text = user.isEmpty() ? Diagnose::tr("Asks %1 as nobody.").arg(address)
                                      : Diagnose::tr("Asks %1 as “%2”.").arg(address, user);
        for (const Text& note : notes)
            text += QLatin1Char(' ') + note.text();
        return text;
    });
    return true;
}

bool EndpointsExamination::findPlugin()
{
    const config::UserEntry& user = m_attempt.context.user;
    if (user.authKind() != config::AuthKind::Exec) {
        settle("exec", StepResult::Skipped, [] { return Diagnose::tr("This context needs none."); });
        return true;
    }
    const QString command = user.exec->command;
    ask("exec", {command});
    const bool hasPath = command.contains(QLatin1Char('/'));
    const QString found =
        hasPath ? (QFileInfo(command).isExecutable() ? command : QString()) : QStandardPaths::findExecutable(command);
    if (found.isEmpty()) {
        const QStringList searched =
            hasPath ? QStringList{command} : qEnvironmentVariable("PATH").split(QLatin1Char(':'), Qt::SkipEmptyParts);
        settle("exec", StepResult::Fail,
               [command] { return Diagnose::tr("The program “%1” was not found.").arg(base::visible(command)); });
        report(pluginMissing(m_attempt.context, searched));
        return false;
    }
    settle("exec", StepResult::Pass, [found] { return Diagnose::tr("It is at %1.").arg(base::visible(found)); });
    return true;
}

void EndpointsExamination::readProxy()
{
    const QUrl named(m_attempt.context.cluster.proxyUrl);
    if (!named.isEmpty()) {
        m_attempt.proxy = named.toDisplayString(QUrl::RemoveUserInfo);
        ask("proxy", {m_attempt.proxy});
        return;
    }
    const auto environment = transport::ProxyEnvironment::ofProcess();
    const bool isTls = m_to.url.scheme() == QLatin1String("https");
    const QString variable = isTls ? QStringLiteral("HTTPS_PROXY") : QStringLiteral("HTTP_PROXY");
    const QNetworkProxy& proxy = m_to.proxy;
    if (proxy.type() == QNetworkProxy::HttpProxy || proxy.type() == QNetworkProxy::Socks5Proxy) {
        QUrl url;
        url.setScheme(proxy.type() == QNetworkProxy::HttpProxy ? QStringLiteral("http") : QStringLiteral("socks5"));
        url.setHost(proxy.hostName());
        url.setPort(proxy.port());
        m_attempt.proxy = url.toDisplayString();
        ask("proxy", {variable + QLatin1Char('=') + m_attempt.proxy});
        return;
    }
    if (proxy.type() == QNetworkProxy::DefaultProxy) {
        settle("proxy", StepResult::Skipped, [] { return Diagnose::tr("None is named here; the desktop's is used."); });
        return;
    }
    const bool isLeftOut = !(isTls ? environment.https : environment.http).isEmpty();
    settle("proxy", StepResult::Skipped, [isLeftOut, variable] {
        return isLeftOut
                   ? Diagnose::tr("%1 names one, but NO_PROXY leaves this server out: the way is direct.").arg(variable)
                   : Diagnose::tr("None is named: the way is direct.");
    });
}

bool EndpointsExamination::openTransport()
{
    m_expiry = credentialExpiry(m_attempt.context.user);
    base::Error error;
    if (auto endpoint = transport::endpointOf(m_attempt.context)) {
        m_own = std::move(*endpoint);
        m_to = m_subject.endpoint ? endpoint::endpointAt(m_own, *m_subject.endpoint) : m_own;
        m_attempt.url = m_to.url;
        m_attempt.serverName = m_to.serverName;
        m_connect = transport::connectAs(
            m_attempt.context, m_subject.journal,
            {.context = m_attempt.context.name, .allowInsecureToken = m_subject.allowInsecureToken}, m_subject.plugins);
        if (auto made = m_connect(m_to, transport::As::Self)) {
            m_transport = std::move(*made);
            m_client = std::make_unique<kube::Client>(m_transport.get());
            return true;
        } else {
            error = made.error();
        }
    } else {
        error = endpoint.error();
    }
    settle(error.reason.startsWith(QLatin1String("exec")) ? "exec" : "context", StepResult::Fail, said(error));
    report(contextFinding(error, {}));
    return false;
}

void EndpointsExamination::askVersion()
{
    ask("health", {QStringLiteral("GET /api")});
    follow<kube::Json>(m_client->askJson({.path = "/api", .silence = Patience}),
                       [this](const auto& answer) { heardVersion(answer); });
}

void EndpointsExamination::passedBefore(const char* stage)
{
    if (!m_attempt.proxy.isEmpty() && QLatin1String(stage) != QLatin1String("proxy"))
        settle("proxy", StepResult::Pass, [proxy = m_attempt.proxy] { return Diagnose::tr("Over %1.").arg(proxy); });
    for (const char* each : Stages) {
        if (QLatin1String(each) == QLatin1String(stage))
            return;
        const auto step = std::ranges::find_if(steps(), [each](const Step& s) { return s.id == QLatin1String(each); });
        if (!step->result)
            settle(each, StepResult::Pass, {});
    }
}

void EndpointsExamination::heardVersion(const base::Result<kube::Json>& answer)
{
    if (isFinished())
        return;
    if (!answer) {
        failed(answer.error());
        return;
    }
    // Whoever answers with some JSON need not be an API server.
    if (textAt(*answer, {"kind"}) != QLatin1String("APIVersions")) {
        failed({.kind = base::ErrorKind::BadAnswer,
                .httpStatus = 200,
                .reason = QStringLiteral("noApiVersions"),
                .said = base::visible(answer->dump(-1, ' ', true, kube::Json::error_handler_t::replace).substr(0, 200)),
                .asked = QStringLiteral("GET /api"),
                .ofWhom = m_attempt.address()});
        return;
    }
    passedBefore("credential");
    askWho();
}

void EndpointsExamination::failed(const base::Error& error)
{
    const char* stage = stageOf(error);
    if (QLatin1String(stage) != QLatin1String("proxy"))
        passedBefore(stage);
    settle(stage, StepResult::Fail, said(error));
    if (error.kind == base::ErrorKind::Unauthorized)
        report(credentialFinding(error, m_attempt, m_expiry));
    else
        report(connectionFinding(error, m_attempt));
    if (error.kind != base::ErrorKind::Unauthorized)
        checkExpiry();
    finish();
}

void EndpointsExamination::checkExpiry()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (!m_expiry || *m_expiry > now.addDays(SoonDays))
        return;
    Finding finding = credentialFinding({}, m_attempt, *m_expiry < now ? m_expiry : now.addSecs(-1));
    if (*m_expiry >= now) {
        finding.id = QStringLiteral("credentialExpiresSoon");
        finding.severity = Severity::Warning;
        finding.title = [] { return Diagnose::tr("The credential expires soon"); };
        finding.cause = [when = *m_expiry] {
            return Diagnose::tr("The credential of this context is valid until %1.").arg(moment(when));
        };
        finding.evidence = {m_expiry->toString(Qt::ISODate)};
    }
    report(finding);
}

void EndpointsExamination::askWho()
{
    // Since 1.28; an older server answers 404, which tells nothing about the credential.
    transport::Request request{.verb = "POST",
                               .path = "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                               .body = R"({"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"})",
                               .silence = Patience};
    request.headers.emplace_back("Content-Type", "application/json");
    ask("credential", {QStringLiteral("POST /apis/authentication.k8s.io/v1/selfsubjectreviews")});
    follow<kube::Json>(m_client->askJson(request), [this](const auto& answer) {
        if (!answer && answer.error().kind == base::ErrorKind::Unauthorized) {
            failed(answer.error());
            return;
        }
        if (answer) {
            m_user = textAt(*answer, {"status", "userInfo", "username"});
        }
        settle("credential", StepResult::Pass, [user = m_user, expiry = m_expiry] {
            const QString who =
                user.isEmpty() ? Diagnose::tr("Accepted.") : Diagnose::tr("The server knows us as “%1”.").arg(user);
            return expiry ? Diagnose::tr("%1 Valid until %2.", "a sentence, then a date").arg(who, moment(*expiry))
                          : who;
        });
        checkExpiry();
        askRights();
    });
}

void EndpointsExamination::askRights()
{
    const QString own = m_attempt.context.nameSpace.isEmpty() ? QStringLiteral("default") : m_attempt.context.nameSpace;
    struct Right {
        const char* resource;
        QString nameSpace;
    };
    const std::array rights{Right{"nodes", {}}, Right{"namespaces", {}}, Right{"pods", {}}, Right{"pods", own}};
    m_rightsLeft = static_cast<int>(rights.size());
    for (const Right& right : rights) {
        const QString what = right.nameSpace.isEmpty()
                                 ? QLatin1String(right.resource)
                                 : QStringLiteral("%1 -n %2").arg(QLatin1String(right.resource), right.nameSpace);
        ask("authorisation", {QStringLiteral("list ") + what});
        const kube::AccessQuestion question{.verb = QStringLiteral("list"),
                                            .group = {},
                                            .resource = QLatin1String(right.resource),
                                            .nameSpace = right.nameSpace,
                                            .name = {}};
        follow<bool>(kube::mayI(*m_client, question, Patience), [this, what](const base::Result<bool>& may) {
            if (may)
                (*may ? m_mayList : m_mayNot) << what;
            if (--m_rightsLeft == 0)
                heardRights();
        });
    }
}

void EndpointsExamination::heardRights()
{
    if (isFinished())
        return;
    if (m_mayList.isEmpty() && m_mayNot.isEmpty()) {
        settle("authorisation", StepResult::Unknown,
               [] { return Diagnose::tr("The server does not say what is permitted."); });
    } else if (m_mayList.isEmpty()) {
        settle("authorisation", StepResult::Fail,
               [] { return Diagnose::tr("Nothing of what was asked may be listed."); });
        const base::Error error{.kind = base::ErrorKind::Forbidden, .said = m_mayNot.join(QStringLiteral(", "))};
        Finding finding = forbiddenFinding(error, m_attempt);
        finding.id = QStringLiteral("noRights");
        finding.severity = Severity::Warning;
        finding.cause = [user = m_user] {
            return user.isEmpty()
                       ? Diagnose::tr("The server accepts the credential, and permits it to list neither nodes "
                                      "nor namespaces nor pods.")
                       : Diagnose::tr("“%1” may list neither nodes nor namespaces nor pods.").arg(user);
        };
        if (!m_user.isEmpty())
            finding.fix.command =
                QStringLiteral("kubectl create clusterrolebinding alidade-view --clusterrole view --user ") +
                base::shellQuoted(m_user);
        report(finding);
    } else {
        settle("authorisation", StepResult::Pass,
               [may = m_mayList.join(QStringLiteral(", ")), mayNot = m_mayNot.join(QStringLiteral(", "))] {
                   return mayNot.isEmpty() ? Diagnose::tr("May list %1.").arg(may)
                                           : Diagnose::tr("May list %1; may not list %2.").arg(may, mayNot);
               });
    }
    finish();
}

Guide endpointsGuide()
{
    return {.id = QStringLiteral("endpoints"),
            .title = [] { return Diagnose::tr("Connection to the cluster"); },
            .symptoms = {[] { return Diagnose::tr("A cluster cannot be reached, or is stale"); },
                         [] { return Diagnose::tr("The certificate or the token is not accepted"); },
                         [] { return Diagnose::tr("Real works and Advertise does not, or the other way round"); }},
            .patterns =
                {{"connection (was )?refused", 20},
                 {"no route to host|network (is )?unreachable|host unreachable", 20},
                 {"i/o timeout|connection timed out|context deadline exceeded|TLS handshake timeout", 15},
                 {"x509:|certificate (has expired|signed by unknown authority|is valid for|is not yet valid)", 30},
                 {"tls:|TLS handshake|SSL_ERROR|ssl handshake", 10},
                 {"Unable to connect to the server", 20},
                 {"no such host|could not resolve host|name or service not known|server misbehaving", 12},
                 {"\\bUnauthorized\\b|must be logged in to the server|provide credentials|\\b401\\b", 15},
                 {"User \"[^\"]*\" cannot", 12},
                 {"proxyconnect|Proxy Authentication Required", 20},
                 {"server gave HTTP response to HTTPS client|HTTP request to an HTTPS server", 30},
                 {"exec plugin|exec: \"[^\"]*\": executable file not found|getting credentials", 25},
                 {"error loading config file|invalid configuration|context \"[^\"]*\" does not exist|no context exists",
                  25},
                 {"was refused - did you specify the right host or port", 30}},
            .arguments = {},
            .needsCluster = false,
            .inScan = true,
            .make = [](const Subject& subject) -> std::unique_ptr<Examination> {
                return std::make_unique<EndpointsExamination>(subject);
            }};
}

} // namespace diagnose
