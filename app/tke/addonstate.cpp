#include "app/tke/addonstate.h"

#include "app/base/job.h"

#include <algorithm>
#include <array>

namespace tke {
namespace {

using State = PartState::State;

constexpr std::size_t AtATime = 8;

bool isIn(const QString& phase, std::initializer_list<QLatin1String> phases)
{
    return std::ranges::any_of(phases, [&phase](QLatin1String each) { return phase == each; });
}

bool isUnderway(const QString& phase)
{
    return isIn(phase, {QLatin1String("Initializing"), QLatin1String("Reinitializing"), QLatin1String("Checking"),
                        QLatin1String("Upgrading"), QLatin1String("Pending"), QLatin1String("Terminating")});
}

bool hasFailed(const QString& phase)
{
    return isIn(phase, {QLatin1String("Failed"), QLatin1String("Unhealthy")});
}

/// The lower, the worse.
int rankOf(const PartState& part)
{
    if (part.isOptional && part.state == State::Absent)
        return 9;
    switch (part.state) {
    case State::Absent:
        return part.isWorkload ? 0 : 3;
    case State::Failing:
        return 1;
    case State::Off:
        return 2;
    case State::NotKnown:
        return 4;
    case State::Present:
    case State::Healthy:
        break;
    }
    return 9;
}

/// What a phase Running does not agree with.
QString disagreement(const std::vector<PartState>& parts)
{
    static constexpr std::array Ids{"runsButGone", "runsButNotReady", "runsButOff", "runsIncomplete"};
    int worst = 9;
    for (const PartState& each : parts)
        worst = std::min(worst, rankOf(each));
    return worst < 4 ? QString(QLatin1String(Ids.at(static_cast<std::size_t>(worst)))) : QString();
}

bool allStands(const std::vector<PartState>& parts)
{
    return !parts.empty() && std::ranges::all_of(parts, [](const PartState& each) {
        return !each.isWorkload || each.state == State::Healthy || (each.isOptional && each.state == State::Absent);
    });
}

void judgeOne(AddonView& view)
{
    const QString& phase = view.addon.phase;
    view.finding.clear();
    // What a controller of the platform says when it creates what is there already.
    const bool isBlocked = view.addon.reason.endsWith(QLatin1String("already exists"));
    if (phase == QLatin1String("Running")) {
        view.finding = disagreement(view.parts);
        const bool isKnown = std::ranges::all_of(view.parts, &PartState::isKnown);
        if (!view.finding.isEmpty())
            view.state = AddonState::Failing;
        else
            view.state = isKnown && !view.parts.empty() ? AddonState::Well : AddonState::NotKnown;
        if (view.parts.empty())
            view.finding = QStringLiteral("partsUnknown");
    } else if (hasFailed(phase)) {
        view.state = AddonState::Failing;
        view.finding = allStands(view.parts) ? QStringLiteral("failedButStands")
                       : isBlocked           ? QStringLiteral("blockedByRemains")
                                             : QStringLiteral("failed");
    } else {
        view.state = isUnderway(phase) ? AddonState::Underway : AddonState::NotKnown;
        if (isBlocked)
            view.finding = QStringLiteral("blockedByRemains");
    }
}

class ClustersJob final : public base::Job<std::vector<ClusterAddons>> {
public:
    ClustersJob(ClientOf clientOf, std::vector<ClusterAddons> clusters, QStringList read,
                std::function<void(const ClusterAddons&)> seen)
        : m_clientOf(std::move(clientOf)),
          m_clusters(std::move(clusters)),
          m_read(std::move(read)),
          m_seen(std::move(seen))
    {
    }

    base::Call<std::vector<ClusterAddons>> begin()
    {
        auto answer = call();
        if (m_clusters.empty())
            end({});
        for (std::size_t i = 0; i < AtATime && !isOver(); ++i)
            next();
        return answer;
    }

private:
    void next()
    {
        if (m_next == m_clusters.size())
            return;
        const std::size_t index = m_next++;
        ClusterAddons& cluster = m_clusters[index];
        if (!cluster.isKnown) { // there is nobody to ask
            cluster.isLooking = false;
            judge(cluster);
            settled(cluster);
            return;
        }
        follow(m_clientOf(cluster.cluster),
               [this, index](const base::Result<std::shared_ptr<const kube::Client>>& client) {
                   if (client)
                       read(index, *client);
                   else
                       took(index, base::failure(client.error()));
               });
    }

    void read(std::size_t index, const std::shared_ptr<const kube::Client>& client)
    {
        std::vector<Addon> installed;
        for (const AddonView& each : m_clusters[index].addons)
            installed.push_back(each.addon);
        // Holds the connection until its cluster has been read.
        follow(readMemberAddons(*client, installed, m_read),
               [this, index, held = client](const base::Result<MemberAddons>& member) { took(index, member); });
    }

    void took(std::size_t index, const base::Result<MemberAddons>& member)
    {
        take(m_clusters[index], member);
        settled(m_clusters[index]);
    }

    void settled(const ClusterAddons& cluster)
    {
        if (m_seen)
            m_seen(cluster);
        if (++m_settled == m_clusters.size())
            end(std::move(m_clusters));
        else
            next();
    }

    const ClientOf m_clientOf;
    std::vector<ClusterAddons> m_clusters;
    const QStringList m_read;
    const std::function<void(const ClusterAddons&)> m_seen;
    std::size_t m_next = 0;
    std::size_t m_settled = 0;
};

} // namespace

QString idOf(AddonState state)
{
    switch (state) {
    case AddonState::Well:
        return QStringLiteral("well");
    case AddonState::Underway:
        return QStringLiteral("underway");
    case AddonState::Failing:
        return QStringLiteral("failing");
    case AddonState::NotKnown:
        break;
    }
    return QStringLiteral("notKnown");
}

std::optional<base::Severity> AddonView::severity() const
{
    static constexpr std::array Warnings{QLatin1String("runsIncomplete"), QLatin1String("failedButStands"),
                                         QLatin1String("installedTwice"), QLatin1String("runsButOff")};
    if (std::ranges::any_of(Warnings, [this](QLatin1String each) { return finding == each; }))
        return base::Severity::Warning;
    if (state == AddonState::Failing || finding == QLatin1String("blockedByRemains") ||
        finding == QLatin1String("clusterUnknown"))
        return base::Severity::Error;
    if (state == AddonState::Underway)
        return addon.phase == QLatin1String("Reinitializing") ? base::Severity::Warning : base::Severity::Info;
    return std::nullopt;
}

const PartState* AddonView::worst() const
{
    const PartState* worst = nullptr;
    for (const PartState& each : parts)
        if (rankOf(each) < 4 && (!worst || rankOf(each) < rankOf(*worst)))
            worst = &each;
    return worst;
}

std::vector<ClusterAddons> clusterAddons(const AddonSurvey& survey, const std::optional<QStringList>& clusters)
{
    std::vector<ClusterAddons> all;
    for (const QString& name : clusters.value_or(QStringList()))
        all.push_back({.cluster = name, .addons = {}, .leftOver = {}, .error = {}});
    for (const Addon& addon : survey.addons) {
        auto found = std::ranges::find(all, addon.cluster, &ClusterAddons::cluster);
        if (found == all.end())
            found = all.insert(found, {.cluster = addon.cluster,
                                       .isKnown = !clusters.has_value(),
                                       .addons = {},
                                       .leftOver = {},
                                       .error = {}});
        found->addons.push_back({.addon = addon, .parts = partsOf(addon), .finding = {}});
    }
    for (ClusterAddons& each : all)
        judge(each);
    return all;
}

void take(ClusterAddons& into, const base::Result<MemberAddons>& member)
{
    into.isLooking = false;
    into.error = member ? member->error : std::optional(member.error());
    into.leftOver = member ? member->leftOver : std::vector<LeftOver>{};
    for (std::size_t i = 0; member && i < into.addons.size() && i < member->parts.size(); ++i)
        into.addons[i].parts = member->parts[i];
    if (!member)
        for (AddonView& view : into.addons)
            for (PartState& part : view.parts)
                part.error = member.error();
    judge(into);
}

void judge(ClusterAddons& cluster)
{
    for (AddonView& view : cluster.addons) {
        judgeOne(view);
        const auto isTwin = [&view](const AddonView& other) { return other.addon.type == view.addon.type; };
        if (!cluster.isKnown)
            view.finding = QStringLiteral("clusterUnknown");
        else if (view.severity() != base::Severity::Error && std::ranges::count_if(cluster.addons, isTwin) > 1)
            view.finding = QStringLiteral("installedTwice");
    }
}

base::Call<std::vector<ClusterAddons>> readInClusters(const ClientOf& clientOf, std::vector<ClusterAddons> clusters,
                                                      const QStringList& read,
                                                      std::function<void(const ClusterAddons&)> seen)
{
    return (new ClustersJob(clientOf, std::move(clusters), read, std::move(seen)))->begin();
}

} // namespace tke
