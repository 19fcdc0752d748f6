#pragma once
// The same change on several objects: each goes its own way, and is told about on its own.

#include "app/change/flow.h"

namespace change {

/// Lives in one thread, and owns its flows.
class FlowGroup : public QObject {
    Q_OBJECT
public:
    explicit FlowGroup(QObject* parent = nullptr) : QObject(parent) {}

    void add(std::unique_ptr<Flow> flow);
    const std::vector<std::unique_ptr<Flow>>& flows() const { return m_flows; }
    bool isBusy() const;
    /// How many are in this state.
    int count(Flow::State state) const;
    bool areAll(Flow::State state) const { return count(state) == static_cast<int>(m_flows.size()); }

    void preview();
    /// Those that are Previewed.
    void apply();
    void cancel();
    /// The way back for those that were Applied and changed something; null when there are none.
    std::unique_ptr<FlowGroup> undo() const;

signals:
    /// One of them went on.
    void changed();
    /// None of them is busy any more.
    void settled();

private:
    void begin(void (Flow::*step)());

    std::vector<std::unique_ptr<Flow>> m_flows;
    bool m_beginning = false;
    bool m_wasBusy = false;
};

} // namespace change
