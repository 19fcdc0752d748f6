#include "app/endpoint/choice.h"

#include <tuple>

namespace endpoint {

std::optional<Choice> choiceFromText(const QString& text)
{
    if (text == QLatin1String("advertise"))
        return Choice{.type = AddressType::Advertise, .url = {}};
    if (text == QLatin1String("real"))
        return Choice{.type = AddressType::Real, .url = {}};
    if (text.startsWith(QLatin1String("real:"))) {
        bool isNumber = false;
        const int index = text.mid(5).toInt(&isNumber);
        return isNumber && index >= 0 ? std::optional(Choice{.type = AddressType::Real, .index = index, .url = {}})
                                      : std::nullopt;
    }
    const auto url = urlFromText(text);
    return url ? std::optional(Choice{.type = std::nullopt, .url = *url}) : std::nullopt;
}

std::vector<Address> chosen(const std::vector<Address>& addresses, const Choice& choice)
{
    std::vector<Address> meant;
    int index = 0;
    for (const Address& address : addresses) {
        if (!choice.type) {
            if (isSameAddress(address.url, choice.url))
                return {address};
        } else if (address.type == *choice.type) {
            if (choice.index < 0 || choice.index == index)
                meant.push_back(address);
            ++index;
        }
    }
    if (!choice.type)
        meant.push_back({.type = AddressType::Manual,
                         .url = choice.url,
                         .sources = {source::Manual},
                         .serverName = {},
                         .lastSeen = QDateTime::currentDateTimeUtc()});
    return meant;
}

const ProbeResult* refuge(const std::vector<ProbeResult>& results, const QUrl& inUse)
{
    const ProbeResult* best = nullptr;
    const auto rank = [](const ProbeResult& each) {
        return std::tuple(each.address.type, each.latency ? each.latency->medianMs : 1 << 20);
    };
    for (const ProbeResult& each : results)
        if (!isSameAddress(each.address.url, inUse) && each.isWell() && each.sameCluster == true &&
            (!best || rank(each) < rank(*best)))
            best = &each;
    return best;
}

} // namespace endpoint
