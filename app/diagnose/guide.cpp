#include "app/diagnose/guide.h"

#include <QRegularExpression>
#include <algorithm>

namespace diagnose {
namespace {

/// What is pasted may be a whole log: its beginning says what it is about.
constexpr qsizetype LongestErrorText = 64 * 1024;

int weightOf(const Guide& guide, const QString& text)
{
    int weight = 0;
    for (const Pattern& pattern : guide.patterns) {
        const QRegularExpression regex(QString::fromUtf8(pattern.regex), QRegularExpression::CaseInsensitiveOption);
        if (regex.match(text).hasMatch())
            weight += pattern.weight;
    }
    return weight;
}

} // namespace

const std::vector<Guide>& allGuides()
{
    static const std::vector<Guide> all{
        endpointsGuide(), pendingGuide(),        immutableGuide(),       hostPathGuide(),
        metricsGuide(),   clusterMissingGuide(), businessMissingGuide(), businessNamespaceGuide(),
        registryGuide(),  eventsGuide(),         addonGuide(),
    };
    return all;
}

const Guide* findGuide(const QString& id)
{
    const auto found = std::ranges::find_if(allGuides(), [&id](const Guide& guide) { return guide.id == id; });
    return found == allGuides().end() ? nullptr : &*found;
}

std::vector<const Guide*> guidesFor(const QString& errorText)
{
    const QString text = errorText.left(LongestErrorText);
    std::vector<std::pair<int, const Guide*>> ranked;
    for (const Guide& guide : allGuides())
        if (const int weight = weightOf(guide, text); weight > 0)
            ranked.emplace_back(weight, &guide);
    std::ranges::stable_sort(ranked, [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<const Guide*> guides;
    for (const auto& [weight, guide] : ranked)
        guides.push_back(guide);
    return guides;
}

} // namespace diagnose
