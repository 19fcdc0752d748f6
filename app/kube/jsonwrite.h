#pragma once
// Writing JSON for other programs: what is not known is null.

#include "app/kube/json.h"
#include "app/kube/objectref.h"

#include <QStringList>
#include <optional>

namespace kube {

/// Null for an empty text.
Json textOrNull(const QString& text);
template <typename T> Json valueOrNull(const std::optional<T>& value)
{
    return value ? Json(*value) : Json(nullptr);
}
Json texts(const QStringList& list);
/// {apiVersion, kind, namespace|null, name, uid|null}
Json refJson(const ObjectRef& ref);

} // namespace kube
