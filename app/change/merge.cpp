#include "app/change/merge.h"

#include "app/kube/jsonread.h"

#include <algorithm>

namespace change {
namespace {

using kube::Json;

bool isNamedList(const Json& value)
{
    return value.is_array() && !value.empty() &&
           std::ranges::all_of(value, [](const Json& each) { return kube::at(each, {"name"}).is_string(); });
}

void merge(Json& into, const Json& patch)
{
    if (isNamedList(patch) && (into.is_null() || into.empty() || isNamedList(into))) {
        if (!into.is_array())
            into = Json::array();
        for (const Json& each : patch) {
            const auto same =
                std::ranges::find_if(into, [&](const Json& other) { return other["name"] == each["name"]; });
            if (same == into.end())
                into.push_back(each);
            else
                merge(*same, each);
        }
        return;
    }
    if (!patch.is_object()) {
        into = patch;
        return;
    }
    if (!into.is_object())
        into = Json::object();
    for (const auto& [key, value] : patch.items()) {
        if (value.is_null())
            into.erase(key);
        else
            merge(into[key], value);
    }
}

} // namespace

Json patched(Json object, const Json& patch, PatchType type)
{
    if (type == PatchType::Strategic)
        merge(object, patch);
    else
        object.merge_patch(patch);
    return object;
}

} // namespace change
