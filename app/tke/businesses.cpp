#include "app/tke/businesses.h"

#include "app/base/job.h"
#include "app/kube/apiresource.h"
#include "app/kube/jsonread.h"
#include "app/kube/listitems.h"
#include "app/kube/quantity.h"
#include "app/tke/kinds.h"

#include <QHash>
#include <QSet>
#include <algorithm>

namespace tke {
namespace {

using kube::Json;
using kube::rawText;

std::vector<ClusterQuota> quotasOf(const Json& project)
{
    std::map<QString, ClusterQuota> quotas; // by name, as the server's own map is written
    const auto take = [&quotas, &project](const char* part, const char* member, Quantities ClusterQuota::*into) {
        const Json& clusters = kube::at(project, {part, "clusters"});
        if (!clusters.is_object())
            return;
        for (const auto& [name, value] : clusters.items()) {
            ClusterQuota& quota = quotas[QString::fromStdString(name)];
            quota.*into = quantitiesOf(kube::at(value, {member}));
        }
    };
    take("spec", "hard", &ClusterQuota::hard);
    take("status", "used", &ClusterQuota::used);
    std::vector<ClusterQuota> list;
    for (auto& [name, quota] : quotas) {
        // Of what the spec no longer allows the status may still tell what is used.
        if (!kube::at(project, {"spec", "clusters"}).is_object() ||
            !kube::at(project, {"spec", "clusters"}).contains(name.toStdString()))
            continue;
        quota.cluster = name;
        list.push_back(std::move(quota));
    }
    return list;
}

/// Parents before children. Who names a parent that is not there, or is his own ancestor, stands at the top.
std::vector<Business> inOrder(std::vector<Business> businesses)
{
    std::ranges::sort(businesses, {}, &Business::name);
    QHash<QString, std::vector<std::size_t>> children;
    QSet<QString> names;
    for (const Business& each : businesses)
        names.insert(each.name);
    for (std::size_t i = 0; i < businesses.size(); ++i) {
        const bool hasParent = names.contains(businesses[i].parent);
        children[hasParent ? businesses[i].parent : QString()].push_back(i);
    }
    std::vector<std::size_t> order;
    std::vector<bool> isPlaced(businesses.size());
    const auto place = [&](std::size_t from) {
        std::vector<std::size_t> next{from};
        while (!next.empty()) {
            const std::size_t here = next.back();
            next.pop_back();
            if (isPlaced[here])
                continue;
            isPlaced[here] = true;
            order.push_back(here);
            const auto& below = children[businesses[here].name];
            next.insert(next.end(), below.rbegin(), below.rend());
        }
    };
    for (const std::size_t top : children[QString()])
        place(top);
    for (std::size_t i = 0; i < businesses.size(); ++i)
        place(i); // a ring of parents
    std::vector<Business> ordered;
    ordered.reserve(businesses.size());
    for (const std::size_t index : order)
        ordered.push_back(std::move(businesses[index]));
    return ordered;
}

class BusinessesJob final : public base::Job<BusinessSurvey> {
public:
    explicit BusinessesJob(const kube::Client& client) : m_client(client) {}

    base::Call<BusinessSurvey> begin()
    {
        auto answer = call();
        read<Business>(projects(), businessOf, [this](std::vector<Business> list) {
            m_survey.businesses = inOrder(std::move(list));
            read<BusinessNamespace>(namespaces(), businessNamespaceOf, [this](std::vector<BusinessNamespace> spaces) {
                std::ranges::sort(spaces, [](const BusinessNamespace& a, const BusinessNamespace& b) {
                    return std::tie(a.business, a.name) < std::tie(b.business, b.name);
                });
                m_survey.namespaces = std::move(spaces);
                finish();
            });
        });
        return answer;
    }

private:
    template <typename T>
    void read(const kube::ApiResource& kind, T (*turn)(const Json&), std::function<void(std::vector<T>)> take)
    {
        follow(kube::listItems<T>(m_client, {.path = kind.path()}, turn),
               [this, kind, take = std::move(take)](const base::Result<kube::ListedItems<T>>& list) {
                   if (!list) {
                       m_survey.unread.push_back({kind.resource, list.error()});
                       take({});
                       return;
                   }
                   m_survey.takenAt = list->answeredAt;
                   take(list->items);
               });
    }

    void finish()
    {
        const std::vector<Unread>& unread = m_survey.unread;
        if (unread.size() < 2) {
            end(std::move(m_survey));
            return;
        }
        base::Error error = unread.front().error;
        if (error.kind == base::ErrorKind::NotFound)
            error.reason = QStringLiteral("noBusinesses");
        end(base::failure(std::move(error)));
    }

    const kube::Client m_client;
    BusinessSurvey m_survey;
};

} // namespace

Quantities quantitiesOf(const Json& object)
{
    Quantities quantities;
    if (!object.is_object())
        return quantities;
    for (const auto& [name, value] : object.items())
        if (const QString text = kube::quantityText(value); !text.isEmpty())
            quantities[QString::fromStdString(name)] = text;
    return quantities;
}

const ClusterQuota* Business::in(const QString& cluster) const
{
    const auto found = std::ranges::find(clusters, cluster, &ClusterQuota::cluster);
    return found == clusters.end() ? nullptr : &*found;
}

const Business* BusinessSurvey::find(const QString& name) const
{
    const auto found = std::ranges::find(businesses, name, &Business::name);
    return found == businesses.end() ? nullptr : &*found;
}

Business businessOf(const Json& project)
{
    Business business{.name = rawText(project, {"metadata", "name"}),
                      .uid = rawText(project, {"metadata", "uid"}),
                      .displayName = rawText(project, {"spec", "displayName"}),
                      .tenant = rawText(project, {"spec", "tenantID"}),
                      .parent = rawText(project, {"spec", "parentProjectName"}),
                      .phase = rawText(project, {"status", "phase"}),
                      .locked = kube::flag(project, {"status", "locked"}),
                      .message = rawText(project, {"status", "message"}),
                      .reason = rawText(project, {"status", "reason"}),
                      .clusters = quotasOf(project)};
    for (const Json& each : kube::elements(project, {"spec", "members"}))
        if (each.is_string())
            business.members += rawText(each);
    return business;
}

BusinessNamespace businessNamespaceOf(const Json& object)
{
    return {.business = rawText(object, {"metadata", "namespace"}),
            .name = rawText(object, {"metadata", "name"}),
            .uid = rawText(object, {"metadata", "uid"}),
            .tenant = rawText(object, {"spec", "tenantID"}),
            .cluster = rawText(object, {"spec", "clusterName"}),
            .clusterDisplayName = rawText(object, {"spec", "clusterDisplayName"}),
            .nameSpace = rawText(object, {"spec", "namespace"}),
            .phase = rawText(object, {"status", "phase"}),
            .code = rawText(object, {"status", "message"}),
            .prose = rawText(object, {"status", "reason"}),
            .hard = quantitiesOf(kube::at(object, {"spec", "hard"})),
            .used = quantitiesOf(kube::at(object, {"status", "used"})),
            .quotaName = rawText(object, {"status", "resourceQuotaName"})};
}

base::Call<BusinessSurvey> readBusinesses(const kube::Client& client)
{
    return (new BusinessesJob(client))->begin();
}

} // namespace tke
