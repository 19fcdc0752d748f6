#pragma once
// Where the person has been: back and forward, as in a browser. A value.

#include "ui/shell/view.h"

namespace ui {

class History {
public:
    /// Shown by the person's own doing; what was ahead is forgotten. The view that stands there already changes
    /// nothing.
    void visit(const View& view);
    bool canGo(int by) const;
    /// -1 or +1. Call only when it can go.
    const View& go(int by);

private:
    static constexpr qsizetype Longest = 100;

    QList<View> m_views;
    qsizetype m_at = -1;
};

} // namespace ui
