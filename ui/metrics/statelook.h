#pragma once
// How the state of a source looks: a shape of its own for each, then a colour. The word is messages::stateName().

#include "app/metrics/rules.h"
#include "ui/theme/icons.h"

namespace ui {

struct StateLook {
    Icon icon = Icon::None;
    std::optional<ColorId> color; ///< of the sign and of the word beside it; none: the palette's

    QIcon drawing() const { return themeIcon(icon, color); }
};

StateLook lookOf(metrics::SourceState state);
StateLook lookOf(metrics::RuleState state);

} // namespace ui
