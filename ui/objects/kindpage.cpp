#include "ui/objects/kindpage.h"

#include "app/models/roles.h"
#include "ui/objects/detailpane.h"
#include "ui/theme/grid.h"
#include "ui/theme/icons.h"
#include "ui/widgets/columnchooser.h"
#include "ui/widgets/csv.h"
#include "ui/widgets/namespacebox.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/timelabel.h"

#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMessageBox>
#include <QSaveFile>
#include <QSettings>
#include <QSplitter>
#include <QToolButton>
#include <algorithm>

namespace ui {

KindPage::KindPage(const View& view, const QString& kind, bool namespaced, QSettings& settings, QWidget* parent)
    : Page(view, parent),
      m_kind(kind),
      m_namespaced(namespaced),
      m_settings(settings),
      m_nameSpaces(new NamespaceBox(QStringLiteral("kind.namespaces"))),
      m_filter(new SearchField(QStringLiteral("kind.filter"))),
      m_counts(new PlainLabel),
      m_heard(new TimeLabel(TimeLabel::Style::Live)),
      m_columns(new ColumnChooser(QStringLiteral("kind.columns"))),
      m_csv(new QToolButton),
      m_details(new QToolButton),
      m_table(new TableView(QStringLiteral("kind.table"))),
      m_pane(new StatePane(QStringLiteral("kind.state"), m_table)),
      m_splitter(new QSplitter(Qt::Horizontal))
{
    build();
    connectParts();
    m_nameSpaces->setSelected(view.nameSpaces);
    m_filter->setText(view.filter);
    retranslate();
}

KindPage::~KindPage()
{
    saveColumns();
}

void KindPage::build()
{
    m_nameSpaces->setVisible(m_namespaced);
    m_filter->setMinimumWidth(120);
    m_filter->setMaximumWidth(320);
    m_counts->setObjectName(QStringLiteral("kind.counts"));
    m_counts->setColorId(ColorId::Muted);
    m_heard->setObjectName(QStringLiteral("kind.heard"));
    m_csv->setObjectName(QStringLiteral("kind.csv"));
    m_csv->setIcon(themeIcon(Icon::Csv));
    m_details->setObjectName(QStringLiteral("kind.details"));
    m_details->setIcon(themeIcon(Icon::Details));
    m_details->setCheckable(true);
    for (auto* button : {m_csv, m_details}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
    }
    auto* row = new QHBoxLayout;
    row->setContentsMargins(grid::Unit, grid::Unit, grid::Unit, grid::Unit);
    row->setSpacing(grid::Gap);
    row->addWidget(m_nameSpaces);
    row->addWidget(m_filter, 2);
    row->addWidget(m_counts);
    row->addWidget(m_heard);
    row->addStretch(1);
    row->addWidget(m_columns);
    row->addWidget(m_csv);
    row->addWidget(m_details);

    m_splitter->setObjectName(QStringLiteral("kind.splitter"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(5);
    m_splitter->addWidget(m_pane);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_splitter, 1);
    setFocusProxy(m_table);
}

void KindPage::connectParts()
{
    connect(m_nameSpaces, &NamespaceBox::selectionChanged, this, [this](const QStringList& names) {
        View next = view();
        next.nameSpaces = names;
        setView(next);
        Q_EMIT
        nameSpacesChosen(names);
    });
    connect(m_filter, &SearchField::searchChanged, this, [this](const QString& text) {
        View next = view();
        next.filter = text;
        setView(next);
        Q_EMIT
        filterChanged(text);
    });
    connect(m_filter, &SearchField::leftForResults, this, &KindPage::focusContent);
    connect(m_pane, &StatePane::retryRequested, this, &KindPage::refreshRequested);
    connect(m_pane, &StatePane::whyRequested, this, &KindPage::whyWanted);
    connect(m_pane, &StatePane::cancelRequested, this, &KindPage::cancelRequested);
    connect(m_columns, &ColumnChooser::resetRequested, this, &KindPage::resetColumns);
    connect(m_columns, &ColumnChooser::changed, this, &KindPage::saveColumns);
    connect(m_csv, &QToolButton::clicked, this, &KindPage::exportCsv);
    connect(m_details, &QToolButton::clicked, this, [this](bool on) { showDetail(on); });
    connect(m_table, &QTableView::doubleClicked, this, &KindPage::tabWanted);
    m_columns->setHeader(m_table->horizontalHeader());
    // Return opens the detail; activated() would come for double clicks as well.
    auto* open = new QAction(m_table);
    open->setObjectName(QStringLiteral("kind.open"));
    open->setShortcuts({QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)});
    open->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(open);
    connect(open, &QAction::triggered, this, [this] { showDetail(true); });
    auto* openTab = new QAction(m_table);
    openTab->setObjectName(QStringLiteral("kind.openTab"));
    openTab->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    openTab->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(openTab);
    connect(openTab, &QAction::triggered, this, [this] {
        if (m_table->currentIndex().isValid())
            Q_EMIT
        tabWanted(m_table->currentIndex());
    });
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    if (view().group.isEmpty() && view().resource == QLatin1String("nodes"))
        addNodeActions();
    if (view().group.isEmpty() && view().resource == QLatin1String("pods"))
        addPodActions();
    auto* line = new QAction(m_table);
    line->setObjectName(QStringLiteral("kind.commands.line"));
    line->setSeparator(true);
    m_table->addAction(line);
}

void KindPage::setCommands(const std::vector<ObjectCommand>& commands)
{
    if (commands == m_commands)
        return;
    const auto idOf = [](const ObjectCommand& command) { return command.id; };
    if (!std::ranges::equal(commands, m_commands, {}, idOf, idOf)) {
        qDeleteAll(std::exchange(m_commandActions, {}));
        for (const ObjectCommand& command : commands) {
            auto* action = new QAction(m_table);
            action->setObjectName(QStringLiteral("kind.command.") + command.id);
            action->setShortcut(command.keys);
            action->setShortcutContext(Qt::WidgetShortcut);
            m_table->addAction(action);
            m_commandActions += action;
            connect(action, &QAction::triggered, this, [this, id = command.id] { Q_EMIT commandWanted(id); });
        }
    }
    m_commands = commands;
    for (qsizetype i = 0; i < m_commandActions.size(); ++i) {
        const ObjectCommand& command = commands[static_cast<std::size_t>(i)];
        m_commandActions[i]->setText(command.text);
        m_commandActions[i]->setEnabled(command.why.isEmpty());
        m_commandActions[i]->setStatusTip(command.why);
        m_commandActions[i]->setToolTip(command.why.toHtmlEscaped());
    }
}

QModelIndexList KindPage::selectedRows() const
{
    return m_table->selectionModel() ? m_table->selectionModel()->selectedRows() : QModelIndexList{};
}

QList<QAction*> KindPage::objectActions()
{
    return m_table->actions();
}

/// In the context menu, and by their keys.
void KindPage::addNodeActions()
{
    auto* taints = new QAction(m_table);
    taints->setObjectName(QStringLiteral("kind.taints"));
    taints->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_T));
    taints->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(taints);
    connect(taints, &QAction::triggered, this, [this] {
        if (m_table->selectionModel() && m_table->selectionModel()->hasSelection())
            Q_EMIT taintsWanted(m_table->selectionModel()->selectedRows());
    });
}

void KindPage::addPodActions()
{
    auto* why = new QAction(m_table);
    why->setObjectName(QStringLiteral("kind.pending"));
    why->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Y));
    why->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(why);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(why, &QAction::triggered, this, [this] {
        if (m_table->currentIndex().isValid())
            Q_EMIT pendingWanted(m_table->currentIndex());
    });
}

void KindPage::setModel(QAbstractItemModel* model)
{
    m_model = model;
    m_table->cells()->setSignRole(models::SeverityRole);
    m_table->setModel(model);
    lookAtModel();
    connect(model, &QAbstractItemModel::modelReset, this, &KindPage::lookAtModel);
    connect(model, &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_sizes) // the rows show how wide the columns want to be
            m_table->sizeColumnsToSample();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &KindPage::selectionChanged);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& row) {
        if (isDetailShown() && row.isValid())
            Q_EMIT
        detailWanted(row);
    });
    Q_EMIT
    changed();
}

/// Columns are known when the first answer is there, and may be others after a reset.
void KindPage::lookAtModel()
{
    const int columns = m_model->columnCount();
    // The sign stands at the column that says best how the object is.
    const QStringList telling{QStringLiteral("Status"), QStringLiteral("Ready"), QStringLiteral("Name")};
    int sign = -1;
    qsizetype rank = telling.size();
    for (int c = 0; c < columns; ++c) {
        ColumnLook look;
        look.number = m_model->headerData(c, Qt::Horizontal, models::NumericRole).toBool();
        look.fixedFont = m_model->headerData(c, Qt::Horizontal, models::NameRole).toBool();
        m_table->cells()->setLook(c, look);
        const auto at = telling.indexOf(m_model->headerData(c, Qt::Horizontal, models::ColumnIdRole).toString());
        if (at >= 0 && at < rank) {
            rank = at;
            sign = c;
        }
    }
    if (sign >= 0) {
        ColumnLook look = m_table->cells()->look(sign);
        look.sign = true;
        m_table->cells()->setLook(sign, look);
    }
    m_sizes = columns > 0 && !m_table->restoreColumnState(m_settings.value(settingsKey()).toByteArray());
    if (m_sizes)
        resetColumns();
}

void KindPage::resetColumns()
{
    QHeaderView* header = m_table->horizontalHeader();
    for (int c = 0; c < header->count(); ++c) {
        header->moveSection(header->visualIndex(c), c);
        header->setSectionHidden(c, m_model->headerData(c, Qt::Horizontal, models::PriorityRole).toInt() > 0);
    }
    m_table->sizeColumnsToSample();
}

QString KindPage::settingsKey() const
{
    const QString group = view().group.isEmpty() ? QStringLiteral("core") : view().group;
    return QStringLiteral("columns/%1.%2").arg(view().resource, group);
}

void KindPage::saveColumns()
{
    if (m_model && m_model->columnCount() > 0)
        m_settings.setValue(settingsKey(), m_table->columnState());
}

void KindPage::setCounts(qint64 shown, qint64 total)
{
    m_shown = shown;
    m_total = total;
    m_counts->setText(total < 0 ? QString() : tr("%1 of %2").arg(shown).arg(total));
}

void KindPage::settleColumns()
{
    m_sizes = false;
}

void KindPage::setHeard(const QDateTime& when)
{
    m_heard->setTime(when);
}

DetailPane* KindPage::detail()
{
    if (!m_detail) {
        m_detail = new DetailPane(QStringLiteral("kind.detail"));
        m_detail->hide();
        m_splitter->addWidget(m_detail);
        m_splitter->setStretchFactor(0, 3);
        m_splitter->setStretchFactor(1, 2);
        connect(m_detail, &DetailPane::closed, this, [this] { showDetail(false); });
    }
    return m_detail;
}

bool KindPage::isDetailShown() const
{
    return m_detail && !m_detail->isHidden();
}

void KindPage::showDetail(bool show)
{
    m_details->setChecked(show);
    if (show) {
        const bool first = !m_detail;
        detail()->show();
        if (first)
            m_splitter->setSizes({width() * 3 / 5, width() * 2 / 5});
        if (m_table->currentIndex().isValid())
            Q_EMIT
        detailWanted(m_table->currentIndex());
    } else if (m_detail) {
        const bool inside = m_detail->isAncestorOf(focusWidget());
        m_detail->hide();
        if (inside)
            focusContent();
    }
}

QString KindPage::title() const
{
    return m_kind;
}

QIcon KindPage::icon() const
{
    return themeIcon(iconOf(view().resource));
}

void KindPage::find()
{
    if (m_detail && m_detail->isAncestorOf(focusWidget()))
        m_detail->find();
    else
        m_filter->setFocus(Qt::ShortcutFocusReason);
}

void KindPage::chooseColumns()
{
    m_columns->open();
}

void KindPage::exportCsv()
{
    if (!m_model)
        return;
    auto* dialog = new QFileDialog(this, tr("Export table as CSV"));
    dialog->setObjectName(QStringLiteral("kind.csvDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(view().resource + QStringLiteral(".csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& name) {
        QSaveFile file(name);
        if (file.open(QIODevice::WriteOnly) && writeCsv(*m_table, file) && file.commit())
            return;
        auto* box =
            new QMessageBox(QMessageBox::NoIcon, tr("Export table as CSV"),
                            tr("%1 could not be written: %2").arg(name, file.errorString()), QMessageBox::Close, this);
        box->setTextFormat(Qt::PlainText);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
    dialog->open();
}

bool KindPage::stepBack()
{
    if (isDetailShown()) {
        showDetail(false);
        focusContent();
        return true;
    }
    if (m_filter->hasFocus()) {
        focusContent();
        return true;
    }
    return false;
}

void KindPage::focusContent()
{
    m_table->setFocus(Qt::ShortcutFocusReason);
    if (!m_table->currentIndex().isValid() && m_model && m_model->rowCount() > 0)
        m_table->selectionModel()->setCurrentIndex(m_model->index(0, 0), QItemSelectionModel::NoUpdate);
}

void KindPage::retranslate()
{
    m_filter->setPrompt(tr("Filter"));
    m_table->setAccessibleName(m_kind);
    const auto named = [](QToolButton* button, const QString& words) {
        button->setAccessibleName(words);
        button->setToolTip(words);
    };
    named(m_csv, tr("Export table as CSV"));
    named(m_details, tr("Detail beside the table"));
    for (auto* action : m_table->actions()) {
        if (action->objectName() == QLatin1String("kind.open"))
            action->setText(tr("Open detail"));
        else if (action->objectName() == QLatin1String("kind.openTab"))
            action->setText(tr("Open in a tab of its own"));
        else if (action->objectName() == QLatin1String("kind.taints"))
            action->setText(tr("Edit taints…"));
        else if (action->objectName() == QLatin1String("kind.pending"))
            action->setText(tr("Find out why it is pending"));
    }
    setCounts(m_shown, m_total);
    Q_EMIT
    languageChanged();
    Q_EMIT
    changed();
}

void KindPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Page::changeEvent(event);
}

} // namespace ui
