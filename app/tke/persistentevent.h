#pragma once
// Event persistence as the platform keeps it: one PersistentEvent a cluster, whose spec is hardly checked there. What
// is checked here, and what it becomes. Facts: tkestack/tke api/platform/v1/types.go (PersistentEvent),
// pkg/platform/registry/persistentevent/validation.go, pkg/platform/controller/addon/persistentevent.

#include "app/base/severity.h"
#include "app/kube/apiresource.h"
#include "app/kube/json.h"
#include "app/kube/objectref.h"
#include "app/tke/eventstore.h"
#include "app/tke/members.h"

#include <optional>
#include <vector>

namespace tke {

/// What is to be known of a PersistentEvent, there or to be made. The ids are stable; sentences are in
/// messages/eventpersistence.h.
///
/// Errors: nothing is delivered with one.
///   addressMissing schemeMissing portMissing addressPath addressInvalid  (a person's text)
///   schemeUnknown portZero portRange hostMissing  (a spec's fields, which the platform takes)
///   indexMissing indexUpperCase indexCharacter indexStart indexDots indexTooLong  (eventstore.h)
///   indexEscaped passwordEscaped  (the platform writes the value into fluentd's configuration as HTML)
///   clusterMissing clusterUnknown clusterTaken (detail: the PersistentEvent there is, "pe-abc (Running)")
///   backendMissing backendSeveral backendCls
///   passwordMissing userMissing passwordNotBase64 passwordLineBreak loginUnsupported (detail: the platform's version)
///   storeUnreachable (detail: the step) storeIsNone storeWantsLogin storeRefusesLogin  (a probe)
/// Warnings: indexNotInConsole loginInClear storeUntrusted (the certificate)
///   clustersUnread sinksUnread (detail: the server's words)  (nobody knows whether the cluster is there, or has one)
/// Infos: passwordReadable (who may read ConfigMaps of kube-system reads it) noCleaning storeOpenSearch
struct Remark {
    QString id;
    base::Severity severity = base::Severity::Error;
    QString detail = {}; ///< what it is about; as it was served or written; never a password
    bool operator==(const Remark&) const = default;
};
bool hasErrors(const std::vector<Remark>& remarks);

inline constexpr QLatin1String PersistentEventKey("persistentevents.platform.tkestack.io");
/// The platform's own cluster: the one that serves the platform's API.
inline constexpr QLatin1String GlobalCluster("global");

/// As a person fills it in.
struct EventSinkDraft {
    QString cluster; ///< "cls-abc12345"
    /// That of the cluster: whose users would not see the object else. Empty: the platform takes that of who asks.
    QString tenant = {};
    QString address; ///< "http://10.0.0.1:9200"
    QString index;
    QString user; ///< empty: no login
    QString password;
    bool operator==(const EventSinkDraft&) const = default;
};

/// The object to create, under a name of its own ("pe-" and eight letters).
kube::Json persistentEventOf(const EventSinkDraft& draft, const kube::ApiResource& resource, const QString& name);
QString newPersistentEventName();

/// One that is there.
struct EventSink {
    kube::ObjectRef ref;
    QString cluster;
    StoreAddress address;
    QString index;
    QString user;
    bool hasPassword = false;
    bool isElasticsearch = false; ///< of the two backends that there may be
    bool isCls = false;
    QString phase;  ///< "Running"; as served
    QString reason; ///< as served
    int retries = 0;
    std::vector<Remark> remarks; ///< on its spec alone
};
/// The password is looked at and not kept.
EventSink eventSinkOf(const kube::Json& object);

/// What a platform has, as far as it matters here.
struct EventPlatform {
    kube::ApiResource kind;                             ///< PersistentEvent, as it is served
    std::optional<std::vector<MemberCluster>> clusters; ///< none: see `clustersError`
    base::Error clustersError;
    std::optional<std::vector<EventSink>> sinks; ///< of all clusters; none: see `sinksError`
    base::Error sinksError;
    QString version; ///< "v1.9.2"; empty: not known

    /// The one that keeps this cluster's events; null: none is known.
    const EventSink* sinkOf(const QString& cluster) const;
};
/// Error{NotFound, "kindNotServed"} where the cluster serves no PersistentEvent. What else cannot be read is told in
/// its place.
base::Call<EventPlatform> readEventPlatform(const kube::Client& client);

/// Without a probe: what can be said of the draft itself.
std::vector<Remark> remarksOn(const EventSinkDraft& draft, const EventPlatform& platform);
/// What a probe of the draft's address adds.
std::vector<Remark> remarksOn(const StoreVisit& visit);

/// The version of the platform by the image of its Deployment tke-platform-api (namespace tke): "v1.9.2". Empty where
/// the tag is none.
QString platformVersionOf(const kube::Json& deployment);
/// A PersistentEvent's login is taken since v1.5.0. Nothing where the version is not known.
std::optional<bool> takesLogin(const QString& platformVersion);

} // namespace tke
