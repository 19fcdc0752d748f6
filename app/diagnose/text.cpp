#include "app/diagnose/text.h"

#include "app/messages/errors.h"

namespace diagnose {

Text said(const base::Error& error)
{
    return [error] { return messages::sentence(error); };
}

QString moment(const QDateTime& time)
{
    return time.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'"));
}

} // namespace diagnose
