// What ties event persistence to the rest of the window.

#include "app/store/clusters.h"
#include "ui/composition.h"
#include "ui/eventpersistence/eventcontroller.h"
#include "ui/shell/actionregistry.h"
#include "ui/shell/mainwindow.h"

namespace ui {

void Composition::connectEventPersistence()
{
    connect(m_actions->action(QStringLiteral("cluster.event-persistence")), &QAction::triggered, this,
            [this] { keepEvents(m_current, {}); });
}

std::pair<store::Cluster*, QString> Composition::eventPlatformOf(store::Cluster* cluster) const
{
    if (!cluster)
        return {};
    const QString member = cluster->context().member;
    store::Cluster* platform = member.isEmpty() ? cluster : m_clusters->find(cluster->context().platform);
    const bool canKeep = platform && platform->isOpen() && !platform->context().readOnly &&
                         platform->catalog().find(tke::PersistentEventKey);
    return canKeep ? std::pair(platform, member) : std::pair<store::Cluster*, QString>();
}

void Composition::keepEvents(store::Cluster* cluster, tke::EventSinkDraft draft)
{
    const auto [platform, member] = eventPlatformOf(cluster);
    if (!platform) {
        m_window->say(tr("No platform that keeps events and may be written to is open here."));
        return;
    }
    if (draft.cluster.isEmpty())
        draft.cluster = member;
    openEventPersistence(platform, membersOf(platform), m_clusters->journal(), draft, m_window.get());
}

} // namespace ui
