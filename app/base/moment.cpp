#include "app/base/moment.h"

namespace base {

QString moment(const QDateTime& time, Precision precision)
{
    return time.toUTC().toString(precision == Precision::Seconds ? QStringLiteral("yyyy-MM-dd HH:mm:ss 'UTC'")
                                                                 : QStringLiteral("yyyy-MM-dd HH:mm 'UTC'"));
}

} // namespace base
