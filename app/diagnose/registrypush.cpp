#include "app/diagnose/registrypush.h"

#include "app/base/visible.h"
#include "app/kube/jsonread.h"
#include "app/messages/errors.h"

#include <QHostAddress>
#include <algorithm>
#include <array>
#include <map>

namespace diagnose {
namespace {

using endpoint::Stage;
using kube::Json;
using tke::RegistryFault;

constexpr std::array WayStages{std::pair{"resolve", Stage::Resolve}, std::pair{"tcp", Stage::Tcp},
                               std::pair{"tls", Stage::Tls}};

bool isUnreached(const base::Error& error)
{
    return error.httpStatus == 0 && error.kind != base::ErrorKind::NotFound;
}

QString replicas(const Json& object, const char* ready, const Json& wanted)
{
    return QStringLiteral("%1/%2")
        .arg(kube::number(object, {"status", ready}).value_or(0))
        .arg(kube::number(wanted).value_or(1));
}

} // namespace

RegistryExamination::RegistryExamination(const Subject& subject)
    : ClusterExamination(QStringLiteral("registry-push"), subject)
{
    declare("names", [] { return Diagnose::tr("What the platform calls its registry"); });
    declare("name", [] { return Diagnose::tr("The name as it was written"); });
    declare("resolve", [] { return Diagnose::tr("Name, seen from this machine"); });
    declare("tcp", [] { return Diagnose::tr("Connection, seen from this machine"); });
    declare("tls", [] { return Diagnose::tr("TLS and its authority"); });
    declare("challenge", [] { return Diagnose::tr("What the registry answers"); });
    declare("platform", [] { return Diagnose::tr("The registry's own parts in namespace tke"); });
    declare("space", [] { return Diagnose::tr("The namespace in the image's name"); });
    declare("pulls", [] { return Diagnose::tr("Pods that wait for an image from it"); });
    declare("faq", [] { return Diagnose::tr("What the FAQ says, and what is so"); });
}

void RegistryExamination::run()
{
    if (!subject().arguments.isEmpty()) {
        m_name = tke::imageNameOf(subject().arguments.front());
        m_isNamed = m_name.has_value();
        if (!m_name) {
            settle("name", StepResult::Fail, [word = base::visible(subject().arguments.front())] {
                return Diagnose::tr("“%1” names no registry: give HOST or HOST/IMAGE, such as "
                                    "default.registry.tke.com/team/app.")
                    .arg(word);
            });
            finish();
            return;
        }
    } else {
        m_name = tke::imageNameInError(subject().text);
    }
    if (client())
        askPlatform();
    else
        checkName();
}

void RegistryExamination::askPlatform()
{
    askJson("names", {.path = "/api/v1/namespaces/tke"}, [this](const base::Result<Json>& space) {
        m_isPlatform = space.has_value();
        if (m_isPlatform) {
            askNames();
            return;
        }
        m_isClusterGone = isUnreached(space.error());
        if (space.error().kind == base::ErrorKind::NotFound) {
            settle("names", StepResult::Skipped, [] {
                return Diagnose::tr("This cluster has no namespace tke, so it is not the platform's own (global): what "
                                    "the platform has is looked at there.");
            });
            askAddress(); // it may serve the platform's kinds all the same
            return;
        }
        settle("names", StepResult::Unknown, said(space.error()));
        // Who may not see the namespace may still see what is in it.
        m_isPlatform = !m_isClusterGone;
        if (m_isPlatform)
            askNames();
        else
            checkName();
    });
}

void RegistryExamination::askPart(const char* step, const char* collection, const char* name,
                                  std::function<void(const Json&)> take, std::function<void()> next)
{
    const QByteArray path = QByteArray(collection) + "/" + name;
    askJson(step, {.path = path},
            [this, path, take = std::move(take), next = std::move(next)](const base::Result<Json>& object) {
                if (object)
                    take(*object);
                else if (object.error().kind == base::ErrorKind::NotFound)
                    m_missing << QString::fromLatin1(path);
                else if (!m_partsError)
                    m_partsError = object.error();
                next();
            });
}

void RegistryExamination::askNames()
{
    const auto take = [this](const char* key, const Json& map) {
        if (const auto names = tke::registryNamesIn(kube::rawText(map, {"data", key})))
            m_place.names = *names;
    };
    askPart(
        "names", "/api/v1/namespaces/tke/configmaps", "tke-gateway",
        [take](const Json& map) { take("tke-gateway-config.yaml", map); },
        [this, take] {
            askPart(
                "names", "/api/v1/namespaces/tke/configmaps", "tke-registry-api",
                [this, take](const Json& map) {
                    m_hasConfiguration = true;
                    take("tke-registry-config.yaml", map);
                },
                [this] {
                    settle("names", m_place.names.isTold ? StepResult::Pass : StepResult::Unknown,
                           [names = m_place.names] {
                               const QString usual = names.tenant + QLatin1Char('.') + names.domainSuffix;
                               return names.isTold ? Diagnose::tr("%1, and %2 for tenant %3.")
                                                         .arg(names.domainSuffix, usual, names.tenant)
                                                   : Diagnose::tr("It does not say; %1 and %2 are usual.")
                                                         .arg(names.domainSuffix, usual);
                           });
                    askAuthority();
                });
        });
}

void RegistryExamination::askAuthority()
{
    if (!m_isNamed) {
        askAddress();
        return;
    }
    // Keys of authorities come in the same answer: nothing but ca.crt is looked at.
    askPart(
        "tls", "/api/v1/namespaces/tke/configmaps", "certs",
        [this](const Json& map) {
            m_authority = kube::rawText(map, {"data", "ca.crt"}).toUtf8();
        },
        [this] { askAddress(); });
}

void RegistryExamination::askAddress()
{
    askPart(
        "platform", "/apis/platform.tkestack.io/v1/clusters", "global",
        [this](const Json& cluster) {
            for (const char* wanted : {"Real", "Advertise"})
                for (const Json& each : kube::elements(cluster, {"status", "addresses"}))
                    if (kube::rawText(each, {"type"}) == QLatin1String(wanted))
                        if (const QHostAddress host(kube::rawText(each, {"host"})); !host.isNull())
                            m_place.address = host.toString();
        },
        [this] { checkName(); });
}

void RegistryExamination::checkName()
{
    m_place.hasAuthority = !m_authority.isEmpty();
    if (!m_name) {
        settle("name", StepResult::Skipped, [] {
            return Diagnose::tr(
                "No registry was named: give HOST or HOST/IMAGE to have its name checked and the way to "
                "it tried from this machine.");
        });
        askParts();
        return;
    }
    const QString host = m_name->host;
    const QString meant = tke::hostMeant(host, m_place.names);
    m_isMisspelt = !meant.isEmpty();
    const QString words = subject().text.simplified().left(400);
    if (m_isMisspelt) {
        settle("name", StepResult::Fail, [host, meant] {
            return Diagnose::tr("%1 is one slip away from %2, and none of the platform's names.").arg(host, meant);
        });
        Finding finding = registryNameFinding(host, meant);
        if (!words.isEmpty())
            finding.evidence << words;
        report(std::move(finding));
    } else {
        settle("name", StepResult::Pass, [host, isOurs = tke::isOfPlatform(host, m_place.names)] {
            return isOurs ? Diagnose::tr("%1 is one of the platform's names.").arg(host)
                          : Diagnose::tr("%1 is none of the platform's names, and not like one: another registry.")
                                .arg(host);
        });
        if (!words.isEmpty() && !m_isNamed)
            report(registryTextFinding(tke::troubleOf(words), *m_name, words, m_place));
    }
    visit();
}

void RegistryExamination::visit()
{
    if (!m_isNamed) {
        settle("resolve", StepResult::Skipped, [address = m_name->address()] {
            return Diagnose::tr("%1 was not tried: it stands in an error only. Given as the argument it is.")
                .arg(address);
        });
        askParts();
        return;
    }
    ask("resolve", {m_name->address()});
    tke::OutsideOptions options{.certificateAuthority = m_authority,
                                .context = subject().context,
                                .journal = subject().journal,
                                .isOffline = subject().isSnapshot};
    follow<tke::RegistryVisit>(tke::visitRegistry(*m_name, options), [this](const auto& visit) {
        if (visit) {
            heardVisit(*visit);
            return;
        }
        settle("resolve", StepResult::Unknown, said(visit.error()));
        askParts();
    });
}

void RegistryExamination::heardVisit(const tke::RegistryVisit& visit)
{
    const RegistryFault fault = tke::faultOf(visit);
    for (const auto& [step, stage] : WayStages) {
        const endpoint::StageResult& result = visit.way.probe.at(stage);
        if (!result.ok)
            continue;
        ask(step, {visit.url.toDisplayString()});
        if (!*result.ok)
            settle(step, StepResult::Fail, said(result.error));
        else if (stage == Stage::Resolve)
            settle(step, StepResult::Pass, [] {
                return Diagnose::tr(
                    "It is known here. A workstation's DNS and hosts file prove nothing about a node's.");
            });
        else if (stage == Stage::Tls)
            settle(step, StepResult::Pass, [isPlatforms = visit.way.trust == tke::Trust::Platform] {
                return isPlatforms ? Diagnose::tr("Signed by the platform's own authority (ca.crt of ConfigMap certs): "
                                                  "each Docker that asks has to be taught it.")
                                   : Diagnose::tr("Signed by an authority that this machine knows.");
            });
        else
            settle(step, StepResult::Pass, {});
    }
    m_resolves = visit.way.probe.at(Stage::Resolve).ok;
    if (visit.status > 0) {
        ask("challenge", {QStringLiteral("GET %1/v2/").arg(visit.url.toDisplayString())});
        const QString status = QStringLiteral("HTTP %1").arg(visit.status);
        settle("challenge", fault == RegistryFault::None ? StepResult::Pass : StepResult::Fail,
               visit.said.isEmpty() ? status : status + QStringLiteral(": ") + visit.said);
    } else if (!visit.way.probe.failure()) {
        settle("challenge", StepResult::Fail, said(visit.error));
    }
    const bool isExplained = m_isMisspelt && fault == RegistryFault::NameUnknown;
    if (fault != RegistryFault::None && !isExplained)
        report(registryVisitFinding(visit, fault, m_place));
    askParts();
}

void RegistryExamination::askParts()
{
    if (!m_isPlatform) {
        settle("platform", StepResult::Skipped, [isThere = client() != nullptr] {
            return isThere ? Diagnose::tr("Not on this cluster.")
                           : Diagnose::tr("There is no connection to the cluster.");
        });
        askSpace();
        return;
    }
    askPart(
        "platform", "/apis/apps/v1/namespaces/tke/deployments", "tke-registry-api",
        [this](const Json& object) { m_deployment = object; },
        [this] {
            askPart(
                "platform", "/api/v1/namespaces/tke/services", "tke-registry-api",
                [this](const Json& object) { m_service = object; },
                [this] {
                    askPart(
                        "platform", "/apis/apps/v1/namespaces/tke/daemonsets", "tke-gateway",
                        [this](const Json& object) { m_gateway = object; }, [this] { askNode(); });
                });
        });
}

void RegistryExamination::askNode()
{
    const QString node = kube::rawText(m_deployment, {"spec", "template", "spec", "nodeName"});
    if (node.isEmpty()) {
        concludeParts();
        return;
    }
    askJson("platform",
            {.path = transport::path({QStringLiteral("api"), QStringLiteral("v1"), QStringLiteral("nodes"), node})},
            [this](const base::Result<Json>& object) {
                if (object)
                    m_node = *object;
                concludeParts();
            });
}

void RegistryExamination::concludeParts()
{
    if (!m_hasConfiguration && m_deployment.is_null()) {
        settle("platform", m_partsError ? StepResult::Unknown : StepResult::Skipped, [error = m_partsError] {
            return error ? messages::sentence(*error)
                         : Diagnose::tr("The platform was installed without a registry of its own.");
        });
        askSpace();
        return;
    }
    const QString cluster = subject().clusterId;
    const auto isMissing = [this](const char* part) { return m_missing.filter(QLatin1String(part)).size() > 0; };
    QStringList lines;
    bool isWell = true;
    const auto tell = [this, &isWell](Finding finding) {
        isWell = false;
        report(std::move(finding));
    };
    if (!m_deployment.is_null()) {
        const QString figures = replicas(m_deployment, "readyReplicas", kube::at(m_deployment, {"spec", "replicas"}));
        lines << QStringLiteral("Deployment tke-registry-api: ") + figures;
        m_runs = kube::number(m_deployment, {"status", "readyReplicas"}).value_or(0) > 0;
        QStringList evidence{figures};
        for (const Json& condition : kube::elements(m_deployment, {"status", "conditions"}))
            if (kube::rawText(condition, {"status"}) != QLatin1String("True"))
                evidence << kube::rawText(condition, {"message"});
        const QString node = kube::rawText(m_deployment, {"spec", "template", "spec", "nodeName"});
        const auto& conditions = kube::elements(m_node, {"status", "conditions"});
        const bool isDown = std::ranges::any_of(conditions, [](const Json& each) {
            return kube::rawText(each, {"type"}) == QLatin1String("Ready") &&
                   kube::rawText(each, {"status"}) != QLatin1String("True");
        });
        if (!node.isEmpty())
            lines << QStringLiteral("nodeName: ") + base::visible(node);
        if (isDown)
            tell(registryNodeDown(cluster, node, evidence));
        else if (!*m_runs)
            tell(registryNotReady(cluster, evidence));
    } else if (isMissing("/deployments/tke-registry-api")) {
        m_runs = false;
        tell(registryMissing(cluster));
    }
    if (!m_gateway.is_null()) {
        const QString figures =
            replicas(m_gateway, "numberReady", kube::at(m_gateway, {"status", "desiredNumberScheduled"}));
        lines << QStringLiteral("DaemonSet tke-gateway: ") + figures;
        if (kube::number(m_gateway, {"status", "numberReady"}).value_or(0) <
            kube::number(m_gateway, {"status", "desiredNumberScheduled"}).value_or(0))
            tell(gatewayNotReady(cluster, {figures}));
    } else if (isMissing("/daemonsets/tke-gateway")) {
        tell(gatewayNotReady(cluster, {}));
    }
    if (!m_service.is_null())
        lines << QStringLiteral("Service tke-registry-api: ") +
                     base::visible(kube::rawText(m_service, {"spec", "clusterIP"}));
    else if (!m_deployment.is_null() && isMissing("/services/tke-registry-api"))
        tell(registryServiceMissing(cluster));
    const StepResult result = !isWell ? StepResult::Fail : m_partsError ? StepResult::Unknown : StepResult::Pass;
    settle("platform", result, [lines, error = m_partsError] {
        const QString text = lines.join(QLatin1Char('\n'));
        return error ? (text + QLatin1Char('\n') + messages::sentence(*error)).trimmed() : text;
    });
    askSpace();
}

QString RegistryExamination::podsPath(const char* what) const
{
    const QString path = QStringLiteral("/api/v1/");
    return m_pullSpace.isEmpty()
               ? path + QLatin1String(what)
               : QString::fromLatin1(transport::path({QStringLiteral("api"), QStringLiteral("v1"),
                                                      QStringLiteral("namespaces"), m_pullSpace, QLatin1String(what)}));
}

bool RegistryExamination::isOurs(const tke::WaitingPull& pull) const
{
    const auto name = tke::imageNameOf(pull.image);
    return name && ((m_name && name->host == m_name->host) || tke::isOfPlatform(name->host, m_place.names) ||
                    !tke::hostMeant(name->host, m_place.names).isEmpty());
}

void RegistryExamination::askPulls()
{
    if (!client() || m_isClusterGone) {
        settle("pulls", StepResult::Skipped, [] { return Diagnose::tr("There is no connection to the cluster."); });
        concludeFaq();
        return;
    }
    askList(
        "pulls", podsPath("pods").toLatin1(), QStringLiteral("status.phase=Pending"),
        [this](const Json& pod) {
            for (tke::WaitingPull& pull : tke::waitingPullsOf(pod))
                if (isOurs(pull))
                    m_pulls.push_back(std::move(pull));
        },
        [this](const std::optional<base::Error>& error) {
            if (error && error->kind == base::ErrorKind::Forbidden && m_pullSpace.isEmpty()) {
                m_pullSpace = ownNameSpace();
                askPulls();
            } else if (error) {
                settle("pulls", StepResult::Unknown, said(*error));
                if (subject().arguments.isEmpty() && !m_name)
                    fail(*error);
                concludeFaq();
            } else {
                askEvents();
            }
        });
}

void RegistryExamination::askEvents()
{
    if (m_pulls.empty()) {
        concludePulls();
        return;
    }
    // What the states say stands also where events may not be read.
    askList(
        "pulls", podsPath("events").toLatin1(), QStringLiteral("reason=Failed"),
        [this](const Json& event) { tke::takeEvent(m_pulls, event); },
        [this](const std::optional<base::Error>&) { concludePulls(); });
}

void RegistryExamination::concludePulls()
{
    settle("pulls", m_pulls.empty() ? StepResult::Pass : StepResult::Fail,
           [count = static_cast<int>(m_pulls.size()), space = base::visible(m_pullSpace)] {
               if (count == 0 && !space.isEmpty())
                   return Diagnose::tr("No pod in namespace %1 waits for an image from it.").arg(space);
               return count == 0 ? Diagnose::tr("No pod waits for an image from it.")
                                 : Diagnose::tr("%n containers wait for an image from it.", nullptr, count);
           });
    std::map<QString, std::vector<tke::WaitingPull>> misspelt;
    std::map<tke::PullTrouble, std::vector<tke::WaitingPull>> sorted;
    for (const tke::WaitingPull& pull : m_pulls) {
        const QString host = tke::imageNameOf(pull.image)->host;
        if (tke::hostMeant(host, m_place.names).isEmpty())
            sorted[tke::troubleOf(pull.words)].push_back(pull);
        else
            misspelt[host].push_back(pull);
    }
    for (const auto& [host, pulls] : misspelt) {
        Finding finding = registryNameFinding(host, tke::hostMeant(host, m_place.names));
        finding.id = QStringLiteral("imageNameMisspelt");
        for (const tke::WaitingPull& pull : pulls)
            finding.evidence << pull.nameSpace + QLatin1Char('/') + pull.pod + QStringLiteral(": ") + pull.image;
        report(std::move(finding));
    }
    for (const auto& [trouble, pulls] : sorted)
        report(imagePullFinding(trouble, pulls, m_place));
    concludeFaq();
}

void RegistryExamination::concludeFaq()
{
    settle("faq", StepResult::Pass, [runs = m_runs, resolves = m_resolves] {
        const QString text =
            Diagnose::tr("The FAQ blames a registry container that is not started. “no such host” says otherwise: the "
                         "name could not be turned into an address, and nobody was asked yet. A registry that does not "
                         "run gives a refusal or HTTP 5xx.");
        if (!runs)
            return text;
        const QString here = *runs ? Diagnose::tr("Here the registry runs.") : Diagnose::tr("Here it does not run.");
        const QString name = resolves == false ? Diagnose::tr("Its name is not known on this machine.") : QString();
        return QStringList{text, here, name}.join(QLatin1Char(' ')).trimmed();
    });
    finish();
}

Guide registryGuide()
{
    return {.id = QStringLiteral("registry-push"),
            .title = [] { return Diagnose::tr("Images cannot be pushed or pulled"); },
            .symptoms = {[] { return Diagnose::tr("docker push or docker login says “no such host”"); },
                         [] { return Diagnose::tr("Pods stay in ImagePullBackOff or ErrImagePull"); },
                         [] { return Diagnose::tr("docker login: certificate signed by unknown authority"); }},
            .patterns = {{R"(https?://\S+/v2/)", 40},
                         {R"(Error response from daemon)", 20},
                         {R"(\blookup \S*registry\S* .*no such host)", 30},
                         {R"(\b(ErrImagePull|ImagePullBackOff)\b|Back-off pulling image|Failed to pull image)", 40},
                         {R"(\bregistry\.tke\.com\b|tke-registry-api)", 25},
                         {R"(docker (push|login|pull)|WARNING! Using --password)", 20},
                         {R"(push refers to (a )?repository|requested access to the resource is denied)", 30},
                         {R"(镜像.{0,8}(上传|推送|拉取|下载)|镜像仓库)", 25}},
            .arguments = QStringLiteral("[HOST[/IMAGE]]"),
            .needsCluster = false,
            .inScan = true,
            .asksIfThere = true,
            .make = [](const Subject& subject) -> std::unique_ptr<Examination> {
                return std::make_unique<RegistryExamination>(subject);
            }};
}

} // namespace diagnose
