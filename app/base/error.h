#pragma once
// What went wrong, as a value: kinds are stable across languages and are the `kind` of alidadectl's contract.
// Sentences for people are made from an Error by messages/, never here.

#include <QString>
#include <chrono>
#include <optional>
#include <vector>

namespace base {

enum class ErrorKind {
    Network, ///< refused, reset, unreachable
    Dns,
    Tls,
    Timeout,
    Redirect, ///< an APIServer never redirects: CVE-2022-3172
    Unauthorized,
    Forbidden,
    NotFound,
    Conflict,
    Gone, ///< the resource version is too old, or (NotYetServed) not reached yet: see `reason`
    Invalid,
    TooManyRequests,
    Server,
    BadAnswer, ///< an answer that does not follow the protocol
    BadConfig,
    Limit, ///< a bound of ours on what comes in
    Canceled,
    ReadOnly,
    NotCaptured, ///< a snapshot does not hold the answer
};

/// The name of a kind in alidadectl's JSON ("tooManyRequests", ...).
QString idOf(ErrorKind kind);

/// One of a Status' details.causes (k8s.io/apimachinery/pkg/apis/meta/v1/types.go, StatusCause).
struct ErrorCause {
    QString reason;
    QString message;
    QString field;
    bool operator==(const ErrorCause&) const = default;
};

struct Error {
    ErrorKind kind = ErrorKind::BadAnswer;
    int httpStatus = 0; ///< 0 when no HTTP answer came
    QString reason;     ///< a Status' reason, or an id of our own in lowerCamelCase ("certificateNameMismatch")
    QString said;       ///< the other side's own words, verbatim but for control characters made visible
    QString asked;      ///< "GET /api/v1/pods"
    QString ofWhom;     ///< "https://192.0.2.1:6443", a file, a command
    std::optional<std::chrono::milliseconds> retryAfter; ///< the server's Retry-After
    std::vector<ErrorCause> causes;
    bool operator==(const Error&) const = default;
};

} // namespace base
