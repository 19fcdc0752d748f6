#include "app/change/formwrite.h"

namespace change {

using State = WriteFlow::State;

FormWrite::FormWrite(QObject* parent) : QObject(parent) {}

FormWrite::~FormWrite() = default;

bool FormWrite::hasFailed() const
{
    return state() == State::Failed || state() == State::Conflicted;
}

void FormWrite::begin(std::unique_ptr<WriteFlow> flow)
{
    if (m_flow) {
        m_flow->disconnect(this);
        m_flow.release()->deleteLater(); // it may be what is speaking
    }
    m_flow = std::move(flow);
    if (m_flow) {
        connect(m_flow.get(), &WriteFlow::stateChanged, this, &FormWrite::flowChanged);
        m_flow->preview();
    }
    emit changed();
}

void FormWrite::tryOut(std::unique_ptr<WriteFlow> flow)
{
    if (m_stage == Stage::Editing)
        begin(std::move(flow));
}

void FormWrite::forget()
{
    if (m_stage == Stage::Editing && m_flow)
        begin(nullptr);
}

void FormWrite::apply()
{
    if (!canApply())
        return;
    m_stage = Stage::Applying;
    m_flow->apply();
    emit changed();
}

void FormWrite::undo(std::unique_ptr<WriteFlow> flow)
{
    if (m_stage != Stage::Applied || !flow)
        return;
    m_stage = Stage::Undoing;
    begin(std::move(flow));
}

void FormWrite::flowChanged()
{
    if (m_flow->isBusy()) {
        emit changed();
        return;
    }
    if (m_stage == Stage::Editing) {
        emit tried();
    } else if (m_stage == Stage::Applying) {
        m_stage = state() == State::Applied ? Stage::Applied : Stage::Editing;
        if (m_stage == Stage::Applied)
            emit applied();
    } else if (m_stage == Stage::Undoing) {
        if (state() == State::Previewed) {
            m_flow->apply();
            return;
        }
        m_stage = Stage::Undone;
        emit undone();
    }
    emit changed();
}

} // namespace change
