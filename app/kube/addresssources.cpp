// What each of the sources says: the parsing half of addresses.h.
#include "app/kube/addresses.h"

#include "app/base/visible.h"
#include "app/config/yaml.h"
#include "app/kube/jsonread.h"

#include <algorithm>

namespace kube {
namespace {

using endpoint::Address;
using endpoint::AddressType;

constexpr std::size_t MostAddresses = 64; // of one source

int portIn(const Json& object)
{
    return static_cast<int>(std::clamp<qint64>(number(object, {"port"}).value_or(0), 0, 1 << 20));
}

void add(std::vector<Address>& addresses, AddressType type, const QUrl& url, const QString& source)
{
    if (url.isValid() && !url.host().isEmpty() && addresses.size() < MostAddresses)
        endpoint::addAddress(addresses, {.type = type, .url = url, .sources = {source}});
}

/// The port of https, or the only one.
int httpsPort(const Json& ports)
{
    int port = 0;
    for (const Json& each : elements(ports))
        if (port == 0 || rawText(each, {"name"}) == QLatin1String("https"))
            port = portIn(each);
    return port;
}

/// A YAML text inside a ConfigMap.
base::Result<config::YamlDocument> yamlIn(const Json& configMap, const char* key)
{
    return config::parseYaml(rawText(configMap, {"data", key}).toUtf8(),
                             {.bytes = 1 << 20, .nodes = 20'000, .depth = 32});
}

QString text(const config::YamlNode* node)
{
    return node && node->kind == config::YamlNode::Kind::String ? QString::fromStdString(node->text) : QString();
}

} // namespace

std::vector<Address> addressesInSlices(const Json& list)
{
    std::vector<Address> addresses;
    for (const Json& slice : elements(list, {"items"})) {
        const int port = httpsPort(at(slice, {"ports"}));
        for (const Json& each : elements(slice, {"endpoints"}))
            for (const Json& host : elements(each, {"addresses"}))
                add(addresses, AddressType::Real, endpoint::urlOf(rawText(host), port),
                    endpoint::source::EndpointSlice);
    }
    return addresses;
}

std::vector<Address> addressesInEndpoints(const Json& endpoints)
{
    std::vector<Address> addresses;
    for (const Json& subset : elements(endpoints, {"subsets"})) {
        const int port = httpsPort(at(subset, {"ports"}));
        for (const Json& each : elements(subset, {"addresses"}))
            add(addresses, AddressType::Real, endpoint::urlOf(rawText(each, {"ip"}), port),
                endpoint::source::EndpointSlice);
    }
    return addresses;
}

std::vector<Address> addressesInPods(const Json& list)
{
    std::vector<Address> addresses;
    for (const Json& pod : elements(list, {"items"})) {
        const QString said = rawText(
            pod, {"metadata", "annotations", "kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint"});
        if (const auto url = endpoint::urlFromText(said); url && !said.contains(QLatin1String("://")))
            add(addresses, AddressType::Real, *url, endpoint::source::ApiServerPods);
    }
    return addresses;
}

std::vector<Address> addressesInKubeadmConfig(const Json& configMap)
{
    std::vector<Address> addresses;
    const auto yaml = yamlIn(configMap, "ClusterConfiguration");
    if (!yaml)
        return addresses;
    const QString said = text(yaml->root->find("controlPlaneEndpoint"));
    if (const auto url = endpoint::urlFromText(said); url && !said.contains(QLatin1String("://")))
        add(addresses, AddressType::Advertise, *url, endpoint::source::KubeadmConfig);
    return addresses;
}

std::vector<Address> addressesInClusterInfo(const Json& configMap)
{
    std::vector<Address> addresses;
    const auto yaml = yamlIn(configMap, "kubeconfig");
    const config::YamlNode* clusters = yaml ? yaml->root->find("clusters") : nullptr;
    if (!clusters)
        return addresses;
    for (const config::YamlNode* each : clusters->items) {
        const config::YamlNode* cluster = each->find("cluster");
        const QString said = cluster ? text(cluster->find("server")) : QString();
        if (const auto url = endpoint::urlFromText(said); url && url->scheme() == QLatin1String("https"))
            add(addresses, AddressType::Advertise, *url, endpoint::source::ClusterInfo);
    }
    return addresses;
}

PlatformAddresses platformAddresses(const Json& cluster)
{
    PlatformAddresses found;
    for (const Json& each : elements(cluster, {"status", "addresses"})) {
        if (found.addresses.size() + static_cast<std::size_t>(found.unread.size()) >= MostAddresses)
            break;
        const QString type = rawText(each, {"type"});
        const QString host = rawText(each, {"host"});
        const auto known = config::addressTypeOf(type);
        const QUrl url = endpoint::urlOf(host, portIn(each), rawText(each, {"path"}));
        if (known && *known != AddressType::Manual && url.isValid() && !url.host().isEmpty())
            found.addresses.push_back({.type = *known,
                                       .url = url,
                                       .sources = {endpoint::source::Platform},
                                       .serverName = {},
                                       .lastSeen = {}});
        else
            found.unread << base::visible(QStringLiteral("%1 %2:%3").arg(type, host).arg(portIn(each))).left(256);
    }
    return found;
}

std::vector<Address> addressesInPlatform(const Json& list, const std::vector<Address>& known)
{
    for (const Json& cluster : elements(list, {"items"})) {
        const std::vector<Address> addresses = platformAddresses(cluster).addresses;
        const bool isThis = std::any_of(addresses.begin(), addresses.end(), [&](const Address& address) {
            return std::any_of(known.begin(), known.end(),
                               [&](const Address& each) { return endpoint::isSameAddress(each.url, address.url); });
        });
        if (isThis)
            return addresses;
    }
    return {};
}

} // namespace kube
