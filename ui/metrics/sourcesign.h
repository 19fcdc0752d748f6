#pragma once
// How the state of a source of metrics looks.

#include "app/metrics/sources.h"
#include "ui/theme/signs.h"

namespace ui {

/// None for one that answers, and for an absent one that most clusters do without.
Sign signOf(const ::metrics::Source& source);

} // namespace ui
