#include "app/transport/request.h"

#include <QUrl>

namespace transport {

QByteArray Request::target() const
{
    QByteArray target = path;
    char separator = '?';
    for (const auto& [name, value] : query) {
        target += separator + QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value);
        separator = '&';
    }
    return target;
}

QByteArray path(std::initializer_list<QString> segments)
{
    QByteArray path;
    for (const QString& segment : segments)
        path += '/' + QUrl::toPercentEncoding(segment, ":");
    return path;
}

QByteArray ReplyHead::header(QByteArrayView name) const
{
    for (const auto& [key, value] : headers)
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    return {};
}

} // namespace transport
