#pragma once
// The addresses of one cluster, by TKEStack's types (tkestack/tke, api/platform/v1/types.go, AddressType).

#include <QString>
#include <QUrl>
#include <optional>

namespace config {

enum class AddressType {
    Real,      ///< the kube-apiserver of one master; one entry a master
    Advertise, ///< what the workers use: the HA VIP, or a third party's
    Public,    ///< reached from outside
    Internal,  ///< what the platform itself uses
    Support,
    Manual, ///< given by a person who did not say what it is
};

/// The name in alidadectl's JSON and in TKEStack's API: "Real", "Advertise", ...
QString idOf(AddressType type);
/// By that name, in any case, or by a word that stands for it in Chinese ("公网"); nothing for another text.
std::optional<AddressType> addressTypeOf(const QString& text);

struct KnownAddress {
    AddressType type = AddressType::Manual;
    QUrl url; ///< http or https; as ClusterEntry::server
    bool operator==(const KnownAddress&) const = default;
};

} // namespace config
