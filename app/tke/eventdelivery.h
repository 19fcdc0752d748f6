#pragma once
// What event persistence made in a cluster, and whether it delivers: phase Running says that a Deployment stands, not
// that an event ever arrived. Facts: tkestack/tke pkg/platform/controller/addon/persistentevent (what is made, in
// kube-system); what fluentd says: github.com/uken/fluent-plugin-elasticsearch.

#include "app/tke/clientof.h"
#include "app/tke/eventstore.h"

#include <memory>

namespace tke {

struct Delivery {
    enum class Log {
        NotRead,  ///< there is none to read: see `logError`
        Quiet,    ///< it complains of nothing; that says something where it is not empty
        Delivers, ///< it complained, and then got through
        Fails,
    };
    std::optional<bool> hasDeployment; ///< none: see `error`
    base::Error error;
    int wanted = 0;
    int ready = 0;
    QString complaint; ///< of the Deployment's conditions or a container's state; made visible
    Log log = Log::NotRead;
    bool hasLogLines = false;
    QString words; ///< the line that says so, without passwords; made visible
    base::Error logError;
    // What fluentd was configured with; it may be left over from an earlier PersistentEvent.
    std::optional<StoreAddress> configured;
    QString configuredIndex;
    bool operator==(const Delivery&) const = default;

    bool isReady() const { return hasDeployment == true && wanted > 0 && ready >= wanted; }
};

/// Reads the Deployment, its pods, fluentd's log and, of fluentd's configuration, where it sends to. Always answers.
base::Call<Delivery> lookAtDelivery(const kube::Client& member);

/// What a log of fluentd says, by its last line that tells.
struct LogVerdict {
    Delivery::Log log = Delivery::Log::Quiet;
    QString words; ///< without passwords; made visible
};
LogVerdict verdictOf(const QString& log);
/// host, port, scheme and index_name of a configuration's Elasticsearch; nothing else of it is looked at.
std::optional<std::pair<StoreAddress, QString>> storeIn(const QString& fluentdConfiguration);

} // namespace tke
