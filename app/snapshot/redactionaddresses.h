#pragma once
// Addresses of nodes and masters, and their stand-ins from the ranges for documentation.

#include "app/kube/json.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

namespace snapshot {

class AddressBook {
public:
    /// Remembers the addresses that an object says nodes or masters have: a Node, a Pod (of its host, of an API
    /// server's static pod), the Endpoints and EndpointSlices of default/kubernetes, ConfigMaps kubeadm-config and
    /// cluster-info, and TKEStack's kinds.
    void learn(const kube::Json& object, const QString& kind, bool isPlatform);
    /// An address as text, with or without a port; others and loopback are passed over.
    void add(std::string_view address);

    bool isEmpty() const { return m_v4.empty() && m_v6.empty(); }
    /// Replaces each address by its stand-in, also where it is written with dashes (ip-10-0-0-1); how many there were.
    std::int64_t replace(std::string& text) const;
    /// In all texts and keys.
    std::int64_t replace(kube::Json& json) const;

private:
    using V6 = std::array<unsigned char, 16>;

    void learnFields(const kube::Json& json);
    void learnText(std::string_view text);
    std::size_t replaceV4(std::string_view text, std::size_t at, std::string& result) const;
    std::size_t replaceV6(std::string_view text, std::size_t at, std::string& result) const;

    std::unordered_map<std::uint32_t, std::uint32_t> m_v4;
    std::map<V6, std::uint32_t> m_v6;
};

} // namespace snapshot
