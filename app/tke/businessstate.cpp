#include "app/tke/businessstate.h"

#include "app/base/visible.h"
#include "app/kube/quantity.h"

#include <algorithm>

namespace tke {

using kube::Severity;

BusinessPart partOf(const Business& business)
{
    return {GraphBox::Kind::Business, business.name};
}

BusinessPart partOf(const BusinessNamespace& planned)
{
    return {GraphBox::Kind::Namespace, planned.business + QLatin1Char('/') + planned.name};
}

const LiveNamespace* BusinessPicture::liveOf(std::size_t nameSpace) const
{
    return nameSpace < live.size() ? &live[nameSpace] : nullptr;
}

std::optional<std::size_t> BusinessPicture::findNamespace(const QString& id) const
{
    for (std::size_t i = 0; i < survey.namespaces.size(); ++i)
        if (partOf(survey.namespaces[i]).id == id)
            return i;
    return std::nullopt;
}

QString BusinessPicture::clusterTitle(const QString& cluster) const
{
    return titleOf(m_clusterNames.value(cluster), cluster);
}

void BusinessPicture::nameClusters()
{
    m_clusterNames.clear();
    for (const BusinessNamespace& each : survey.namespaces)
        if (!each.clusterDisplayName.isEmpty())
            m_clusterNames.insert(each.cluster, each.clusterDisplayName);
}

QString titleOf(const QString& displayName, const QString& id)
{
    if (displayName.isEmpty() || displayName == id)
        return base::visible(id);
    return base::visible(displayName) + QStringLiteral(" (") + base::visible(id) + QLatin1Char(')');
}

QString titleOf(const Business& business)
{
    return titleOf(business.displayName, business.name);
}

Severity severityOf(const Business& business)
{
    if (business.phase == QLatin1String("Failed"))
        return Severity::Error;
    if (business.locked)
        return Severity::Warning;
    if (business.phase == QLatin1String("Active"))
        return Severity::None;
    const bool isOnItsWay =
        business.phase == QLatin1String("Pending") || business.phase == QLatin1String("Terminating");
    return isOnItsWay ? Severity::Info : Severity::Unknown;
}

Severity severityOf(const BusinessNamespace& planned)
{
    const auto is = [&planned](const char* phase) { return planned.phase == QLatin1String(phase); };
    if (is("Failed"))
        return Severity::Error;
    if (is("Locked") || (is("Available") && !planned.code.isEmpty()))
        return Severity::Warning;
    if (is("Available"))
        return Severity::None;
    return is("Pending") || is("Terminating") ? Severity::Info : Severity::Unknown;
}

Severity severityOf(const LiveNamespace* live, const BusinessNamespace& planned)
{
    if (!live)
        return Severity::None;
    if (live->exists == false || live->conflict == true)
        return Severity::Error;
    const auto isWell = live->isWell(planned);
    if (!isWell)
        return Severity::Unknown;
    return *isWell ? Severity::None : Severity::Warning;
}

std::optional<Fullest> fullestOf(const Quantities& hard, const Quantities& used)
{
    std::optional<Fullest> fullest;
    for (const auto& [resource, limit] : hard) {
        const auto taken = used.find(resource);
        if (taken == used.end())
            continue;
        const auto most = kube::milliOf(limit);
        const auto now = kube::milliOf(taken->second);
        if (!most || !now || *now < 0)
            continue;
        // Of nothing everything is used.
        const double ratio = *most > 0 ? static_cast<double>(*now) / static_cast<double>(*most) : 1.0;
        if (!fullest || ratio > fullest->ratio)
            fullest = Fullest{resource, ratio};
    }
    return fullest;
}

std::optional<Fullest> fullestOf(const Business& business)
{
    std::optional<Fullest> fullest;
    for (const ClusterQuota& quota : business.clusters)
        if (const auto here = fullestOf(quota.hard, quota.used); here && (!fullest || here->ratio > fullest->ratio))
            fullest = here;
    return fullest;
}

} // namespace tke
