#pragma once
// Call<T>: one question that is answered once. The future's continuation runs where its context object lives:
//   call.future.then(this, [](const base::Result<T>& answer) { ... });

#include "app/base/result.h"

#include <QFuture>
#include <functional>

namespace base {

template <typename T> struct Call {
    QFuture<Result<T>> future;
    /// Gives the question up: the answer is then Error{Canceled}. Any thread, any number of times. A cancel() of the
    /// future that then() returned would not reach the one who works on it.
    std::function<void()> cancel = [] {};
};

/// The same question with its answer turned into another type (or error), in the thread that answers.
template <typename U, typename T, typename F> Call<U> mapped(Call<T> call, F&& turn)
{
    return {
        call.future.then([turn = std::forward<F>(turn)](const Result<T>& answer) -> Result<U> { return turn(answer); }),
        std::move(call.cancel)};
}

/// An answer that is there already.
template <typename T> Call<T> answered(Result<T> answer)
{
    return {QtFuture::makeReadyFuture(std::move(answer)), [] {}};
}

} // namespace base
