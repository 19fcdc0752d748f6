#pragma once
// Where secrets stand in a text: a log, a configuration, a command, a sentence.

#include "app/snapshot/redactionjudge.h"
#include "app/snapshot/redactionvalues.h"

#include <string>
#include <string_view>
#include <vector>

namespace snapshot {

/// What is replaced: bytes [begin, end) of the text.
struct Found {
    std::size_t begin = 0;
    std::size_t end = 0;
    Mark style = Mark::Plain;
};

enum class TextKind {
    Log,    ///< lines that people and programs wrote
    Line,   ///< one line of an object: a command, a message, a URL
    Config, ///< several lines of an object: where a name begins a line, its value is the rest of it
};

/// Of a text of an object: Config when it has several lines.
TextKind kindOf(std::string_view text);

/// How often what is decoded is looked into again.
inline constexpr int DeepestDecoding = 4;

/// In the order of the text, none within another. Linear in its length.
std::vector<Found> findSecrets(Knowledge& knowledge, std::string_view text, TextKind kind, int depth = 0);

/// The text with marks in place of what was found.
std::string withMarks(std::string_view text, const std::vector<Found>& found);

} // namespace snapshot
