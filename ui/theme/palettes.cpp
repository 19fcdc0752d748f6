#include "ui/theme/palettes.h"

#include <QColor>

namespace ui {
namespace {

struct Shades {
    QRgb window, windowText, base, alternateBase, text, button, buttonText, brightText;
    QRgb light, midlight, mid, dark, shadow;
    QRgb highlight, highlightedText, quietHighlight; // the last one: selected, in a window or view without focus
    QRgb link, linkVisited, toolTipBase, toolTipText, placeholder, disabled;
};

constexpr Shades Light{
    .window = 0xfff0f2f4,
    .windowText = 0xff1b2027,
    .base = 0xffffffff,
    .alternateBase = 0xfff7f8f9,
    .text = 0xff1b2027,
    .button = 0xfff0f2f4,
    .buttonText = 0xff1b2027,
    .brightText = 0xff000000,
    .light = 0xffffffff,
    .midlight = 0xfff7f8fa,
    .mid = 0xffc3c8cf,
    .dark = 0xff9aa1ab,
    .shadow = 0xff5d6570,
    .highlight = 0xffcfdff2,
    .highlightedText = 0xff0f1822,
    .quietHighlight = 0xffdde2e8,
    .link = 0xff174f94,
    .linkVisited = 0xff5a3b8c,
    .toolTipBase = 0xff2b3139,
    .toolTipText = 0xfff1f3f5,
    .placeholder = 0xff646c77,
    .disabled = 0xff656d78,
};

constexpr Shades Dark{
    .window = 0xff20252b,
    .windowText = 0xffe4e8ec,
    .base = 0xff181c21,
    .alternateBase = 0xff1c2126,
    .text = 0xffe4e8ec,
    .button = 0xff2a3038,
    .buttonText = 0xffe4e8ec,
    .brightText = 0xffffffff,
    .light = 0xff3d4550,
    .midlight = 0xff333a43,
    .mid = 0xff15181c,
    .dark = 0xff121519,
    .shadow = 0xff0a0c0e,
    .highlight = 0xff26405c,
    .highlightedText = 0xfff4f7fa,
    .quietHighlight = 0xff343d48,
    .link = 0xff93c5fa,
    .linkVisited = 0xffc9abf0,
    .toolTipBase = 0xff39414b,
    .toolTipText = 0xfff1f3f5,
    .placeholder = 0xff98a1ac,
    .disabled = 0xff98a0aa,
};

QPalette paletteOf(const Shades& s)
{
    QPalette palette;
    const auto all = [&palette](QPalette::ColorRole role, QRgb rgb) {
        palette.setColor(QPalette::All, role, QColor::fromRgb(rgb));
    };
    all(QPalette::Window, s.window);
    all(QPalette::WindowText, s.windowText);
    all(QPalette::Base, s.base);
    all(QPalette::AlternateBase, s.alternateBase);
    all(QPalette::Text, s.text);
    all(QPalette::Button, s.button);
    all(QPalette::ButtonText, s.buttonText);
    all(QPalette::BrightText, s.brightText);
    all(QPalette::Light, s.light);
    all(QPalette::Midlight, s.midlight);
    all(QPalette::Mid, s.mid);
    all(QPalette::Dark, s.dark);
    all(QPalette::Shadow, s.shadow);
    all(QPalette::Highlight, s.highlight);
    all(QPalette::HighlightedText, s.highlightedText);
    all(QPalette::Link, s.link);
    all(QPalette::LinkVisited, s.linkVisited);
    all(QPalette::ToolTipBase, s.toolTipBase);
    all(QPalette::ToolTipText, s.toolTipText);
    all(QPalette::PlaceholderText, s.placeholder);
    for (const auto group : {QPalette::Inactive, QPalette::Disabled})
        palette.setColor(group, QPalette::Highlight, QColor::fromRgb(s.quietHighlight));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::PlaceholderText,
                            QPalette::Link, QPalette::LinkVisited})
        palette.setColor(QPalette::Disabled, role, QColor::fromRgb(s.disabled));
    return palette;
}

} // namespace

QPalette lightPalette()
{
    return paletteOf(Light);
}

QPalette darkPalette()
{
    return paletteOf(Dark);
}

} // namespace ui
