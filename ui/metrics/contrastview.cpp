#include "ui/metrics/contrastview.h"

#include "app/base/visible.h"
#include "app/messages/errors.h"
#include "app/messages/metrics.h"
#include "ui/metrics/bandstrip.h"
#include "ui/metrics/ratiodelegate.h"
#include "ui/theme/grid.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/statepane.h"
#include "ui/widgets/tableview.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>

namespace ui {

namespace {

constexpr int WidestName = 320;
constexpr int WidestFigure = 260;
constexpr int FigureColumns = 6;
constexpr int KubeletColumn = 1;

} // namespace

using models::ContrastBand;
using models::ContrastModel;

ContrastView::ContrastView(QWidget* parent)
    : QWidget(parent),
      m_model(new ContrastModel(this)),
      m_view(new QComboBox),
      m_nameSpace(new QComboBox),
      m_filter(new SearchField(QStringLiteral("metrics.filter"))),
      m_counts(new PlainLabel),
      m_table(new TableView(QStringLiteral("metrics.table"))),
      m_bands(new BandStrip(
          m_table->horizontalHeader(), [this](int column) { return static_cast<int>(m_model->bandOf(column)); },
          [](int band) { return models::contrastBandName(static_cast<ContrastBand>(band)); })),
      m_figures(new QTreeWidget),
      m_kubeletBar(new QWidget),
      m_kubeletText(new PlainLabel(PlainLabel::Selectable::Yes)),
      m_kubeletAsk(new QPushButton)
{
    build();
    retranslate();
}

void ContrastView::build()
{
    setObjectName(QStringLiteral("metrics.contrast"));
    m_view->setObjectName(QStringLiteral("metrics.view"));
    m_nameSpace->setObjectName(QStringLiteral("metrics.namespace"));
    m_nameSpace->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_view->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_counts->setObjectName(QStringLiteral("metrics.counts"));
    m_counts->setColorId(ColorId::Muted);
    m_figures->setObjectName(QStringLiteral("metrics.figures"));
    m_figures->setRootIsDecorated(false);
    m_figures->setUniformRowHeights(true);
    m_figures->setColumnCount(FigureColumns);
    m_figures->setFrameShape(QFrame::NoFrame);
    m_kubeletBar->setObjectName(QStringLiteral("metrics.kubelet"));
    m_kubeletText->setObjectName(QStringLiteral("metrics.kubelet.text"));
    m_kubeletText->setWordWrap(true);
    m_kubeletText->setColorId(ColorId::Muted);
    m_kubeletAsk->setObjectName(QStringLiteral("metrics.kubelet.ask"));
    m_kubeletAsk->setAutoDefault(false);
    m_filter->setMaximumWidth(280);
    for (int i = 0; i < 4; ++i)
        m_view->addItem(QString());
    m_view->setCurrentIndex(static_cast<int>(metrics::View::Pods));
    m_nameSpace->addItem(QString());
    m_table->setModel(m_model);
    m_table->cells()->setSignRole(models::SeverityRole);
    for (int column = 0; column < m_model->columnCount(); ++column) {
        const ContrastBand band = m_model->bandOf(column);
        if (band == ContrastBand::Ratios) {
            auto* bar = new RatioDelegate(m_model, m_table);
            bar->setLook(column, {.number = true});
            m_table->setItemDelegateForColumn(column, bar);
        }
        m_table->cells()->setLook(column, {.fixedFont = band == ContrastBand::Name,
                                           .number = band == ContrastBand::Usage || band == ContrastBand::Ratios,
                                           .sign = band == ContrastBand::KubeState || band == ContrastBand::Object ||
                                                   band == ContrastBand::Usage});
    }

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(grid::Gap, grid::Unit, grid::Gap, grid::Unit);
    bar->setSpacing(grid::Gap);
    bar->addWidget(m_view);
    bar->addWidget(m_nameSpace);
    bar->addWidget(m_filter, 1);
    bar->addWidget(m_counts);
    bar->addStretch(1);
    auto* top = new QWidget;
    auto* lines = new QVBoxLayout(top);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(0);
    lines->addWidget(m_bands);
    lines->addWidget(m_table, 1);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setObjectName(QStringLiteral("metrics.splitter"));
    splitter->addWidget(top);
    auto* bottom = new QWidget;
    auto* below = new QVBoxLayout(bottom);
    below->setContentsMargins(0, 0, 0, 0);
    below->setSpacing(0);
    auto* kubelet = new QHBoxLayout(m_kubeletBar);
    kubelet->setContentsMargins(grid::Gap, grid::Unit, grid::Gap, grid::Unit);
    kubelet->setSpacing(grid::Gap);
    kubelet->addWidget(m_kubeletText, 1);
    kubelet->addWidget(m_kubeletAsk);
    below->addWidget(m_kubeletBar);
    below->addWidget(m_figures, 1);
    splitter->addWidget(bottom);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_pane = new StatePane(QStringLiteral("metrics"), splitter);
    column->addLayout(bar);
    column->addWidget(m_pane, 1);

    connect(m_kubeletAsk, &QPushButton::clicked, this, [this] {
        const QModelIndex index = m_table->currentIndex();
        if (index.isValid() && index.row() < m_model->rowCount())
            Q_EMIT kubeletWanted(models::contrastNode(m_model->rowAt(index.row())));
    });
    connect(m_view, &QComboBox::activated, this, &ContrastView::questionChanged);
    connect(m_nameSpace, &QComboBox::activated, this, &ContrastView::questionChanged);
    connect(m_filter, &SearchField::searchChanged, this, [this](const QString& text) {
        m_model->setFilter(text);
        showCounts();
        showRow();
    });
    connect(m_filter, &SearchField::leftForResults, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ContrastView::showRow);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        const metrics::ContrastRow& row = m_model->rowAt(index.row());
        Q_EMIT objectActivated(row.subject, row.uid);
    });
}

metrics::View ContrastView::view() const
{
    return static_cast<metrics::View>(m_view->currentIndex());
}

void ContrastView::setView(metrics::View view)
{
    m_view->setCurrentIndex(static_cast<int>(view));
}

QString ContrastView::nameSpace() const
{
    return m_nameSpace->currentIndex() > 0 && view() != metrics::View::Nodes ? m_nameSpace->currentData().toString()
                                                                             : QString();
}

void ContrastView::setNameSpaces(const QStringList& names)
{
    const QString chosen = m_nameSpace->currentData().toString();
    while (m_nameSpace->count() > 1)
        m_nameSpace->removeItem(1);
    for (const QString& name : names)
        m_nameSpace->addItem(base::visible(name), name);
    m_nameSpace->setCurrentIndex(std::max(0, m_nameSpace->findData(chosen)));
}

void ContrastView::chooseNameSpace(const QString& name)
{
    m_nameSpace->setCurrentIndex(std::max(0, m_nameSpace->findData(name)));
}

void ContrastView::show(const metrics::ContrastReport& report)
{
    const metrics::Subject current =
        m_table->currentIndex().isValid() ? m_model->rowAt(m_table->currentIndex().row()).subject : metrics::Subject{};
    const bool isOther = m_model->view() != view();
    m_model->setReport(view(), report);
    m_nameSpace->setEnabled(view() != metrics::View::Nodes);
    if ((!m_sized || isOther) && m_model->rowCount() > 0) {
        m_table->sizeColumnsToSample();
        auto* header = m_table->horizontalHeader();
        header->resizeSection(0, std::min(header->sectionSize(0), WidestName));
        m_sized = true;
    }
    int row = 0;
    for (int i = 0; i < m_model->rowCount(); ++i)
        if (m_model->rowAt(i).subject == current)
            row = i;
    if (m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(row, 0));
    showCounts();
    showRow();
}

void ContrastView::showCounts()
{
    int contradicted = 0;
    for (const metrics::ContrastRow& row : m_model->report().rows)
        contradicted += row.disagreements.empty() ? 0 : 1;
    QString text = tr("%1 of %2", "how many rows are shown, of all").arg(m_model->rowCount()).arg(m_model->total());
    if (contradicted > 0)
        text += QStringLiteral(" · ") + tr("%n contradicted", "rows", contradicted);
    m_counts->setText(text);
}

void ContrastView::showRow()
{
    m_figures->clear();
    const QModelIndex index = m_table->currentIndex();
    const bool isRow = index.isValid() && index.row() < m_model->rowCount();
    const QString node = isRow ? models::contrastNode(m_model->rowAt(index.row())) : QString();
    showKubeletBar(node);
    if (!isRow)
        return;
    const metrics::KubeletPage* kubelet =
        !node.isEmpty() && node == m_kubeletNode && m_kubelet && *m_kubelet ? &**m_kubelet : nullptr;
    m_figures->setColumnHidden(KubeletColumn, !kubelet);
    for (const models::ContrastFigure& each :
         models::figuresOf(m_model->rowAt(index.row()), m_model->report(), kubelet)) {
        auto* item = new QTreeWidgetItem(m_figures,
                                         {each.name, each.kubelet, each.usage, each.kubeState, each.object, each.why});
        for (int column = 0; column < item->columnCount(); ++column)
            item->setToolTip(column, item->text(column).toHtmlEscaped());
    }
    for (int column = 0; column < FigureColumns - 1; ++column) {
        if (m_figures->isColumnHidden(column))
            continue;
        m_figures->resizeColumnToContents(column);
        m_figures->setColumnWidth(column, std::min(m_figures->columnWidth(column) + grid::Gap, WidestFigure));
    }
}

void ContrastView::setKubeletAsked(const QString& node)
{
    m_kubeletNode = node;
    m_kubelet.reset();
    showRow();
}

void ContrastView::setKubeletOff(std::function<QString()> why)
{
    m_kubeletOff = std::move(why);
    showRow();
}

void ContrastView::showKubelet(const metrics::KubeletPage& page)
{
    m_kubeletNode = page.node;
    m_kubelet = page;
    showRow();
}

void ContrastView::failKubelet(const QString& node, const base::Error& error)
{
    m_kubeletNode = node;
    m_kubelet = base::failure(error);
    showRow();
}

void ContrastView::showKubeletBar(const QString& node)
{
    m_kubeletBar->setVisible(!node.isEmpty());
    if (node.isEmpty())
        return;
    m_kubeletAsk->setText(tr("Ask the kubelet"));
    m_kubeletAsk->setAccessibleName(tr("Ask the kubelet of %1").arg(base::visible(node)));
    const auto& sources = m_model->report().sources.sources;
    m_kubeletAsk->setEnabled(!m_kubeletOff &&
                             (sources.empty() || m_model->report().sources.of(metrics::SourceKind::Kubelet).state !=
                                                     metrics::SourceState::Forbidden));
    m_kubeletAsk->setToolTip(m_kubeletOff ? plainToolTip(m_kubeletOff()) : QString());
    m_kubeletText->setText(kubeletText(node));
}

QString ContrastView::kubeletText(const QString& node) const
{
    if (m_kubeletOff)
        return m_kubeletOff();
    if (!m_kubeletAsk->isEnabled())
        return messages::sentence(m_model->report().sources.of(metrics::SourceKind::Kubelet));
    const QString name = base::visible(node);
    if (node != m_kubeletNode)
        return tr("The kubelet of %1, from which metrics-server reads, was not asked itself.").arg(name);
    if (!m_kubelet)
        return tr("The kubelet of %1 is asked…").arg(name);
    if (!*m_kubelet)
        return tr("The kubelet of %1 cannot be read. %2", "a node, a sentence")
            .arg(name, messages::sentence(m_kubelet->error()));
    const metrics::KubeletPage& page = **m_kubelet;
    const auto& refused = page.noResource ? page.noResource : page.noSummary;
    if (!refused)
        return tr("The kubelet of %1 answers.").arg(name);
    return tr("The kubelet of %1 answers, but one of its two pages cannot be read. %2", "a node, a sentence")
        .arg(name, messages::sentence(*refused));
}

void ContrastView::retranslate()
{
    const QString views[] = {tr("Nodes"), tr("Pods"), tr("Containers"), tr("Workloads")};
    for (int i = 0; i < 4; ++i)
        m_view->setItemText(i, views[i]);
    m_view->setAccessibleName(tr("What is compared"));
    m_nameSpace->setItemText(0, tr("All namespaces"));
    m_nameSpace->setAccessibleName(tr("Namespace"));
    m_filter->setPrompt(tr("Filter by name"));
    m_table->setAccessibleName(tr("What the sources of metrics say, side by side"));
    m_figures->setHeaderLabels({tr("Figure"), QStringLiteral("kubelet"), QStringLiteral("metrics-server"),
                                QStringLiteral("kube-state-metrics"), tr("Object (APIServer)"),
                                tr("How, or why they disagree")});
    m_figures->setAccessibleName(tr("The chosen row, figure by figure"));
    m_model->retranslate();
    showCounts();
    showRow();
}

void ContrastView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui
