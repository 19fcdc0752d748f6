#pragma once
// The addresses of one cluster: what kind each is, where it was heard of, and how those from several places become one
// list.

#include "app/config/address.h"

#include <QDateTime>
#include <QStringList>
#include <QUrl>
#include <optional>
#include <vector>

namespace endpoint {

using config::AddressType;
using config::idOf;

/// Where an address was heard of. The ids are those of alidadectl's JSON.
namespace source {
inline const QString Kubeconfig = QStringLiteral("kubeconfig");
inline const QString EndpointSlice = QStringLiteral("endpointSlice");
inline const QString ApiServerPods = QStringLiteral("apiServerPods");
inline const QString KubeadmConfig = QStringLiteral("kubeadmConfig");
inline const QString ClusterInfo = QStringLiteral("clusterInfo");
inline const QString Platform = QStringLiteral("platform");
inline const QString Manual = QStringLiteral("manual");
inline const QString Remembered = QStringLiteral("remembered"); ///< seen earlier, and not found again now
} // namespace source

struct Address {
    AddressType type = AddressType::Manual;
    QUrl url;            ///< http or https; a path is a prefix of all paths
    QStringList sources; ///< ids of `source`, each once
    QString serverName;  ///< a person's choice for a certificate that does not hold the host; empty: the host
    QDateTime lastSeen;  ///< when a source last told it, UTC
    bool operator==(const Address&) const = default;

    /// "https://192.0.2.1:6443": as it is shown, without a login.
    QString text() const;
};

/// What makes two addresses one: scheme, host, port (the scheme's own when none is written) and path.
QString keyOf(const QUrl& url);
bool isSameAddress(const QUrl& a, const QUrl& b);
/// https://host:port; an IPv6 address gets its brackets. Invalid for a host that is none.
QUrl urlOf(const QString& host, int port, const QString& path = {});
/// What a person or a file wrote: "10.0.0.1", "10.0.0.1:6443", "https://…". Without a scheme it is https, without a
/// scheme and a port 6443. Nothing for what is no address; a login, query and fragment are refused.
std::optional<QUrl> urlFromText(const QString& text);

/// What a profile says by hand, before the cluster was asked.
std::vector<Address> addressesOf(const std::vector<config::KnownAddress>& given);
/// Adds an address, or joins it with the one of the same URL: sources are united, the later lastSeen stays, and of two
/// types the one that tells more: Real, those of a platform, Advertise, Manual.
void addAddress(std::vector<Address>& addresses, Address address);
/// Real first, then by type; within one by host (numbers by value) and port. `real:N` counts in this order.
void sortAddresses(std::vector<Address>& addresses);

} // namespace endpoint
