#pragma once
// Addresses as a person writes them: one a line, "10.0.222.46:6443 Real"; no type means that it is not known.

#include "app/config/address.h"

#include <vector>

namespace ui {

struct AddressLines {
    std::vector<config::KnownAddress> addresses;
    QString wrong; ///< the first line that is none; empty: all are
};

AddressLines addressesOf(const QString& lines);
QString linesOf(const std::vector<config::KnownAddress>& addresses);

} // namespace ui
