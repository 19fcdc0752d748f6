#include "app/kube/addresses.h"

#include "app/kube/discovery.h"

#include <QPromise>
#include <array>
#include <mutex>

namespace kube {
namespace {

using base::Result;
using endpoint::Address;

constexpr std::chrono::milliseconds Patience{5'000};

transport::Request question(const QByteArray& path, const char* selector = nullptr)
{
    transport::Request request{.path = path};
    request.silence = Patience;
    if (selector)
        request.query.emplace_back(QStringLiteral("labelSelector"), QLatin1String(selector));
    return request;
}

/// The questions of one search, answered side by side.
class Search : public std::enable_shared_from_this<Search> {
public:
    Search(const Client& client, const QUrl& own) : m_client(client), m_own(own) { m_promise.start(); }

    base::Call<FoundAddresses> begin()
    {
        base::Call<FoundAddresses> call{m_promise.future(), [weak = weak_from_this()] {
                                            if (const auto self = weak.lock())
                                                self->cancel();
                                        }};
        m_open = 6;
        follow(clusterUid(m_client), [this](const Result<QString>& uid) {
            if (uid)
                m_found.clusterUid = *uid;
        });
        askSlices();
        ask(endpoint::source::ApiServerPods,
            question("/api/v1/namespaces/kube-system/pods", "component=kube-apiserver"), addressesInPods);
        ask(endpoint::source::KubeadmConfig, question("/api/v1/namespaces/kube-system/configmaps/kubeadm-config"),
            addressesInKubeadmConfig);
        ask(endpoint::source::ClusterInfo, question("/api/v1/namespaces/kube-public/configmaps/cluster-info"),
            addressesInClusterInfo);
        follow(m_client.askJson(question("/apis/platform.tkestack.io/v1/clusters")), [this](const Result<Json>& list) {
            if (list)
                m_platform = *list;
            else
                m_found.unread.emplace_back(endpoint::source::Platform, list.error());
        });
        return call;
    }

private:
    /// EndpointSlices are v1 from 1.21 on; what older clusters have is the Endpoints object, which newer ones warn of.
    void askSlices()
    {
        follow(m_client.askJson(question("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
                                         "kubernetes.io/service-name=kubernetes")),
               [this](const Result<Json>& list) {
                   if (list)
                       take(addressesInSlices(*list));
                   else
                       m_sliceError = list.error();
               });
    }

    void ask(const QString& source, transport::Request request, std::vector<Address> (*read)(const Json&))
    {
        follow(m_client.askJson(std::move(request)), [this, source, read](const Result<Json>& json) {
            if (json)
                take(read(*json));
            else
                m_found.unread.emplace_back(source, json.error());
        });
    }

    /// Under the lock.
    void take(std::vector<Address> addresses)
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        for (Address& address : addresses) {
            address.lastSeen = now;
            endpoint::addAddress(m_found.addresses, std::move(address));
        }
    }

    template <typename T, typename Take> void follow(base::Call<T> call, Take take)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_cancels.push_back(call.cancel);
        }
        call.future.then([self = shared_from_this(), take](const Result<T>& answer) {
            {
                const std::lock_guard lock(self->m_mutex);
                take(answer);
            }
            self->close();
        });
    }

    void close()
    {
        bool askEndpoints = false;
        {
            const std::lock_guard lock(m_mutex);
            if (--m_open > 0)
                return;
            const auto error = std::exchange(m_sliceError, std::nullopt);
            if (error && !m_canceled) {
                m_found.unread.emplace_back(endpoint::source::EndpointSlice, *error);
                askEndpoints = error->kind == base::ErrorKind::NotFound || error->kind == base::ErrorKind::Forbidden;
                m_open = askEndpoints ? 1 : 0;
            }
            m_cancels.clear();
        }
        if (askEndpoints) {
            follow(m_client.askJson(question("/api/v1/namespaces/default/endpoints/kubernetes")),
                   [this](const Result<Json>& json) {
                       if (json)
                           take(addressesInEndpoints(*json));
                   });
            return;
        }
        if (m_canceled)
            finish(base::failure({.kind = base::ErrorKind::Canceled}));
        else
            finish(whole());
    }

    FoundAddresses whole()
    {
        // The kubeconfig's server is one of the Real ones, or what the cluster is known by.
        endpoint::addAddress(m_found.addresses, {.type = endpoint::AddressType::Advertise,
                                                 .url = m_own,
                                                 .sources = {endpoint::source::Kubeconfig},
                                                 .lastSeen = QDateTime::currentDateTimeUtc()});
        take(addressesInPlatform(m_platform, m_found.addresses));
        endpoint::sortAddresses(m_found.addresses);
        return std::move(m_found);
    }

    void finish(Result<FoundAddresses> found)
    {
        if (std::exchange(m_answered, true))
            return;
        m_promise.addResult(std::move(found));
        m_promise.finish();
    }

    void cancel()
    {
        std::vector<std::function<void()>> cancels;
        {
            const std::lock_guard lock(m_mutex);
            m_canceled = true;
            cancels = m_cancels;
        }
        for (const auto& each : cancels)
            each();
    }

    const Client m_client;
    const QUrl m_own;
    QPromise<Result<FoundAddresses>> m_promise;
    std::mutex m_mutex;
    std::vector<std::function<void()>> m_cancels;
    FoundAddresses m_found;
    Json m_platform;
    std::optional<base::Error> m_sliceError;
    int m_open = 0;
    bool m_canceled = false;
    bool m_answered = false; ///< set by the last answer, or at the end of all
};

} // namespace

base::Call<FoundAddresses> findAddresses(const Client& client, const QUrl& own)
{
    return std::make_shared<Search>(client, own)->begin();
}

} // namespace kube
