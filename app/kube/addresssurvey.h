#pragma once
// All addresses of a cluster with a probe of each: those that it tells, and those remembered.

#include "app/endpoint/choice.h"
#include "app/endpoint/memory.h"
#include "app/kube/addresses.h"
#include "app/kube/probe.h"

namespace kube {

struct AddressSurvey {
    std::vector<endpoint::ProbeResult> addresses;        ///< in the order in which `real:N` counts
    std::vector<std::pair<QString, base::Error>> unread; ///< sources without an answer: see FoundAddresses
    QString clusterUid; ///< as the address in use told it, else as it is remembered; empty: not known

    /// What to remember: every address but those of another cluster.
    endpoint::Known known() const;
};

/// `client` speaks to the address in use, which may be dead. What `options` says of clusterUid is taken where that
/// address does not tell it. Works in the calling thread, which has an event loop. An Error only for Canceled and
/// BadConfig.
base::Call<AddressSurvey> surveyAddresses(const Client& client, const ProbeOptions& options,
                                          const endpoint::Known& remembered);

/// Probes these addresses, and asks nobody for others.
base::Call<AddressSurvey> probeAddresses(std::vector<endpoint::Address> addresses, const ProbeOptions& options);

/// The first of the addresses that are meant which may be used, probed quickly. Error{NotFound, "endpointMissing"} when
/// there is none of that kind; else why the first of them may not be used: see refusalOf().
/// `serverName`: to be looked for in its certificate; empty: its own.
base::Call<endpoint::ProbeResult> chooseAddress(const Client& client, const ProbeOptions& options,
                                                const endpoint::Known& remembered, const endpoint::Choice& choice,
                                                const QString& serverName = {});

} // namespace kube
