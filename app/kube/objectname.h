#pragma once
// How an object is called within its kind.

#include <QString>

namespace kube {

/// "shop/web", and "node-1" for what has no namespace, as they came.
QString objectName(const QString& nameSpace, const QString& name);
/// The same as it is shown.
QString shownName(const QString& nameSpace, const QString& name);

} // namespace kube
