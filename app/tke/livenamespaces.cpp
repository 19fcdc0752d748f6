#include "app/tke/livenamespaces.h"

#include "app/base/job.h"
#include "app/kube/apiresource.h"
#include "app/kube/jsonread.h"
#include "app/kube/listitems.h"

#include <QHash>
#include <algorithm>

namespace tke {
namespace {

using kube::Json;
using kube::rawText;

constexpr std::size_t MostByName = 200;

const kube::ApiResource& spaces()
{
    static const kube::ApiResource kind{
        .version = QStringLiteral("v1"), .resource = QStringLiteral("namespaces"), .kind = QStringLiteral("Namespace")};
    return kind;
}

const kube::ApiResource& quotas()
{
    static const kube::ApiResource kind{.version = QStringLiteral("v1"),
                                        .resource = QStringLiteral("resourcequotas"),
                                        .kind = QStringLiteral("ResourceQuota"),
                                        .namespaced = true};
    return kind;
}

QString quotaNameOf(const BusinessNamespace& planned)
{
    return planned.quotaName.isEmpty() ? planned.nameSpace : planned.quotaName;
}

/// What is kept of a namespace, and of a quota.
struct Space {
    QString name;
    QString owner;
    bool isTerminating = false;
};
struct Quota {
    QString nameSpace;
    QString name;
    Quantities hard;
    Quantities used;
};

Space spaceOf(const Json& object)
{
    return {.name = rawText(object, {"metadata", "name"}),
            .owner = rawText(object, {"metadata", "labels", ProjectLabel}),
            .isTerminating = rawText(object, {"status", "phase"}) == QLatin1String("Terminating")};
}

Quota quotaOf(const Json& object)
{
    Quota quota{.nameSpace = rawText(object, {"metadata", "namespace"}),
                .name = rawText(object, {"metadata", "name"}),
                .hard = quantitiesOf(kube::at(object, {"status", "hard"})),
                .used = quantitiesOf(kube::at(object, {"status", "used"}))};
    if (quota.hard.empty()) // the controller has not reckoned yet
        quota.hard = quantitiesOf(kube::at(object, {"spec", "hard"}));
    return quota;
}

/// Null: it is not there.
void fill(LiveNamespace& live, const Space* space, const BusinessNamespace& planned)
{
    live.exists = space != nullptr;
    live.isTerminating = space && space->isTerminating;
    live.owner = space ? space->owner : QString();
    live.labelled = !live.owner.isEmpty();
    live.conflict = *live.labelled && live.owner != planned.business;
}

void fill(LiveNamespace& live, const Quota* quota)
{
    live.hasQuota = quota != nullptr;
    live.hard = quota ? quota->hard : Quantities();
    live.used = quota ? quota->used : Quantities();
}

/// One cluster's.
class ClusterJob final : public base::Job<LiveNamespaces> {
public:
    ClusterJob(const kube::Client& client, std::vector<BusinessNamespace> planned)
        : m_client(client),
          m_planned(std::move(planned)),
          m_live(m_planned.size())
    {
        for (std::size_t i = 0; i < m_planned.size(); ++i) {
            m_byName[m_planned[i].nameSpace].push_back(i);
            m_byQuota[{m_planned[i].nameSpace, quotaNameOf(m_planned[i])}].push_back(i);
        }
    }

    base::Call<LiveNamespaces> begin()
    {
        auto answer = call();
        if (m_planned.empty())
            end(std::move(m_live));
        else
            listSpaces();
        return answer;
    }

private:
    void listSpaces()
    {
        list<Space>(spaces(), spaceOf, [this](const std::vector<Space>& found) {
            for (std::size_t i = 0; i < m_live.size(); ++i)
                fill(m_live[i], nullptr, m_planned[i]);
            for (const Space& space : found)
                for (const std::size_t index : m_byName.value(space.name))
                    fill(m_live[index], &space, m_planned[index]);
            listQuotas();
        });
    }

    void listQuotas()
    {
        list<Quota>(quotas(), quotaOf, [this](const std::vector<Quota>& found) {
            for (LiveNamespace& live : m_live)
                fill(live, nullptr);
            for (const Quota& quota : found)
                for (const std::size_t index : m_byQuota.value({quota.nameSpace, quota.name}))
                    fill(m_live[index], &quota);
            end(std::move(m_live));
        });
    }

    /// `take` fills in what was found, when all are known not to be there.
    template <typename T>
    void list(const kube::ApiResource& kind, T (*turn)(const Json&), std::function<void(const std::vector<T>&)> take)
    {
        follow(kube::listItems<T>(m_client, {.path = kind.path()}, turn),
               [this, take = std::move(take)](const base::Result<kube::ListedItems<T>>& list) {
                   if (list)
                       take(list->items);
                   else if (list.error().kind == base::ErrorKind::Forbidden)
                       askByName(0);
                   else
                       giveUp(list.error());
               });
    }

    /// What was seen so far stays.
    void giveUp(const base::Error& error)
    {
        for (LiveNamespace& live : m_live)
            live.error = error;
        end(std::move(m_live));
    }

    void askByName(std::size_t index)
    {
        if (index == 0)
            m_live.assign(m_planned.size(), {});
        if (index >= std::min(m_planned.size(), MostByName)) {
            for (std::size_t i = index; i < m_live.size(); ++i)
                m_live[i].error = base::Error{.kind = base::ErrorKind::Limit, .reason = QStringLiteral("notAllAsked")};
            end(std::move(m_live));
            return;
        }
        const BusinessNamespace& planned = m_planned[index];
        const auto takeSpace = [this, index](const Json* space) {
            const Space found = space ? spaceOf(*space) : Space();
            fill(m_live[index], space ? &found : nullptr, m_planned[index]);
        };
        const auto takeQuota = [this, index](const Json* quota) {
            const Quota found = quota ? quotaOf(*quota) : Quota();
            fill(m_live[index], quota ? &found : nullptr);
        };
        askOne(spaces().path({}, planned.nameSpace), index, takeSpace, [this, index, &planned, takeQuota] {
            askOne(quotas().path(planned.nameSpace, quotaNameOf(planned)), index, takeQuota,
                   [this, index] { askByName(index + 1); });
        });
    }

    void askOne(const QByteArray& path, std::size_t index, std::function<void(const Json*)> take,
                std::function<void()> next)
    {
        follow(m_client.askJson({.path = path}),
               [this, index, take = std::move(take), next = std::move(next)](const base::Result<Json>& answer) {
                   if (answer)
                       take(&*answer);
                   else if (answer.error().kind == base::ErrorKind::NotFound)
                       take(nullptr);
                   else if (!m_live[index].error)
                       m_live[index].error = answer.error();
                   next();
               });
    }

    const kube::Client m_client;
    const std::vector<BusinessNamespace> m_planned;
    LiveNamespaces m_live;
    QHash<QString, std::vector<std::size_t>> m_byName;
    QHash<std::pair<QString, QString>, std::vector<std::size_t>> m_byQuota;
};

/// Each cluster's, side by side.
class AllJob final : public base::Job<LiveNamespaces> {
public:
    explicit AllJob(std::size_t size) : m_live(size) {}

    base::Call<LiveNamespaces> begin(const ClientOf& clientOf, const std::vector<BusinessNamespace>& planned)
    {
        auto answer = call();
        std::map<QString, std::vector<std::size_t>> clusters;
        for (std::size_t i = 0; i < planned.size(); ++i)
            clusters[planned[i].cluster].push_back(i);
        m_left = clusters.size();
        if (clusters.empty())
            end(std::move(m_live));
        for (auto& [cluster, indexes] : clusters) {
            std::vector<BusinessNamespace> there;
            for (const std::size_t index : indexes)
                there.push_back(planned[index]);
            follow(clientOf(cluster), [this, indexes, there = std::move(there)](
                                          const base::Result<std::shared_ptr<const kube::Client>>& client) {
                if (!client) {
                    for (const std::size_t index : indexes)
                        m_live[index].error = client.error();
                    settle();
                    return;
                }
                // Holds the connection until its cluster has been read.
                follow(readLiveNamespaces(**client, there),
                       [this, indexes, held = *client](const base::Result<LiveNamespaces>& live) {
                           for (std::size_t i = 0; i < indexes.size(); ++i) {
                               if (live)
                                   m_live[indexes[i]] = (*live)[i];
                               else
                                   m_live[indexes[i]].error = live.error();
                           }
                           settle();
                       });
            });
        }
        return answer;
    }

private:
    void settle()
    {
        if (--m_left == 0)
            end(std::move(m_live));
    }

    LiveNamespaces m_live;
    std::size_t m_left = 0;
};

} // namespace

std::optional<bool> LiveNamespace::isWell(const BusinessNamespace& planned) const
{
    if (exists == false || conflict == true || labelled == false || isTerminating ||
        (hasQuota == false && !planned.hard.empty()))
        return false;
    if (!exists || (!hasQuota && !planned.hard.empty()))
        return std::nullopt;
    return true;
}

base::Call<LiveNamespaces> readLiveNamespaces(const kube::Client& client, std::vector<BusinessNamespace> planned)
{
    return (new ClusterJob(client, std::move(planned)))->begin();
}

base::Call<LiveNamespaces> readLiveNamespaces(const ClientOf& clientOf, const std::vector<BusinessNamespace>& planned)
{
    return (new AllJob(planned.size()))->begin(clientOf, planned);
}

} // namespace tke
