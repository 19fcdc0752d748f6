#include "app/diagnose/text.h"

#include "app/base/moment.h"
#include "app/messages/errors.h"

namespace diagnose {

Text said(const base::Error& error)
{
    return [error] { return messages::sentence(error); };
}

QString moment(const QDateTime& time)
{
    return base::moment(time, base::Precision::Minutes);
}

} // namespace diagnose
