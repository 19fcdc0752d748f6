#pragma once
// What is told of one business, namespace or cluster beside the graph and the table.

#include "app/kube/objectref.h"
#include "app/tke/businessstate.h"
#include "ui/widgets/keyvalueview.h"

namespace ui {

/// `ownCluster`: the name that the platform has for the cluster that is looked at; empty: not known. Translated now.
std::vector<KeyValues> detailOf(const tke::BusinessPicture& picture, const tke::BusinessPart& part,
                                const QString& ownCluster);

/// Where a row of it leads: to another part, or to an object.
struct DetailLead {
    tke::BusinessPart part;
    std::optional<kube::ObjectRef> object;
};
/// `cluster`: as in ObjectRef. `id`: of the row that was followed; an empty lead for one that leads nowhere.
DetailLead leadOf(const tke::BusinessPicture& picture, const tke::BusinessPart& part, const QString& id,
                  const QString& cluster);

} // namespace ui
