#pragma once
// The one way in for text from outside: control characters, ANSI sequences, bidirectional overrides and lone carriage
// returns are made visible, so that no terminal and no label obeys them (CVE-2021-25743), and shown text has a bound.

#include <QString>
#include <string_view>

namespace base {

/// The longest text that is shown, in UTF-16 units; what is longer is cut and ends in an ellipsis.
inline constexpr qsizetype LongestShownText = 64 * 1024;

enum class Lines {
    One,  ///< new lines are made visible as well
    Many, ///< new lines (LF, CR LF) and tabs stay: YAML, logs, messages in a folded block
};

/// True when the UTF-8 text holds nothing that has to be made visible. Cheap: the common case of a list.
bool isHarmless(std::string_view utf8, Lines lines = Lines::One);

/// The text with each character that could steer a terminal or hide itself replaced: C0 by its control picture
/// (U+2400 and on), all others by "\u{XXXX}". Invalid UTF-8 becomes U+FFFD.
QString visible(std::string_view utf8, Lines lines = Lines::One);
QString visible(const QString& text, Lines lines = Lines::One);

} // namespace base
