#include "app/snapshot/redactionaddresses.h"

#include "app/kube/jsonread.h"
#include "app/snapshot/redactionletters.h"
#include "app/snapshot/redactionvalues.h"

#include <algorithm>
#include <arpa/inet.h>
#include <optional>

namespace snapshot {

using kube::Json;

namespace {

/// The stand-in number n: the three ranges of RFC 5737, and when these are used up that of RFC 2544.
std::uint32_t standIn(std::uint32_t n)
{
    constexpr std::uint32_t Hosts = 254;
    constexpr std::array<std::uint32_t, 3> Ranges{0xC0000200, 0xC6336400, 0xCB007100};
    if (n / Hosts < Ranges.size())
        return Ranges[n / Hosts] + 1 + n % Hosts;
    return 0xC6120000 + (n - Hosts * 3) % 0x20000;
}

std::string written(std::uint32_t address, char separator)
{
    std::string text;
    for (int shift = 24; shift >= 0; shift -= 8) {
        text += std::to_string((address >> shift) & 0xff);
        if (shift > 0)
            text += separator;
    }
    return text;
}

struct Read {
    std::uint32_t address = 0;
    std::size_t end = 0;
};

/// Four numbers from here on.
std::optional<Read> readV4(std::string_view text, std::size_t at, char separator)
{
    std::uint32_t address = 0;
    for (int part = 0; part < 4; ++part) {
        if (part > 0 && (at >= text.size() || text[at++] != separator))
            return {};
        std::uint32_t number = 0;
        const std::size_t from = at;
        for (; at < text.size() && isDigit(text[at]) && at - from < 3; ++at)
            number = number * 10 + static_cast<std::uint32_t>(text[at] - '0');
        if (at == from || number > 255 || (at - from > 1 && text[from] == '0'))
            return {};
        address = address << 8 | number;
    }
    return Read{address, at};
}

bool isV6Letter(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
}

} // namespace

void AddressBook::add(std::string_view address)
{
    address = trimmed(address);
    if (address.starts_with('['))
        address = address.substr(1, std::min(address.find(']'), address.size()) - 1);
    if (const auto v4 = readV4(address, 0, '.')) {
        const bool isWhole = v4->end == address.size() || address[v4->end] == ':' || address[v4->end] == '/';
        const bool isOfItsOwn = v4->address >> 24 == 127 || v4->address == 0 || v4->address == 0xffffffff;
        if (isWhole && !isOfItsOwn)
            m_v4.emplace(v4->address, standIn(static_cast<std::uint32_t>(m_v4.size())));
        return;
    }
    const std::string text(address.substr(0, std::min<std::size_t>(address.find_first_of("/%"), 64)));
    V6 bytes{};
    if (text.find(':') == text.npos || inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1)
        return;
    if (std::all_of(bytes.begin(), bytes.end() - 1, [](unsigned char u) { return u == 0; }))
        return;
    m_v6.emplace(bytes, static_cast<std::uint32_t>(m_v6.size() + 1));
}

/// ip, host, address, vip: what TKEStack calls them (api/platform/v1/types.go).
void AddressBook::learnFields(const Json& json)
{
    if (json.is_array())
        for (const Json& each : json)
            learnFields(each);
    if (!json.is_object())
        return;
    for (const auto& [key, value] : json.items()) {
        if (value.is_structured())
            learnFields(value);
        else if (value.is_string() && (key == "ip" || key == "host" || key == "address" || key == "vip"))
            add(value.get_ref<const std::string&>());
    }
}

void AddressBook::learnText(std::string_view text)
{
    for (const std::string_view before :
         {std::string_view("server: https://"), std::string_view("controlPlaneEndpoint: "),
          std::string_view("advertiseAddress: ")})
        for (std::size_t at = text.find(before); at != text.npos; at = text.find(before, at + 1)) {
            std::string_view rest = text.substr(at + before.size());
            rest = rest.substr(0, std::min(rest.find_first_of(" \r\n\"'/"), rest.size()));
            add(rest);
        }
}

void AddressBook::learn(const Json& object, const QString& kind, bool isPlatform)
{
    const QString name = kube::rawText(object, {"metadata", "name"});
    const auto addText = [this](const Json& value) {
        if (value.is_string())
            add(value.get_ref<const std::string&>());
    };
    if (isPlatform)
        learnFields(object);
    else if (kind == QLatin1String("Node") || kube::at(object, {"status", "nodeInfo"}).is_object()) {
        for (const Json& each : kube::elements(object, {"status", "addresses"}))
            addText(kube::at(each, {"address"}));
        if (const Json& annotations = kube::at(object, {"metadata", "annotations"}); annotations.is_object())
            for (const Json& each : annotations)
                addText(each);
    } else if (kind == QLatin1String("Pod")) {
        addText(kube::at(object, {"status", "hostIP"}));
        for (const Json& each : kube::elements(object, {"status", "hostIPs"}))
            addText(kube::at(each, {"ip"}));
        addText(kube::at(
            object, {"metadata", "annotations", "kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint"}));
    } else if (name == QLatin1String("kubernetes") ||
               kube::rawText(object, {"metadata", "labels", "kubernetes.io/service-name"}) ==
                   QLatin1String("kubernetes")) {
        for (const Json& subset : kube::elements(object, {"subsets"}))
            for (const char* list : {"addresses", "notReadyAddresses"})
                for (const Json& each : kube::elements(subset, {list}))
                    addText(kube::at(each, {"ip"}));
        for (const Json& endpoint : kube::elements(object, {"endpoints"}))
            for (const Json& each : kube::elements(endpoint, {"addresses"}))
                addText(each);
    } else if (name == QLatin1String("kubeadm-config") || name == QLatin1String("cluster-info")) {
        if (const Json& data = kube::at(object, {"data"}); data.is_object())
            for (const Json& each : data)
                if (each.is_string())
                    learnText(each.get_ref<const std::string&>());
    }
}

std::size_t AddressBook::replaceV4(std::string_view text, std::size_t at, std::string& result) const
{
    for (const char separator : {'.', '-'}) {
        if (at > 1 && text[at - 1] == separator && isDigit(text[at - 2]))
            continue;
        const auto read = readV4(text, at, separator);
        if (!read)
            continue;
        const bool goesOn = read->end < text.size() &&
                            (isDigit(text[read->end]) || (text[read->end] == separator && read->end + 1 < text.size() &&
                                                          isDigit(text[read->end + 1])));
        const auto found = m_v4.find(read->address);
        if (goesOn || found == m_v4.end())
            continue;
        result += written(found->second, separator);
        return read->end;
    }
    return at;
}

std::size_t AddressBook::replaceV6(std::string_view text, std::size_t at, std::string& result) const
{
    constexpr std::size_t Longest = 45;
    std::size_t end = at;
    while (end < text.size() && end - at <= Longest && isV6Letter(text[end]))
        ++end;
    while (end > at + 1 && (text[end - 1] == '.' || (text[end - 1] == ':' && text[end - 2] != ':')))
        --end;
    V6 bytes{};
    if (end - at > Longest || std::ranges::count(text.substr(at, end - at), ':') < 2 ||
        inet_pton(AF_INET6, std::string(text.substr(at, end - at)).c_str(), bytes.data()) != 1)
        return at;
    const auto found = m_v6.find(bytes);
    if (found == m_v6.end())
        return at;
    V6 stand{0x20, 0x01, 0x0d, 0xb8};
    for (int i = 0; i < 4; ++i)
        stand[static_cast<std::size_t>(15 - i)] = static_cast<unsigned char>(found->second >> (8 * i));
    std::array<char, INET6_ADDRSTRLEN> shown{};
    inet_ntop(AF_INET6, stand.data(), shown.data(), shown.size());
    result += shown.data();
    return end;
}

std::int64_t AddressBook::replace(std::string& text) const
{
    constexpr std::size_t Shortest = 3;
    if (text.size() < Shortest || isEmpty())
        return 0;
    std::int64_t count = 0;
    std::string result;
    std::size_t taken = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isStart = i == 0 || !isDigit(text[i - 1]);
        std::string standing;
        std::size_t end = i;
        if (isDigit(text[i]) && isStart && !m_v4.empty())
            end = replaceV4(text, i, standing);
        if (end == i && !m_v6.empty() && isV6Letter(text[i]) &&
            (i == 0 || !(isV6Letter(text[i - 1]) || isWordLetter(text[i - 1]))))
            end = replaceV6(text, i, standing);
        if (end == i)
            continue;
        result.append(text, taken, i - taken);
        result += standing;
        taken = end;
        i = end - 1;
        ++count;
    }
    if (count > 0) {
        result.append(text, taken);
        text = std::move(result);
        return count;
    }
    // a kubeconfig or the like, wrapped
    if (!mayHoldText(text))
        return 0;
    auto decoded = decodedBase64(text);
    if (!decoded || !isText(*decoded))
        return 0;
    for (std::size_t i = 0; i + Shortest < decoded->size(); ++i)
        if (isDigit((*decoded)[i])) {
            std::string inner = *decoded;
            const std::int64_t inside = decodedBase64(inner) ? 0 : replace(inner);
            if (inside > 0)
                text = toBase64(inner);
            return inside;
        }
    return 0;
}

std::int64_t AddressBook::replace(Json& json) const
{
    if (isEmpty())
        return 0;
    if (json.is_string())
        return replace(json.get_ref<std::string&>());
    std::int64_t count = 0;
    if (json.is_array())
        for (Json& each : json)
            count += replace(each);
    if (!json.is_object())
        return count;
    bool renamed = false;
    Json made = Json::object();
    for (auto& [key, value] : json.get_ref<Json::object_t&>()) {
        count += replace(value);
        std::string name = key;
        renamed = renamed || replace(name) > 0;
    }
    if (!renamed)
        return count;
    for (auto& [key, value] : json.get_ref<Json::object_t&>()) {
        std::string name = key;
        count += replace(name);
        made.emplace(std::move(name), std::move(value));
    }
    json = std::move(made);
    return count;
}

} // namespace snapshot
