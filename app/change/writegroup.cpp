#include "app/change/writegroup.h"

#include <algorithm>

namespace change {

void WriteGroup::add(std::unique_ptr<WriteFlow> flow)
{
    connect(flow.get(), &WriteFlow::stateChanged, this, [this] {
        emit changed();
        if (m_beginning || isBusy() || !std::exchange(m_wasBusy, false))
            return;
        emit settled();
    });
    m_writes.push_back(std::move(flow));
}

bool WriteGroup::isBusy() const
{
    return std::ranges::any_of(m_writes, [](const auto& flow) { return flow->isBusy(); });
}

int WriteGroup::count(WriteFlow::State state) const
{
    return static_cast<int>(std::ranges::count_if(m_writes, [&](const auto& flow) { return flow->state() == state; }));
}

int WriteGroup::changes() const
{
    using State = WriteFlow::State;
    return static_cast<int>(std::ranges::count_if(m_writes, [](const auto& flow) {
        const bool isJudged = flow->state() == State::Previewed || flow->state() == State::Applying ||
                              flow->state() == State::Rebasing || flow->state() == State::Applied;
        return isJudged && flow->changesAnything();
    }));
}

void WriteGroup::begin(void (WriteFlow::*step)())
{
    // Some settle at once (nothing to do, read-only): who listens hears of it when all have begun.
    m_beginning = true;
    m_wasBusy = true;
    for (const auto& flow : m_writes)
        (flow.get()->*step)();
    m_beginning = false;
    if (!isBusy() && std::exchange(m_wasBusy, false))
        QMetaObject::invokeMethod(this, &WriteGroup::settled, Qt::QueuedConnection);
}

void WriteGroup::preview()
{
    begin(&WriteFlow::preview);
}

void WriteGroup::apply()
{
    begin(&WriteFlow::apply);
}

void WriteGroup::cancel()
{
    begin(&WriteFlow::cancel);
}

} // namespace change
