#include "app/kube/httpdate.h"

#include <QLocale>

namespace kube {

QDateTime dateOf(const transport::ReplyHead& head)
{
    const QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(head.header("Date")),
                                                   QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
    return date.isValid() ? QDateTime(date.date(), date.time(), Qt::UTC) : QDateTime();
}

QDateTime answeredAt(const transport::ReplyHead& head)
{
    const QDateTime date = dateOf(head);
    return date.isValid() ? date : QDateTime::currentDateTimeUtc();
}

} // namespace kube
