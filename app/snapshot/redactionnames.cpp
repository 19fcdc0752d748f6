#include "app/snapshot/redactionnames.h"

#include <algorithm>
#include <array>

namespace snapshot {
namespace {

using Word = std::string_view;

/// They are searched by halves.
template <std::size_t N> constexpr std::array<Word, N> inOrder(std::array<Word, N> words)
{
    std::ranges::sort(words);
    return words;
}

constexpr auto Passwords =
    inOrder(std::to_array<Word>({"masterauth", "pass", "passcode", "passphrase", "passphrases", "passwd", "passwds",
                                 "password", "passwords", "pw", "pwd", "requirepass"}));
constexpr auto Credentials =
    inOrder(std::to_array<Word>({"authorization", "cookies", "credential", "credentials", "jwt", "pat", "salt",
                                 "secret", "secrets", "token", "tokens"}));
/// Before "key".
constexpr auto KeyWords = std::to_array<Word>(
    {"access",     "account",    "aes",   "api",     "ca",     "certificate", "client", "credential",
     "decrypt",    "dsa",        "ecdsa", "encrypt", "host",   "hmac",        "jwt",    "license",
     "licence",    "private",    "rsa",   "secret",  "shared", "signing",     "ssh",    "storage",
     "encryption", "decryption", "etcd",  "priv",    "tls",    "wireguard"});
constexpr auto LooseKeyWords = inOrder(std::to_array<Word>(
    {"admin",  "app",  "application", "auth",   "cipher",  "cookie", "crypto", "deploy",       "ingest",  "integration",
     "master", "root", "routing",     "server", "session", "sign",   "ssl",    "subscription", "webhook", "write"}));
/// Before "secret": then it is the secret itself, never the name of one.
constexpr auto OwnSecrets =
    inOrder(std::to_array<Word>({"api", "app", "application", "client", "consumer", "cookie", "hmac", "jwt", "oauth",
                                 "session", "shared", "signing", "token", "webhook"}));
/// Before "secret" or "credentials": the name of an object that holds them.
constexpr auto SecretNames =
    inOrder(std::to_array<Word>({"ca", "cert", "certificate", "existing", "kubeconfig", "pull", "ssl", "tls"}));
/// Before "pass", where it is no password.
constexpr auto NoPass = std::to_array<Word>(
    {"by", "com", "fastcgi", "first", "grpc", "memcached", "proxy", "scgi", "second", "single", "uwsgi", "web"});
/// May follow a name without changing what it says.
constexpr auto Fillers = std::to_array<Word>(
    {"b",         "base",    "clear", "cleartext", "current", "data",     "dev",     "default", "enc",        "encoded",
     "encrypted", "env",     "hex",   "json",      "live",    "main",     "md",      "new",     "next",       "old",
     "override",  "pem",     "plain", "plaintext", "prev",    "previous", "primary", "prod",    "production", "raw",
     "secondary", "staging", "stg",   "str",       "string",  "test",     "text",    "txt",     "value"});
/// What makes a name say something about a credential.
constexpr auto About = std::to_array<Word>(
    {"account",    "accounts",    "addr",        "address",    "age",          "alg",       "algo",       "algorithm",
     "annotation", "annotations", "api",         "app",        "approver",     "args",      "at",         "attempt",
     "attempts",   "audience",    "audiences",   "audit",      "backend",      "bits",      "bucket",     "bytes",
     "cache",      "check",       "checks",      "checksum",   "claim",        "claims",    "class",      "cleaner",
     "command",    "complexity",  "config",      "configmap",  "controller",   "count",     "counter",    "date",
     "days",       "description", "destination", "digest",     "dir",          "directory", "disable",    "disabled",
     "domain",     "driver",      "duration",    "email",      "enable",       "enabled",   "encoding",   "endpoint",
     "endpoints",  "engine",      "error",       "errors",     "exchange",     "exists",    "expiration", "expire",
     "expires",    "expiry",      "failures",    "field",      "fields",       "file",      "filename",   "files",
     "filter",     "fingerprint", "flow",        "folder",     "format",       "from",      "generation", "generator",
     "grant",      "group",       "groups",      "handler",    "header",       "headers",   "hint",       "history",
     "host",       "hostname",    "hosts",       "hours",      "id",           "ids",       "image",      "index",
     "injector",   "interval",    "issuer",      "issuers",    "keyname",      "keyring",   "kind",       "label",
     "labels",     "length",      "level",       "lifetime",   "limit",        "list",      "location",   "login",
     "manager",    "max",         "message",     "method",     "methods",      "metric",    "metrics",    "min",
     "minutes",    "mode",        "modes",       "mount",      "ms",           "name",      "names",      "namespace",
     "namespaces", "num",         "number",      "object",     "objects",      "operator",  "optional",   "options",
     "opts",       "param",       "parameter",   "params",     "path",         "paths",     "percent",    "period",
     "phase",      "plugin",      "policies",    "policy",     "port",         "ports",     "prefix",     "property",
     "provider",   "providers",   "purpose",     "quota",      "rate",         "realm",     "reason",     "reclaim",
     "ref",        "reference",   "references",  "refs",       "refresh",      "region",    "registry",   "repository",
     "request",    "requested",   "requests",    "required",   "requirements", "resource",  "resources",  "result",
     "retries",    "retry",       "review",      "reviewer",   "reviews",      "revision",  "role",       "roles",
     "rotation",   "rule",        "rules",       "scope",      "scopes",       "script",    "seconds",    "selector",
     "server",     "service",     "services",    "sha",        "signer",       "since",     "size",       "source",
     "sources",    "state",       "status",      "store",      "stores",       "strategy",  "strength",   "subject",
     "suffix",     "support",     "supported",   "tag",        "target",       "template",  "templates",  "time",
     "timeout",    "timestamp",   "title",       "total",      "ttl",          "type",      "types",      "until",
     "uri",        "url",         "urls",        "usage",      "use",          "used",      "user",       "username",
     "usernames",  "users",       "uuid",        "validation", "validator",    "var",       "variable",   "verifier",
     "version",    "versions",    "volume",      "webhook",    "webhooks",     "window",    "zone"});
/// Written as one word, split after the first part.
constexpr auto Joined = inOrder(std::to_array<Word>(
    {"accesskey", "accesstoken",   "apikey",     "apitoken", "appsecret",  "authkey", "authtoken", "clientsecret",
     "dbpass",    "encryptionkey", "mypass",     "pgpass",   "privatekey", "privkey", "rootpass",  "secretaccesskey",
     "secretkey", "sharedkey",     "signingkey", "sshkey",   "sshpass",    "userpass"}));

template <std::size_t N> bool has(const std::array<Word, N>& sorted, Word word)
{
    return std::binary_search(sorted.begin(), sorted.end(), word);
}

constexpr bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}
constexpr bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/// The last words of a name in lower case; digits are left out.
class Words {
public:
    explicit Words(std::string_view name)
    {
        constexpr std::size_t Longest = 96;
        if (name.size() > Longest)
            name.remove_prefix(name.size() - Longest);
        m_text.reserve(name.size());
        for (std::size_t i = 0; i < name.size(); ++i) {
            const char c = name[i];
            if (isUpper(c)) {
                const bool isStart = i == 0 || !isUpper(name[i - 1]) || (i + 1 < name.size() && isLower(name[i + 1]));
                if (isStart)
                    end();
                m_text += static_cast<char>(c - 'A' + 'a');
            } else if (isLower(c)) {
                m_text += c;
            } else {
                end();
            }
        }
        end();
    }

    std::size_t count() const { return m_count; }
    /// From the end; empty where there is none.
    Word last(std::size_t back = 0) const { return back < m_count ? m_words[m_count - 1 - back] : Word(); }
    void dropLast() { --m_count; }
    /// Splits "dbpassword", "secretname".
    void splitJoined()
    {
        std::array<Word, Most> split;
        std::size_t count = 0;
        const auto add = [&](Word word) {
            if (count < Most)
                split[count++] = word;
        };
        for (std::size_t i = 0; i < m_count; ++i) {
            const Word word = m_words[i];
            const std::size_t at = splitOf(word);
            if (at > 0)
                add(word.substr(0, at));
            add(word.substr(at));
        }
        m_words = split;
        m_count = count;
    }

private:
    static constexpr std::size_t Most = 24;

    static std::size_t splitOf(Word word)
    {
        if (has(Joined, word)) {
            for (const Word tail : {Word("key"), Word("token"), Word("secret"), Word("pass")})
                if (word.ends_with(tail))
                    return word == "secretaccesskey" ? 6 : word.size() - tail.size();
        }
        for (const Word tail : {Word("password"), Word("passwd"), Word("passphrase"), Word("secret"), Word("token"),
                                Word("credential"), Word("credentials")})
            if (word.size() > tail.size() && word.ends_with(tail))
                return word.size() - tail.size();
        for (const Word head :
             {Word("password"), Word("passwd"), Word("secret"), Word("token"), Word("credential"), Word("credentials")})
            if (word.starts_with(head) && has(About, word.substr(head.size())))
                return head.size();
        return 0;
    }

    void end()
    {
        if (m_text.size() == m_start)
            return;
        if (m_count == Most) {
            std::shift_left(m_words.begin(), m_words.end(), 1);
            --m_count;
        }
        m_words[m_count++] = Word(m_text).substr(m_start);
        m_start = m_text.size();
    }

    std::string m_text;
    std::size_t m_start = 0;
    std::array<Word, Most> m_words;
    std::size_t m_count = 0;
};

bool isPasswordAt(const Words& words, std::size_t back)
{
    return has(Passwords, words.last(back)) && !(words.last(back) == "pass" && has(NoPass, words.last(back + 1)));
}

bool namesPassword(const Words& words)
{
    for (std::size_t back = 0; back < words.count(); ++back)
        if (isPasswordAt(words, back))
            return true;
    return false;
}

bool namesCredential(const Words& words)
{
    for (std::size_t back = 0; back < words.count(); ++back)
        if (has(Credentials, words.last(back)) || words.last(back) == "auth")
            return true;
    return false;
}

Naming namingOfKey(const Words& words)
{
    const Word before = words.last(1);
    if (has(KeyWords, before))
        return before == "host" && words.last(2) != "ssh" ? Naming::Nothing : Naming::Credential;
    if (has(LooseKeyWords, before))
        return Naming::Maybe;
    // the name of a key in a Secret: passwordKey
    return namesPassword(words) || namesCredential(words) ? Naming::Reference : Naming::Nothing;
}

Naming namingOfSecret(const Words& words)
{
    const Word before = words.last(1);
    if (has(OwnSecrets, before))
        return Naming::Credential;
    return has(SecretNames, before) ? Naming::Reference : Naming::Object;
}

Naming namingOfLast(const Words& words)
{
    const Word last = words.last();
    if (isPasswordAt(words, 0))
        return Naming::Password;
    if (last == "pass")
        return Naming::Nothing;
    if (last == "key" || last == "keys")
        return namingOfKey(words);
    if (last == "secret" || last == "secrets" || last == "credential" || last == "credentials")
        return namingOfSecret(words);
    if (last == "pat")
        return words.count() == 1 ? Naming::Nothing : Naming::Maybe;
    if (has(Credentials, last))
        return Naming::Credential;
    if (last == "auth" || last == "auths" || last == "cookie" || last == "bearer" || last == "signing")
        return Naming::Maybe;
    if (last == "dsn" || ((last == "connection" || last == "conn") && words.count() > 1) || last == "connectionstring")
        return Naming::Connection;
    return Naming::Nothing;
}

} // namespace

Naming namingOf(std::string_view name)
{
    if (const std::size_t slash = name.rfind('/'); slash != std::string_view::npos) {
        if (name.substr(0, slash).ends_with("checksum"))
            return Naming::Reference; // checksum/secret
        name.remove_prefix(slash + 1);
    }
    Words words(name);
    words.splitJoined();
    if (words.count() == 0)
        return Naming::Nothing;
    if (words.last() == "string" && (words.last(1) == "connection" || words.last(1) == "conn"))
        return Naming::Connection;
    const bool isPassword = namesPassword(words);
    while (words.count() > 1 &&
           (has(Fillers, words.last()) || (isPassword && (words.last() == "hash" || words.last() == "sha" ||
                                                          words.last() == "bcrypt" || words.last() == "htpasswd"))))
        words.dropLast();
    const Naming naming = namingOfLast(words);
    if (naming != Naming::Nothing)
        return naming;
    if (has(About, words.last()) || words.last() == "hash")
        return isPassword || namesCredential(words) || words.count() == 1 ? Naming::Reference : Naming::Nothing;
    if (isPassword)
        return words.last() == "pass" ? Naming::Nothing : Naming::Password; // PASSWORD_ROOT
    return namesCredential(words) ? Naming::Maybe : Naming::Nothing;
}

Naming Namings::of(std::string_view name)
{
    constexpr std::size_t Most = 16384;
    constexpr std::size_t Longest = 128;
    if (name.size() > Longest)
        return namingOf(name);
    if (const auto found = m_known.find(name); found != m_known.end())
        return found->second;
    if (m_known.size() >= Most)
        m_known.clear();
    return m_known.emplace(name, namingOf(name)).first->second;
}

} // namespace snapshot
