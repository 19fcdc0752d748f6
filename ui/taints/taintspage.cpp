#include "ui/taints/taintspage.h"

#include "app/models/roles.h"
#include "ui/taints/applybar.h"
#include "ui/taints/impactpanel.h"
#include "ui/taints/taintlines.h"
#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/statepane.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/tableview.h"

#include <QEvent>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

namespace ui {
namespace {

QStringList proposalsOf(const View& view)
{
    return view.more.value(QStringLiteral("remove")).split(QLatin1Char(','), Qt::SkipEmptyParts);
}

} // namespace

TaintsPage::TaintsPage(const View& view)
    : Page(view),
      m_model(new models::TextRowsModel(this)),
      m_nodes(new TableView(QStringLiteral("taints.nodes"))),
      m_hint(new PlainLabel),
      m_lines(new TaintLines),
      m_impact(new ImpactPanel),
      m_bottom(new ApplyBar),
      m_columns(new QSplitter(Qt::Horizontal)),
      m_pane(new StatePane(QStringLiteral("taints.state"), m_columns)),
      m_chosen(view.more.value(QStringLiteral("nodes")).split(QLatin1Char(','), Qt::SkipEmptyParts)),
      m_proposals(proposalsOf(view))
{
    forgetProposals();
    m_nodes->setSortable(false);
    m_nodes->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_nodes->cells()->setLook(0, {.fixedFont = true});
    m_nodes->cells()->setLook(2, {.fixedFont = true});
    m_hint->setColorId(ColorId::Muted);
    m_hint->setWordWrap(true);
    m_hint->setObjectName(QStringLiteral("taints.hint"));
    auto* left = new QWidget;
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(grid::Gap, grid::Gap, 0, grid::Gap);
    leftColumn->setSpacing(grid::Unit);
    leftColumn->addWidget(m_hint);
    leftColumn->addWidget(m_nodes, 1);
    auto* scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("taints.scroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_lines);
    m_columns->setObjectName(QStringLiteral("taints.columns"));
    m_columns->setChildrenCollapsible(false);
    m_columns->setHandleWidth(5);
    for (QWidget* part : std::initializer_list<QWidget*>{left, scroll, m_impact})
        m_columns->addWidget(part);
    m_columns->setStretchFactor(0, 3);
    m_columns->setStretchFactor(1, 3);
    m_columns->setStretchFactor(2, 4);
    m_columns->setSizes({300, 330, 420});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_pane, 1);
    column->addWidget(m_bottom);
    retranslate();
    m_nodes->setModel(m_model);
    connect(m_nodes->selectionModel(), &QItemSelectionModel::selectionChanged, this, &TaintsPage::takeSelection);
}

void TaintsPage::setNodes(std::vector<models::TextRow> rows)
{
    m_choosing = true; // rows that move are no choice of the person's
    m_model->setRows(std::move(rows));
    m_choosing = false;
    if (!m_sized && m_model->rowCount() > 0) {
        m_sized = true;
        m_nodes->sizeColumnsToSample();
    }
    choose(m_chosen);
}

QStringList TaintsPage::chosen() const
{
    return m_chosen;
}

void TaintsPage::choose(const QStringList& names)
{
    QItemSelection selection;
    QStringList found;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QString name = m_model->rows()[static_cast<std::size_t>(row)].cells.value(0);
        if (!names.contains(name))
            continue;
        found += name;
        selection.select(m_model->index(row, 0), m_model->index(row, m_model->columnCount() - 1));
    }
    m_choosing = true;
    m_nodes->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    if (!selection.isEmpty() && !m_nodes->currentIndex().isValid())
        m_nodes->selectionModel()->setCurrentIndex(selection.indexes().front(), QItemSelectionModel::NoUpdate);
    m_choosing = false;
    // Before the list is there nobody is found: the wish stays.
    const QStringList now = m_model->rowCount() > 0 ? found : names;
    if (now == m_chosen)
        return;
    m_chosen = now;
    Q_EMIT chosenChanged();
}

void TaintsPage::takeSelection()
{
    if (m_choosing)
        return;
    QStringList names;
    const auto rows = m_nodes->selectionModel()->selectedRows();
    for (const QModelIndex& row : rows)
        names += row.data().toString();
    names.sort();
    if (names == m_chosen)
        return;
    m_chosen = names;
    Q_EMIT chosenChanged();
}

/// Who comes back to this tab finds the draft as it was left.
void TaintsPage::forgetProposals()
{
    View bare = view();
    bare.more.remove(QStringLiteral("remove"));
    setView(bare);
}

void TaintsPage::lookAt(const View& view)
{
    m_proposals = proposalsOf(view);
    const QString nodes = view.more.value(QStringLiteral("nodes"));
    if (!nodes.isEmpty())
        choose(nodes.split(QLatin1Char(','), Qt::SkipEmptyParts));
    if (!m_proposals.isEmpty()) // also where these nodes were chosen before
        Q_EMIT chosenChanged();
}

QString TaintsPage::title() const
{
    return tr("Taints");
}

QIcon TaintsPage::icon() const
{
    return themeIcon(Icon::Nodes);
}

void TaintsPage::focusContent()
{
    if (m_chosen.isEmpty())
        m_nodes->setFocus(Qt::OtherFocusReason);
    else
        m_lines->focusKey();
}

void TaintsPage::retranslate()
{
    m_nodes->setAccessibleName(tr("Nodes"));
    m_hint->setText(tr("Choose one node or several (Ctrl, Shift)."));
    m_model->setHeaders({tr("Node"), tr("Roles"), tr("Taints")});
    Q_EMIT languageChanged();
    Q_EMIT changed();
}

void TaintsPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Page::changeEvent(event);
}

} // namespace ui
