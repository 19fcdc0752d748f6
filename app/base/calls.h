#pragma once
// The questions that an object waits for: one place that cancels them, and that drops what comes too late.

#include "app/base/call.h"

#include <map>
#include <memory>

namespace base {

/// A member of who asks. Lives in one thread, that of its event loop, where the answers are taken; what answers may
/// work in any. Once it is cancelled or gone nothing is taken any more, so that a question may outlive who asked:
/// unlike the context of a continuation, which Qt 6.4 wants to be there still.
class Calls {
public:
    Calls();
    /// Cancels.
    ~Calls();
    Calls(const Calls&) = delete;
    Calls& operator=(const Calls&) = delete;

    /// `take(const Result<T>&)` may ask anew, cancel() and delete who asked. What is answered already is taken at once.
    template <typename T, typename F> void follow(Call<T> call, F&& take)
    {
        const quint64 id = add(std::move(call.cancel));
        call.future
            .then([gate = m_gate, id, take = std::forward<F>(take)](const QFuture<Result<T>>& answer) mutable {
                deliver(gate, id, [answer, take = std::move(take)] { take(*answer.constBegin()); });
            })
            .onCanceled([gate = m_gate, id] { deliver(gate, id, [] {}); }); // who worked on it went without a word
    }
    /// Gives up what is under way: of what was asked before nothing is taken.
    void cancel();
    /// How many are not answered yet.
    int open() const { return static_cast<int>(m_open.size()); }

private:
    class Gate;

    quint64 add(std::function<void()> cancel);
    /// Any thread.
    static void deliver(const std::shared_ptr<Gate>& gate, quint64 id, std::function<void()> take);
    void finish(quint64 id, const std::function<void()>& take);

    std::shared_ptr<Gate> m_gate;
    std::map<quint64, std::function<void()>> m_open; ///< how each is cancelled
    quint64 m_last = 0;
};

} // namespace base
