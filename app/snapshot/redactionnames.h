#pragma once
// What the name of a field, a variable, a flag or a key of a map says of its value: whether it holds a credential,
// names one that lies elsewhere, or neither.

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace snapshot {

enum class Naming {
    Nothing,    ///< says nothing
    Reference,  ///< says something about a credential, or where it is: secretName, TOKEN_TTL, passwordSecretRef
    Connection, ///< how to reach something: a text in which a password may stand (DSN)
    Maybe,      ///< a credential when the value looks random: auth, sessionKey, TOKEN_PAYMENTS
    Object,     ///< "secret": as often the name of a Secret as a secret
    Credential, ///< token, apiKey, clientSecret
    Password,   ///< password, DB_PASSWD, passPhrase: also when it is a number or an ordinary word
};

/// In any of the usual spellings (camelCase, snake_case, kebab-case, with a prefix before the last '/'): what counts
/// are the words in it, the last of them first.
Naming namingOf(std::string_view name);

/// namingOf() for those who ask for the same names again and again. Its size is bounded.
class Namings {
public:
    Naming of(std::string_view name);

private:
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::unordered_map<std::string, Naming, Hash, std::equal_to<>> m_known;
};

} // namespace snapshot
