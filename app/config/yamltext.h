#pragma once
// The text under a YAML document: encodings, places, and the two things that yaml-cpp lets pass. Internal to config/.

#include "app/config/yaml.h"

#include <optional>

namespace config {

/// UTF-8 without its byte order mark, from UTF-8 or from UTF-16 with one. Error{BadConfig, "textInvalid"} where it is
/// neither or holds a character that YAML does not allow.
base::Result<std::string> decodeText(const QByteArray& text);

/// Line and column of a byte. Takes as long as the text before it is long.
YamlPlace placeIn(std::string_view source, std::size_t offset);

/// False when a quoted scalar begins at `offset`, after any tag and anchor, and the text ends before the quote does.
bool isQuoteClosed(std::string_view source, std::size_t offset);

/// False when there are but blank lines and comments. The parser passes over lines that begin with "%", whatever they
/// say.
bool hasContent(std::string_view source);

/// Where the first "---" or "..." at the start of a line stands, from `offset` on.
std::optional<std::size_t> findSeparator(std::string_view source, std::size_t offset);

} // namespace config
