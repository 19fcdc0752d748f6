#pragma once
// What a patch makes of an object, reckoned by ourselves: for showing it where no server tries it. Pure.

#include "app/change/intent.h"

namespace change {

/// Strategic: of lists those merge whose elements have names (containers, volumes, ports of none); others are replaced.
kube::Json patched(kube::Json object, const kube::Json& patch, PatchType type);

} // namespace change
