#include "app/base/error.h"

namespace base {

QString idOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Network:
        return QStringLiteral("network");
    case ErrorKind::Dns:
        return QStringLiteral("dns");
    case ErrorKind::Tls:
        return QStringLiteral("tls");
    case ErrorKind::Timeout:
        return QStringLiteral("timeout");
    case ErrorKind::Redirect:
        return QStringLiteral("redirect");
    case ErrorKind::Unauthorized:
        return QStringLiteral("unauthorized");
    case ErrorKind::Forbidden:
        return QStringLiteral("forbidden");
    case ErrorKind::NotFound:
        return QStringLiteral("notFound");
    case ErrorKind::Conflict:
        return QStringLiteral("conflict");
    case ErrorKind::Gone:
        return QStringLiteral("gone");
    case ErrorKind::Invalid:
        return QStringLiteral("invalid");
    case ErrorKind::TooManyRequests:
        return QStringLiteral("tooManyRequests");
    case ErrorKind::Server:
        return QStringLiteral("server");
    case ErrorKind::BadAnswer:
        return QStringLiteral("badAnswer");
    case ErrorKind::BadConfig:
        return QStringLiteral("badConfig");
    case ErrorKind::Limit:
        return QStringLiteral("limit");
    case ErrorKind::Canceled:
        return QStringLiteral("canceled");
    case ErrorKind::ReadOnly:
        return QStringLiteral("readOnly");
    case ErrorKind::NotCaptured:
        return QStringLiteral("notCaptured");
    }
    return {};
}

} // namespace base
