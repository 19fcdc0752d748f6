#include "app/change/fieldintent.h"

#include "app/kube/jsonread.h"

namespace change {

FieldIntent::FieldIntent(QString id, Target target, FieldPath path, kube::Json value, QStringList kubectl)
    : m_id(std::move(id)),
      m_target(std::move(target)),
      m_path(std::move(path)),
      m_value(std::move(value)),
      m_kubectl(std::move(kubectl))
{
}

kube::Json FieldIntent::touched(const kube::Json& object) const
{
    return kube::at(object, m_path);
}

kube::Json FieldIntent::patch(const kube::Json& live) const
{
    const kube::Json has = touched(live);
    // A bool that is false and one that is not there are the same to an APIServer, which leaves it out.
    const bool isSame = has == m_value || (has.is_null() && m_value == false) || (has == false && m_value.is_null());
    if (isSame)
        return nullptr;
    return nested(m_path, m_value);
}

IntentPtr FieldIntent::reversed(const kube::Json& before) const
{
    return std::make_shared<FieldIntent>(m_id, m_target, m_path, touched(before), QStringList());
}

std::vector<QString> FieldIntent::field() const
{
    return managedNames(m_path);
}

IntentPtr cordon(const QString& node, bool unschedulable)
{
    const QString verb = unschedulable ? QStringLiteral("cordon") : QStringLiteral("uncordon");
    return std::make_shared<FieldIntent>(verb, nodeTarget(node), FieldPath{"spec", "unschedulable"},
                                         unschedulable ? kube::Json(true) : kube::Json(nullptr),
                                         QStringList{verb, node});
}

} // namespace change
