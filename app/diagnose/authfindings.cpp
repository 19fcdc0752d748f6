// Who one is to the server, and what one may; and answers that no API server gives.

#include "app/base/shell.h"
#include "app/diagnose/connectionfindings.h"
#include "app/messages/errors.h"

#include <QRegularExpression>

namespace diagnose {
namespace {

void expired(Finding& finding, bool isCertificate, const QDateTime& since)
{
    finding.id = isCertificate ? QStringLiteral("clientCertificateExpired") : QStringLiteral("tokenExpired");
    finding.title = [isCertificate] {
        return isCertificate ? Diagnose::tr("The client certificate has expired")
                             : Diagnose::tr("The token has expired");
    };
    finding.cause = [isCertificate, since] {
        return isCertificate
                   ? Diagnose::tr("The client certificate of this context is not valid since %1.").arg(moment(since))
                   : Diagnose::tr("The token of this context is not valid since %1.").arg(moment(since));
    };
    finding.evidence << QStringLiteral("%1: %2").arg(isCertificate ? QStringLiteral("notAfter") : QStringLiteral("exp"),
                                                     since.toUTC().toString(Qt::ISODate));
    Fix& fix = finding.fix;
    fix.action = isCertificate ? QStringLiteral("renewCertificate") : QStringLiteral("renewToken");
    if (isCertificate) {
        fix.title = [] { return Diagnose::tr("Renew the certificate"); };
        fix.steps = {[] {
                         return Diagnose::tr(
                             "An administrator's, on a master: kubeadm certs renew admin.conf, then take "
                             "/etc/kubernetes/admin.conf again.");
                     },
                     [] {
                         return Diagnose::tr("One that the console gave: open the cluster's credentials there and take "
                                             "the kubeconfig again.");
                     },
                     [] { return Diagnose::tr("Is this machine's clock right?"); }};
        fix.command = QStringLiteral("kubeadm certs renew admin.conf");
    } else {
        fix.title = [] { return Diagnose::tr("Get a new token"); };
        fix.steps = {[] { return Diagnose::tr("A service account's: have one made for it."); },
                     [] {
                         return Diagnose::tr("One that the console gave: open the cluster's credentials there and take "
                                             "it again.");
                     }};
        fix.command = QStringLiteral("kubectl create token NAME --namespace NAMESPACE --duration 24h");
    }
}

} // namespace

Finding credentialFinding(const base::Error& error, const Attempt& attempt, const std::optional<QDateTime>& expiry)
{
    using config::AuthKind;
    Finding finding{.evidence = evidenceOf(error)};
    Fix& fix = finding.fix;
    const AuthKind kind = attempt.context.user.authKind();
    const QDateTime serverNow = QDateTime::currentDateTimeUtc().addMSecs(attempt.skewMs.value_or(0));
    if (expiry && *expiry < serverNow) {
        expired(finding, kind == AuthKind::Certificate, *expiry);
        return finding;
    }
    if (kind == AuthKind::None) {
        finding.id = QStringLiteral("noCredential");
        finding.title = [] { return Diagnose::tr("The context has no credential"); };
        finding.cause = [user = attempt.context.userName] {
            return user.isEmpty()
                       ? Diagnose::tr("The context names no user, so nobody asks, and the server lets nobody in.")
                       : Diagnose::tr("The user “%1” has neither certificate nor token, and the server lets "
                                      "nobody in without.")
                             .arg(user);
        };
        fix.action = QStringLiteral("editKubeconfig");
        fix.title = [] { return Diagnose::tr("Give the context a credential"); };
        fix.steps = {[] { return Diagnose::tr("The console shows a token under the cluster's credentials."); }};
        return finding;
    }
    const bool isCertificate = kind == AuthKind::Certificate;
    finding.id = QStringLiteral("credentialRefused");
    finding.title = [] { return Diagnose::tr("The server does not accept the credential"); };
    finding.cause = [isCertificate, address = attempt.address()] {
        return isCertificate ? Diagnose::tr("%1 answers 401: it does not know the authority that signed the client "
                                            "certificate.")
                                   .arg(address)
                             : Diagnose::tr("%1 answers 401: the token is not one of this cluster, was revoked, or its "
                                            "service account is gone.")
                                   .arg(address);
    };
    fix.action = isCertificate ? QStringLiteral("renewCertificate") : QStringLiteral("renewToken");
    fix.title = [] { return Diagnose::tr("Take a credential of this cluster"); };
    fix.steps = {[] {
                     return Diagnose::tr("Is the address that of the cluster which the credential is for? After a "
                                         "reinstallation all of them are new.");
                 },
                 [] {
                     return Diagnose::tr("The console shows the token and the kubeconfig under the cluster's "
                                         "credentials.");
                 }};
    if (!isCertificate)
        fix.command = QStringLiteral("kubectl create token NAME --namespace NAMESPACE --duration 24h");
    return finding;
}

Finding forbiddenFinding(const base::Error& error, const Attempt& attempt)
{
    static const QRegularExpression said(
        QStringLiteral("User \"([^\"]+)\" cannot ([a-z]+) (?:resource|path) \"([^\"]+)\""));
    const auto match = said.match(error.said);
    const QString who = match.captured(1);
    Finding finding{.id = QStringLiteral("forbidden"), .evidence = evidenceOf(error)};
    finding.title = [] { return Diagnose::tr("The server knows who asks and permits too little"); };
    finding.cause = [who, verb = match.captured(2), what = match.captured(3), error] {
        return who.isEmpty() ? messages::sentence(error)
                             : Diagnose::tr("“%1” may not %2 %3: no role that it has says so.").arg(who, verb, what);
    };
    Fix& fix = finding.fix;
    fix.action = QStringLiteral("requestRole");
    fix.title = [] { return Diagnose::tr("Have a role bound"); };
    const bool anonymous = who == QLatin1String("system:anonymous");
    if (anonymous) {
        finding.id = QStringLiteral("anonymous");
        finding.title = [] { return Diagnose::tr("The server takes us for nobody"); };
        finding.cause = [address = attempt.address()] {
            return Diagnose::tr("No credential reached %1: the request counts as system:anonymous.").arg(address);
        };
        fix.action = QStringLiteral("editKubeconfig");
        fix.title = [] { return Diagnose::tr("Give the context a credential"); };
        return finding;
    }
    fix.steps = {[] {
                     return Diagnose::tr(
                         "An administrator binds a role: cluster-wide to see nodes and all namespaces, or "
                         "in the namespaces that are yours.");
                 },
                 [] { return Diagnose::tr("Where only some namespaces are yours: name them, and those are listed."); }};
    const QString subject = who.isEmpty() ? QStringLiteral("USER") : who;
    fix.command = QStringLiteral("kubectl create clusterrolebinding alidade-view --clusterrole view --user ") +
                  base::shellQuoted(subject);
    return finding;
}

Finding answerFinding(const base::Error& error, const Attempt& attempt)
{
    using base::ErrorKind;
    Finding finding{.evidence = evidenceOf(error), .cause = [error] { return messages::sentence(error); }};
    Fix& fix = finding.fix;
    if (error.kind == ErrorKind::Server || error.kind == ErrorKind::TooManyRequests) {
        finding.id = QStringLiteral("serverFailing");
        finding.title = [] { return Diagnose::tr("The API server answers that it is not well"); };
        fix.action = QStringLiteral("startServer");
        fix.title = [] { return Diagnose::tr("See which of its checks fails"); };
        fix.steps = {[] { return Diagnose::tr("etcd is the first to look at: its members, its disk, its alarms."); }};
        fix.command = QStringLiteral("kubectl get --raw '/readyz?verbose'");
        return finding;
    }
    const bool httpAtHttps = error.httpStatus == 400 && attempt.url.scheme() == QLatin1String("http");
    finding.id = httpAtHttps                         ? QStringLiteral("httpToHttps")
                 : error.kind == ErrorKind::Redirect ? QStringLiteral("redirected")
                                                     : QStringLiteral("notAnApiServer");
    if (httpAtHttps) {
        finding.title = [] { return Diagnose::tr("An https port is asked over http"); };
        finding.cause = [address = attempt.address()] {
            return Diagnose::tr("%1 is written with http, and what listens there speaks https.").arg(address);
        };
        fix.action = QStringLiteral("changeScheme");
        fix.title = [] { return Diagnose::tr("Write https:// in the kubeconfig"); };
        QUrl url = attempt.url;
        url.setScheme(QStringLiteral("https"));
        url.setPort(attempt.port());
        fix.command = setCluster(attempt.context, {QStringLiteral("--server=") +
                                                   url.toString(QUrl::RemoveUserInfo | QUrl::StripTrailingSlash)});
        return finding;
    }
    finding.title = [] { return Diagnose::tr("Something else than an API server answers"); };
    finding.cause = [error, address = attempt.address()] {
        return error.kind == ErrorKind::Redirect
                   ? Diagnose::tr(
                         "%1 sends on to %2, which no API server does: it is a login page, or a proxy before it. "
                         "No credential was sent there.")
                         .arg(address, error.said)
                   : Diagnose::tr(
                         "What answers at %1 is not an API server: a login page, a proxy's error page, or a web "
                         "server.")
                         .arg(address);
    };
    fix.action = QStringLiteral("editKubeconfig");
    fix.title = [] { return Diagnose::tr("Give the address of the API server itself"); };
    fix.steps = {
        [] {
            return Diagnose::tr("Compare address and port with a kubeconfig that works, or with the cluster's "
                                "credentials in the console.");
        },
        [] { return Diagnose::tr("A path belongs to the address only where a platform stands before the cluster."); }};
    fix.command = QStringLiteral("curl -sk %1/version").arg(base::shellQuoted(attempt.address()));
    return finding;
}

} // namespace diagnose
