#pragma once
// Parts of the contract that several commands print.

#include "app/base/error.h"
#include "app/kube/json.h"
#include "app/kube/objectref.h"

#include <QStringList>
#include <optional>

namespace cli {

kube::Json textOrNull(const QString& text);
template <typename T> kube::Json valueOrNull(const std::optional<T>& value)
{
    return value ? kube::Json(*value) : kube::Json(nullptr);
}
kube::Json texts(const QStringList& list);
/// {apiVersion, kind, namespace|null, name, uid|null}
kube::Json refJson(const kube::ObjectRef& ref);
/// {kind, httpStatus|null, reason, message, advice}
kube::Json errorJson(const base::Error& error);

} // namespace cli
