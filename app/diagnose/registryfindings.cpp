#include "app/diagnose/registryfindings.h"

#include "app/base/shell.h"
#include "app/base/visible.h"
#include "app/diagnose/connectionfindings.h"
#include "app/messages/errors.h"

#include <algorithm>

namespace diagnose {
namespace {

using endpoint::Stage;
using tke::PullTrouble;
using tke::RegistryFault;

constexpr qsizetype MostEvidence = 12;

kube::ObjectRef inTke(const QString& cluster, const char* apiVersion, const char* kind, const char* name)
{
    return {.cluster = cluster,
            .apiVersion = QLatin1String(apiVersion),
            .kind = QLatin1String(kind),
            .nameSpace = QStringLiteral("tke"),
            .name = QLatin1String(name),
            .uid = {}};
}

/// "10.0.0.9 registry.tke.com default.registry.tke.com", and for another tenant its name, too.
QString hostsLine(const QString& host, const RegistryPlace& place)
{
    QStringList names{place.names.domainSuffix, place.names.tenant + QLatin1Char('.') + place.names.domainSuffix};
    if (!names.contains(host))
        names << host;
    if (!tke::isOfPlatform(host, place.names))
        names = {host};
    return (place.address.isEmpty() ? QStringLiteral("ADDRESS") : place.address) + QLatin1Char(' ') +
           names.join(QLatin1Char(' '));
}

QString addHosts(const QString& host, const RegistryPlace& place)
{
    return QStringLiteral("echo %1 | sudo tee -a /etc/hosts").arg(base::shellQuoted(hostsLine(host, place)));
}

Text whereNamesLive()
{
    return [] {
        return Diagnose::tr(
            "No DNS has these names: the platform writes them into /etc/hosts of the nodes it makes (step "
            "EnsureRegistryHosts). Workstations, imported clusters and nodes joined by hand never get "
            "them.");
    };
}

Text whichAddress()
{
    return [] {
        return Diagnose::tr("ADDRESS is the platform's VIP, or one of its masters: Cluster global shows them "
                            "(Advertise, Real).");
    };
}

void nameUnknown(Finding& finding, const QString& host, const RegistryPlace& place)
{
    finding.fix.title = [] { return Diagnose::tr("Write the name into the hosts file of the machine that asks"); };
    finding.fix.steps = {whereNamesLive()};
    if (place.address.isEmpty())
        finding.fix.steps.push_back(whichAddress());
    finding.fix.steps.push_back(
        [] { return Diagnose::tr("On each node of a member cluster that pulls from the registry as well."); });
    finding.fix.command = addHosts(host, place);
}

void certificate(Finding& finding, const QString& host)
{
    finding.fix.title = [] { return Diagnose::tr("Teach Docker the platform's authority"); };
    finding.fix.steps = {
        [host] {
            return Diagnose::tr("The authority is ca.crt of ConfigMap certs in namespace tke of the global cluster. It "
                                "goes to /etc/docker/certs.d/%1/ca.crt of each machine that pushes or pulls.")
                .arg(host);
        },
        [] { return Diagnose::tr("containerd wants it as hosts.toml and ca.crt under /etc/containerd/certs.d."); },
        [] { return Diagnose::tr("insecure-registries would do as well, and anybody could be the registry then."); }};
    finding.fix.command =
        QStringLiteral("sudo mkdir -p /etc/docker/certs.d/%1 && kubectl -n tke get configmap certs -o "
                       "jsonpath='{.data.ca\\.crt}' | sudo tee /etc/docker/certs.d/%1/ca.crt")
            .arg(base::shellQuoted(host));
}

/// A step of the way there, seen from here.
QStringList evidenceOf(const tke::RegistryVisit& visit)
{
    QStringList evidence;
    if (const auto failed = visit.way.probe.failure())
        evidence << visit.way.probe.at(*failed).error.said;
    if (visit.way.probe.certificate)
        evidence << visit.way.probe.certificate->subject + QStringLiteral(" ← ") + visit.way.probe.certificate->issuer
                 << visit.way.probe.certificate->sans.join(QStringLiteral(", "));
    if (visit.status > 0)
        evidence << QStringLiteral("HTTP %1 %2").arg(visit.status).arg(visit.said.left(200));
    evidence << visit.error.said;
    return evidence;
}

} // namespace

Finding registryNameFinding(const QString& written, const QString& meant)
{
    Finding finding{.id = QStringLiteral("registryNameMisspelt"), .evidence = {written, meant}};
    finding.title = [written] { return Diagnose::tr("“%1” is misspelt").arg(written); };
    finding.cause = [written, meant] {
        return Diagnose::tr(
                   "The registry of this platform is called %2, not %1: a name that is not there is not found, "
                   "whether the registry runs or not.")
            .arg(written, meant);
    };
    finding.fix.title = [meant] { return Diagnose::tr("Tag the image for %1, and push that").arg(meant); };
    finding.fix.command = QStringLiteral("docker login %1").arg(base::shellQuoted(meant));
    return finding;
}

Finding registryVisitFinding(const tke::RegistryVisit& visit, RegistryFault fault, const RegistryPlace& place)
{
    const QString host = visit.url.host();
    const QString port = QString::number(visit.url.port(443));
    const QString at = base::visible(visit.url.port() < 0 ? host : host + QLatin1Char(':') + port);
    Finding finding{.evidence = evidenceOf(visit)};
    Fix& fix = finding.fix;
    switch (fault) {
    case RegistryFault::NameUnknown:
        finding.id = QStringLiteral("registryNameUnknown");
        finding.title = [at] { return Diagnose::tr("This machine does not know the name %1").arg(at); };
        finding.cause = [at] {
            return Diagnose::tr(
                       "This machine cannot turn %1 into an address; whether the registry runs does not matter "
                       "before that. It proves nothing about a node.")
                .arg(at);
        };
        nameUnknown(finding, host, place);
        break;
    case RegistryFault::Refused:
        finding.id = QStringLiteral("registryRefused");
        finding.title = [at] { return Diagnose::tr("Nothing listens for the registry at %1").arg(at); };
        finding.cause = [at, port] {
            return Diagnose::tr(
                       "The machine behind %1 is there and refuses port %2: tke-gateway (or the ingress before "
                       "it) does not run there, or the hosts file names a machine that is no master.")
                .arg(at, port);
        };
        fix.title = [] {
            return Diagnose::tr("See which machine the name leads to, and whether the gateway runs there");
        };
        fix.command =
            QStringLiteral("getent hosts %1; kubectl -n tke get daemonset tke-gateway").arg(base::shellQuoted(host));
        break;
    case RegistryFault::NoAnswer:
        finding.id = QStringLiteral("registryNoAnswer");
        finding.title = [at] { return Diagnose::tr("Nothing comes back from %1").arg(at); };
        finding.cause = [at] {
            return Diagnose::tr(
                       "What is sent to %1 vanishes: a firewall drops it, the machine is off, or the hosts file "
                       "names an address of another network.")
                .arg(at);
        };
        fix.title = [] { return Diagnose::tr("Find out where the way ends"); };
        fix.command = QStringLiteral("getent hosts %1; nc -vz %1 %2").arg(base::shellQuoted(host), port);
        break;
    case RegistryFault::CertificateUntrusted:
        finding.id = QStringLiteral("registryCertificateUntrusted");
        finding.title = [at] { return Diagnose::tr("The certificate of %1 is not trusted").arg(at); };
        finding.cause = [has = place.hasAuthority] {
            return has ? Diagnose::tr("It is signed neither by a public authority nor by the platform's own (ca.crt of "
                                      "ConfigMap certs): another server answers, or the certificate was replaced.")
                       : Diagnose::tr(
                             "No authority that this machine knows has signed it; the platform's own is one of "
                             "those that nobody knows by himself.");
        };
        certificate(finding, at);
        break;
    case RegistryFault::CertificateNameMismatch:
        finding.id = QStringLiteral("registryCertificateNameMismatch");
        finding.title = [at] { return Diagnose::tr("The certificate is not for %1").arg(at); };
        finding.cause = [at] {
            return Diagnose::tr(
                       "The server that answers at %1 shows a certificate for other names: the hosts file leads "
                       "to another server, or the domain was changed after the certificate was made.")
                .arg(at);
        };
        fix.title = [] { return Diagnose::tr("Use a name that the certificate has, or have one made for this name"); };
        break;
    case RegistryFault::CertificateOutdated:
        finding.id = QStringLiteral("registryCertificateOutdated");
        finding.title = [at] { return Diagnose::tr("The certificate of %1 is out of date").arg(at); };
        finding.cause = [probe = visit.way.probe] {
            return probe.certificate
                       ? Diagnose::tr("It is valid from %1 to %2, and now is not between; or a clock is wrong.")
                             .arg(moment(probe.certificate->notBefore), moment(probe.certificate->notAfter))
                       : Diagnose::tr("It is expired or not valid yet; or a clock is wrong.");
        };
        fix.title = [] { return Diagnose::tr("Renew it, and restart tke-gateway"); };
        break;
    case RegistryFault::PlainHttp:
        finding.id = QStringLiteral("registryPlainHttp");
        finding.title = [at] { return Diagnose::tr("The registry at %1 speaks no TLS").arg(at); };
        finding.cause = [at] {
            return Diagnose::tr("At %1 a registry answers over plain HTTP, and Docker asks over TLS: “server gave HTTP "
                                "response to HTTPS client”.")
                .arg(at);
        };
        fix.title = [] { return Diagnose::tr("Use the port that speaks TLS; the platform's is 443"); };
        fix.steps = {[at] {
            return Diagnose::tr("Only for a registry that is to stay so: \"insecure-registries\": [\"%1\"] in "
                                "/etc/docker/daemon.json, on each machine that pushes or pulls.")
                .arg(at);
        }};
        break;
    case RegistryFault::Failing:
        finding.id = QStringLiteral("registryFailing");
        finding.title = [at] {
            return Diagnose::tr("The gateway at %1 answers, and the registry behind it does not").arg(at);
        };
        finding.cause = [status = visit.status] {
            return Diagnose::tr("HTTP %1: the way to the gateway is open, and tke-registry-api does not answer it.")
                .arg(status);
        };
        fix.title = [] { return Diagnose::tr("See what tke-registry-api says"); };
        fix.command = QStringLiteral("kubectl -n tke get deployment,pods -o wide; kubectl -n tke logs "
                                     "deployment/tke-registry-api --tail=50");
        break;
    case RegistryFault::NoRegistry:
        finding.id = QStringLiteral("registryIsNone");
        finding.title = [at] { return Diagnose::tr("What answers at %1 is no registry").arg(at); };
        finding.cause = [at, status = QString::number(visit.status)] {
            return Diagnose::tr(
                       "GET /v2/ of %1 is answered with HTTP %2 and not as a registry does: a proxy or another "
                       "web server answers in its place.")
                .arg(at, status);
        };
        fix.title = [] { return Diagnose::tr("See which machine the name leads to"); };
        fix.command = QStringLiteral("getent hosts %1; curl -vk https://%2/v2/")
                          .arg(base::shellQuoted(host), base::shellQuoted(at));
        break;
    case RegistryFault::RealmElsewhere:
        finding.id = QStringLiteral("registryRealmElsewhere");
        finding.evidence << visit.realm;
        finding.title = [at] { return Diagnose::tr("The registry at %1 sends logins elsewhere").arg(at); };
        finding.cause = [realm = base::visible(visit.realm), at] {
            return Diagnose::tr("Tokens are to be had at %1, not at %2 that was asked: a proxy or a port forwarding "
                                "between changes the name or the port, and the login goes to a place that may not be "
                                "there.")
                .arg(realm, at);
        };
        fix.title = [] {
            return Diagnose::tr("Ask the registry by its own name and port 443, or let the proxy keep Host");
        };
        break;
    default:
        finding.id = QStringLiteral("registryConnectionEnds");
        finding.title = [at] { return Diagnose::tr("The connection to %1 ends before an answer").arg(at); };
        finding.cause = [at] { return Diagnose::tr("%1 ends the connection, or the way to it is closed.").arg(at); };
        fix.title = [] { return Diagnose::tr("Find out who ends it"); };
        fix.command = QStringLiteral("curl -vk https://%1/v2/").arg(base::shellQuoted(at));
        break;
    }
    return finding;
}

namespace {

const char* idOf(PullTrouble trouble)
{
    switch (trouble) {
    case PullTrouble::NameUnknown:
        return "imagePullNameUnknown";
    case PullTrouble::Refused:
        return "imagePullRefused";
    case PullTrouble::NoAnswer:
        return "imagePullNoAnswer";
    case PullTrouble::Certificate:
        return "imagePullCertificate";
    case PullTrouble::PlainHttp:
        return "imagePullPlainHttp";
    case PullTrouble::Unauthorized:
        return "imagePullUnauthorized";
    case PullTrouble::NotFound:
        return "imagePullNotFound";
    case PullTrouble::Failing:
        return "imagePullFailing";
    case PullTrouble::Unsorted:
        return "imagePullFails";
    }
    return "";
}

Text causeOf(PullTrouble trouble)
{
    return [trouble] {
        switch (trouble) {
        case PullTrouble::NameUnknown:
            return Diagnose::tr("The machine that asked cannot turn the registry's name into an address.");
        case PullTrouble::Refused:
            return Diagnose::tr("The registry's name leads to a machine where nothing listens on its port.");
        case PullTrouble::NoAnswer:
            return Diagnose::tr("Nothing came back from the registry in time.");
        case PullTrouble::Certificate:
            return Diagnose::tr("The machine that asked does not trust the registry's certificate.");
        case PullTrouble::PlainHttp:
            return Diagnose::tr("The registry speaks plain HTTP on that port, and was asked over TLS.");
        case PullTrouble::Unauthorized:
            return Diagnose::tr("The registry answers, and does not let this user do it.");
        case PullTrouble::NotFound:
            return Diagnose::tr("The registry answers, and has no such image or tag.");
        case PullTrouble::Failing:
            return Diagnose::tr("The way to the registry is open, and it fails itself.");
        case PullTrouble::Unsorted:
            return Diagnose::tr("Its words do not say what is wrong.");
        }
        return QString();
    };
}

void fixOf(Finding& finding, PullTrouble trouble, const QString& host, const RegistryPlace& place)
{
    Fix& fix = finding.fix;
    switch (trouble) {
    case PullTrouble::NameUnknown:
        nameUnknown(finding, host, place);
        break;
    case PullTrouble::Certificate:
        certificate(finding, host);
        break;
    case PullTrouble::Unauthorized:
        fix.title = [] { return Diagnose::tr("Sign in as one who may"); };
        fix.steps = {[] {
                         return Diagnose::tr(
                             "The tenant before the registry's name has to be the one of the API key (访问凭证); "
                             "the password is that key.");
                     },
                     [] {
                         return Diagnose::tr(
                             "The namespace of the image has to be there first, and not be locked; “library” "
                             "takes pushes from the administrator only.");
                     },
                     [] { return Diagnose::tr("A pod needs an image pull secret for a private namespace."); }};
        fix.command = QStringLiteral("docker login %1").arg(base::shellQuoted(host));
        break;
    case PullTrouble::NotFound:
        fix.title = [] { return Diagnose::tr("Push the image under that name, or correct the name"); };
        fix.steps = {[] {
            return Diagnose::tr("Images of the platform itself lie under library/, those of older versions under "
                                "tkestack/.");
        }};
        break;
    default:
        fix.title = [] { return Diagnose::tr("Look at the registry's own parts"); };
        fix.command = QStringLiteral("kubectl -n tke get pods,daemonsets -o wide");
        break;
    }
}

} // namespace

Finding imagePullFinding(PullTrouble trouble, const std::vector<tke::WaitingPull>& pulls, const RegistryPlace& place)
{
    Finding finding{.id = QLatin1String(idOf(trouble))};
    QStringList nodes;
    for (const tke::WaitingPull& pull : pulls) {
        if (!pull.node.isEmpty() && !nodes.contains(pull.node))
            nodes << base::visible(pull.node);
        if (finding.evidence.size() < MostEvidence)
            finding.evidence << pull.nameSpace + QLatin1Char('/') + pull.pod + QStringLiteral(": ") +
                                    (pull.words.isEmpty() ? pull.image : pull.words);
    }
    const auto name = tke::imageNameOf(pulls.front().image);
    const QString host = name ? name->address() : QString();
    finding.title = [count = static_cast<int>(pulls.size()), host] {
        return Diagnose::tr("%n containers cannot get their image from %1", nullptr, count).arg(host);
    };
    finding.cause = [cause = causeOf(trouble), where = nodes.mid(0, 8).join(QStringLiteral(", "))] {
        return where.isEmpty() ? cause.text()
                               : Diagnose::tr("%1 Nodes: %2", "a sentence, then names").arg(cause.text(), where);
    };
    fixOf(finding, trouble, host, place);
    return finding;
}

Finding registryTextFinding(PullTrouble trouble, const tke::ImageName& name, const QString& text,
                            const RegistryPlace& place)
{
    Finding finding{.id = QStringLiteral("registryText") + QString::fromLatin1(idOf(trouble)).mid(9),
                    .evidence = {text}};
    finding.title = [host = name.address()] { return Diagnose::tr("What the error says of %1").arg(host); };
    finding.cause = causeOf(trouble);
    fixOf(finding, trouble, name.address(), place);
    return finding;
}

Finding registryMissing(const QString& cluster)
{
    Finding finding{.id = QStringLiteral("registryMissing"),
                    .ref = inTke(cluster, "apps/v1", "Deployment", "tke-registry-api")};
    finding.title = [] { return Diagnose::tr("The registry's Deployment is gone"); };
    finding.cause = [] {
        return Diagnose::tr("The platform is configured for a registry (ConfigMap tke-registry-api), and there is no "
                            "Deployment tke-registry-api in namespace tke.");
    };
    finding.fix.title = [] { return Diagnose::tr("Install it again"); };
    finding.fix.command = QStringLiteral("kubectl -n tke get deployments,configmaps");
    return finding;
}

Finding registryNotReady(const QString& cluster, const QStringList& evidence)
{
    Finding finding{.id = QStringLiteral("registryNotReady"),
                    .ref = inTke(cluster, "apps/v1", "Deployment", "tke-registry-api"),
                    .evidence = evidence};
    finding.title = [] { return Diagnose::tr("The registry does not run"); };
    finding.cause = [] {
        return Diagnose::tr(
            "No pod of Deployment tke-registry-api is ready. That gives a refusal or HTTP 5xx, never “no "
            "such host”.");
    };
    finding.fix.title = [] { return Diagnose::tr("See what its pod says"); };
    finding.fix.steps = {
        [] { return Diagnose::tr("It wants nodes that are labelled as masters, and tolerates no taints."); }};
    finding.fix.command = QStringLiteral("kubectl -n tke describe pods -l app=tke-registry-api; kubectl -n tke logs "
                                         "deployment/tke-registry-api --tail=50");
    return finding;
}

Finding registryNodeDown(const QString& cluster, const QString& node, const QStringList& evidence)
{
    Finding finding{.id = QStringLiteral("registryNodeDown"),
                    .ref = inTke(cluster, "apps/v1", "Deployment", "tke-registry-api"),
                    .evidence = evidence};
    const QString shown = base::visible(node);
    finding.title = [shown] { return Diagnose::tr("The registry is bound to node %1, which is down").arg(shown); };
    finding.cause = [shown] {
        return Diagnose::tr("Its images lie on that node's disk, so its pod is pinned there (nodeName: %1) and runs "
                            "nowhere else.")
            .arg(shown);
    };
    finding.fix.title = [shown] { return Diagnose::tr("Bring node %1 back").arg(shown); };
    finding.fix.steps = {[] {
        return Diagnose::tr("To be free of that node, give the registry an object store (S3) in ConfigMap "
                            "tke-registry-api.");
    }};
    finding.fix.command = QStringLiteral("kubectl describe node ") + base::shellQuoted(node);
    return finding;
}

Finding gatewayNotReady(const QString& cluster, const QStringList& evidence)
{
    Finding finding{.id = QStringLiteral("gatewayNotReady"),
                    .severity = Severity::Warning,
                    .ref = inTke(cluster, "apps/v1", "DaemonSet", "tke-gateway"),
                    .evidence = evidence};
    finding.title = [] { return Diagnose::tr("The gateway before the registry is not ready everywhere"); };
    finding.cause = [] {
        return Diagnose::tr("Every push and pull goes through DaemonSet tke-gateway: a name that leads to a master "
                            "without it is refused there.");
    };
    finding.fix.title = [] { return Diagnose::tr("See what its pods say"); };
    finding.fix.command = QStringLiteral("kubectl -n tke describe daemonset tke-gateway");
    return finding;
}

Finding registryServiceMissing(const QString& cluster)
{
    Finding finding{.id = QStringLiteral("registryServiceMissing"),
                    .ref = inTke(cluster, "v1", "Service", "tke-registry-api")};
    finding.title = [] { return Diagnose::tr("The registry's Service is gone"); };
    finding.cause = [] {
        return Diagnose::tr(
            "tke-gateway looks the registry up as Service tke-registry-api in namespace tke, which is not "
            "there.");
    };
    finding.fix.title = [] { return Diagnose::tr("Make it again: port 443 to the pod's 9453"); };
    finding.fix.command = QStringLiteral("kubectl -n tke expose deployment tke-registry-api --port=443 "
                                         "--target-port=9453");
    return finding;
}

} // namespace diagnose
