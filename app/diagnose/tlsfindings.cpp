// The certificate that a server shows, and what else goes wrong before the first request is sent.

#include "app/base/shell.h"
#include "app/diagnose/connectionfindings.h"
#include "app/messages/errors.h"

#include <QHostAddress>
#include <algorithm>

namespace diagnose {
namespace {

bool saysSo(const base::Error& error, const char* words)
{
    return error.said.contains(QLatin1String(words), Qt::CaseInsensitive);
}

/// Which of the certificate's names is the best to expect: one that stands for the API server itself.
QString bestName(const QStringList& names)
{
    for (const char* wanted : {"kubernetes", "kubernetes.default.svc", "kubernetes.default", "localhost"})
        if (names.contains(QLatin1String(wanted)))
            return QLatin1String(wanted);
    const auto plain = std::ranges::find_if(
        names, [](const QString& name) { return !name.contains(QLatin1Char('*')) && QHostAddress(name).isNull(); });
    if (plain != names.end())
        return *plain;
    const auto address =
        std::ranges::find_if(names, [](const QString& name) { return !name.contains(QLatin1Char('*')); });
    return address == names.end() ? QString() : *address;
}

void addCertificate(Finding& finding, const Attempt& attempt)
{
    const auto add = [&finding](const char* what, const QString& value) {
        if (!value.isEmpty())
            finding.evidence << QLatin1String(what) + QStringLiteral(": ") + value;
    };
    add("subject", attempt.subject);
    add("issuer", attempt.issuer);
    if (attempt.notBefore.isValid())
        add("notBefore", moment(attempt.notBefore));
    if (attempt.notAfter.isValid())
        add("notAfter", moment(attempt.notAfter));
    add("subjectAltName", attempt.names.join(QStringLiteral(", ")));
}

void nameMismatch(Finding& finding, const Attempt& attempt)
{
    const QString wanted = attempt.serverName.isEmpty() ? attempt.host() : attempt.serverName;
    const QString offered = bestName(attempt.names);
    finding.id = QStringLiteral("certificateNameMismatch");
    finding.title = [wanted] {
        return Diagnose::tr("The certificate is made out to another name than %1").arg(wanted);
    };
    finding.cause = [wanted, names = attempt.names.join(QStringLiteral(", "))] {
        return names.isEmpty()
                   ? Diagnose::tr("The server's certificate does not hold %1.").arg(wanted)
                   : Diagnose::tr("The server's certificate does not hold %1; it holds %2.").arg(wanted, names);
    };
    Fix& fix = finding.fix;
    fix.action = QStringLiteral("setServerName");
    fix.title = [offered] {
        return offered.isEmpty() ? Diagnose::tr("Expect a name that the certificate holds")
                                 : Diagnose::tr("Set tls-server-name to %1").arg(offered);
    };
    fix.steps = {[] { return Diagnose::tr("The connection stays verified: only the name expected is another."); },
                 [wanted] {
                     return Diagnose::tr("For good: have a certificate made that holds %1 as well (kubeadm: "
                                         "apiServer.certSANs).")
                         .arg(wanted);
                 }};
    if (!offered.isEmpty())
        fix.command = setCluster(attempt.context, {QStringLiteral("--tls-server-name=") + offered});
}

void untrusted(Finding& finding, const Attempt& attempt)
{
    const bool own = !attempt.context.cluster.certificateAuthority.isEmpty();
    finding.id = QStringLiteral("certificateUntrusted");
    finding.title = [] { return Diagnose::tr("The server's certificate is signed by an authority that is not known"); };
    finding.cause = [own, issuer = attempt.issuer] {
        const QString who = issuer.isEmpty() ? Diagnose::tr("somebody else", "who signed a certificate") : issuer;
        return own ? Diagnose::tr("The certificate was signed by %1 and not by the CA that the kubeconfig gives.")
                         .arg(who)
                   : Diagnose::tr(
                         "The certificate was signed by %1, whom this machine does not know, and the kubeconfig "
                         "gives no CA.")
                         .arg(who);
    };
    Fix& fix = finding.fix;
    fix.action = QStringLiteral("replaceCa");
    fix.title = [] { return Diagnose::tr("Give the CA of this cluster"); };
    fix.steps = {
        [] {
            return Diagnose::tr("Take certificate-authority-data from a kubeconfig of this cluster that works; "
                                "on a master the CA is /etc/kubernetes/pki/ca.crt.");
        },
        [] {
            return Diagnose::tr("Is this the cluster that is meant? After a reinstallation its CA is a new one, "
                                "and addresses are given out again.");
        },
        [] { return Diagnose::tr("A company's proxy that looks into TLS signs with a CA of its own."); }};
    fix.command = setCluster(attempt.context,
                             {QStringLiteral("--certificate-authority=ca.crt"), QStringLiteral("--embed-certs")});
}

} // namespace

Finding clockFinding(const Attempt& attempt)
{
    const qint64 seconds = attempt.skewMs ? *attempt.skewMs / 1000 : 0;
    Finding finding{
        .id = QStringLiteral("clockSkew"),
        .severity = Severity::Warning,
        .title = [] { return Diagnose::tr("Two clocks do not agree"); },
        .cause =
            [seconds] {
                return seconds < 0
                           ? Diagnose::tr("The server's clock is %n second(s) behind this machine's: certificates "
                                          "and tokens are judged by the wrong time on one side.",
                                          nullptr, static_cast<int>(-seconds))
                           : Diagnose::tr("The server's clock is %n second(s) ahead of this machine's: "
                                          "certificates and tokens are judged by the wrong time on one side.",
                                          nullptr, static_cast<int>(seconds));
            }};
    finding.fix.action = QStringLiteral("setClock");
    finding.fix.title = [] { return Diagnose::tr("Set the clock that is wrong"); };
    finding.fix.command = QStringLiteral("timedatectl");
    return finding;
}

Finding tlsFinding(const base::Error& error, const Attempt& attempt)
{
    Finding finding{.evidence = evidenceOf(error)};
    Fix& fix = finding.fix;
    addCertificate(finding, attempt);
    if (error.reason == QLatin1String("certificateNameMismatch")) {
        nameMismatch(finding, attempt);
    } else if (error.reason == QLatin1String("certificateExpired")) {
        finding.id = error.reason;
        finding.title = [] { return Diagnose::tr("The server's certificate has expired"); };
        finding.cause = [when = attempt.notAfter] {
            return when.isValid() ? Diagnose::tr("The server's certificate was valid until %1.").arg(moment(when))
                                  : Diagnose::tr("The server's certificate is not valid any more.");
        };
        fix.action = QStringLiteral("renewServerCertificate");
        fix.title = [] { return Diagnose::tr("Renew it on the masters"); };
        fix.steps = {[] {
                         return Diagnose::tr("Is this machine's clock right? A clock that runs ahead makes every "
                                             "certificate look old.");
                     },
                     [] {
                         return Diagnose::tr("On each master: kubeadm certs renew all, then restart the containers of "
                                             "the control plane.");
                     }};
        fix.command = QStringLiteral("kubeadm certs check-expiration");
    } else if (error.reason == QLatin1String("certificateNotYetValid")) {
        finding.id = error.reason;
        finding.title = [] { return Diagnose::tr("The server's certificate is from the future"); };
        finding.cause = [when = attempt.notBefore] {
            return when.isValid()
                       ? Diagnose::tr("By this machine's clock the server's certificate is not valid before %1.")
                             .arg(moment(when))
                       : Diagnose::tr("By this machine's clock the server's certificate is not valid yet.");
        };
        fix.action = QStringLiteral("setClock");
        fix.title = [] { return Diagnose::tr("Set this machine's clock"); };
        fix.command = QStringLiteral("timedatectl");
    } else if (error.reason == QLatin1String("certificateUntrusted")) {
        untrusted(finding, attempt);
    } else if (error.reason == QLatin1String("insecureToken")) {
        finding.id = error.reason;
        finding.title = [] { return Diagnose::tr("The token is held back"); };
        finding.cause = [error] { return messages::sentence(error); };
        fix.action = QStringLiteral("replaceCa");
        fix.title = [] { return Diagnose::tr("Give the CA of this cluster"); };
        fix.steps = {[] {
            return Diagnose::tr("With certificate-authority-data in place of insecure-skip-tls-verify "
                                "nobody else can read the token.");
        }};
    } else if (error.kind == base::ErrorKind::Timeout) {
        finding.id = QStringLiteral("tlsSilence");
        finding.title = [] { return Diagnose::tr("The server takes the connection and says nothing"); };
        finding.cause = [address = attempt.address()] {
            return Diagnose::tr(
                       "%1 accepts connections but never begins TLS: its process hangs, or a load balancer has "
                       "no server behind it.")
                .arg(address);
        };
        fix.action = QStringLiteral("startServer");
        fix.title = [] { return Diagnose::tr("See what holds the API server up"); };
        fix.steps = {[] {
            return Diagnose::tr("On that master: load, memory and disks; the log of kube-apiserver and of "
                                "etcd.");
        }};
        fix.command = QStringLiteral("crictl logs --tail 50 $(crictl ps -a -q --name kube-apiserver | head -1)");
    } else if (saysSo(error, "wrong version number") || saysSo(error, "unknown protocol") ||
               saysSo(error, "http request") || error.reason == QLatin1String("notTls")) {
        finding.id = QStringLiteral("notTls");
        finding.title = [] { return Diagnose::tr("That port speaks no TLS"); };
        finding.cause = [address = attempt.address()] {
            return Diagnose::tr("%1 is asked over https, but what listens there answers without TLS.").arg(address);
        };
        fix.action = QStringLiteral("changeScheme");
        fix.title = [] { return Diagnose::tr("Give the port that the API server listens on"); };
        fix.steps = {[] { return Diagnose::tr("6443 is usual. Is this a proxy's or a web server's port?"); },
                     [] {
                         return Diagnose::tr(
                             "Only where it really is an API server without TLS, as behind kubectl proxy: "
                             "write http://.");
                     }};
        fix.command = setCluster(attempt.context, {QStringLiteral("--server=https://%1:6443").arg(attempt.host())});
    } else {
        finding.id = QStringLiteral("tlsFailed");
        finding.title = [] { return Diagnose::tr("No TLS connection comes about"); };
        finding.cause = [error] { return messages::sentence(error); };
        fix.action = QStringLiteral("replaceCa");
        fix.title = [] { return Diagnose::tr("See what the server wants"); };
        fix.steps = {[] {
                         return Diagnose::tr("A server that ends the handshake often does not accept the client "
                                             "certificate: is it of this cluster?");
                     },
                     [] { return Diagnose::tr("TLS 1.2 is the least that is spoken here."); }};
        fix.command = QStringLiteral("openssl s_client -connect %1:%2 </dev/null")
                          .arg(base::shellQuoted(attempt.host()), QString::number(attempt.port()));
    }
    return finding;
}

} // namespace diagnose
