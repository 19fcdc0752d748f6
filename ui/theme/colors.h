#pragma once
// Colours by what they mean. No other file of ui/ names a colour: it asks for an id, with the palette it paints with,
// so that a change of theme needs nothing but a repaint.

#include <QColor>
#include <QPalette>

namespace ui {

enum class ColorId {
    // Severity, as text and as signs: readable on every background of the palette, the selection's too.
    Error,
    Warning,
    Info,
    Unknown,
    Production, ///< the mark of a cluster that must not be touched by accident
    // Text that steps back: units, counts, elapsed times.
    Muted,
    Drawing, ///< icons without a severity: a little quieter than text
    // Areas.
    ErrorArea,
    WarningArea,
    InfoArea,
    ProductionArea,
    Chip,     ///< behind a label or a taint
    Skeleton, ///< rows that are still to come
    LineArea, ///< behind line numbers
    Match,    ///< a find's hits
    // Lines.
    RowLine,  ///< between rows
    Hairline, ///< between panes
    Outline,  ///< around what lies on top
    Focus,    ///< around what the keyboard speaks to
    // YAML.
    YamlKey,
    YamlValue, ///< numbers, true, false, null
    YamlComment,
    // Lines of a plot. Each has a stroke of its own as well.
    Series1,
    Series2,
    Series3,
    Series4,
    Count_,
};

/// True for a palette with light text on a dark ground.
bool isDark(const QPalette& palette);
QColor color(ColorId id, const QPalette& palette);

/// WCAG 2.1's contrast ratio, 1 to 21: text wants 4.5 and more, signs and lines that matter 3.
double contrast(const QColor& a, const QColor& b);

} // namespace ui
