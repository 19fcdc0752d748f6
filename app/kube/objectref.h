#pragma once
// Which object is meant, wherever it came from. Everything that navigates speaks in these.

#include <QString>
#include <compare>

namespace kube {

struct ObjectRef {
    QString cluster; ///< UID of namespace kube-system; the context's name until that is known
    QString apiVersion;
    QString kind;
    QString nameSpace; ///< empty for a cluster-wide kind
    QString name;
    QString uid; ///< empty when not known
    bool operator==(const ObjectRef&) const = default;
};

} // namespace kube
