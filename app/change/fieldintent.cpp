#include "app/change/fieldintent.h"

#include <ranges>

namespace change {

FieldIntent::FieldIntent(QString id, Target target, std::vector<std::string> path, kube::Json value,
                         QStringList kubectl)
    : m_id(std::move(id)),
      m_target(std::move(target)),
      m_path(std::move(path)),
      m_value(std::move(value)),
      m_kubectl(std::move(kubectl))
{
}

kube::Json FieldIntent::touched(const kube::Json& object) const
{
    const kube::Json* value = &object;
    for (const std::string& key : m_path) {
        if (!value->is_object())
            return nullptr;
        const auto found = value->find(key);
        if (found == value->end())
            return nullptr;
        value = &*found;
    }
    return *value;
}

kube::Json FieldIntent::patch(const kube::Json& live) const
{
    const kube::Json has = touched(live);
    // A bool that is false and one that is not there are the same to an APIServer, which leaves it out.
    const bool isSame = has == m_value || (has.is_null() && m_value == false) || (has == false && m_value.is_null());
    if (isSame)
        return nullptr;
    kube::Json patch = m_value;
    for (const std::string& key : std::views::reverse(m_path)) {
        kube::Json outer = kube::Json::object();
        outer[key] = std::move(patch);
        patch = std::move(outer);
    }
    return patch;
}

IntentPtr FieldIntent::reversed(const kube::Json& before) const
{
    return std::make_shared<FieldIntent>(m_id, m_target, m_path, touched(before), QStringList());
}

std::vector<QString> FieldIntent::field() const
{
    std::vector<QString> names;
    for (const std::string& key : m_path)
        names.push_back(QStringLiteral("f:") + QString::fromStdString(key));
    return names;
}

IntentPtr cordon(const QString& node, bool unschedulable)
{
    const QString verb = unschedulable ? QStringLiteral("cordon") : QStringLiteral("uncordon");
    return std::make_shared<FieldIntent>(verb, nodeTarget(node), std::vector<std::string>{"spec", "unschedulable"},
                                         unschedulable ? kube::Json(true) : kube::Json(nullptr),
                                         QStringList{verb, node});
}

} // namespace change
