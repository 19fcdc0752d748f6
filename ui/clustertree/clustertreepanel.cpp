#include "ui/clustertree/clustertreepanel.h"

#include "ui/clustertree/clustertreedelegate.h"
#include "ui/theme/grid.h"
#include "ui/widgets/statepane.h"

#include <QEvent>
#include <QHeaderView>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui {

ClusterTreePanel::ClusterTreePanel(QWidget* parent)
    : QWidget(parent),
      m_tree(new QTreeView),
      m_rows(new ClusterTreeDelegate(this)),
      m_pane(new StatePane(QStringLiteral("tree.state"), m_tree))
{
    setObjectName(QStringLiteral("treePanel"));
    m_tree->setObjectName(QStringLiteral("tree"));
    m_tree->header()->setObjectName(QStringLiteral("tree.header"));
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setIndentation(grid::Icon);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setItemDelegate(m_rows);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_pane);
    setFocusProxy(m_tree);

    // Qt sends activated() for Return, and on some desktops for a click as well: clicks are told apart here.
    connect(m_tree, &QTreeView::clicked, this, [this](const QModelIndex& index) {
        if (m_tree->model()->hasChildren(index))
            m_tree->expand(index);
        if (index.parent().isValid())
            Q_EMIT
        opened(index);
    });
    connect(m_tree, &QTreeView::doubleClicked, this, [this](const QModelIndex& index) {
        if (!index.parent().isValid())
            Q_EMIT
        opened(index);
    });
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_tree, &QTreeView::customContextMenuRequested, this, [this](const QPoint& at) {
        const QModelIndex index = m_tree->indexAt(at);
        Q_EMIT
        menuRequested(index, m_tree->viewport()->mapToGlobal(at));
    });
    m_rows->onReturn(m_tree, [this](const QModelIndex& index) {
        Q_EMIT
        opened(index);
    });
    retranslate();
}

void ClusterTreePanel::setModel(QAbstractItemModel* model, const ClusterTreeRoles& roles)
{
    m_rows->setRoles(roles);
    m_tree->setModel(model);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &ClusterTreePanel::currentChanged);
}

void ClusterTreePanel::retranslate()
{
    m_tree->setAccessibleName(tr("Clusters and kinds"));
    m_tree->header()->setAccessibleName(tr("Clusters and kinds"));
}

void ClusterTreePanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui
