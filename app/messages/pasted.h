#pragma once
// What was found in a pasted text and what is missing, each a sentence.

#include "app/config/pasted.h"

namespace messages {

struct PasteFinding {
    QString id;           ///< "addresses", "token", "ca", "clientCertificate", or that of a note
    bool isFound = false; ///< false: missing, or left out
    QString sentence;
    bool operator==(const PasteFinding&) const = default;
};

/// In the order in which a person looks for them. No secret stands in a sentence.
std::vector<PasteFinding> findingsOf(const config::Pasted& pasted);

} // namespace messages
