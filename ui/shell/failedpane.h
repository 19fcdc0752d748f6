#pragma once
// An error as what a pane shows in place of its content.

#include "app/base/error.h"
#include "ui/widgets/statepane.h"

namespace ui {

/// Who may not look is told so, and not that it failed. Translated now: asked again on a change of language.
PaneState failedPane(const base::Error& error);

} // namespace ui
