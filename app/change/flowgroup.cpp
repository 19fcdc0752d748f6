#include "app/change/flowgroup.h"

namespace change {

void FlowGroup::add(std::unique_ptr<Flow> flow)
{
    m_flows.push_back(flow.get());
    WriteGroup::add(std::move(flow));
}

std::unique_ptr<FlowGroup> FlowGroup::undo() const
{
    auto back = std::make_unique<FlowGroup>();
    for (const Flow* flow : m_flows)
        if (flow->canUndo())
            back->add(flow->undo());
    return back->m_flows.empty() ? nullptr : std::move(back);
}

} // namespace change
