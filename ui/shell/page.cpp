#include "ui/shell/page.h"

namespace ui {

Page::Page(const View& view, QWidget* parent) : QWidget(parent), m_view(view)
{
    setObjectName(QStringLiteral("page.") + view.identity());
}

void Page::setView(const View& view)
{
    if (view == m_view)
        return;
    m_view = view;
    Q_EMIT
    changed();
}

} // namespace ui
