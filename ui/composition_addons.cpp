// What ties the addons of a TKEStack platform's clusters to the rest of the window.

#include "app/store/clusters.h"
#include "ui/addons/addonscontroller.h"
#include "ui/addons/addonspage.h"
#include "ui/composition.h"
#include "ui/shell/actionregistry.h"
#include "ui/shell/mainwindow.h"

namespace ui {

void Composition::connectAddons()
{
    m_window->addPageBuilder(QStringLiteral("addons"), [this](const View& view) -> Page* {
        store::Cluster* cluster = m_clusters->find(view.cluster);
        if (!cluster || !cluster->isOpen())
            return nullptr;
        auto* page = new AddonsPage(view);
        new AddonsController(page, cluster, m_members.get(), m_window.get(), membersOf(cluster));
        return page;
    });
    connect(m_actions->action(QStringLiteral("cluster.addons")), &QAction::triggered, this, [this] {
        if (!m_current)
            return;
        // In a member: its own, as its platform tells of them.
        const config::Context& context = m_current->context();
        showAddons(context.platform.isEmpty() ? context.name : context.platform, context.member);
    });
}

void Composition::showAddons(const QString& platform, const QString& member)
{
    View view;
    view.page = QStringLiteral("addons");
    view.cluster = platform;
    view.filter = member;
    m_window->open(view);
}

} // namespace ui
