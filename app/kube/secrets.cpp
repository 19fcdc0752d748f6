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

} // namespace kube
