#pragma once
// Several writes that a person asked for at once: each goes its own way, and is told about on its own.

#include "app/change/writeflow.h"

#include <memory>

namespace change {

/// Lives in one thread, and owns its flows.
class WriteGroup : public QObject {
    Q_OBJECT
public:
    explicit WriteGroup(QObject* parent = nullptr) : QObject(parent) {}

    void add(std::unique_ptr<WriteFlow> flow);
    const std::vector<std::unique_ptr<WriteFlow>>& writes() const { return m_writes; }
    bool isBusy() const;
    /// How many are in this state.
    int count(WriteFlow::State state) const;
    bool areAll(WriteFlow::State state) const { return count(state) == static_cast<int>(m_writes.size()); }
    /// Of those that are Previewed or further, how many are anything but what is there already.
    int changes() const;

    void preview();
    /// Those that are Previewed.
    void apply();
    void cancel();

signals:
    /// One of them went on.
    void changed();
    /// None of them is busy any more.
    void settled();

private:
    void begin(void (WriteFlow::*step)());

    std::vector<std::unique_ptr<WriteFlow>> m_writes;
    bool m_beginning = false;
    bool m_wasBusy = false;
};

} // namespace change
