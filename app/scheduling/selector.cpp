#include "app/scheduling/selector.h"

#include "app/kube/jsonread.h"

#include <algorithm>

namespace scheduling {
namespace {

bool holds(const kube::Json& expression, const Labels& labels)
{
    const auto label = labels.find(kube::rawText(expression, {"key"}));
    const bool isThere = label != labels.end();
    const QString op = kube::rawText(expression, {"operator"});
    if (op == QLatin1String("Exists"))
        return isThere;
    if (op == QLatin1String("DoesNotExist"))
        return !isThere;
    const auto& values = kube::elements(expression, {"values"});
    const bool isIn = isThere && std::ranges::any_of(values, [&](const kube::Json& value) {
                          return value.is_string() && kube::rawText(value) == label->second;
                      });
    if (op == QLatin1String("In"))
        return isIn;
    return op == QLatin1String("NotIn") && !isIn;
}

} // namespace

Labels labelsOf(const kube::Json& map)
{
    Labels labels;
    if (map.is_object())
        for (const auto& [key, value] : map.items())
            if (value.is_string())
                labels[QString::fromStdString(key)] = kube::rawText(value);
    return labels;
}

bool selects(const kube::Json& selector, const Labels& labels)
{
    if (!selector.is_object())
        return false;
    for (const auto& [key, value] : labelsOf(kube::at(selector, {"matchLabels"}))) {
        const auto label = labels.find(key);
        if (label == labels.end() || label->second != value)
            return false;
    }
    return std::ranges::all_of(kube::elements(selector, {"matchExpressions"}),
                               [&](const kube::Json& expression) { return holds(expression, labels); });
}

} // namespace scheduling
