#pragma once
// What is written in a box of the businesses' graph: words and signs, no place and no paint.

#include "app/tke/businessstate.h"
#include "ui/theme/signs.h"

namespace ui {

struct BoxLook {
    tke::BusinessPart part;
    QString title;
    QString detail;
    bool fixedDetail = false; ///< the detail is an identifier
    Sign sign = Sign::None;   ///< of the phase
    Sign detailSign = Sign::None;
    std::optional<double> fullness; ///< of the quota: 1 is all
    bool unfolds = false;
    bool isFolded = false;
    QString count; ///< what a folded one hides, what sits in a cluster
    QString told;  ///< all of it in words: a tool tip, and for who does not see it
};

/// In the order of the graph's boxes.
std::vector<BoxLook> looksOf(const tke::BusinessPicture& picture, const tke::BusinessGraph& graph);

} // namespace ui
