// The way there: names, addresses, proxies.

#include "app/base/shell.h"
#include "app/diagnose/connectionfindings.h"
#include "app/messages/errors.h"

namespace diagnose {
namespace {

using base::ErrorKind;

bool saysSo(const base::Error& error, const char* words)
{
    return error.said.contains(QLatin1String(words), Qt::CaseInsensitive);
}

bool isUnreachable(const base::Error& error)
{
    return error.reason == QLatin1String("unreachable") || saysSo(error, "unreachable") || saysSo(error, "no route");
}

} // namespace

Finding networkFinding(const base::Error& error, const Attempt& attempt)
{
    Finding finding{.evidence = evidenceOf(error)};
    Fix& fix = finding.fix;
    const QString host = attempt.host();
    const QString port = QString::number(attempt.port());
    fix.command = QStringLiteral("nc -vz %1 %2").arg(base::shellQuoted(host), port);
    const Text otherAddress = [] {
        return Diagnose::tr("Meanwhile, another address of this cluster may do: see the step on its addresses.");
    };
    if (error.kind == ErrorKind::Dns) {
        finding.id = QStringLiteral("nameNotFound");
        finding.title = [host] { return Diagnose::tr("The name %1 is not known").arg(host); };
        finding.cause = [host] {
            return Diagnose::tr("This machine cannot turn the name %1 into an address.").arg(host);
        };
        fix.action = QStringLiteral("checkName");
        fix.title = [] { return Diagnose::tr("Check the name, and who answers for it"); };
        fix.steps = {[] { return Diagnose::tr("Read the server's name in the kubeconfig letter by letter."); },
                     [] { return Diagnose::tr("A name inside a company is known over its VPN only: is it up?"); },
                     [] {
                         return Diagnose::tr("Where no DNS knows it, /etc/hosts can, or the address itself with "
                                             "tls-server-name beside it.");
                     }};
        fix.command = QStringLiteral("getent hosts ") + base::shellQuoted(host);
    } else if (error.kind == ErrorKind::Timeout) {
        finding.id = QStringLiteral("noAnswer");
        finding.title = [host, port] { return Diagnose::tr("Nothing comes back from %1, port %2").arg(host, port); };
        finding.cause = [host, port] {
            return Diagnose::tr(
                       "What is sent to %1, port %2, vanishes: a firewall drops it, the machine is off, or the "
                       "way there ends somewhere.")
                .arg(host, port);
        };
        fix.action = QStringLiteral("checkNetwork");
        fix.title = [] { return Diagnose::tr("Find out where the way ends"); };
        fix.steps = {
            [] { return Diagnose::tr("Is the VPN up, and does it carry this network?"); },
            [port] {
                return Diagnose::tr("Do firewalls and security groups let port %1 through from here?").arg(port);
            },
            [] { return Diagnose::tr("Is the machine on? Its console or its neighbours tell."); }, otherAddress};
    } else if (isUnreachable(error)) {
        finding.id = QStringLiteral("noRoute");
        finding.title = [host] { return Diagnose::tr("No way leads to %1").arg(host); };
        finding.cause = [host] {
            return Diagnose::tr("This machine, or a router before the server, knows no way to %1.").arg(host);
        };
        fix.action = QStringLiteral("checkNetwork");
        fix.title = [] { return Diagnose::tr("Make a way there"); };
        fix.steps = {[] { return Diagnose::tr("Is the VPN up, and does it carry this network?"); },
                     [] { return Diagnose::tr("Is the address a private one of another network?"); }, otherAddress};
        fix.command = QStringLiteral("ip route get ") + base::shellQuoted(host);
    } else if (error.reason == QLatin1String("refused") || saysSo(error, "refused")) {
        finding.id = QStringLiteral("connectionRefused");
        finding.title = [host, port] { return Diagnose::tr("Nothing listens on %1, port %2").arg(host, port); };
        finding.cause = [host, port] {
            return Diagnose::tr("The machine %1 is there and refuses: no program listens on port %2.").arg(host, port);
        };
        fix.action = QStringLiteral("startServer");
        fix.title = [] { return Diagnose::tr("See whether the API server runs, and on which port"); };
        fix.steps = {[] { return Diagnose::tr("Is the port right? 6443 is usual; TKEStack serves 6443 or 443."); },
                     [] {
                         return Diagnose::tr("On that machine: does the container kube-apiserver run, and what does "
                                             "it say at its end?");
                     },
                     otherAddress};
        fix.command = QStringLiteral("crictl ps -a --name kube-apiserver");
    } else {
        finding.id = QStringLiteral("connectionClosed");
        finding.title = [host] { return Diagnose::tr("%1 ends the connection").arg(host); };
        finding.cause = [error] { return messages::sentence(error); };
        fix.action = QStringLiteral("checkNetwork");
        fix.title = [] { return Diagnose::tr("Find out who ends it"); };
        fix.steps = {[] { return Diagnose::tr("A load balancer without a healthy server behind it does this."); },
                     [] { return Diagnose::tr("So does a firewall that looks into TLS."); }, otherAddress};
    }
    return finding;
}

Finding proxyFinding(const base::Error& error, const Attempt& attempt)
{
    Finding finding{.id = QStringLiteral("proxyRefuses"),
                    .title = [proxy = attempt.proxy] { return Diagnose::tr("The proxy %1 is in the way").arg(proxy); },
                    .evidence = evidenceOf(error)};
    Fix& fix = finding.fix;
    fix.action = QStringLiteral("changeProxy");
    const bool unanswered = saysSo(error, "refused") && !saysSo(error, "403") && error.httpStatus == 0;
    finding.cause = [proxy = attempt.proxy, host = attempt.host(), unanswered] {
        return unanswered
                   ? Diagnose::tr("The connection goes over the proxy %1, which does not answer.").arg(proxy)
                   : Diagnose::tr("The connection goes over the proxy %1, which makes none to %2.").arg(proxy, host);
    };
    const bool isNamed = !attempt.context.cluster.proxyUrl.isEmpty();
    fix.title = [] { return Diagnose::tr("Change the proxy, or go without"); };
    fix.steps = {[isNamed] {
                     return isNamed ? Diagnose::tr("It is named by proxy-url in the kubeconfig.")
                                    : Diagnose::tr("It is named by the variable HTTPS_PROXY; NO_PROXY names what goes "
                                                   "without.");
                 },
                 [] {
                     return Diagnose::tr("A proxy that wants a login answers 407: it stands before the host, as in "
                                         "http://name:password@proxy:3128.");
                 },
                 [] { return Diagnose::tr("Many proxies let port 443 through and nothing else."); }};
    fix.command = QStringLiteral("curl -vk --proxy %1 %2")
                      .arg(base::shellQuoted(attempt.proxy), base::shellQuoted(attempt.address()));
    return finding;
}

Finding otherAddressAnswers(const Attempt& attempt, const QString& other)
{
    Finding finding{.id = QStringLiteral("otherAddressAnswers"),
                    .severity = Severity::Info,
                    .title = [other] { return Diagnose::tr("%1 answers").arg(other); },
                    .evidence = {other},
                    .cause =
                        [address = attempt.address(), other] {
                            return Diagnose::tr("%1 does not answer, but %2, another address of this cluster, does.")
                                .arg(address, other);
                        }};
    finding.fix.action = QStringLiteral("switchAddress");
    finding.fix.title = [] { return Diagnose::tr("Use the other address meanwhile"); };
    finding.fix.command = setCluster(attempt.context, {QStringLiteral("--server=") + other});
    return finding;
}

} // namespace diagnose
