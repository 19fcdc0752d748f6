#include "app/store/addresses.h"

#include "app/base/logging.h"
#include "app/endpoint/reach.h"

#include <algorithm>

namespace store {

Addresses::Addresses(transport::Endpoint own, const std::vector<endpoint::Address>& given, transport::Connector connect,
                     QString memoryFile)
    : m_own(std::move(own)),
      m_connect(std::move(connect)),
      m_memoryFile(std::move(memoryFile))
{
    if (!m_memoryFile.isEmpty())
        m_known = endpoint::recall(m_memoryFile, endpoint::memoryKey(m_own));
    for (const endpoint::Address& each : given)
        endpoint::addAddress(m_known.addresses, each);
    m_clusterUid = m_known.clusterUid;
    m_inUse = {.type = endpoint::AddressType::Advertise,
               .url = m_own.url,
               .sources = {endpoint::source::Kubeconfig},
               .serverName = {},
               .lastSeen = QDateTime::currentDateTimeUtc()};
    for (const endpoint::Address& address : endpoint::joined({m_inUse}, m_known)) {
        endpoint::ProbeResult result;
        result.address = address;
        if (isInUse(address))
            m_inUse = address;
        m_results.push_back(std::move(result));
    }
}

Addresses::~Addresses() = default;

void Addresses::learn(const kube::Client& client)
{
    if (m_looking || m_learning.open() > 0)
        return;
    m_learning.follow(kube::findAddresses(client, m_own.url), [this, look = m_looks](
                                                                  const base::Result<kube::FoundAddresses>& found) {
        if (!found || look != m_looks) // a look at all of them found out more
            return;
        kube::AddressSurvey survey{.clusterUid = found->clusterUid.isEmpty() ? m_clusterUid : found->clusterUid};
        for (const endpoint::Address& address : endpoint::joined(found->addresses, m_known)) {
            const auto known = std::find_if(m_results.begin(), m_results.end(), [&](const endpoint::ProbeResult& each) {
                return endpoint::isSameAddress(each.address.url, address.url);
            });
            survey.addresses.push_back(known == m_results.end() ? endpoint::ProbeResult() : *known);
            survey.addresses.back().address = address;
        }
        take(survey);
        emit changed();
    });
}

void Addresses::setInUse(const endpoint::Address& address)
{
    m_inUse = address;
    for (endpoint::ProbeResult& each : m_results)
        if (isInUse(each.address))
            each.address.serverName = address.serverName;
    // A server name that was chosen once is not asked for again.
    for (endpoint::Address& each : m_known.addresses)
        if (isInUse(each))
            each.serverName = address.serverName;
    remember();
    emit changed();
}

bool Addresses::isInUse(const endpoint::Address& address) const
{
    return endpoint::isSameAddress(address.url, m_inUse.url);
}

kube::ProbeOptions Addresses::options() const
{
    return {.own = m_own, .connect = m_connect, .clusterUid = m_clusterUid};
}

void Addresses::survey(const kube::Client& client)
{
    m_surveying.cancel();
    m_looking = true;
    ++m_looks;
    m_surveying.follow(kube::surveyAddresses(client, options(), m_known),
                       [this](const base::Result<kube::AddressSurvey>& survey) {
                           m_looking = false;
                           if (survey)
                               take(*survey);
                           emit changed();
                       });
    emit changed();
}

base::Call<kube::AddressSurvey> Addresses::probeKnown() const
{
    std::vector<endpoint::Address> addresses;
    for (const endpoint::ProbeResult& each : m_results)
        addresses.push_back(each.address);
    return kube::probeAddresses(std::move(addresses), options());
}

base::Call<endpoint::ProbeResult> Addresses::probe(const endpoint::Address& address, bool assumeSameCluster) const
{
    kube::ProbeOptions quick = options();
    quick.quick = true;
    quick.assumeSameCluster = assumeSameCluster;
    return kube::probe(address, quick);
}

void Addresses::add(const QUrl& url)
{
    const endpoint::Address address{.type = endpoint::AddressType::Manual,
                                    .url = url,
                                    .sources = {endpoint::source::Manual},
                                    .serverName = {},
                                    .lastSeen = QDateTime::currentDateTimeUtc()};
    endpoint::addAddress(m_known.addresses, address);
    endpoint::ProbeResult unknown;
    unknown.address = address;
    keep(unknown);
    remember();
    emit changed();
    m_probes.follow(kube::probe(address, options()), [this](const base::Result<endpoint::ProbeResult>& result) {
        if (!result)
            return;
        keep(*result);
        emit changed();
    });
}

void Addresses::keep(const endpoint::ProbeResult& result)
{
    const auto known = std::find_if(m_results.begin(), m_results.end(), [&](const endpoint::ProbeResult& each) {
        return endpoint::isSameAddress(each.address.url, result.address.url);
    });
    if (known == m_results.end())
        m_results.push_back(result);
    else if (result.answers() || result.failure())
        *known = result;
}

void Addresses::take(const kube::AddressSurvey& survey)
{
    m_results = survey.addresses;
    m_clusterUid = survey.clusterUid;
    m_known = survey.known();
    for (const endpoint::ProbeResult& each : m_results)
        if (isInUse(each.address))
            m_inUse = each.address;
    remember();
}

void Addresses::remember() const
{
    if (m_memoryFile.isEmpty())
        return;
    if (const auto written = endpoint::remember(m_memoryFile, endpoint::memoryKey(m_own), m_known); !written)
        qCWarning(logStore) << "addresses are not remembered:" << written.error().said;
}

} // namespace store
