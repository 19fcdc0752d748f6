#pragma once
// The write that a form leads to: tried as often as the form changes, sent once, taken back once.

#include "app/change/writeflow.h"

#include <memory>

namespace change {

/// Lives in the GUI thread. What the flows need outlives it.
class FormWrite : public QObject {
    Q_OBJECT
public:
    enum class Stage {
        Editing, ///< nothing was sent for good; flow() is what is being tried, or null
        Applying,
        Applied,
        Undoing,
        Undone, ///< or it could not be taken back: see flow()
    };
    Q_ENUM(Stage)

    explicit FormWrite(QObject* parent = nullptr);
    ~FormWrite() override;

    Stage stage() const { return m_stage; }
    /// What is tried, or was written last; null: nothing is.
    WriteFlow* flow() const { return m_flow.get(); }
    WriteFlow::State state() const { return m_flow ? m_flow->state() : WriteFlow::State::Idle; }
    /// Its flow ended without doing what it should.
    bool hasFailed() const;
    /// On its way: who goes now does not see what becomes of it.
    bool isBusy() const { return m_stage == Stage::Applying || m_stage == Stage::Undoing; }
    bool isOver() const { return m_stage == Stage::Applied || m_stage == Stage::Undone; }
    bool canApply() const { return m_stage == Stage::Editing && state() == WriteFlow::State::Previewed; }

    /// Previews it in place of what was tried before. Only while Editing.
    void tryOut(std::unique_ptr<WriteFlow> flow);
    /// Gives up what is being tried. Only while Editing.
    void forget();
    /// Sends what was previewed. Only when canApply().
    void apply();
    /// Previews what takes it back, and does it. Only when Applied.
    void undo(std::unique_ptr<WriteFlow> flow);

signals:
    /// Stage or flow; after the more special ones.
    void changed();
    /// What is tried was judged, or could not be.
    void tried();
    void applied();
    void undone();

private:
    void begin(std::unique_ptr<WriteFlow> flow);
    void flowChanged();

    std::unique_ptr<WriteFlow> m_flow;
    Stage m_stage = Stage::Editing;
};

} // namespace change
