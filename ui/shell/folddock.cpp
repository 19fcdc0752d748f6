#include "ui/shell/folddock.h"

#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/plaintext.h"

#include <QAction>
#include <QMainWindow>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

FoldDock::FoldDock(const QString& objectName, std::function<QWidget*()> build, QWidget* parent)
    : QDockWidget(parent),
      m_build(std::move(build)),
      m_head(new QToolButton),
      m_frame(new QWidget)
{
    setObjectName(objectName);
    setFeatures(QDockWidget::NoDockWidgetFeatures);
    setAllowedAreas(Qt::BottomDockWidgetArea);
    toggleViewAction()->setObjectName(objectName + QStringLiteral(".toggle"));
    m_head->setObjectName(objectName + QStringLiteral(".fold"));
    m_head->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_head->setAutoRaise(true);
    m_head->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_head->setFixedHeight(grid::RowHeight);
    m_head->setFocusPolicy(Qt::TabFocus);
    m_head->setIcon(themeIcon(Icon::ChevronRight));
    setTitleBarWidget(m_head);
    auto* column = new QVBoxLayout(m_frame);
    column->setContentsMargins(0, 0, 0, 0);
    setWidget(m_frame);
    m_frame->hide();
    setMaximumHeight(grid::RowHeight);
    connect(m_head, &QToolButton::clicked, this, [this] { setOpen(!m_open); });
}

void FoldDock::setOpen(bool open)
{
    if (open == m_open)
        return;
    m_open = open;
    if (open && !m_content) {
        m_content = m_build();
        m_frame->layout()->addWidget(m_content);
    }
    if (!open)
        m_height = height();
    m_head->setIcon(themeIcon(open ? Icon::ChevronDown : Icon::ChevronRight));
    m_frame->setVisible(open);
    setMaximumHeight(open ? QWIDGETSIZE_MAX : grid::RowHeight);
    if (auto* window = qobject_cast<QMainWindow*>(parentWidget()); window && open)
        window->resizeDocks({this}, {m_height}, Qt::Vertical);
    Q_EMIT
    openChanged(open);
}

void FoldDock::setTitle(const QString& title)
{
    setWindowTitle(title);
    m_head->setText(withoutMnemonic(title));
    m_head->setAccessibleName(title);
}

} // namespace ui
