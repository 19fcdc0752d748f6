#pragma once
// Result<T>: a value or an Error. Exceptions do not cross our code; a library's are caught where it is called.

#include "app/base/error.h"

#include <tl/expected.hpp>

namespace base {

template <typename T> using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace base
