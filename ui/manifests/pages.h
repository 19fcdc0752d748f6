#pragma once
// The pages of this feature, built from a view.

#include "app/store/cluster.h"
#include "ui/shell/view.h"

namespace ui {

class Page;

/// A page "manifests": an empty text to paste or open a file into. The cluster is open and outlives the page.
Page* newManifestsPage(const View& view, store::Cluster* cluster);
/// A page "edit": the text of the view's object.
Page* newObjectEditPage(const View& view, store::Cluster* cluster, const kube::ApiResource& resource);

View manifestsView(const QString& context);

} // namespace ui
