#include "ui/journal/journalpanel.h"

#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/tableview.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>
#include <algorithm>

namespace ui {

JournalPanel::JournalPanel(QWidget* parent)
    : QWidget(parent),
      m_filter(new SearchField(QStringLiteral("journal.filter"))),
      m_kubectl(new QToolButton),
      m_curl(new QToolButton),
      m_clear(new QToolButton),
      m_table(new TableView(QStringLiteral("journal.table")))
{
    setObjectName(QStringLiteral("journal"));
    m_kubectl->setObjectName(QStringLiteral("journal.copyKubectl"));
    m_curl->setObjectName(QStringLiteral("journal.copyCurl"));
    m_clear->setObjectName(QStringLiteral("journal.clear"));
    m_kubectl->setIcon(themeIcon(Icon::Copy));
    m_curl->setIcon(themeIcon(Icon::Copy));
    for (auto* button : {m_kubectl, m_curl, m_clear}) {
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
    }
    m_filter->setMaximumWidth(320);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(grid::Unit, 2, grid::Unit, grid::Unit);
    row->setSpacing(grid::Gap);
    row->addWidget(m_filter);
    row->addStretch(1);
    row->addWidget(m_kubectl);
    row->addWidget(m_curl);
    row->addWidget(m_clear);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_table);
    setFocusProxy(m_table);

    connect(m_filter, &SearchField::searchChanged, this, &JournalPanel::filterChanged);
    connect(m_filter, &SearchField::leftForResults, m_table, [this] { m_table->setFocus(); });
    connect(m_kubectl, &QToolButton::clicked, this, [this] { copy(m_kubectlRole); });
    connect(m_curl, &QToolButton::clicked, this, [this] { copy(m_curlRole); });
    connect(m_clear, &QToolButton::clicked, this, &JournalPanel::clearRequested);
    retranslate();
    showState();
}

void JournalPanel::setModel(QAbstractItemModel* model, int kubectlRole, int curlRole, int severityRole)
{
    m_kubectlRole = kubectlRole;
    m_curlRole = curlRole;
    m_table->setSortable(false);
    m_table->setModel(model);
    m_table->cells()->setSignRole(severityRole);
    for (int column = 0; column < model->columnCount(); ++column) {
        const int alignment = model->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt();
        ColumnLook look;
        look.number = alignment & Qt::AlignRight;
        look.fixedFont = true;
        m_table->cells()->setLook(column, look);
    }
    m_table->sizeColumnsToSample();
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &JournalPanel::showState);
    // The end stays in sight while the person is there.
    connect(model, &QAbstractItemModel::rowsAboutToBeInserted, this, [this] {
        const QScrollBar* bar = m_table->verticalScrollBar();
        setProperty("atEnd", bar->value() == bar->maximum());
    });
    connect(
        model, &QAbstractItemModel::rowsInserted, this,
        [this] {
            if (property("atEnd").toBool())
                m_table->scrollToBottom();
        },
        Qt::QueuedConnection);
    // Once the panel has its size: what just happened is what one unfolds it for.
    QTimer::singleShot(0, m_table, &QTableView::scrollToBottom);
    showState();
}

void JournalPanel::copy(int role)
{
    if (role < 0 || !m_table->selectionModel())
        return;
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const QModelIndex& index : std::as_const(rows))
        if (const QString line = index.data(role).toString(); !line.isEmpty())
            lines << line;
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void JournalPanel::showState()
{
    const bool any = m_table->selectionModel() && m_table->selectionModel()->hasSelection();
    m_kubectl->setEnabled(any && m_kubectlRole >= 0);
    m_curl->setEnabled(any && m_curlRole >= 0);
}

void JournalPanel::retranslate()
{
    m_filter->setPrompt(tr("Filter calls"));
    m_kubectl->setText(tr("Copy as kubectl"));
    m_curl->setText(tr("Copy as curl"));
    m_clear->setText(tr("Clear journal"));
    m_table->setAccessibleName(tr("Calls"));
}

void JournalPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui
