#include "app/metrics/serieslabels.h"

namespace metrics {
namespace {

constexpr std::string_view Exported = "exported_";
constexpr std::string_view Renamed = "_name";

/// How well a label answers to a name: the higher wins, 0 does not.
int rankOf(std::string_view label, std::string_view name)
{
    if (label == name)
        return 2;
    if (label.starts_with(Exported) && label.substr(Exported.size()) == name)
        return 3;
    const bool isRenamed = label.size() == name.size() + Renamed.size() && label.starts_with(name) &&
                           label.ends_with(Renamed) && (name == "pod" || name == "container");
    return isRenamed ? 1 : 0;
}

} // namespace

std::string_view objectLabel(std::span<const Label> labels, std::string_view name)
{
    int best = 0;
    std::string_view value;
    for (const Label& label : labels) {
        const int rank = rankOf(label.name, name);
        if (rank > best) {
            best = rank;
            value = label.value;
        }
    }
    return value;
}

QString objectLabel(const SeriesLabels& labels, const QString& name)
{
    const std::string wanted = name.toStdString();
    int best = 0;
    QString value;
    for (const auto& [label, text] : labels) {
        const int rank = rankOf(label.toStdString(), wanted);
        if (rank > best) {
            best = rank;
            value = text;
        }
    }
    return value;
}

} // namespace metrics
