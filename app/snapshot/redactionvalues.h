#pragma once
// What a value looks like on its own: a mask, a placeholder, the name of an object, something random, a token of a kind
// that is known by its form.

#include "app/snapshot/redactionnames.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace snapshot {

enum class Mark {
    Plain, ///< <redacted, 16 bytes>
    Safe,  ///< redacted-16-bytes: where the server takes neither space nor angle bracket (label values, URLs)
};
/// What stands for a value of that many bytes.
std::string mark(std::size_t bytes, Mark style = Mark::Plain);
/// True for a value that is replaced already, whoever did so (***).
bool isMark(std::string_view value);

/// What is set in place of a secret: nothing, a switch, a reference to a variable, the path of a file.
bool isPlaceholder(std::string_view value);
/// Letters and digits as a generator mixes them; not so names, versions, digests with their algorithm, URLs.
bool looksRandom(std::string_view value);
/// "db-credentials", "shop/db": what an object can be called, and no generator made.
bool looksLikeObjectName(std::string_view value);
/// True for a value of a Secret that is worth looking for elsewhere: eight bytes or more, and neither a word, a name, a
/// number, an address, a path nor a certificate.
bool isRemarkable(std::string_view value, Naming naming);

/// Text to read: UTF-8 without control characters but white space.
bool isText(std::string_view bytes);
/// A PEM text with nothing but certificates, requests and public keys in it.
bool isPublicPem(std::string_view text);
/// Bytes that cannot be looked into and may hold anything (archives, compressed data, key stores, private keys in DER).
bool isOpaque(std::string_view bytes);

/// The bytes of what is Base64 as a whole, in either alphabet, with line ends, of 16 letters or more.
std::optional<std::string> decodedBase64(std::string_view text);
/// Cheap looks at its beginning, before it is decoded: false when it is not worth it.
bool mayHoldText(std::string_view base64);
bool mayHoldOpaque(std::string_view base64);
std::string toBase64(std::string_view bytes);

/// How long the token is that begins here, known by its form alone: JWT, those of AWS, GitHub, GitLab, Slack, Google,
/// Vault, npm, Stripe, Tencent Cloud …, and bootstrap tokens. `word` ends where the text's word does. 0: none.
std::size_t tokenLength(std::string_view word);

} // namespace snapshot
