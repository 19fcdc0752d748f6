#include "app/snapshot/redactiontext.h"

#include "app/snapshot/redactionscan.h"

#include <algorithm>

namespace snapshot {

TextKind kindOf(std::string_view text)
{
    return text.find('\n') == text.npos ? TextKind::Line : TextKind::Config;
}

std::vector<Found> findSecrets(Knowledge& knowledge, std::string_view text, TextKind kind, int depth)
{
    constexpr std::size_t Shortest = 6;
    if (text.size() < Shortest)
        return {};
    std::vector<Found> found = TextScan(knowledge, text, kind, depth).run();
    if (!knowledge.values.isEmpty()) {
        std::vector<KnownValues::Place> places;
        knowledge.values.find(text, places);
        for (const auto& [begin, end] : places)
            found.push_back({begin, end, Mark::Plain});
    }
    if (found.size() < 2)
        return found;
    std::ranges::stable_sort(found, {}, &Found::begin);
    std::vector<Found> joined{found.front()};
    for (const Found& each : found) {
        Found& last = joined.back();
        if (each.begin < last.end)
            last.end = std::max(last.end, each.end);
        else
            joined.push_back(each);
    }
    return joined;
}

std::string withMarks(std::string_view text, const std::vector<Found>& found)
{
    std::string result;
    result.reserve(text.size());
    std::size_t at = 0;
    for (const Found& each : found) {
        result += text.substr(at, each.begin - at);
        result += mark(each.end - each.begin, each.style);
        at = each.end;
    }
    result += text.substr(at);
    return result;
}

} // namespace snapshot
