#include "ui/metrics/kubeletcontroller.h"

#include "app/messages/snapshots.h"
#include "ui/metrics/contrastview.h"

namespace ui {

KubeletController::KubeletController(ContrastView* view, store::Cluster* cluster)
    : QObject(view),
      m_view(view),
      m_cluster(cluster)
{
    if (cluster->isSnapshot())
        view->setKubeletOff([] { return messages::snapshotNotice(messages::LiveOnly::Kubelet); });
    connect(view, &ContrastView::kubeletWanted, this, &KubeletController::ask);
}

void KubeletController::ask(const QString& node)
{
    if (!m_cluster || !m_cluster->isOpen())
        return;
    m_calls.cancel();
    m_view->setKubeletAsked(node);
    m_calls.follow(metrics::readKubelet(m_cluster->client(), node),
                   [this, node](base::Result<metrics::KubeletPage> page) {
                       if (!page) {
                           m_pages.erase(node);
                           m_view->failKubelet(node, page.error());
                           return;
                       }
                       if (const auto before = m_pages.find(node); before != m_pages.end())
                           metrics::reckonCpu(*page, before->second);
                       else if (m_pages.size() == MostNodes)
                           m_pages.erase(m_pages.begin());
                       m_view->showKubelet(*page);
                       m_pages.insert_or_assign(node, std::move(*page));
                   });
}

} // namespace ui
