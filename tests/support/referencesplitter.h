#pragma once
// The plainest way to cut a list into its items, byte by byte over the whole text: what the streaming splitter is
// compared with, in tests and in the fuzzer.

#include "app/kube/itemsplitter.h"

#include <QString>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace support {

struct SplitList {
    std::vector<std::string> items; ///< those before the failure, too
    std::string rest;               ///< the list without its items; empty after a failure
    QString failure;                ///< the reason's id; empty when there is none
    bool operator==(const SplitList&) const = default;
};

SplitList splitPlainly(std::string_view text, std::string_view member = "items");

/// The product's splitter, fed with pieces of the sizes that `next` gives.
SplitList splitInPieces(kube::ItemSplitter& splitter, std::string_view text, const std::function<std::size_t()>& next);
/// The same with pieces of one size.
SplitList splitInPieces(std::string_view text, std::size_t size, std::string_view member = "items");

} // namespace support
