#include "app/kube/tree.h"

#include <QPromise>
#include <algorithm>
#include <mutex>

namespace kube {
namespace {

/// The questions of one survey, answered side by side.
class Survey : public std::enable_shared_from_this<Survey> {
public:
    Survey(const Client& client, QString ownNamespace) : m_client(client), m_ownNamespace(std::move(ownNamespace))
    {
        m_promise.start();
    }

    base::Call<ClusterTree> begin()
    {
        base::Call<ClusterTree> call{m_promise.future(), [self = shared_from_this()] { self->cancel(); }};
        m_open = 3;
        follow(discover(m_client), [this](const base::Result<ApiCatalog>& catalog) { take(catalog); });
        follow(serverVersion(m_client), [this](const base::Result<ServerVersion>& version) {
            if (version)
                m_tree.version = *version;
        });
        follow(clusterUid(m_client), [this](const base::Result<QString>& uid) {
            if (uid)
                m_tree.clusterUid = *uid;
        });
        return call;
    }

private:
    template <typename T, typename Take> void follow(base::Call<T> call, Take take)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_cancels.push_back(call.cancel);
        }
        call.future.then([self = shared_from_this(), take](const base::Result<T>& answer) {
            {
                const std::lock_guard lock(self->m_mutex);
                take(answer);
            }
            self->startCounts();
            self->close();
        });
    }

    /// Under the lock.
    void take(const base::Result<ApiCatalog>& catalog)
    {
        if (!catalog) {
            m_error = catalog.error();
            return;
        }
        m_tree.stale = catalog->stale;
        for (auto& [group, resources] : groupedKinds(*catalog)) {
            auto& entries = m_tree.groups.emplace_back(group, std::vector<KindEntry>{}).second;
            for (const ApiResource& resource : resources)
                entries.push_back({resource, {}});
        }
        for (std::size_t g = 0; g < m_tree.groups.size(); ++g)
            for (std::size_t k = 0; k < m_tree.groups[g].second.size(); ++k)
                m_toCount.emplace_back(g, k);
        m_open += static_cast<int>(m_toCount.size());
    }

    void startCounts()
    {
        std::vector<std::pair<std::size_t, std::size_t>> toCount;
        {
            const std::lock_guard lock(m_mutex);
            toCount = std::exchange(m_toCount, {});
        }
        for (const auto& [g, k] : toCount)
            follow(countObjects(m_client, m_tree.groups[g].second[k].resource, m_ownNamespace),
                   [this, g = g, k = k](const base::Result<KindCount>& count) {
                       if (!count)
                           return;
                       KindEntry& entry = m_tree.groups[g].second[k];
                       entry.count = *count;
                       // What discovery knows from before, of an APIService that is down now.
                       const bool isStale =
                           std::any_of(m_tree.stale.begin(), m_tree.stale.end(), [&](const StaleGroup& s) {
                               return s.group == entry.resource.group && s.version == entry.resource.version;
                           });
                       if (isStale && entry.count.state == KindState::Failing)
                           entry.count.state = KindState::Stale;
                   });
    }

    void close()
    {
        {
            const std::lock_guard lock(m_mutex);
            if (--m_open > 0)
                return;
            m_cancels.clear();
        }
        if (m_error)
            m_promise.addResult(base::Result<ClusterTree>(base::failure(*m_error)));
        else
            m_promise.addResult(base::Result<ClusterTree>(std::move(m_tree)));
        m_promise.finish();
    }

    void cancel()
    {
        std::vector<std::function<void()>> cancels;
        {
            const std::lock_guard lock(m_mutex);
            cancels = m_cancels;
        }
        for (const auto& each : cancels)
            each();
    }

    Client m_client;
    QString m_ownNamespace;
    QPromise<base::Result<ClusterTree>> m_promise;
    std::mutex m_mutex;
    std::vector<std::function<void()>> m_cancels;
    std::vector<std::pair<std::size_t, std::size_t>> m_toCount;
    ClusterTree m_tree;
    std::optional<base::Error> m_error;
    int m_open = 0;
};

} // namespace

base::Call<ClusterTree> surveyCluster(const Client& client, const QString& ownNamespace)
{
    return std::make_shared<Survey>(client, ownNamespace)->begin();
}

} // namespace kube
