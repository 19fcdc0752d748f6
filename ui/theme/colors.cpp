#include "ui/theme/colors.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ui {
namespace {

struct Pair {
    QRgb light;
    QRgb dark;
};

// In the order of ColorId.
constexpr std::array<Pair, static_cast<std::size_t>(ColorId::Count_)> Colors{{
    {0xffa61b16, 0xffff968c}, // Error
    {0xff7a4d00, 0xfff0bb58}, // Warning
    {0xff174f94, 0xff93c5fa}, // Info
    {0xff4f5761, 0xffb4bcc6}, // Unknown
    {0xff8a1c5c, 0xfff59ac8}, // Production
    {0xff59616c, 0xffafb7c1}, // Muted
    {0xff434b56, 0xffbcc4cd}, // Drawing
    {0xfffbe9e7, 0xff3c2322}, // ErrorArea
    {0xfffcf1d8, 0xff38301d}, // WarningArea
    {0xffe8f0fa, 0xff1f2e40}, // InfoArea
    {0xfff8e3ef, 0xff3d2232}, // ProductionArea
    {0xffe6e9ed, 0xff333a43}, // Chip
    {0xffe9ebee, 0xff2a3038}, // Skeleton
    {0xfff4f5f7, 0xff1c2026}, // LineArea
    {0xffffe08a, 0xff6a5310}, // Match
    {0xffeceef1, 0xff242a31}, // RowLine
    {0xffd5d9de, 0xff363d46}, // Hairline
    {0xff7b838e, 0xff6b7581}, // Outline
    {0xff2f6fbf, 0xff6ea6e6}, // Focus
    {0xff1f4f86, 0xff9ec3ee}, // YamlKey
    {0xff6b3fa0, 0xffc9abf0}, // YamlValue
    {0xff59616c, 0xffa0a8b2}, // YamlComment
    {0xff1f5fa8, 0xff7db4f5}, // Series1
    {0xff8a4b08, 0xfff0aa5c}, // Series2
    {0xff6b3fa0, 0xffc9abf0}, // Series3
    {0xff00665a, 0xff5cc9b5}, // Series4
}};

double channel(double value)
{
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& c)
{
    return 0.2126 * channel(c.redF()) + 0.7152 * channel(c.greenF()) + 0.0722 * channel(c.blueF());
}

} // namespace

bool isDark(const QPalette& palette)
{
    return palette.color(QPalette::Active, QPalette::Window).lightness() <
           palette.color(QPalette::Active, QPalette::WindowText).lightness();
}

QColor color(ColorId id, const QPalette& palette)
{
    const Pair& pair = Colors[static_cast<std::size_t>(id)];
    return QColor::fromRgb(isDark(palette) ? pair.dark : pair.light);
}

double contrast(const QColor& a, const QColor& b)
{
    const double one = luminance(a);
    const double two = luminance(b);
    return (std::max(one, two) + 0.05) / (std::min(one, two) + 0.05);
}

} // namespace ui
