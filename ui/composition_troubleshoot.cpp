// What ties Troubleshoot to the rest of the window.

#include "app/models/memberclusters.h"
#include "app/snapshot/snapshottransport.h"
#include "app/store/clusters.h"
#include "app/tke/persistentevent.h"
#include "ui/composition.h"
#include "ui/shell/actionregistry.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/welcomepage.h"
#include "ui/snapshots/snapshots.h"
#include "ui/troubleshoot/troubleshootpage.h"

#include <QPointer>

namespace ui {

void Composition::connectTroubleshoot()
{
    m_window->addPageBuilder(QStringLiteral("troubleshoot"),
                             [this](const View& view) { return troubleshootPage(view); });
    connect(m_actions->action(QStringLiteral("cluster.troubleshoot")), &QAction::triggered, this,
            [this] { troubleshoot(); });
    connect(m_window->welcome(), &WelcomePage::whyRequested, this,
            [this] { troubleshoot(QStringLiteral("endpoints")); });
}

Page* Composition::troubleshootPage(const View& view)
{
    // Also where there is no cluster at all: that may be what is wrong.
    auto* page = new TroubleshootPage(
        view,
        [this, name = view.cluster] {
            const QPointer<store::Cluster> cluster = m_clusters->find(name);
            if (const auto snapshot = m_snapshots->of(cluster)) {
                config::Kubeconfig alone;
                alone.contexts = {cluster->context()};
                return diagnose::Subject{
                    .kubeconfig = std::move(alone),
                    .files = {},
                    .context = name,
                    .clusterId = cluster->id(),
                    .client = [cluster] { return cluster && cluster->isOpen() ? &cluster->client() : nullptr; },
                    .clientOf = snapshot::membersOf(snapshot),
                    .isSnapshot = true};
            }
            return diagnose::Subject{
                .kubeconfig = config::loadKubeconfig(m_files, !m_options.kubeconfig.isEmpty()),
                .files = m_files,
                .context = name,
                .clusterId = cluster ? cluster->id() : QString(),
                .client = [cluster] { return cluster && cluster->isOpen() ? &cluster->client() : nullptr; },
                .clientOf =
                    cluster && cluster->isOpen()
                        ? tke::memberClients(cluster->client(), models::accessTo(*cluster, m_clusters->journal()))
                        : tke::ClientOf(),
                .journal = m_clusters->journal()};
        },
        m_window.get());
    connect(page, &TroubleshootPage::formRequested, this, [this](const QString& cluster, const diagnose::Fix& fix) {
        keepEvents(m_clusters->find(cluster), {.cluster = fix.fields.value(QStringLiteral("cluster")),
                                               .address = fix.fields.value(QStringLiteral("address")),
                                               .index = fix.fields.value(QStringLiteral("index")),
                                               .user = fix.fields.value(QStringLiteral("user")),
                                               .password = {}});
    });
    return page;
}

void Composition::troubleshoot(const QString& guide)
{
    View view;
    view.page = QStringLiteral("troubleshoot");
    view.cluster = m_window->currentCluster();
    auto* page = qobject_cast<TroubleshootPage*>(m_window->open(view));
    if (page && !guide.isEmpty())
        page->run(guide);
}

} // namespace ui
