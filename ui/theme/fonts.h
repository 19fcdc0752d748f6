#pragma once
// Fonts with their families spelled out. Without that, Chinese is drawn with the Japanese forms of its characters on a
// machine whose locale is not Chinese.

#include <QFont>

namespace ui {

/// The interface's font: the desktop's family and size, then families that are known to hold Latin and Chinese.
QFont interfaceFont(const QFont& desktop, bool chinese);
/// The one fixed-width font, for names, YAML and logs, in the size of `like`.
QFont fixedFont(const QFont& like);

} // namespace ui
