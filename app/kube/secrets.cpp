#include "app/kube/secrets.h"

namespace kube {
namespace {

constexpr auto LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

std::string masked(const Json& value, bool isBase64)
{
    const std::size_t length = value.is_string() ? value.get_ref<const std::string&>().size() : 0;
    return "<" + std::to_string(isBase64 ? length * 3 / 4 : length) + " bytes>";
}

} // namespace

Json withoutSecrets(Json object)
{
    if (!object.is_object())
        return object;
    const auto kind = object.find("kind");
    if (kind == object.end() || !kind->is_string() || kind->get_ref<const std::string&>() != "Secret")
        return object;
    for (const char* part : {"data", "stringData"})
        if (const auto values = object.find(part); values != object.end() && values->is_object())
            for (auto& [key, value] : values->items())
                value = masked(value, std::string_view(part) == "data");
    if (const auto metadata = object.find("metadata"); metadata != object.end() && metadata->is_object())
        if (const auto notes = metadata->find("annotations"); notes != metadata->end() && notes->is_object())
            if (const auto applied = notes->find(LastApplied); applied != notes->end())
                *applied = masked(*applied, false);
    return object;
}

std::pair<Json, Json> withoutSecrets(const Json& before, const Json& after)
{
    std::pair<Json, Json> sides{withoutSecrets(before), withoutSecrets(after)};
    if (sides.first == before && sides.second == after)
        return sides;
    const auto mark = [&](const Json::json_pointer& place) {
        if (!before.contains(place) || !after.contains(place) || before[place] == after[place])
            return;
        for (auto& [side, word] :
             {std::pair<Json*, const char*>{&sides.first, ", before>"}, {&sides.second, ", after>"}})
            if (std::string text = (*side)[place].is_string() ? (*side)[place].get<std::string>() : std::string();
                text.ends_with('>')) {
                text.replace(text.size() - 1, 1, word);
                (*side)[place] = std::move(text);
            }
    };
    for (const char* part : {"data", "stringData"}) {
        const Json::json_pointer place = Json::json_pointer() / part;
        if (before.contains(place) && before[place].is_object())
            for (const auto& [key, value] : before[place].items())
                mark(place / key);
    }
    mark(Json::json_pointer("/metadata/annotations") / LastApplied);
    return sides;
}

} // namespace kube
