#include "ui/metrics/metricscontroller.h"

#include "app/messages/errors.h"
#include "app/metrics/kubestate.h"
#include "ui/metrics/contrastview.h"
#include "ui/metrics/metricspage.h"
#include "ui/metrics/sourcestrip.h"
#include "ui/shell/navigator.h"

#include <QLocale>

namespace ui {

using Tab = MetricsPage::Tab;

MetricsController::MetricsController(MetricsPage* page, store::Cluster* cluster, Navigator* navigator)
    : QObject(page),
      m_page(page),
      m_cluster(cluster),
      m_navigator(navigator)
{
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
    begin();
}

MetricsController::~MetricsController()
{
    for (const auto& cancel : m_cancels)
        cancel();
}

template <typename T>
void MetricsController::follow(base::Call<T> call, std::function<void(const base::Result<T>&)> take)
{
    ++m_open;
    showReading();
    m_cancels.push_back(call.cancel);
    call.future.then(this, [this, generation = m_generation, take = std::move(take)](const base::Result<T>& answer) {
        if (generation != m_generation)
            return;
        --m_open;
        take(answer);
        showReading();
    });
}

void MetricsController::begin()
{
    m_page->pane()->setState({.kind = PaneState::Kind::Loading, .sentence = tr("The sources of metrics are asked…")});
    follow<qint64>(::metrics::estimatePageBytes(m_cluster->client()), [this](const auto& bytes) {
        if (bytes)
            m_cost = *bytes;
        showOffer();
        readContrast();
    });
}

void MetricsController::refresh()
{
    ++m_generation;
    m_open = 0;
    for (const auto& cancel : std::exchange(m_cancels, {}))
        cancel();
    if (m_cluster && m_cluster->isOpen())
        readContrast();
}

void MetricsController::readContrast()
{
    const ::metrics::ContrastQuestion question{
        .view = m_page->contrast()->view(),
        .nameSpace = m_page->contrast()->nameSpace(),
        .ownNamespace = m_cluster->context().nameSpace,
        .mostStateBytes = m_paysAll ? ::metrics::ContrastQuestion{}.mostStateBytes : FreeStateBytes};
    follow<::metrics::ContrastReport>(::metrics::readContrast(m_cluster->client(), question),
                                      [this](const auto& report) { takeContrast(report); });
}

void MetricsController::takeContrast(const base::Result<::metrics::ContrastReport>& report)
{
    if (!report) {
        const bool isForbidden = report.error().kind == base::ErrorKind::Forbidden;
        m_page->pane()->setState({.kind = isForbidden ? PaneState::Kind::NoPermission : PaneState::Kind::Failed,
                                  .sentence = messages::sentence(report.error()),
                                  .said = report.error().said,
                                  .advice = messages::advice(report.error())});
        return;
    }
    m_report = *report;
    if (m_page->contrast()->nameSpace().isEmpty() && m_page->contrast()->view() != ::metrics::View::Nodes) {
        QSet<QString> names;
        for (const ::metrics::ContrastRow& row : m_report.rows)
            names.insert(row.subject.nameSpace);
        m_nameSpaces = names.values();
        m_nameSpaces.sort();
        m_page->contrast()->setNameSpaces(m_nameSpaces);
    }
    m_page->sources()->show(m_report.sources);
    m_page->contrast()->show(m_report);
    m_page->pane()->setState({});
}

void MetricsController::showReading()
{
    m_page->setRead(m_report.sources.takenAt, m_open > 0 ? tr("Reading…") : QString());
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

void MetricsController::openObject(const ::metrics::Subject& subject, const QString& uid)
{
    kube::ObjectRef ref = ::metrics::refOf(subject, uid);
    ref.cluster = m_cluster ? m_cluster->id() : QString();
    m_navigator->open(ref);
}

} // namespace ui
