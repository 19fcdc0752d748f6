#include "app/tke/addons.h"

#include "app/base/job.h"
#include "app/base/visible.h"
#include "app/kube/jsonread.h"
#include "app/kube/listitems.h"
#include "app/tke/addonkinds.h"
#include "app/tke/kinds.h"

#include <algorithm>

namespace tke {
namespace {

using kube::Json;

constexpr QLatin1String TypesKey("clusteraddontypes.platform.tkestack.io");
constexpr qsizetype MostClusters = 200;

QString line(const Json& object, std::initializer_list<const char*> path)
{
    return base::visible(kube::rawText(object, path));
}

AddonType typeOf(const Json& object)
{
    return {.type = line(object, {"type"}),
            .level = line(object, {"level"}),
            .latestVersion = line(object, {"latestVersion"})};
}

bool isOfAddons(const QString& group)
{
    return std::ranges::any_of(
        addonKinds(), [&group](const AddonKind& each) { return each.key.section(QLatin1Char('.'), 1) == group; });
}

class AddonsJob final : public base::Job<AddonSurvey> {
public:
    AddonsJob(const kube::Client& platform, kube::ApiCatalog catalog, QStringList clusters)
        : m_platform(platform),
          m_catalog(std::move(catalog)),
          m_clusters(clusters.mid(0, MostClusters))
    {
        if (clusters.size() > MostClusters)
            m_notAsked = clusters.mid(MostClusters);
    }

    base::Call<AddonSurvey> begin()
    {
        auto answer = call();
        for (const kube::StaleGroup& each : m_catalog.stale)
            if (isOfAddons(each.group))
                m_survey.unread.push_back(
                    {each.group,
                     {.kind = base::ErrorKind::Server, .reason = QStringLiteral("groupStale"), .said = each.said}});
        if (m_catalog.find(TypesKey))
            readTypes();
        else
            readKinds();
        return answer;
    }

private:
    void readTypes()
    {
        follow(kube::listItems<AddonType>(m_platform, {.path = kindOf("platform", "clusteraddontypes", "").path()},
                                          typeOf),
               [this](const base::Result<kube::ListedItems<AddonType>>& types) {
                   if (types) {
                       m_survey.types = types->items;
                       std::ranges::sort(m_survey.types, {}, &AddonType::type); // served in no order
                   } else {
                       m_survey.unread.push_back({QStringLiteral("clusteraddontypes"), types.error()});
                   }
                   readKinds();
               });
    }

    void readKinds()
    {
        const auto kinds = addonKindsIn(m_catalog, m_survey.types);
        if (kinds.empty() && m_survey.unread.empty()) {
            end(base::failure({.kind = base::ErrorKind::NotFound, .reason = QStringLiteral("noAddons")}));
            return;
        }
        m_left = kinds.size();
        if (kinds.empty())
            finish();
        for (const kube::ApiResource& kind : kinds) {
            const AddonKind* known = findAddonKind(kind.key());
            const QString type = known ? known->type : kind.kind;
            follow(kube::listItems<Addon>(m_platform, {.path = kind.path()},
                                          [kind, type](const Json& object) { return addonOf(object, kind, type); }),
                   [this, kind](const base::Result<kube::ListedItems<Addon>>& list) {
                       if (list) {
                           m_survey.read << kind.key();
                           m_survey.addons.insert(m_survey.addons.end(), list->items.begin(), list->items.end());
                       } else {
                           m_survey.unread.push_back({kind.resource, list.error()});
                           m_failed.push_back(kind);
                       }
                       if (--m_left == 0)
                           readByCluster();
                   });
        }
    }

    /// What could not be listed may still be told cluster by cluster.
    void readByCluster()
    {
        std::erase_if(m_failed, [](const kube::ApiResource& kind) {
            return kind.group != QLatin1String("platform.tkestack.io") || !findAddonKind(kind.key());
        });
        if (m_failed.empty() || m_clusters.isEmpty()) {
            finish();
            return;
        }
        m_left = static_cast<std::size_t>(m_clusters.size());
        for (const QString& cluster : m_clusters)
            follow(m_platform.askJson({.path = clusters().path({}, cluster) + "/addons"}),
                   [this, cluster](const base::Result<Json>& list) {
                       if (list)
                           take(*list, cluster);
                       else
                           m_isPartly = true; // why is among the unread ones already, in better words
                       if (--m_left == 0)
                           settle();
                   });
    }

    void take(const Json& list, const QString& cluster)
    {
        for (const Json& item : kube::elements(list, {"items"})) {
            const QString type = kube::rawText(item, {"spec", "type"});
            const auto kind = std::ranges::find_if(
                m_failed, [&type](const kube::ApiResource& each) { return findAddonKind(each.key())->type == type; });
            if (kind == m_failed.end())
                continue;
            Addon addon = addonOf(item, *kind, type);
            addon.cluster = cluster;
            m_survey.addons.push_back(std::move(addon));
        }
    }

    void settle()
    {
        // Each cluster told of it: all is known in place of the lists.
        if (!m_isPartly && m_notAsked.isEmpty())
            for (const kube::ApiResource& kind : m_failed) {
                m_survey.read << kind.key();
                std::erase_if(m_survey.unread, [&kind](const Unread& each) { return each.kind == kind.resource; });
            }
        finish();
    }

    void finish()
    {
        std::ranges::sort(m_survey.addons, [](const Addon& a, const Addon& b) {
            return std::tie(a.cluster, a.type, a.ref.name) < std::tie(b.cluster, b.type, b.ref.name);
        });
        std::ranges::sort(m_survey.unread, {}, &Unread::kind);
        m_survey.takenAt = QDateTime::currentDateTimeUtc();
        end(std::move(m_survey));
    }

    const kube::Client m_platform;
    const kube::ApiCatalog m_catalog;
    const QStringList m_clusters;
    QStringList m_notAsked;
    AddonSurvey m_survey;
    std::vector<kube::ApiResource> m_failed;
    std::size_t m_left = 0;
    bool m_isPartly = false;
};

} // namespace

const AddonType* AddonSurvey::findType(const QString& type) const
{
    const auto found = std::ranges::find(types, type, &AddonType::type);
    return found == types.end() ? nullptr : &*found;
}

Addon addonOf(const Json& object, const kube::ApiResource& kind, const QString& type)
{
    Addon addon{.key = kind.key(),
                .type = base::visible(type),
                .ref = {.cluster = {},
                        .apiVersion = kind.apiVersion(),
                        .kind = kind.kind,
                        .nameSpace = {},
                        .name = kube::rawText(object, {"metadata", "name"}),
                        .uid = kube::rawText(object, {"metadata", "uid"})},
                .cluster = line(object, {"spec", "clusterName"}),
                .version = line(object, {"status", "version"}),
                .phase = line(object, {"status", "phase"}),
                .reason = base::visible(kube::rawText(object, {"status", "reason"}), base::Lines::Many)};
    if (addon.version.isEmpty())
        addon.version = line(object, {"spec", "version"});
    return addon;
}

std::vector<kube::ApiResource> addonKindsIn(const kube::ApiCatalog& catalog, const std::vector<AddonType>& types)
{
    std::vector<kube::ApiResource> kinds;
    for (const kube::ApiResource& each : catalog.resources) {
        const bool isNamed = each.group.endsWith(QLatin1String(".tkestack.io")) &&
                             std::ranges::any_of(types, [&](const AddonType& type) { return type.type == each.kind; });
        if (isNamed || findAddonKind(each.key()))
            kinds.push_back(each);
    }
    return kinds;
}

base::Call<AddonSurvey> readAddons(const kube::Client& platform, const kube::ApiCatalog& catalog,
                                   const QStringList& clusters)
{
    return (new AddonsJob(platform, catalog, clusters))->begin();
}

} // namespace tke
