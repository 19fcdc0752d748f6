// What ties the businesses of a TKEStack platform to the rest of the window.

#include "app/store/clusters.h"
#include "ui/businesses/businessescontroller.h"
#include "ui/businesses/businessespage.h"
#include "ui/composition.h"
#include "ui/shell/actionregistry.h"
#include "ui/shell/mainwindow.h"

namespace ui {

void Composition::connectBusinesses()
{
    m_window->addPageBuilder(QStringLiteral("businesses"), [this](const View& view) -> Page* {
        store::Cluster* cluster = m_clusters->find(view.cluster);
        if (!cluster || !cluster->isOpen())
            return nullptr;
        auto* page = new BusinessesPage(view);
        new BusinessesController(page, cluster, m_window.get(), membersOf(cluster));
        return page;
    });
    connect(m_actions->action(QStringLiteral("cluster.businesses")), &QAction::triggered, this,
            &Composition::showBusinesses);
}

void Composition::showBusinesses()
{
    View view;
    view.page = QStringLiteral("businesses");
    view.cluster = m_window->currentCluster();
    m_window->open(view);
}

} // namespace ui
