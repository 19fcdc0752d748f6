// Of the guide registry-push: whether the namespace in the image's name is there, and lets somebody push.

#include "app/base/visible.h"
#include "app/diagnose/registrypush.h"
#include "app/kube/discovery.h"
#include "app/messages/errors.h"

#include <algorithm>

namespace diagnose {
namespace {

using tke::SpaceFault;

QString idOf(SpaceFault fault)
{
    switch (fault) {
    case SpaceFault::Unnamed:
        return QStringLiteral("registryNamespaceUnnamed");
    case SpaceFault::System:
        return QStringLiteral("registryNamespaceOfSystem");
    case SpaceFault::Missing:
        return QStringLiteral("registryNamespaceMissing");
    case SpaceFault::OtherTenant:
        return QStringLiteral("registryNamespaceOfOtherTenant");
    case SpaceFault::Locked:
        return QStringLiteral("registryNamespaceLocked");
    case SpaceFault::Private:
        return QStringLiteral("registryNamespacePrivate");
    case SpaceFault::None:
        break;
    }
    return {};
}

Severity severityOf(SpaceFault fault)
{
    if (fault == SpaceFault::Private || fault == SpaceFault::None)
        return Severity::Info;
    return fault == SpaceFault::System ? Severity::Warning : Severity::Error;
}

QString titleOf(SpaceFault fault, const QString& space)
{
    switch (fault) {
    case SpaceFault::Unnamed:
        return Diagnose::tr("The image's name has no namespace");
    case SpaceFault::System:
        return Diagnose::tr("The image's name has no tenant");
    case SpaceFault::Missing:
        return Diagnose::tr("The registry has no namespace “%1”").arg(space);
    case SpaceFault::OtherTenant:
        return Diagnose::tr("The registry's namespace “%1” is of another tenant").arg(space);
    case SpaceFault::Locked:
        return Diagnose::tr("The registry's namespace “%1” is locked").arg(space);
    case SpaceFault::Private:
        return Diagnose::tr("The registry's namespace “%1” is private").arg(space);
    case SpaceFault::None:
        break;
    }
    return Diagnose::tr("The registry's namespace “%1” is there, public and not locked").arg(space);
}

QString causeOf(SpaceFault fault, const QString& tenant, const QString& other)
{
    switch (fault) {
    case SpaceFault::Unnamed:
        return Diagnose::tr("An image lies in a namespace of the registry: without one in its name nobody has a right "
                            "to it, and the push is refused.");
    case SpaceFault::System:
        return Diagnose::tr("Without a tenant before it the registry's name means what the platform keeps for all: "
                            "everybody pulls from there, and only the administrator pushes.");
    case SpaceFault::Missing:
        return Diagnose::tr("A push makes no namespace: as long as it is not there nobody has a right in it, which "
                            "reads “denied: requested access to the resource is denied”.");
    case SpaceFault::OtherTenant:
        return Diagnose::tr("The name says tenant %1, and the namespace is of tenant %2: keys of the one have no right "
                            "in the other.")
            .arg(tenant, other);
    case SpaceFault::Locked:
        return Diagnose::tr("From a locked namespace nobody pulls, and nobody pushes to it.");
    case SpaceFault::Private:
        return Diagnose::tr("Keys of tenant %1 push and pull; without a login, or with one of another tenant, nobody "
                            "pulls from it. That is no fault where nodes have such a login.")
            .arg(tenant);
    case SpaceFault::None:
        break;
    }
    return {};
}

QString fixOf(SpaceFault fault, const QString& name)
{
    switch (fault) {
    case SpaceFault::Unnamed:
        return Diagnose::tr("Tag it %1, and push that").arg(name);
    case SpaceFault::System:
        return Diagnose::tr("Tag it %1, and push that, or log in as the administrator").arg(name);
    case SpaceFault::Missing:
        return Diagnose::tr("Make it in the console first: 组织资源 (organisation resources), 镜像仓库管理 (image "
                            "registry)");
    case SpaceFault::OtherTenant:
        return Diagnose::tr("Tag it %1 with a key of that tenant, or make the namespace in your own").arg(name);
    case SpaceFault::Locked:
        return Diagnose::tr("Ask who administers the registry to unlock it, or push to another namespace");
    case SpaceFault::Private:
        return Diagnose::tr("Give the pods an imagePullSecret with a key of the tenant, or make the namespace public");
    case SpaceFault::None:
        break;
    }
    return {};
}

/// "default.registry.tke.com/team/app": how the image would be called right.
QString rightName(const tke::ImageName& name, const tke::SpaceVerdict& verdict, const tke::RegistryNames& names)
{
    const QString tenant = verdict.fault == SpaceFault::OtherTenant ? verdict.space->tenant
                           : verdict.tenant.isEmpty()               ? names.tenant
                                                                    : verdict.tenant;
    const QString repository =
        verdict.fault == SpaceFault::Unnamed ? QStringLiteral("NAMESPACE/") + name.repository : name.repository;
    return base::visible(QStringLiteral("%1.%2/%3").arg(tenant, names.domainSuffix, repository));
}

Finding spaceFinding(const tke::ImageName& name, const tke::SpaceVerdict& verdict, const tke::RegistryNames& names)
{
    const SpaceFault fault = verdict.fault;
    Finding finding{.id = idOf(fault), .severity = severityOf(fault)};
    finding.evidence << base::visible(name.address() + QLatin1Char('/') + name.repository);
    if (verdict.space) {
        finding.ref = verdict.space->ref;
        finding.evidence << base::visible(QStringLiteral("spec.tenantID: ") + verdict.space->tenant)
                         << QStringLiteral("spec.visibility: ") +
                                (verdict.space->isPublic ? QStringLiteral("Public") : QStringLiteral("Private"));
        if (verdict.space->isLocked)
            finding.evidence << QStringLiteral("status.locked: true");
    }
    finding.title = [fault, space = base::visible(name.nameSpace())] { return titleOf(fault, space); };
    finding.cause = [fault, tenant = base::visible(verdict.tenant),
                     other = verdict.space ? base::visible(verdict.space->tenant) : QString()] {
        return causeOf(fault, tenant, other);
    };
    finding.fix.title = [fault, right = rightName(name, verdict, names)] { return fixOf(fault, right); };
    finding.fix.command = QStringLiteral("kubectl get ") + tke::RegistrySpacesKey;
    return finding;
}

} // namespace

void RegistryExamination::askSpace()
{
    const QString meant = m_name ? tke::hostMeant(m_name->host, m_place.names) : QString();
    if (m_name && !meant.isEmpty()) // what was meant is what has to be there
        m_name->host = meant;
    const bool isAsked = m_name && !m_name->repository.isEmpty() && tke::isOfPlatform(m_name->host, m_place.names);
    if (!isAsked || !client() || m_isClusterGone) {
        settle("space", StepResult::Skipped, [isAsked] {
            return isAsked ? Diagnose::tr("There is no connection to the cluster.")
                           : Diagnose::tr("No image of this platform's registry was named.");
        });
        askPulls();
        return;
    }
    follow<kube::ApiCatalog>(kube::discover(*client()), [this](const auto& catalog) {
        if (!catalog) {
            settle("space", StepResult::Unknown, said(catalog.error()));
            askPulls();
            return;
        }
        if (const kube::ApiResource* kind = catalog->find(tke::RegistrySpacesKey)) {
            askSpaces(kind->path());
            return;
        }
        const bool isStale = std::ranges::any_of(catalog->stale, [](const kube::StaleGroup& each) {
            return each.group == QLatin1String("registry.tkestack.io");
        });
        settle("space", StepResult::Unknown, [isStale] {
            return isStale ? Diagnose::tr("registry.tkestack.io does not answer just now: nothing is known of the "
                                          "registry's namespaces.")
                           : Diagnose::tr("This cluster serves no registry.tkestack.io: it is not the platform's own, "
                                          "an older one, or one without a registry. Nothing is known of its "
                                          "namespaces.");
        });
        askPulls();
    });
}

void RegistryExamination::askSpaces(const QByteArray& path)
{
    auto spaces = std::make_shared<std::vector<tke::RegistrySpace>>();
    askList(
        "space", path, {},
        [this, spaces](const kube::Json& object) {
            spaces->push_back(tke::registrySpaceOf(object));
            spaces->back().ref.cluster = subject().clusterId;
        },
        [this, spaces](const std::optional<base::Error>& error) {
            if (error) {
                settle("space", StepResult::Unknown, said(*error));
                askPulls();
                return;
            }
            const tke::SpaceVerdict verdict = tke::judgeSpace(*m_name, m_place.names, *spaces);
            const bool isWell = verdict.fault == SpaceFault::None || verdict.fault == SpaceFault::Private;
            settle(
                "space", isWell ? StepResult::Pass : StepResult::Fail,
                [fault = verdict.fault, space = base::visible(m_name->nameSpace())] { return titleOf(fault, space); });
            if (verdict.fault != SpaceFault::None)
                report(spaceFinding(*m_name, verdict, m_place.names));
            askPulls();
        });
}

} // namespace diagnose
