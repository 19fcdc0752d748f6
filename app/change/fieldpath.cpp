#include "app/change/fieldpath.h"

#include <ranges>

namespace change {

kube::Json nested(const FieldPath& path, kube::Json value)
{
    for (const std::string& key : std::views::reverse(path)) {
        kube::Json outer = kube::Json::object();
        outer[key] = std::move(value);
        value = std::move(outer);
    }
    return value;
}

std::vector<QString> managedNames(const FieldPath& path)
{
    std::vector<QString> names;
    names.reserve(path.size());
    for (const std::string& key : path)
        names.push_back(QStringLiteral("f:") + QString::fromStdString(key));
    return names;
}

} // namespace change
