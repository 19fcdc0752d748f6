#pragma once
// The same change on several objects, and the way back.

#include "app/change/flow.h"
#include "app/change/writegroup.h"

namespace change {

class FlowGroup final : public WriteGroup {
    Q_OBJECT
public:
    explicit FlowGroup(QObject* parent = nullptr) : WriteGroup(parent) {}

    void add(std::unique_ptr<Flow> flow);
    const std::vector<Flow*>& flows() const { return m_flows; }
    /// The way back for those that were Applied and changed something; null when there are none.
    std::unique_ptr<FlowGroup> undo() const;

private:
    std::vector<Flow*> m_flows;
};

} // namespace change
