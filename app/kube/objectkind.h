#pragma once
// The kinds that are kept as objects: how one object of a list becomes a row, with the columns of the server's own
// Table (k8s.io/kubernetes/pkg/printers/internalversion/printers.go). Every other kind is shown through the server's
// Table.

#include "app/kube/rows.h"

#include <simdjson.h>

namespace kube {

struct ObjectKind {
    QString group; ///< empty for the core group
    QString version;
    QString resource; ///< "pods"
    QString kind;     ///< "Pod"
    bool namespaced = true;
    std::vector<Column> columns;
    std::size_t cells = 0;
    /// Fills the row that builder.begin() started: all but commit(). The object is of any shape until it is checked; an
    /// item without a name is BadAnswer. Fields in any order; unknown ones are passed over.
    simdjson::error_code (*project)(simdjson::ondemand::object item, RowBuilder& row) = nullptr;
};

/// Pods, nodes, deployments and namespaces; null for any other resource. Lives for ever.
const ObjectKind* objectKind(const QString& group, const QString& version, const QString& resource);
const std::vector<const ObjectKind*>& objectKinds();

} // namespace kube
