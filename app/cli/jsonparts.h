#pragma once
// Parts of the contract that several commands print.

#include "app/base/error.h"
#include "app/kube/jsonwrite.h"

namespace cli {

using kube::refJson;
using kube::textOrNull;
using kube::texts;
using kube::valueOrNull;

/// {kind, httpStatus|null, reason, message, advice}
kube::Json errorJson(const base::Error& error);

} // namespace cli
