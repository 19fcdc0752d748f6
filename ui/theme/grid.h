#pragma once
// The grid everything stands on, in device-independent pixels.

namespace ui::grid {

inline constexpr int Unit = 4; ///< distances are 4, 8, 12, 16, 24
inline constexpr int RowHeight = 24;
inline constexpr int Icon = 16;
inline constexpr int Gap = 2 * Unit;
inline constexpr int Margin = 3 * Unit;

} // namespace ui::grid
