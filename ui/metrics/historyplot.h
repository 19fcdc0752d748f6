#pragma once
// One figure over time: what a plot is given, and what it says to who does not see it.

#include "ui/metrics/history.h"
#include "ui/widgets/plot.h"

#include <QPalette>

namespace ui {

PlotLook plotLookOf(const QPalette& palette, const QFont& font);
/// The lines of `figure` between the two moments, with requests, limits and marks.
PlotContent plotContentOf(const FigureHistory& history, Figure figure, const QDateTime& from, const QDateTime& to,
                          const QPalette& palette);
/// "CPU": translated.
QString figureName(Figure figure);
/// Each line with its newest value, and how often it is interrupted.
QString plotText(const FigureHistory& history, Figure figure);

} // namespace ui
