#include "ui/metrics/metricscontroller.h"

#include "app/messages/errors.h"
#include "app/metrics/kubestate.h"
#include "ui/metrics/conditionsview.h"
#include "ui/metrics/contrastview.h"
#include "ui/metrics/historycontroller.h"
#include "ui/metrics/historyview.h"
#include "ui/metrics/kubeletcontroller.h"
#include "ui/metrics/metricspage.h"
#include "ui/metrics/readersview.h"
#include "ui/metrics/scalersview.h"
#include "ui/metrics/sourcestrip.h"
#include "ui/shell/navigator.h"
#include "ui/widgets/statepane.h"
#include "ui/widgets/tableview.h"

#include <QLocale>

namespace ui {

using Tab = MetricsPage::Tab;

MetricsController::MetricsController(MetricsPage* page, store::Cluster* cluster, Navigator* navigator)
    : QObject(page),
      m_page(page),
      m_cluster(cluster),
      m_navigator(navigator),
      m_conditions(new ConditionsView),
      m_scalers(new ScalersView),
      m_readers(new ReadersView)
{
    build();
    connect(page, &MetricsPage::refreshRequested, this, &MetricsController::refresh);
    connect(page, &MetricsPage::languageChanged, this, [this] {
        showReading();
        showOffer();
    });
    connect(page, &MetricsPage::offerTaken, this, [this] {
        m_paysAll = true;
        showOffer();
        refresh();
    });
    connect(page->contrast(), &ContrastView::questionChanged, this, &MetricsController::refresh);
    connect(page->contrast(), &ContrastView::objectActivated, this, &MetricsController::openObject);
    connect(page, &MetricsPage::tabChanged, this, &MetricsController::read);
    begin();
}

void MetricsController::build()
{
    auto* history = new HistoryView;
    m_history = new HistoryController(history, m_cluster);
    m_page->setContent(Tab::Conditions, m_conditions);
    m_page->setContent(Tab::Autoscalers, m_scalers);
    m_page->setContent(Tab::Readers, m_readers);
    m_page->setContent(Tab::History, history);
    const auto openNamed = [this](const metrics::Subject& subject) { openObject(subject, {}); };
    connect(m_conditions, &ConditionsView::objectActivated, this, openNamed);
    connect(m_scalers, &ScalersView::objectActivated, this, openNamed);
    connect(m_readers, &ReadersView::sourceActivated, m_page->sources(), &SourceStrip::choose);
    ContrastView* contrast = m_page->contrast();
    new KubeletController(contrast, m_cluster);
    connect(contrast->table()->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this, contrast](const QModelIndex& row) {
                if (row.isValid() && row.row() < contrast->model()->rowCount())
                    m_history->choose(contrast->model()->rowAt(row.row()));
            });
}

template <typename T>
void MetricsController::follow(base::Call<T> call, std::function<void(const base::Result<T>&)> take)
{
    m_calls.follow(std::move(call), [this, take = std::move(take)](const base::Result<T>& answer) {
        take(answer);
        showReading();
    });
    showReading();
}

void MetricsController::begin()
{
    m_page->contrast()->pane()->setState(
        {.kind = PaneState::Kind::Loading, .sentence = tr("The sources of metrics are asked…")});
    read();
}

void MetricsController::refresh()
{
    m_calls.cancel();
    m_isContrastOld = true;
    m_sources = Sources::Old;
    read();
}

void MetricsController::read()
{
    if (!m_cluster || !m_cluster->isOpen())
        return;
    const Tab tab = m_page->tab();
    if (tab == Tab::Contrast) {
        if (m_isContrastOld)
            readContrast();
    } else if (tab == Tab::Autoscalers) {
        readScalers();
    } else if (m_sources == Sources::Old) {
        readSources();
    } else if (m_sources == Sources::Known) {
        readBySources();
    }
}

void MetricsController::readBySources()
{
    if (m_page->tab() == Tab::Conditions)
        readRules();
    else if (m_page->tab() == Tab::History)
        m_history->refresh();
}

void MetricsController::readSources()
{
    m_sources = Sources::Asked;
    follow<metrics::SourceSurvey>(metrics::surveySources(m_cluster->client(), m_cluster->context().nameSpace),
                                  [this](const auto& sources) {
                                      if (sources) {
                                          takeSources(*sources);
                                          return;
                                      }
                                      m_sources = Sources::Old;
                                      readBySources();
                                  });
}

void MetricsController::readRules()
{
    m_conditions->setReading(true);
    metrics::RuleQuestion question{
        .nameSpace = m_page->contrast()->nameSpace(), .freeStateBytes = freeBytes(), .restarts = m_restarts};
    if (!m_report.sources.sources.empty()) {
        question.prometheus = m_report.sources.of(metrics::SourceKind::Prometheus);
        question.kubeStateMetrics = m_report.sources.of(metrics::SourceKind::KubeStateMetrics);
    }
    follow<metrics::RuleReport>(metrics::checkRules(m_cluster->client(), std::move(question)),
                                [this](const auto& report) {
                                    m_conditions->setReading(false);
                                    if (!report)
                                        return;
                                    if (mayOnlyLookAtHome(*report)) {
                                        lookAtHome();
                                        readRules();
                                        return;
                                    }
                                    m_restarts = report->restarts;
                                    takeCost(report->pageEstimate);
                                    m_conditions->show(*report, m_report.sources);
                                });
}

void MetricsController::readScalers()
{
    follow<metrics::ScalerReport>(
        metrics::readScalers(m_cluster->client(), m_page->contrast()->nameSpace(), m_cluster->context().nameSpace),
        [this](const auto& report) {
            if (!report) {
                m_navigator->say(messages::sentence(report.error()));
                return;
            }
            takeSources(report->sources);
            m_scalers->show(*report);
        });
}

std::optional<qint64> MetricsController::freeBytes() const
{
    return m_paysAll ? std::nullopt : std::optional(FreeStateBytes);
}

void MetricsController::takeCost(const std::optional<qint64>& estimate)
{
    if (!estimate)
        return;
    m_cost = *estimate;
    showOffer();
}

void MetricsController::readContrast()
{
    m_isContrastOld = false;
    m_sources = Sources::Asked;
    const metrics::ContrastQuestion question{.view = m_page->contrast()->view(),
                                             .nameSpace = m_page->contrast()->nameSpace(),
                                             .ownNamespace = m_cluster->context().nameSpace,
                                             .freeStateBytes = freeBytes()};
    follow<metrics::ContrastReport>(metrics::readContrast(m_cluster->client(), question),
                                    [this](const auto& report) { takeContrast(report); });
}

void MetricsController::takeContrast(const base::Result<metrics::ContrastReport>& report)
{
    if (!report) {
        failContrast(report.error());
        return;
    }
    m_report = *report;
    if (m_page->contrast()->nameSpace().isEmpty() && m_page->contrast()->view() != metrics::View::Nodes) {
        QSet<QString> names;
        for (const metrics::ContrastRow& row : m_report.rows)
            names.insert(row.subject.nameSpace);
        m_nameSpaces = names.values();
        m_nameSpaces.sort();
        m_page->contrast()->setNameSpaces(m_nameSpaces);
    }
    takeSources(m_report.sources);
    takeCost(m_report.sources.of(metrics::SourceKind::KubeStateMetrics).pageEstimate);
    m_page->contrast()->show(m_report);
    m_page->contrast()->pane()->setState({});
}

void MetricsController::takeSources(const metrics::SourceSurvey& sources)
{
    m_report.sources = sources;
    m_page->sources()->show(sources);
    m_readers->show(sources);
    const metrics::Source& prometheus = sources.of(metrics::SourceKind::Prometheus);
    // What an old one has kept is history all the same.
    const bool isThere = prometheus.place && (prometheus.state == metrics::SourceState::Ok ||
                                              prometheus.state == metrics::SourceState::Old);
    m_history->setPrometheus(isThere ? std::optional(prometheus.place->at) : std::nullopt);
    if (std::exchange(m_sources, Sources::Known) == Sources::Asked)
        readBySources(); // what waited for them
}

bool MetricsController::canLookAtHome() const
{
    return m_cluster && !m_cluster->context().nameSpace.isEmpty() && m_page->contrast()->nameSpace().isEmpty();
}

void MetricsController::lookAtHome()
{
    const QString own = m_cluster->context().nameSpace;
    m_page->contrast()->setNameSpaces({own});
    m_page->contrast()->chooseNameSpace(own);
}

bool MetricsController::mayOnlyLookAtHome(const metrics::RuleReport& report) const
{
    const auto isForbidden = [&report](metrics::RuleId rule) {
        return report.rules[static_cast<std::size_t>(rule)].apiServer.state == metrics::RuleState::Forbidden;
    };
    return canLookAtHome() && isForbidden(metrics::RuleId::PodFailed);
}

void MetricsController::failContrast(const base::Error& error)
{
    ContrastView* contrast = m_page->contrast();
    const bool isForbidden = error.kind == base::ErrorKind::Forbidden;
    // Who may not look everywhere may look at home.
    if (isForbidden && contrast->view() != metrics::View::Nodes && canLookAtHome()) {
        lookAtHome();
        readContrast();
        return;
    }
    contrast->pane()->setState({.kind = isForbidden ? PaneState::Kind::NoPermission : PaneState::Kind::Failed,
                                .sentence = messages::sentence(error),
                                .said = error.said,
                                .advice = messages::advice(error)});
    if (m_cluster && m_cluster->isOpen())
        readSources();
}

void MetricsController::showReading()
{
    m_page->setRead(m_report.sources.takenAt, m_calls.open() > 0 ? tr("Reading…") : QString());
}

void MetricsController::showOffer()
{
    if (m_paysAll || !m_cost || *m_cost <= FreeStateBytes) {
        m_page->setOffer({}, {});
        return;
    }
    const QString size = QLocale().formattedDataSize(*m_cost);
    m_page->setOffer(tr("The page of kube-state-metrics is about %1 in this cluster. It was not read.").arg(size),
                     tr("Read %1", "a size in bytes").arg(size));
}

void MetricsController::openObject(const metrics::Subject& subject, const QString& uid)
{
    kube::ObjectRef ref = metrics::refOf(subject, uid);
    ref.cluster = m_cluster ? m_cluster->id() : QString();
    m_navigator->open(ref);
}

} // namespace ui
