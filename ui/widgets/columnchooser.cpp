#include "ui/widgets/columnchooser.h"

#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/popup.h"

#include <QAbstractItemModel>
#include <QEvent>
#include <QHeaderView>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace ui {

ColumnChooser::ColumnChooser(const QString& objectName, QWidget* parent) : QToolButton(parent)
{
    setObjectName(objectName);
    setIcon(themeIcon(Icon::Columns));
    setAutoRaise(true);
    setFocusPolicy(Qt::StrongFocus);
    connect(this, &QToolButton::clicked, this, &ColumnChooser::open);
    retranslate();
}

void ColumnChooser::setHeader(QHeaderView* header)
{
    m_header = header;
}

void ColumnChooser::open()
{
    if (!m_header || !m_header->model())
        return;
    if (!m_popup) {
        m_popup = new Popup(this);
        m_popup->setObjectName(objectName() + QStringLiteral(".popup"));
        m_list = new QListWidget;
        m_list->setObjectName(objectName() + QStringLiteral(".list"));
        m_list->setFrameShape(QFrame::NoFrame);
        m_list->setDragDropMode(QAbstractItemView::InternalMove);
        m_reset = new QPushButton;
        m_reset->setObjectName(objectName() + QStringLiteral(".reset"));
        auto* column = new QVBoxLayout(m_popup);
        column->setContentsMargins(grid::Unit, grid::Unit, grid::Unit, grid::Unit);
        column->setSpacing(grid::Unit);
        column->addWidget(m_list);
        column->addWidget(m_reset);
        connect(m_list, &QListWidget::itemChanged, this, [this](QListWidgetItem* item) {
            if (m_filling || !m_header)
                return;
            m_header->setSectionHidden(item->data(Qt::UserRole).toInt(), item->checkState() != Qt::Checked);
            Q_EMIT
            changed();
        });
        connect(m_list->model(), &QAbstractItemModel::rowsMoved, this, [this] {
            for (int to = 0; m_header && to < m_list->count(); ++to)
                m_header->moveSection(m_header->visualIndex(m_list->item(to)->data(Qt::UserRole).toInt()), to);
            Q_EMIT
            changed();
        });
        connect(m_reset, &QPushButton::clicked, this, [this] {
            Q_EMIT
            resetRequested();
            fill();
            Q_EMIT
            changed();
        });
        retranslate();
    }
    fill();
    m_popup->popUp();
    m_list->setFocus();
}

void ColumnChooser::fill()
{
    m_filling = true;
    m_list->clear();
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int logical = m_header->logicalIndex(visual);
        auto* item = new QListWidgetItem(
            m_header->model()->headerData(logical, Qt::Horizontal, Qt::DisplayRole).toString(), m_list);
        item->setData(Qt::UserRole, logical);
        item->setSizeHint(QSize(0, grid::RowHeight));
        Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemIsDragEnabled;
        if (logical != 0)
            flags |= Qt::ItemIsEnabled | Qt::ItemIsUserCheckable;
        item->setFlags(flags);
        item->setCheckState(m_header->isSectionHidden(logical) ? Qt::Unchecked : Qt::Checked);
    }
    m_list->setCurrentRow(0);
    m_list->setFixedSize(240, std::clamp(m_list->count(), 4, 14) * grid::RowHeight + grid::Unit);
    m_filling = false;
}

void ColumnChooser::retranslate()
{
    setAccessibleName(tr("Columns"));
    setToolTip(plainToolTip(tr("Choose columns and their order")));
    if (m_list)
        m_list->setAccessibleName(tr("Columns"));
    if (m_reset)
        m_reset->setText(tr("Reset columns"));
}

void ColumnChooser::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QToolButton::changeEvent(event);
}

} // namespace ui
