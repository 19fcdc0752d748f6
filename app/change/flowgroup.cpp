#include "app/change/flowgroup.h"

#include <algorithm>

namespace change {

void FlowGroup::add(std::unique_ptr<Flow> flow)
{
    connect(flow.get(), &Flow::stateChanged, this, [this] {
        emit changed();
        if (m_beginning || isBusy() || !std::exchange(m_wasBusy, false))
            return;
        emit settled();
    });
    m_flows.push_back(std::move(flow));
}

bool FlowGroup::isBusy() const
{
    return std::ranges::any_of(m_flows, [](const auto& flow) { return flow->isBusy(); });
}

int FlowGroup::count(Flow::State state) const
{
    return static_cast<int>(std::ranges::count_if(m_flows, [&](const auto& flow) { return flow->state() == state; }));
}

void FlowGroup::begin(void (Flow::*step)())
{
    // Some settle at once (nothing to do, read-only): who listens hears of it when all have begun.
    m_beginning = true;
    m_wasBusy = true;
    for (const auto& flow : m_flows)
        (flow.get()->*step)();
    m_beginning = false;
    if (!isBusy() && std::exchange(m_wasBusy, false))
        QMetaObject::invokeMethod(this, &FlowGroup::settled, Qt::QueuedConnection);
}

void FlowGroup::preview()
{
    begin(&Flow::preview);
}

void FlowGroup::apply()
{
    begin(&Flow::apply);
}

void FlowGroup::cancel()
{
    begin(&Flow::cancel);
}

std::unique_ptr<FlowGroup> FlowGroup::undo() const
{
    auto back = std::make_unique<FlowGroup>();
    for (const auto& flow : m_flows)
        if (flow->state() == Flow::State::Applied && flow->changesAnything())
            back->add(flow->undo());
    return back->m_flows.empty() ? nullptr : std::move(back);
}

} // namespace change
