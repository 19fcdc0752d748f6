#pragma once
// What a look at one address found, stage by stage, as a value. The stages up to TLS are in endpoint/reach.h; what is
// asked of the API server behind them, in kube/probe.h.

#include "app/base/error.h"
#include "app/endpoint/address.h"

#include <array>

namespace endpoint {

enum class Stage { Resolve, Tcp, Tls, Livez, Readyz, Version };
inline constexpr std::array AllStages{Stage::Resolve, Stage::Tcp,    Stage::Tls,
                                      Stage::Livez,   Stage::Readyz, Stage::Version};
/// The name in alidadectl's JSON: "resolve", "tcp", "tls", "livez", "readyz", "version".
QString idOf(Stage stage);

struct StageResult {
    std::optional<bool> ok;   ///< none: not reached, does not apply (TLS of http), or not permitted: see `error`
    std::optional<qint64> ms; ///< how long it took; none: not begun
    base::Error error;        ///< when `ok` is not true and there is something to say
    bool operator==(const StageResult&) const = default;
};

/// The certificate that the server showed; texts are for showing.
struct CertificateFacts {
    QString subject; ///< common name, else the whole distinguished name
    QString issuer;
    QDateTime notBefore; ///< UTC
    QDateTime notAfter;
    QStringList sans; ///< DNS names and IP addresses
    /// It chains to the cluster's own CA; none where the kubeconfig gives none (public roots) or says not to look.
    std::optional<bool> isOfCluster;
    bool operator==(const CertificateFacts&) const = default;
};

struct Latency {
    int medianMs = 0;
    int maxMs = 0;
    bool operator==(const Latency&) const = default;
};

/// Several connections side by side: an address behind which one of several servers is dead fails now and then.
struct Attempts {
    int tried = 0;
    int failed = 0;
    base::Error error; ///< of the last that failed
    bool operator==(const Attempts&) const = default;
};

struct ProbeResult {
    Address address;
    std::array<StageResult, AllStages.size()> stages;
    std::optional<CertificateFacts> certificate;
    QString serverName; ///< what was looked for in the certificate
    /// A name that the certificate does hold, where it chains to the cluster's CA and its only fault is the host: to be
    /// offered to the person. Never used without being chosen.
    QString offeredServerName;
    QString version;                ///< "v1.36.3"; empty: not told
    QStringList failingChecks;      ///< of /readyz?verbose
    std::optional<qint64> skewMs;   ///< the server's clock minus ours; 0 within the second that a Date header tells
    std::optional<Latency> latency; ///< of questions over a connection that stood
    Attempts attempts;
    /// By the UID of kube-system, or (false) by a certificate that is not of the cluster's CA. None: cannot be told.
    std::optional<bool> sameCluster;
    QString clusterUid; ///< as this address told it; empty: not asked, or not permitted

    StageResult& at(Stage stage) { return stages[static_cast<std::size_t>(stage)]; }
    const StageResult& at(Stage stage) const { return stages[static_cast<std::size_t>(stage)]; }
    /// An HTTP answer came, whatever it was.
    bool answers() const;
    /// It lives, is ready as far as it says, and nothing on the way failed, not even now and then.
    bool isWell() const;
    /// The first stage that failed.
    std::optional<Stage> failure() const;
};

/// The name of a certificate that may stand in for a host that it does not hold: one that every API server's has before
/// one of a machine; never a wildcard. Empty: none.
QString offeredName(const QStringList& sans);

/// The middle and the worst of some latencies in milliseconds; none of none.
std::optional<Latency> latencyOf(std::vector<int> ms);

} // namespace endpoint
