#include "app/kube/jsonread.h"

namespace kube {
namespace {

template <typename Path> const Json& walk(const Json& object, const Path& path)
{
    static const Json nothing;
    const Json* value = &object;
    for (const auto& key : path) {
        if (!value->is_object())
            return nothing;
        const auto found = value->find(key);
        if (found == value->end())
            return nothing;
        value = &*found;
    }
    return *value;
}

} // namespace

const Json& at(const Json& object, std::initializer_list<const char*> path)
{
    return walk(object, path);
}

const Json& at(const Json& object, const std::vector<std::string>& path)
{
    return walk(object, path);
}

QString rawText(const Json& value)
{
    return value.is_string() ? QString::fromStdString(value.get_ref<const std::string&>()) : QString();
}

QString rawText(const Json& object, std::initializer_list<const char*> path)
{
    return rawText(at(object, path));
}

bool flag(const Json& object, std::initializer_list<const char*> path)
{
    const Json& value = at(object, path);
    return value.is_boolean() && value.get<bool>();
}

std::optional<qint64> number(const Json& value)
{
    return value.is_number_integer() ? std::optional<qint64>(value.get<qint64>()) : std::nullopt;
}

std::optional<qint64> number(const Json& object, std::initializer_list<const char*> path)
{
    return number(at(object, path));
}

const Json::array_t& elements(const Json& value)
{
    static const Json::array_t none;
    return value.is_array() ? value.get_ref<const Json::array_t&>() : none;
}

const Json::array_t& elements(const Json& object, std::initializer_list<const char*> path)
{
    return elements(at(object, path));
}

} // namespace kube
