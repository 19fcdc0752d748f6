// What ties the metrics to the rest of the window.

#include "app/store/clusters.h"
#include "ui/composition.h"
#include "ui/metrics/metricscontroller.h"
#include "ui/metrics/metricspage.h"
#include "ui/shell/actionregistry.h"
#include "ui/shell/mainwindow.h"

namespace ui {

void Composition::connectMetrics()
{
    m_window->addPageBuilder(QStringLiteral("metrics"), [this](const View& view) -> Page* {
        store::Cluster* cluster = m_clusters->find(view.cluster);
        if (!cluster || !cluster->isOpen())
            return nullptr;
        auto* page = new MetricsPage(view);
        new MetricsController(page, cluster, m_window.get());
        return page;
    });
    connect(m_actions->action(QStringLiteral("cluster.metrics")), &QAction::triggered, this, &Composition::showMetrics);
}

void Composition::showMetrics()
{
    View view;
    view.page = QStringLiteral("metrics");
    view.cluster = m_window->currentCluster();
    m_window->open(view);
}

} // namespace ui
