#pragma once
// What models tell beyond text: meaning and raw values. Colours, icons and alignment are the window's.

#include "app/kube/objectref.h"
#include "app/kube/rows.h"

#include <QMetaType>
#include <Qt>

namespace models {

enum Role {
    SeverityRole = Qt::UserRole + 1, ///< kube::Severity as int
    RefRole,                         ///< kube::ObjectRef
    NumericRole,                     ///< bool: digits, to be aligned right
    NameRole,                        ///< bool: an identifier, in the fixed-width font
    ColumnIdRole,                    ///< header: the stable id of a column, never translated
    PriorityRole,                    ///< header: 0 shown, greater: on demand
    // Tree
    NodeTypeRole,   ///< ClusterTreeModel::NodeType as int
    IdRole,         ///< QString: id of a group ("workloads"), or the plural of a kind ("pods")
    ConnectionRole, ///< store::Cluster::State as int, on clusters and on members that are open
    NoteRole,       ///< QString: "read-only", "stale 14:02", "no permission"
    CountRole,      ///< QString: a number, empty when it is not known
    ReadOnlyRole,   ///< bool
    ProductionRole, ///< bool
    SnapshotRole,   ///< bool: a cluster that is a snapshot
    // Journal
    KubectlRole, ///< QString: the equal kubectl command
    CurlRole,    ///< QString: the equal curl command
};

} // namespace models
