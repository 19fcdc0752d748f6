#include "app/tke/namespacedraft.h"

#include "app/kube/quantity.h"

#include <QRegularExpression>
#include <algorithm>

namespace tke {
namespace {

constexpr int LongestName = 48;

std::optional<DraftProblem> nameProblem(const QString& name)
{
    static const QRegularExpression shape(QStringLiteral("\\A[a-z]([-a-z0-9]*[a-z0-9])?\\z"));
    if (name.isEmpty())
        return DraftProblem{QStringLiteral("nameMissing")};
    if (name.size() > LongestName)
        return DraftProblem{QStringLiteral("nameTooLong"), QString::number(name.size())};
    if (!shape.match(name).hasMatch())
        return DraftProblem{QStringLiteral("nameInvalid")};
    if (name.startsWith(QLatin1String("kube-")) || name == QLatin1String("default"))
        return DraftProblem{QStringLiteral("nameReserved"), name};
    return std::nullopt;
}

void judgeQuota(std::vector<DraftProblem>& problems, const NamespaceDraft& draft, const ClusterQuota& quota)
{
    for (const auto& [resource, allowed] : quota.hard) {
        const auto set = draft.hard.find(resource);
        if (set == draft.hard.end() || set->second.isEmpty())
            problems.push_back({QStringLiteral("quotaMissing"), resource});
    }
    for (const auto& [resource, amount] : draft.hard) {
        if (amount.isEmpty())
            continue;
        const auto wanted = kube::milliOf(amount);
        if (!wanted || *wanted < 0) {
            problems.push_back({QStringLiteral("quotaInvalid"), resource, amount});
            continue;
        }
        const auto left = kube::milliOf(leftOf(quota, resource));
        if (left && *wanted > *left)
            problems.push_back({QStringLiteral("quotaTooMuch"), resource, leftOf(quota, resource)});
    }
}

} // namespace

QString leftOf(const ClusterQuota& quota, const QString& resource)
{
    const auto hard = quota.hard.find(resource);
    if (hard == quota.hard.end())
        return {};
    const auto used = quota.used.find(resource);
    if (used == quota.used.end())
        return quota.used.empty() ? hard->second : QString();
    const auto allowed = kube::milliOf(hard->second);
    const auto taken = kube::milliOf(used->second);
    if (!allowed || !taken)
        return {};
    const qint64 left = std::max<qint64>(0, *allowed - *taken);
    constexpr qint64 Gi = 1LL << 30;
    constexpr qint64 Mi = 1LL << 20;
    if (left % 1000 != 0)
        return QString::number(left) + QLatin1Char('m');
    const qint64 whole = left / 1000;
    if (whole != 0 && whole % Gi == 0)
        return QString::number(whole / Gi) + QStringLiteral("Gi");
    if (whole != 0 && whole % Mi == 0)
        return QString::number(whole / Mi) + QStringLiteral("Mi");
    return QString::number(whole);
}

std::vector<DraftProblem> problemsOf(const NamespaceDraft& draft, const BusinessSurvey& survey)
{
    std::vector<DraftProblem> problems;
    const Business* business = survey.find(draft.business);
    if (!business) {
        problems.push_back({QStringLiteral("businessMissing"), draft.business});
    } else {
        if (business->locked)
            problems.push_back({QStringLiteral("businessLocked"), business->name});
        else if (business->phase != QLatin1String("Active"))
            problems.push_back({QStringLiteral("businessNotActive"), business->name, business->phase});
    }
    if (auto problem = nameProblem(draft.nameSpace))
        problems.push_back(std::move(*problem));
    if (draft.cluster.isEmpty()) {
        problems.push_back({QStringLiteral("clusterMissing")});
        return problems;
    }
    for (const BusinessNamespace& each : survey.namespaces)
        if (each.cluster == draft.cluster && each.nameSpace == draft.nameSpace)
            problems.push_back({QStringLiteral("taken"), each.business});
    const ClusterQuota* quota = business ? business->in(draft.cluster) : nullptr;
    if (quota)
        judgeQuota(problems, draft, *quota);
    else if (business)
        problems.push_back({QStringLiteral("clusterNotAllowed"), draft.cluster});
    return problems;
}

QString objectName(const NamespaceDraft& draft)
{
    return draft.cluster + QLatin1Char('-') + draft.nameSpace;
}

kube::Json businessNamespace(const NamespaceDraft& draft, const QString& tenant)
{
    kube::Json hard = kube::Json::object();
    for (const auto& [resource, amount] : draft.hard)
        if (!amount.isEmpty())
            hard[resource.toStdString()] = amount.toStdString();
    kube::Json spec{{"clusterName", draft.cluster.toStdString()}, {"namespace", draft.nameSpace.toStdString()}};
    if (!tenant.isEmpty())
        spec["tenantID"] = tenant.toStdString();
    if (!hard.empty())
        spec["hard"] = std::move(hard);
    return {{"apiVersion", "business.tkestack.io/v1"},
            {"kind", "Namespace"},
            {"metadata", {{"name", objectName(draft).toStdString()}, {"namespace", draft.business.toStdString()}}},
            {"spec", std::move(spec)}};
}

} // namespace tke
