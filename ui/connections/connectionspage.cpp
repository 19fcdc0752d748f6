#include "ui/connections/connectionspage.h"

#include "app/base/visible.h"
#include "app/messages/connections.h"
#include "app/messages/errors.h"
#include "app/models/contextsmodel.h"
#include "app/store/clusters.h"
#include "ui/connections/clusterdialog.h"
#include "ui/connections/connections.h"
#include "ui/connections/contextcommands.h"
#include "ui/connections/removedialog.h"
#include "ui/theme/grid.h"
#include "ui/widgets/keyvalueview.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/statepane.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/tableview.h"

#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QPointer>
#include <QPushButton>
#include <QSplitter>
#include <algorithm>

namespace ui {
namespace {

QPushButton* button(const char* name, Icon icon)
{
    auto* made = new QPushButton;
    made->setObjectName(QLatin1String("connections.") + QLatin1String(name));
    made->setIcon(themeIcon(icon));
    made->setAutoDefault(false);
    return made;
}

void lookAs(TableView* table, const QAbstractItemModel& model, int signColumn)
{
    for (int column = 0; column < model.columnCount(); ++column)
        table->cells()->setLook(column,
                                {.fixedFont = model.headerData(column, Qt::Horizontal, models::NameRole).toBool(),
                                 .number = model.headerData(column, Qt::Horizontal, models::NumericRole).toBool(),
                                 .sign = column == signColumn});
    table->cells()->setSignRole(models::SeverityRole);
}

} // namespace

ConnectionsPage::ConnectionsPage(const View& view, Connections* connections)
    : Page(view),
      m_connections(connections),
      m_contexts(std::make_unique<models::ContextsModel>()),
      m_files(std::make_unique<models::KubeconfigFilesModel>())
{
    build();
    connect(m_addCluster, &QPushButton::clicked, this, &ConnectionsPage::addCluster);
    connect(m_addFile, &QPushButton::clicked, this, &ConnectionsPage::addFile);
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (const config::Context* context = chosen())
            Q_EMIT openRequested(context->name);
    });
    connect(m_table, &QTableView::doubleClicked, m_open, &QPushButton::click);
    connect(m_credential, &QPushButton::clicked, this, [this] {
        if (const config::Context* context = chosen())
            showCredential(m_connections, *context, this);
    });
    connect(m_production, &QPushButton::clicked, this, [this](bool on) { setMark(true, on); });
    connect(m_readOnly, &QPushButton::clicked, this, [this](bool on) { setMark(false, on); });
    connect(m_edit, &QPushButton::clicked, this, &ConnectionsPage::editChosen);
    connect(m_remove, &QPushButton::clicked, this, &ConnectionsPage::removeChosen);
    connect(m_removeFile, &QPushButton::clicked, this, &ConnectionsPage::removeFile);
    connect(m_connections, &Connections::marksChanged, this, &ConnectionsPage::reload);
    connect(m_connections->clusters(), &store::Clusters::loaded, this, &ConnectionsPage::reload);
    connect(m_connections->clusters(), &store::Clusters::updated, this, &ConnectionsPage::reload);
    connect(m_connections->clusters(), &store::Clusters::removed, this, &ConnectionsPage::reload);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ConnectionsPage::showChosen);
    connect(m_fileTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& row) { m_removeFile->setEnabled(m_files->isAdded(row.row())); });
    retranslate();
    reload();
    m_table->sizeColumnsToSample();
    m_fileTable->sizeColumnsToSample();
}

ConnectionsPage::~ConnectionsPage() = default;

View ConnectionsPage::viewOf()
{
    View view;
    view.page = QStringLiteral("connections");
    return view;
}

void ConnectionsPage::build()
{
    m_heading = new PlainLabel;
    m_heading->setObjectName(QStringLiteral("connections.heading"));
    m_heading->setColorId(ColorId::Muted);
    m_addCluster = button("addCluster", Icon::Cluster);
    m_addFile = button("addFile", Icon::Open);
    m_error = new PlainLabel(PlainLabel::Selectable::Yes);
    m_error->setObjectName(QStringLiteral("connections.error"));
    m_error->setColorId(ColorId::Error);
    m_error->setWordWrap(true);
    m_error->hide();
    auto* head = new QHBoxLayout;
    head->setSpacing(grid::Gap);
    head->addWidget(m_heading, 1);
    head->addWidget(m_addFile);
    head->addWidget(m_addCluster);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setObjectName(QStringLiteral("connections.splitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(contextSide());
    splitter->addWidget(fileSide());
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({440, 150});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(grid::Gap, grid::Gap, grid::Gap, grid::Gap);
    column->setSpacing(grid::Gap);
    column->addLayout(head);
    column->addWidget(m_error);
    column->addWidget(splitter, 1);
}

QWidget* ConnectionsPage::contextSide()
{
    m_table = new TableView(QStringLiteral("connections.table"));
    m_table->setSortable(false);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setModel(m_contexts.get());
    lookAs(m_table, *m_contexts, models::ContextsModel::Name);
    m_pane = new StatePane(QStringLiteral("connections.state"), m_table);
    connect(m_pane, &StatePane::retryRequested, this, &ConnectionsPage::addCluster);
    m_open = button("open", Icon::StateConnected);
    m_credential = button("credential", Icon::Access);
    m_production = button("production", Icon::Production);
    m_production->setCheckable(true);
    m_readOnly = button("readOnly", Icon::Lock);
    m_readOnly->setCheckable(true);
    m_edit = button("edit", Icon::Details);
    m_remove = button("remove", Icon::Close);
    m_details = new KeyValueView(QStringLiteral("connections.details"));

    auto* actions = new QHBoxLayout;
    actions->setSpacing(grid::Gap);
    for (QPushButton* each : {m_open, m_credential, m_production, m_readOnly, m_edit, m_remove})
        actions->addWidget(each);
    actions->addStretch(1);
    auto* lower = new QWidget;
    auto* below = new QVBoxLayout(lower);
    below->setContentsMargins(0, grid::Unit, 0, 0);
    below->setSpacing(grid::Unit);
    below->addLayout(actions);
    below->addWidget(m_details, 1);
    auto* side = new QSplitter(Qt::Vertical);
    side->setObjectName(QStringLiteral("connections.contexts"));
    side->setChildrenCollapsible(false);
    side->addWidget(m_pane);
    side->addWidget(lower);
    side->setSizes({220, 220});
    return side;
}

QWidget* ConnectionsPage::fileSide()
{
    m_filesTitle = new PlainLabel;
    m_filesTitle->setObjectName(QStringLiteral("connections.filesTitle"));
    m_removeFile = button("removeFile", Icon::Close);
    m_removeFile->setEnabled(false);
    m_fileTable = new TableView(QStringLiteral("connections.files"));
    m_fileTable->setSortable(false);
    m_fileTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_fileTable->setModel(m_files.get());
    lookAs(m_fileTable, *m_files, models::KubeconfigFilesModel::File);
    auto* head = new QHBoxLayout;
    head->addWidget(m_filesTitle, 1);
    head->addWidget(m_removeFile);
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, grid::Unit, 0, 0);
    column->setSpacing(grid::Unit);
    column->addLayout(head);
    column->addWidget(m_fileTable, 1);
    return side;
}

void ConnectionsPage::reload()
{
    const config::Context* before = chosen();
    const QString name = before ? before->name : QString();
    const bool sizes = m_contexts->rowCount() == 0;
    m_contexts->setContexts(m_connections->contexts());
    m_files->set(m_connections->clusters()->kubeconfig(), m_connections->settings().kubeconfigs);
    if (m_contexts->rowCount() == 0)
        m_pane->setState(
            {.kind = PaneState::Kind::Empty,
             .sentence = tr("No cluster is known yet."),
             .advice = tr("Add a kubeconfig file, or add a cluster from what the TKEStack console shows as "
                          "集群凭证 (cluster credential)."),
             .canRetry = false});
    else
        m_pane->setState({});
    if (sizes)
        m_table->sizeColumnsToSample();
    const int row = std::max(m_contexts->rowOf(name), 0);
    if (m_contexts->rowCount() > 0 && (!chosen() || chosen()->name != m_contexts->at(row)->name))
        m_table->selectRow(row);
    m_removeFile->setEnabled(m_files->isAdded(m_fileTable->currentIndex().row()));
    showChosen();
}

void ConnectionsPage::choose(const QString& context)
{
    if (const int row = m_contexts->rowOf(context); row >= 0)
        m_table->selectRow(row);
}

const config::Context* ConnectionsPage::chosen() const
{
    return m_contexts->at(m_table->currentIndex().row());
}

void ConnectionsPage::showChosen()
{
    const config::Context* context = chosen();
    for (QPushButton* each : {m_open, m_credential, m_production, m_readOnly})
        each->setEnabled(context);
    const bool isOurs = context && !context->profile.isEmpty();
    m_edit->setVisible(isOurs);
    m_remove->setVisible(isOurs);
    m_production->setChecked(context && context->production);
    m_readOnly->setChecked(context && context->readOnly);
    if (!context) {
        m_details->setGroups({});
        return;
    }
    const bool unsafe =
        context->cluster.insecureSkipTlsVerify || context->cluster.server.scheme() == QLatin1String("http");
    KeyValues connection{.id = QStringLiteral("connection"), .title = {}, .rows = {}};
    const auto add = [&connection](const char* id, const QString& label, const QString& value, Sign sign = Sign::None,
                                   bool fixedFont = false) {
        if (!value.isEmpty())
            connection.rows.push_back(
                {.id = QLatin1String(id), .label = label, .value = value, .sign = sign, .fixedFont = fixedFont});
    };
    add("server", tr("Server"), base::visible(context->cluster.server.toDisplayString()), Sign::None, true);
    QStringList others;
    for (const config::KnownAddress& address : context->addresses)
        others << QStringLiteral("%1 (%2)").arg(address.url.toDisplayString(), config::idOf(address.type));
    if (!others.isEmpty())
        connection.rows.push_back({.id = QStringLiteral("addresses"), .label = tr("Addresses"), .chips = others});
    add("verification", tr("Verification"), messages::verificationSentence(context->cluster),
        unsafe ? Sign::Error : Sign::None);
    add("signIn", tr("Sign-in"),
        context->userName.isEmpty() ? messages::authName(context->user.authKind())
                                    : tr("%1, as %2", "way to sign in, user")
                                          .arg(messages::authName(context->user.authKind()), context->userName));
    add("cluster", tr("Cluster"), context->clusterName, Sign::None, true);
    add("namespace", tr("Namespace"), context->nameSpace, Sign::None, true);
    add("marks", tr("Marks"), messages::marksText(*context), context->production ? Sign::Warning : Sign::None);
    add("file", tr("File"), context->file, Sign::None, true);
    std::vector<KeyValues> groups{connection};
    if (!context->problems.empty()) {
        KeyValues problems{.id = QStringLiteral("problems"), .title = tr("Problems"), .rows = {}};
        for (const config::Problem& problem : context->problems)
            problems.rows.push_back({.id = problem.id + problem.detail,
                                     .label = problem.blocks ? tr("Cannot connect") : tr("Note"),
                                     .value = messages::sentence(problem),
                                     .sign = problem.blocks ? Sign::Error : Sign::Warning});
        groups.push_back(problems);
    }
    m_details->setGroups(groups);
}

void ConnectionsPage::setMark(bool production, bool on)
{
    const config::Context* context = chosen();
    if (!context)
        return;
    const config::Marks marks = withMark(m_connections->settings().marksOf(*context), production, on);
    if (const auto set = m_connections->setMarks(*context, marks); !set) {
        showError(set.error());
        showChosen();
    }
}

void ConnectionsPage::addCluster()
{
    auto* dialog = new ClusterDialog(m_connections, {}, this);
    connect(dialog, &ClusterDialog::saved, this, &ConnectionsPage::choose, Qt::QueuedConnection);
    dialog->open();
}

void ConnectionsPage::editChosen()
{
    const config::Context* context = chosen();
    const config::Settings settings = m_connections->settings();
    if (const config::Profile* profile = context ? settings.profile(context->profile) : nullptr)
        (new ClusterDialog(m_connections, *profile, this))->open();
}

void ConnectionsPage::removeChosen()
{
    const config::Context* context = chosen();
    const config::Settings settings = m_connections->settings();
    const config::Profile* profile = context ? settings.profile(context->profile) : nullptr;
    if (!profile)
        return;
    auto* dialog = new RemoveDialog(profile->name, this);
    connect(dialog, &QDialog::accepted, this, [this, gone = *profile] {
        m_connections->removeProfile(gone, [self = QPointer(this)](const base::Result<void>& removed) {
            if (self && !removed)
                self->showError(removed.error());
        });
    });
    dialog->open();
}

void ConnectionsPage::addFile()
{
    auto* dialog = new QFileDialog(this, tr("Add kubeconfig"));
    dialog->setObjectName(QStringLiteral("connections.fileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        if (const auto added = m_connections->addFile(file); !added)
            showError(added.error());
    });
    dialog->open();
}

void ConnectionsPage::removeFile()
{
    const QString file = m_files->fileAt(m_fileTable->currentIndex().row());
    if (const auto removed = m_connections->removeFile(file); !removed)
        showError(removed.error());
}

void ConnectionsPage::showError(const base::Error& error)
{
    m_error->setText(messages::sentenceWithAdvice(error));
    m_error->show();
}

QString ConnectionsPage::title() const
{
    return tr("Connections");
}

QIcon ConnectionsPage::icon() const
{
    return themeIcon(Icon::Link);
}

void ConnectionsPage::refresh()
{
    m_error->hide();
    Q_EMIT refreshRequested();
}

void ConnectionsPage::focusContent()
{
    if (m_contexts->rowCount() > 0)
        m_table->setFocus(Qt::ShortcutFocusReason);
    else
        m_addCluster->setFocus(Qt::ShortcutFocusReason);
}

void ConnectionsPage::retranslate()
{
    m_heading->setText(tr("Contexts of all kubeconfigs, and clusters added by hand"));
    m_table->setAccessibleName(tr("Contexts"));
    m_filesTitle->setText(tr("Kubeconfig files"));
    m_fileTable->setAccessibleName(tr("Kubeconfig files"));
    const auto words = [](QPushButton* each, const QString& text) {
        each->setText(text);
        each->setAccessibleName(QString(text).remove(QLatin1Char('&')));
    };
    words(m_addCluster, tr("&Add cluster…"));
    words(m_addFile, tr("Add &kubeconfig…"));
    words(m_open, tr("&Open"));
    words(m_credential, tr("Cluster &credential…"));
    words(m_production, tr("&Production"));
    words(m_readOnly, tr("&Read-only"));
    words(m_edit, tr("&Edit…"));
    words(m_remove, tr("Re&move…"));
    words(m_removeFile, tr("Remove from the list"));
    m_production->setToolTip(tr("Marks the cluster in every list and in the title; nothing is written to it unless "
                                "read-only is taken off."));
    m_readOnly->setToolTip(tr("Alidade changes nothing through this context."));
    m_removeFile->setToolTip(tr("The file itself stays where it is."));
    m_details->setAccessibleName(tr("About the context"));
}

void ConnectionsPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        m_contexts->retranslate();
        m_files->retranslate();
        reload();
        Q_EMIT changed();
    }
    Page::changeEvent(event);
}

} // namespace ui
