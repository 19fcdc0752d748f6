#include "app/kube/objectkind_selector.h"

#include "app/base/names.h"

#include <algorithm>
#include <vector>

namespace kube::fields {
namespace {

struct Requirement {
    std::string_view key;
    std::string_view op; // "=" for matchLabels, else the operator of matchExpressions
    std::vector<std::string_view> values;
};

bool isValid(const Requirement& requirement)
{
    const bool set = requirement.op == "In" || requirement.op == "NotIn";
    const bool existence = requirement.op == "Exists" || requirement.op == "DoesNotExist";
    if ((set && requirement.values.empty()) || (existence && !requirement.values.empty()))
        return false;
    return (set || existence || requirement.op == "=") && base::isQualifiedName(requirement.key) &&
           std::ranges::all_of(requirement.values, [](std::string_view text) { return base::isLabelValue(text); });
}

void append(std::string& text, Requirement& requirement)
{
    if (requirement.op == "DoesNotExist")
        text += '!';
    text += requirement.key;
    if (requirement.op == "=")
        text.append("=").append(requirement.values.front());
    if (requirement.op != "In" && requirement.op != "NotIn")
        return;
    std::sort(requirement.values.begin(), requirement.values.end());
    text += requirement.op == "In" ? " in (" : " notin (";
    for (const std::string_view& one : requirement.values) {
        if (&one != &requirement.values.front())
            text += ',';
        text += one;
    }
    text += ')';
}

error_code readExpression(value from, Requirement& requirement)
{
    return eachField(from, [&](Key key, value field) {
        if (is(key, "key"))
            return readText(field, requirement.key);
        if (is(key, "operator"))
            return readText(field, requirement.op);
        if (!is(key, "values"))
            return simdjson::SUCCESS;
        requirement.values.clear();
        return eachElement(field, [&](value element) { return readText(element, requirement.values.emplace_back()); });
    });
}

} // namespace

error_code readSelector(value from, std::string& text)
{
    std::vector<Requirement> labels;
    std::vector<Requirement> expressions;
    const auto error = eachField(from, [&](Key key, value field) {
        if (is(key, "matchLabels")) {
            labels.clear();
            return eachEntry(field, [&](std::string_view label, value one) {
                std::string_view wanted;
                const auto failed = readText(one, wanted);
                labels.push_back({label, "=", {wanted}});
                return failed;
            });
        }
        if (!is(key, "matchExpressions"))
            return simdjson::SUCCESS;
        expressions.clear();
        return eachElement(field, [&](value element) { return readExpression(element, expressions.emplace_back()); });
    });
    text.clear();
    if (error)
        return error;
    std::move(expressions.begin(), expressions.end(), std::back_inserter(labels));
    if (!std::all_of(labels.begin(), labels.end(), isValid)) {
        text = "<invalid>";
        return simdjson::SUCCESS;
    }
    std::stable_sort(labels.begin(), labels.end(),
                     [](const Requirement& a, const Requirement& b) { return a.key < b.key; });
    for (Requirement& requirement : labels) {
        if (!text.empty())
            text += ',';
        append(text, requirement);
    }
    return simdjson::SUCCESS;
}

} // namespace kube::fields
