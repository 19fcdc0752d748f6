#pragma once
// Which address is meant: "real", "real:1", "advertise", or a URL.

#include "app/endpoint/probe.h"

namespace endpoint {

struct Choice {
    std::optional<AddressType> type; ///< Real or Advertise; none: `url`
    int index = -1;                  ///< the N-th Real one, from 0; -1: any
    QUrl url;
    bool operator==(const Choice&) const = default;
};

/// Nothing for what is no choice.
std::optional<Choice> choiceFromText(const QString& text);

/// Those that are meant, in their order; a URL that is not among them comes back as a Manual one.
std::vector<Address> chosen(const std::vector<Address>& addresses, const Choice& choice);

/// Where to go when the address in use is gone: one that is well and known to be the same cluster. Real ones before the
/// others, the quickest first. Null: none.
const ProbeResult* refuge(const std::vector<ProbeResult>& results, const QUrl& inUse);

} // namespace endpoint
