#pragma once
// A set of taints while a person builds it for one or several nodes: what the nodes have, what is to come and to go.
// A value; it asks nobody.

#include "app/scheduling/taintimpact.h"

namespace scheduling {

/// One line of the draft. What several nodes have with the same value is one line.
struct DraftTaint {
    enum class State { Kept, Added, Removed };
    Taint taint;
    QStringList nodes; ///< those of the chosen that have it; empty: an addition
    State state = State::Kept;
    bool isLocked = false; ///< set by Kubernetes' own parts: unlocked by name before it can go
    bool operator==(const DraftTaint&) const = default;
};

class TaintDraft {
public:
    /// What the chosen nodes have now. Additions, removals and unlocked taints stay as they are.
    void setNodes(const std::vector<NodeFacts>& nodes);

    /// What the nodes have in their order, then what is added.
    std::vector<DraftTaint> lines() const;
    bool isEmpty() const { return m_edit.isEmpty(); }
    const TaintEdit& edit() const { return m_edit; }

    /// Adds, or gives another value to what is there; takes back a removal of the same.
    std::optional<SpecProblem> add(const QString& key, const QString& value, const QString& effect);
    /// Takes away what the nodes have, or an addition. False for one that is locked.
    bool remove(const Taint& taint);
    /// Takes back a removal.
    void restore(const Taint& taint);
    void unlock(const Taint& taint);
    void clear();

private:
    bool isLocked(const Taint& taint) const;

    std::vector<NodeFacts> m_nodes;
    TaintEdit m_edit;
    std::vector<Taint> m_unlocked;
};

} // namespace scheduling
