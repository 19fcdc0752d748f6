#pragma once
// What a write would change, as lines of YAML: the object as it is beside the server's own answer to the dry run.

#include "app/base/diffline.h"
#include "app/kube/json.h"

#include <QString>
#include <vector>

namespace change {

using base::DiffLine;

/// Line by line, with `context` equal lines around each change; empty when nothing differs. Texts past a thousand
/// changed lines are told as removed and added as a whole.
std::vector<DiffLine> diffLines(const QString& before, const QString& after, int context = 3);

/// The same for two objects, null for one that is not there. What a server sets by itself on every write
/// (managedFields, resourceVersion, generation; of a new object also its uid, time and status) is left out. Of a
/// Secret's values only sizes are shown, and which of them differ.
std::vector<DiffLine> diffObjects(const kube::Json& before, const kube::Json& after, int context = 3);

/// As `diff -u` writes it, without a head.
QString unifiedText(const std::vector<DiffLine>& lines);

} // namespace change
