#include "app/kube/errors.h"

#include "app/base/visible.h"
#include "app/kube/json.h"

#include <algorithm>

namespace kube {
namespace {

using base::ErrorKind;

ErrorKind kindOf(int status)
{
    switch (status) {
    case 400:
    case 405:
    case 406:
    case 413:
    case 415:
    case 422:
        return ErrorKind::Invalid;
    case 401:
        return ErrorKind::Unauthorized;
    case 403:
        return ErrorKind::Forbidden;
    case 404:
        return ErrorKind::NotFound;
    case 408:
        return ErrorKind::Timeout;
    case 409:
        return ErrorKind::Conflict;
    case 410:
        return ErrorKind::Gone;
    case 429:
        return ErrorKind::TooManyRequests;
    default:
        break;
    }
    if (status >= 300 && status < 400)
        return ErrorKind::Redirect;
    return status >= 500 ? ErrorKind::Server : ErrorKind::BadAnswer;
}

QString textOf(const Json& object, const char* key)
{
    const auto value = object.find(key);
    return value != object.end() && value->is_string()
               ? base::visible(value->get_ref<const std::string&>(), base::Lines::Many)
               : QString();
}

} // namespace

base::Error errorFromStatus(const QByteArray& body, int httpStatus)
{
    base::Error error{.kind = kindOf(httpStatus), .httpStatus = httpStatus};
    const auto status = parseJson(body);
    if (!status || !status->is_object() || textOf(*status, "kind") != QLatin1String("Status")) {
        // Aggregated servers and proxies answer in plain text.
        error.said = base::visible(body.trimmed().toStdString(), base::Lines::Many);
        return error;
    }
    if (const auto code = status->find("code"); code != status->end() && code->is_number_integer()) {
        const int value = code->get<int>();
        if (value >= 300 && value < 600) {
            error.httpStatus = value;
            error.kind = kindOf(value);
        }
    }
    error.reason = textOf(*status, "reason");
    error.said = textOf(*status, "message");
    const auto details = status->find("details");
    if (details == status->end() || !details->is_object())
        return error;
    if (const auto after = details->find("retryAfterSeconds"); after != details->end() && after->is_number_integer())
        error.retryAfter = std::chrono::seconds(std::clamp<std::int64_t>(after->get<std::int64_t>(), 0, 3600));
    if (const auto causes = details->find("causes"); causes != details->end() && causes->is_array())
        for (const Json& cause : *causes)
            if (cause.is_object())
                error.causes.push_back({textOf(cause, "reason"), textOf(cause, "message"), textOf(cause, "field")});
    return error;
}

base::Error errorFrom(const transport::Reply& reply)
{
    base::Error error = errorFromStatus(reply.body, reply.head.status);
    if (error.kind == ErrorKind::Redirect)
        error.said = base::visible(reply.head.header("Location").toStdString());
    bool isSeconds = false;
    const int seconds = reply.head.header("Retry-After").toInt(&isSeconds);
    if (isSeconds && seconds >= 0)
        error.retryAfter = std::chrono::seconds(std::min(seconds, 3600));
    return error;
}

bool isExpired(const base::Error& error)
{
    return error.kind == ErrorKind::Gone;
}

bool isTooLargeResourceVersion(const base::Error& error)
{
    return std::any_of(error.causes.begin(), error.causes.end(), [](const base::ErrorCause& cause) {
        return cause.reason == QLatin1String("ResourceVersionTooLarge");
    });
}

} // namespace kube
