#pragma once
// Text from a cluster is never markup. Qt guesses rich text in tool tips and labels, and reads an ampersand in menus,
// tabs and buttons as a mnemonic; what comes from outside passes one of these on its way there.

#include <QString>

namespace ui {

/// A tool tip that shows `text` as it stands, line by line; empty for an empty text.
QString plainToolTip(const QString& text);
/// For menu items, tab and button texts.
QString withoutMnemonic(QString text);

} // namespace ui
