#pragma once
// Values out of an object of any shape, as text for showing; internal to models/.

#include "app/kube/jsonread.h"

#include <QStringList>
#include <initializer_list>

namespace models::json {

using kube::at;
/// A scalar as text, through base::visible(); anything else as compact JSON; nothing for null.
QString text(const kube::Json& value);
QString text(const kube::Json& object, std::initializer_list<const char*> path);
/// {"a":"b"} as "a=b", each.
QStringList pairs(const kube::Json& map, QLatin1String between = QLatin1String("="));
/// The texts of an array.
QStringList list(const kube::Json& array);

} // namespace models::json
