#include "app/tke/members.h"

#include "app/base/visible.h"
#include "app/kube/addresses.h"
#include "app/kube/jsonread.h"
#include "app/tke/kinds.h"

#include <algorithm>
#include <array>

namespace tke {
namespace {

constexpr std::size_t MostConditions = 256; // creation of a cluster has some forty steps

QString line(const kube::Json& object, std::initializer_list<const char*> path)
{
    return base::visible(kube::rawText(object, path));
}

/// What a Status says of a name comes from the platform; a group that is not served answers with a text.
base::Error toldApart(base::Error error, const QString& name)
{
    if (error.kind != base::ErrorKind::NotFound)
        return error;
    const bool isStatus = error.reason == QLatin1String("NotFound") && !name.isEmpty();
    error.reason = isStatus ? QStringLiteral("memberMissing") : QStringLiteral("notAPlatform");
    if (isStatus)
        error.said = base::visible(name);
    return error;
}

} // namespace

const MemberCluster::Condition* MemberCluster::firstFailing() const
{
    const auto failing = std::ranges::find_if(conditions, [](const Condition& each) {
        return each.status == QLatin1String("False") || each.status == QLatin1String("Unknown");
    });
    return failing == conditions.end() ? nullptr : &*failing;
}

std::optional<base::Severity> MemberCluster::severity() const
{
    // The steady ones; the others (Initializing, Upgrading, …) are on the way somewhere.
    static constexpr std::array Steady{QLatin1String("Running"), QLatin1String("Idling")};
    if (phase == QLatin1String("Failed"))
        return base::Severity::Error;
    if (locked || firstFailing() || !std::ranges::any_of(Steady, [this](QLatin1String each) { return phase == each; }))
        return base::Severity::Warning;
    return std::nullopt;
}

MemberCluster memberFrom(const kube::Json& cluster)
{
    MemberCluster member;
    member.name = line(cluster, {"metadata", "name"});
    member.uid = line(cluster, {"metadata", "uid"});
    member.displayName = line(cluster, {"spec", "displayName"});
    member.tenant = line(cluster, {"spec", "tenantID"});
    member.type = line(cluster, {"spec", "type"});
    member.credential = line(cluster, {"spec", "clusterCredentialRef", "name"});
    member.phase = line(cluster, {"status", "phase"});
    member.version = line(cluster, {"status", "version"});
    if (member.version.isEmpty())
        member.version = line(cluster, {"spec", "version"});
    member.locked = kube::flag(cluster, {"status", "locked"});
    member.message = base::visible(kube::rawText(cluster, {"status", "message"}), base::Lines::Many);
    member.reason = line(cluster, {"status", "reason"});
    member.kubeVendor = line(cluster, {"status", "kubeVendor"});
    for (const kube::Json& each : kube::elements(cluster, {"status", "conditions"})) {
        if (member.conditions.size() == MostConditions)
            break;
        member.conditions.push_back({.type = line(each, {"type"}),
                                     .status = line(each, {"status"}),
                                     .reason = line(each, {"reason"}),
                                     .message = base::visible(kube::rawText(each, {"message"}), base::Lines::Many)});
    }
    kube::PlatformAddresses found = kube::platformAddresses(cluster);
    member.addresses = std::move(found.addresses);
    member.unreadAddresses = std::move(found.unread);
    return member;
}

bool hasAddressOf(const MemberCluster& member, const std::vector<endpoint::Address>& addresses)
{
    return std::ranges::any_of(member.addresses, [&](const endpoint::Address& own) {
        return std::ranges::any_of(
            addresses, [&](const endpoint::Address& each) { return endpoint::isSameAddress(own.url, each.url); });
    });
}

bool isPlatform(const kube::ApiCatalog& catalog)
{
    const QString key = clusters().key();
    return std::ranges::any_of(catalog.resources, [&key](const kube::ApiResource& each) { return each.key() == key; });
}

base::Call<kube::ListedItems<MemberCluster>> readMembers(const kube::Client& client)
{
    using Listed = kube::ListedItems<MemberCluster>;
    return base::mapped<Listed>(kube::listItems<MemberCluster>(client, {.path = clusters().path()}, memberFrom),
                                [](const base::Result<Listed>& listed) -> base::Result<Listed> {
                                    if (listed)
                                        return listed;
                                    return base::failure(toldApart(listed.error(), {}));
                                });
}

base::Call<MemberCluster> readMember(const kube::Client& client, const QString& name)
{
    return base::mapped<MemberCluster>(client.askJson({.path = clusters().path({}, name)}),
                                       [name](const base::Result<kube::Json>& cluster) -> base::Result<MemberCluster> {
                                           if (!cluster)
                                               return base::failure(toldApart(cluster.error(), name));
                                           return memberFrom(*cluster);
                                       });
}

} // namespace tke
