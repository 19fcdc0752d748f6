#include "app/scheduling/taintdraft.h"

#include "app/kube/jsonread.h"

#include <algorithm>

namespace scheduling {
namespace {

bool isRole(const QString& key)
{
    return key.startsWith(QLatin1String("node-role.kubernetes.io/"));
}

} // namespace

void TaintDraft::setNodes(const std::vector<NodeFacts>& nodes)
{
    m_nodes = nodes;
}

bool TaintDraft::isLocked(const Taint& taint) const
{
    return (isControllersKey(taint.key) || isRole(taint.key)) &&
           std::ranges::none_of(m_unlocked, [&](const Taint& each) { return each.isSame(taint); });
}

std::vector<DraftTaint> TaintDraft::lines() const
{
    std::vector<DraftTaint> lines;
    for (const NodeFacts& node : m_nodes) {
        for (const kube::Json& served : kube::elements(node.taints)) {
            const Taint taint = taintOf(served);
            const auto known = std::ranges::find_if(lines, [&](const DraftTaint& line) {
                return line.taint.isSame(taint) && line.taint.value == taint.value;
            });
            if (known != lines.end()) {
                known->nodes += node.name;
                continue;
            }
            const bool goes =
                std::ranges::any_of(m_edit.remove, [&](const TaintRemoval& removal) { return removal.covers(taint); });
            // Where another value is to come, this one goes.
            const bool isReplaced = std::ranges::any_of(
                m_edit.set, [&](const Taint& each) { return each.isSame(taint) && each.value != taint.value; });
            lines.push_back({taint,
                             {node.name},
                             goes || isReplaced ? DraftTaint::State::Removed : DraftTaint::State::Kept,
                             isLocked(taint)});
        }
    }
    for (const Taint& taint : m_edit.set)
        lines.push_back({taint, {}, DraftTaint::State::Added, false});
    return lines;
}

std::optional<SpecProblem> TaintDraft::add(const QString& key, const QString& value, const QString& effect)
{
    if (auto problem = problemOfKey(key))
        return problem;
    if (auto problem = problemOfValue(value))
        return problem;
    if (auto problem = problemOfEffect(effect))
        return problem;
    const Taint taint{key, value, effect, {}};
    restore(taint);
    std::erase_if(m_edit.set, [&](const Taint& each) { return each.isSame(taint); });
    m_edit.set.push_back(taint);
    return std::nullopt;
}

bool TaintDraft::remove(const Taint& taint)
{
    if (std::erase_if(m_edit.set, [&](const Taint& each) { return each.isSame(taint); }) > 0)
        return true;
    if (isLocked(taint))
        return false;
    const TaintRemoval removal{taint.key, taint.effect};
    if (std::ranges::find(m_edit.remove, removal) == m_edit.remove.end())
        m_edit.remove.push_back(removal);
    return true;
}

void TaintDraft::restore(const Taint& taint)
{
    std::erase_if(m_edit.remove, [&](const TaintRemoval& removal) { return removal.covers(taint); });
    std::erase_if(m_edit.set, [&](const Taint& each) { return each.isSame(taint); });
}

void TaintDraft::unlock(const Taint& taint)
{
    if (isLocked(taint))
        m_unlocked.push_back(taint);
}

void TaintDraft::clear()
{
    m_edit = {};
    m_unlocked.clear();
}

} // namespace scheduling
