#pragma once
// The addresses of one open cluster: which is in use, what the last look at each found, and what is remembered.

#include "app/base/calls.h"
#include "app/kube/addresssurvey.h"

namespace store {

/// Lives in the GUI thread.
class Addresses : public QObject {
    Q_OBJECT
public:
    /// `own`: the context's server, where one starts. `given`: others that a person knows of. `connect` makes
    /// transports for probes. `memoryFile`: see endpoint/memory.h; empty: nothing is remembered.
    Addresses(transport::Endpoint own, const std::vector<endpoint::Address>& given, transport::Connector connect,
              QString memoryFile);
    ~Addresses() override;

    const transport::Endpoint& own() const { return m_own; }
    /// The address that is spoken to.
    const endpoint::Address& inUse() const { return m_inUse; }
    void setInUse(const endpoint::Address& address);
    bool isInUse(const endpoint::Address& address) const;

    /// The last look, in the order of `real:N`; stages without a result before the first.
    const std::vector<endpoint::ProbeResult>& results() const { return m_results; }
    bool isLooking() const { return m_looking; }

    /// Asks the cluster for its addresses, so that their kinds are known and they are remembered; probes none:
    /// changed().
    void learn(const kube::Client& client);
    /// Asks the cluster for its addresses and probes each: changed().
    void survey(const kube::Client& client);
    /// Probes those that are known, and asks the cluster nothing: for when it does not answer.
    base::Call<kube::AddressSurvey> probeKnown() const;
    /// One look at one address, quickly.
    base::Call<endpoint::ProbeResult> probe(const endpoint::Address& address, bool assumeSameCluster) const;
    /// By hand. It is probed at once.
    void add(const QUrl& url);
    /// How an address of it is looked at, and those that are remembered.
    kube::ProbeOptions options() const;
    const endpoint::Known& known() const { return m_known; }
    /// UID of kube-system, once it is known for sure.
    void setClusterUid(const QString& uid) { m_clusterUid = uid; }

signals:
    /// Results, what is in use, or whether it is being looked.
    void changed();

private:
    void take(const kube::AddressSurvey& survey);
    void keep(const endpoint::ProbeResult& result);
    void remember() const;

    const transport::Endpoint m_own;
    const transport::Connector m_connect;
    const QString m_memoryFile;
    QString m_clusterUid;
    endpoint::Known m_known;
    endpoint::Address m_inUse;
    std::vector<endpoint::ProbeResult> m_results;
    quint64 m_looks = 0;
    bool m_looking = false;
    base::Calls m_learning;
    base::Calls m_surveying;
    base::Calls m_probes;
};

} // namespace store
