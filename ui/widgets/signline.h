#pragma once
// A sentence and how grave it is.

#include "ui/theme/signs.h"

namespace ui {

struct SignLine {
    Sign sign = Sign::None;
    QString text;
    bool operator==(const SignLine&) const = default;
};

/// "Warning: …", for who does not see the sign; the sentence alone where there is none.
QString spoken(const SignLine& line);

} // namespace ui
