#pragma once
// How a feature goes elsewhere without knowing who lives there.

#include "ui/shell/view.h"

namespace ui {

class Page;

class Navigator {
public:
    virtual ~Navigator() = default;

    /// Shows the tab of the view, or builds one. Null when no page is known by that name.
    virtual Page* open(const View& view) = 0;
    /// The object's own tab.
    virtual Page* open(const kube::ObjectRef& object) = 0;
    /// The context that the person works in; empty when there is none.
    virtual QString currentCluster() const = 0;
    /// A sentence in the status bar, for a few seconds.
    virtual void say(const QString& sentence) = 0;

protected:
    Navigator() = default;
    Q_DISABLE_COPY_MOVE(Navigator)
};

} // namespace ui
