#pragma once
// What models tell beyond text: meaning and raw values. Colours, icons and alignment are the window's.

#include "app/kube/objectref.h"
#include "app/kube/rows.h"

#include <QMetaType>
#include <Qt>

namespace models {

enum Role {
    SeverityRole = Qt::UserRole + 1, ///< kube::Severity of the row
    RefRole,                         ///< kube::ObjectRef
    NumericRole,                     ///< bool: digits, to be aligned right
    NameRole,                        ///< bool: an identifier, in the fixed-width font
    ColumnIdRole,                    ///< header: the stable id of a column, never translated
    PriorityRole,                    ///< header: 0 shown, greater: on demand
    StateRole,                       ///< tree: models::KindState or ConnectionState as int
    CountRole,                       ///< tree: how many objects, invalid when not known
    ResourceRole,                    ///< tree: key of the kind ("deployments.apps")
    ContextRole,                     ///< tree: name of the context
    GroupRole,                       ///< tree: id of the group ("workloads")
    NodeTypeRole,                    ///< tree: models::ClusterTreeModel::NodeType as int
    JournalIdRole,                   ///< journal: id of the entry
};

} // namespace models

Q_DECLARE_METATYPE(kube::ObjectRef)
