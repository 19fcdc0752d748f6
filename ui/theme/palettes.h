#pragma once
// The two palettes, complete: every role in every group, so that nothing of the desktop's own shines through.

#include <QPalette>

namespace ui {

QPalette lightPalette();
QPalette darkPalette();

} // namespace ui
