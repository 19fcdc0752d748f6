#include "app/kube/addresssurvey.h"

#include "app/base/job.h"

namespace kube {
namespace {

using endpoint::Address;
using endpoint::ProbeResult;

/// Finds, then probes.
class Surveying final : public base::Job<AddressSurvey> {
public:
    /// Which of the addresses are to be probed.
    using Select = std::function<std::vector<Address>(std::vector<Address>)>;

    Surveying(ProbeOptions options, endpoint::Known remembered, Select select)
        : m_options(std::move(options)),
          m_remembered(std::move(remembered)),
          m_select(std::move(select))
    {
    }

    void begin(const Client& client)
    {
        follow(findAddresses(client, m_options.own.url),
               [this](const base::Result<FoundAddresses>& found) { take(found); });
    }

private:
    void take(const base::Result<FoundAddresses>& found)
    {
        if (!found) {
            end(base::failure(found.error()));
            return;
        }
        m_survey.unread = found->unread;
        for (const QString& uid : {found->clusterUid, m_options.clusterUid, m_remembered.clusterUid})
            if (m_survey.clusterUid.isEmpty())
                m_survey.clusterUid = uid;
        m_options.clusterUid = m_survey.clusterUid;
        probeAll(m_select(endpoint::joined(found->addresses, m_remembered)));
    }

public:
    void probeAll(const std::vector<Address>& addresses)
    {
        m_survey.addresses.resize(addresses.size());
        m_open = addresses.size();
        for (std::size_t i = 0; i < addresses.size(); ++i) {
            follow(probe(addresses[i], m_options), [this, i](const base::Result<ProbeResult>& result) {
                if (!result) {
                    end(base::failure(result.error()));
                    return;
                }
                m_survey.addresses[i] = *result;
                if (--m_open == 0)
                    end(m_survey);
            });
        }
        if (addresses.empty())
            end(m_survey);
    }

private:
    ProbeOptions m_options;
    const endpoint::Known m_remembered;
    const Select m_select;
    AddressSurvey m_survey;
    std::size_t m_open = 0;
};

base::Call<AddressSurvey> survey(const Client& client, const ProbeOptions& options, const endpoint::Known& remembered,
                                 Surveying::Select select)
{
    auto* surveying = new Surveying(options, remembered, std::move(select));
    auto call = surveying->call();
    surveying->begin(client);
    return call;
}

} // namespace

endpoint::Known AddressSurvey::known() const
{
    endpoint::Known known{.clusterUid = clusterUid, .addresses = {}};
    for (const ProbeResult& each : addresses)
        if (each.sameCluster != false)
            known.addresses.push_back(each.address);
    return known;
}

base::Call<AddressSurvey> surveyAddresses(const Client& client, const ProbeOptions& options,
                                          const endpoint::Known& remembered)
{
    return survey(client, options, remembered, [](std::vector<Address> addresses) { return addresses; });
}

base::Call<AddressSurvey> probeAddresses(std::vector<Address> addresses, const ProbeOptions& options)
{
    auto* surveying = new Surveying(options, {}, {});
    auto call = surveying->call();
    surveying->probeAll(addresses);
    return call;
}

base::Call<ProbeResult> chooseAddress(const Client& client, const ProbeOptions& options,
                                      const endpoint::Known& remembered, const endpoint::Choice& choice,
                                      const QString& serverName)
{
    ProbeOptions quick = options;
    quick.quick = true;
    auto call = survey(client, quick, remembered, [choice, serverName](const std::vector<Address>& addresses) {
        std::vector<Address> meant = endpoint::chosen(addresses, choice);
        if (!serverName.isEmpty())
            for (Address& each : meant)
                each.serverName = serverName;
        return meant;
    });
    return base::mapped<ProbeResult>(
        std::move(call),
        [assume = options.assumeSameCluster](const base::Result<AddressSurvey>& answer) -> base::Result<ProbeResult> {
            if (!answer)
                return base::failure(answer.error());
            std::optional<base::Error> first;
            for (const ProbeResult& each : answer->addresses) {
                auto refusal = refusalOf(each, assume);
                if (!refusal)
                    return each;
                if (!first)
                    first = std::move(refusal);
            }
            return base::failure(first.value_or(
                base::Error{.kind = base::ErrorKind::NotFound, .reason = QStringLiteral("endpointMissing")}));
        });
}

} // namespace kube
