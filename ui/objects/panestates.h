#pragma once
// What the core says of a feed, as what a pane shows.

#include "app/kube/listwatch.h"
#include "ui/widgets/statepane.h"

namespace ui {

/// `rows`: how many there are before filters; `kind`: "pods", the plural. Translated now: asked again on a change of
/// language.
PaneState paneStateOf(const kube::FeedState& state, std::size_t rows, std::size_t shown, const QString& kind,
                      const QString& address);
/// A question that failed.
PaneState paneStateOf(const base::Error& error);

} // namespace ui
