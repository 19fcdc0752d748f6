#include "ui/shell/history.h"

namespace ui {

void History::visit(const View& view)
{
    if (m_at >= 0 && m_views[m_at].identity() == view.identity()) {
        m_views[m_at] = view;
        return;
    }
    m_views.resize(m_at + 1);
    m_views << view;
    if (m_views.size() > Longest)
        m_views.removeFirst();
    m_at = m_views.size() - 1;
}

bool History::canGo(int by) const
{
    return m_at + by >= 0 && m_at + by < m_views.size();
}

const View& History::go(int by)
{
    m_at += by;
    return m_views[m_at];
}

} // namespace ui
