#include "app/change/taintintent.h"

#include "app/kube/jsonread.h"

#include <algorithm>

namespace change {
namespace {

const kube::Json& taintsOf(const kube::Json& node)
{
    return kube::at(node, {"spec", "taints"});
}

} // namespace

TaintIntent::TaintIntent(const QString& node, scheduling::TaintEdit edit)
    : m_target(nodeTarget(node)),
      m_edit(std::move(edit)),
      m_scope(m_edit)
{
}

kube::Json TaintIntent::touched(const kube::Json& object) const
{
    kube::Json touched = scheduling::touchedBy(taintsOf(object), m_scope);
    std::sort(touched.begin(), touched.end(), [](const kube::Json& a, const kube::Json& b) {
        const auto left = scheduling::taintOf(a);
        const auto right = scheduling::taintOf(b);
        return std::tie(left.key, left.effect) < std::tie(right.key, right.effect);
    });
    return touched;
}

kube::Json TaintIntent::patch(const kube::Json& live) const
{
    const kube::Json& before = taintsOf(live);
    kube::Json after = scheduling::withEdit(before, m_edit);
    if (after == (before.is_array() ? before : kube::Json::array()))
        return nullptr;
    kube::Json patch;
    patch["spec"]["taints"] = after.empty() ? kube::Json(nullptr) : std::move(after);
    return patch;
}

IntentPtr TaintIntent::reversed(const kube::Json& before) const
{
    auto back = std::make_shared<TaintIntent>(m_target.name, scheduling::reversed(taintsOf(before), m_edit));
    back->m_scope = m_scope;
    return back;
}

QStringList TaintIntent::kubectl() const
{
    return QStringList{QStringLiteral("taint"), QStringLiteral("nodes"), m_target.name} + scheduling::specsOf(m_edit) +
           (m_edit.set.empty() ? QStringList() : QStringList{QStringLiteral("--overwrite")});
}

} // namespace change
