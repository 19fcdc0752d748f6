#pragma once
// The pages of this feature, built from a view.

#include "app/change/immutable.h"
#include "app/change/intent.h"
#include "app/kube/manifest.h"
#include "app/store/cluster.h"
#include "ui/shell/view.h"

#include <functional>

class QWidget;

namespace ui {

class Page;

/// Deletes an object and makes it again, as a person confirms it over a page; calls back when that is over.
using Recreate =
    std::function<void(const change::Target& target, const kube::Manifest& manifest, const kube::Json& live,
                       const std::vector<change::ImmutableField>& fields, QWidget* over, std::function<void()> done)>;
/// A page "manifests": an empty text to paste or open a file into. The cluster is open and outlives the page.
Page* newManifestsPage(const View& view, store::Cluster* cluster, const Recreate& recreate);
/// A page "edit": the text of the view's object.
Page* newObjectEditPage(const View& view, store::Cluster* cluster, const kube::ApiResource& resource,
                        const Recreate& recreate);

View manifestsView(const QString& context);

} // namespace ui
