#pragma once
// Base64 as encoding/json reads a []byte: the standard alphabet with its padding, line ends passed over, nothing else.

#include <QByteArray>
#include <optional>

namespace config {

/// The bytes; nothing when the text holds anything else, a space for instance.
std::optional<QByteArray> decodeBase64(QByteArrayView text);

} // namespace config
