#pragma once
// What one object is about, as groups of labelled values: meaning only, laid out by the window.

#include "app/kube/json.h"
#include "app/kube/objectref.h"
#include "app/kube/rows.h"

#include <QStringList>
#include <optional>
#include <vector>

namespace models {

struct OverviewRow {
    QString id;    ///< stable, unique in its group
    QString label; ///< translated
    QString value; ///< one line, or several
    QStringList chips;
    kube::Severity severity = kube::Severity::None;
    bool identifier = false; ///< in the fixed-width font
    std::optional<kube::ObjectRef> leadsTo;
};

struct OverviewGroup {
    QString id;
    QString title; ///< translated; or the name of a container
    std::vector<OverviewRow> rows;
};

/// Any object; more of a Pod, a Node, a workload. `cluster` is that of the refs; `now` is seconds since 1970.
std::vector<OverviewGroup> overviewOf(const kube::Json& object, const QString& cluster, std::int64_t now);

} // namespace models
