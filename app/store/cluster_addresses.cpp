// Going from one address of a cluster to another.

#include "app/base/logging.h"
#include "app/endpoint/reach.h"
#include "app/store/cluster.h"

namespace store {
namespace {

constexpr std::chrono::seconds TryAgain{5};

} // namespace

void Cluster::switchTo(const endpoint::Address& address, bool assumeSameCluster)
{
    if (!isOpen() || m_switching)
        return;
    if (m_way.through) {
        emit switchRefused(address, {.kind = base::ErrorKind::BadConfig,
                                     .reason = QStringLiteral("throughPlatform"),
                                     .said = m_context.member,
                                     .ofWhom = this->address()});
        return;
    }
    m_switching = true;
    m_switchCalls.follow(m_addresses->probe(address, assumeSameCluster),
                         [this, address, assumeSameCluster](const base::Result<endpoint::ProbeResult>& result) {
                             m_switching = false;
                             if (!result) {
                                 emit switchRefused(address, result.error());
                                 return;
                             }
                             if (const auto refusal = kube::refusalOf(*result, assumeSameCluster))
                                 emit switchRefused(address, *refusal);
                             else
                                 moveTo(address);
                         });
}

void Cluster::moveTo(const endpoint::Address& address)
{
    auto transport = m_route(endpoint::endpointAt(m_addresses->own(), address), transport::As::Self);
    if (!transport) {
        emit switchRefused(address, transport.error());
        return;
    }
    qCInfo(logStore) << m_context.name << "goes from" << this->address() << "to" << address.text();
    m_addresses->setInUse(address);
    goOnOver(std::move(*transport));
}

void Cluster::moveAlong()
{
    if (!isOpen() || !m_way.through)
        return;
    if (auto transport = m_route(m_addresses->own(), transport::As::Self))
        goOnOver(std::move(*transport));
}

void Cluster::goOnOver(std::unique_ptr<transport::Transport> transport)
{
    m_transport->setTarget(std::move(transport));
    moveFeeds();
    m_heartbeat->beatNow();
    m_backoff.reset();
    if (!m_hasCatalog)
        discover();
    emit addressChanged();
}

void Cluster::setFailsOver(bool failsOver)
{
    if (failsOver == m_failsOver)
        return;
    m_failsOver = failsOver;
    if (!failsOver || !isOpen())
        return;
    if (m_heartbeat->isDown())
        failOver(*m_heartbeat->error());
    else
        m_addresses->survey(*m_client); // they have to be known before they are needed
}

void Cluster::failOver(const base::Error& error)
{
    if (!m_failsOver || m_switching || m_way.through)
        return;
    m_switching = true;
    m_switchCalls.follow(m_addresses->probeKnown(), [this, error](const base::Result<kube::AddressSurvey>& survey) {
        m_switching = false;
        if (!survey || !m_heartbeat->isDown())
            return;
        const auto* refuge = endpoint::refuge(survey->addresses, m_addresses->inUse().url);
        if (!refuge) {
            QTimer::singleShot(TryAgain, m_addresses.get(), [this, error] {
                if (m_heartbeat->isDown())
                    failOver(error);
            });
            return;
        }
        const QString from = address();
        moveTo(refuge->address);
        emit failedOver(from, address(), error);
    });
}

} // namespace store
