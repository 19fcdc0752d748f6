#pragma once
// Whether a value under a name is a secret: what both objects and texts are judged by.

#include "app/snapshot/redactionknown.h"
#include "app/snapshot/redactionnames.h"

#include <string>
#include <string_view>
#include <unordered_set>

namespace snapshot {

/// What is known so far. Grows while objects are read.
struct Knowledge {
    Namings namings;
    KnownValues values;
    std::unordered_set<std::string> secretNames; ///< of Secrets, with and without their namespace: "db", "shop/db"
};

enum class Where {
    Field,    ///< of an object, or in a text that is built like one
    Variable, ///< of an environment, or a flag: no reference to a Secret stands there
    Prose,    ///< "token: …" in a sentence
};

bool isSecret(const Knowledge& knowledge, Naming naming, std::string_view value, Where where);

/// Where the credentials begin in the value of an Authorization header, after "Bearer " or another scheme; npos when
/// none of them stands there.
std::size_t credentialsIn(std::string_view authorization);

/// Flags of well-known programs that take a password under a name that says nothing (mysql -p, curl -u).
enum class ShortFlag { None, Next, Attached, UserAndNext, UserAttached };
/// `program` may hold a path. Attached: the rest of the argument after two characters; User…: "user:password".
ShortFlag shortFlag(std::string_view program, std::string_view argument);

} // namespace snapshot
