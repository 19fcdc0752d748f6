// What ties a platform's member clusters to the rest of the window.

#include "app/base/visible.h"
#include "app/messages/members.h"
#include "app/models/memberclusters.h"
#include "app/snapshot/snapshottransport.h"
#include "app/tke/persistentevent.h"
#include "ui/composition.h"
#include "ui/shell/mainwindow.h"
#include "ui/snapshots/snapshots.h"

#include <QMenu>
#include <QMessageBox>

namespace ui {

void Composition::connectMembers()
{
    connect(m_members.get(), &models::MemberClusters::opened, this,
            [this](store::Cluster* member, const std::vector<tke::RefusedRoute>& refused) {
                showInTree(member);
                choose(member);
                QStringList words{messages::routeName(m_members->routeOf(member).value_or(tke::RouteKind::Own))};
                for (const tke::RefusedRoute& each : refused)
                    words << messages::routeRefused(each);
                m_window->say(base::visible(tr("%1: %2", "a cluster, then the way to it")
                                                .arg(member->context().member, words.join(QLatin1Char(' ')))));
            });
    connect(m_members.get(), &models::MemberClusters::refused, this,
            [this](store::Cluster*, const QString& member, const std::vector<tke::RefusedRoute>& refused) {
                QStringList words;
                for (const tke::RefusedRoute& each : refused)
                    words << messages::routeRefused(each);
                auto* box = new QMessageBox(QMessageBox::Warning, tr("Member cluster"),
                                            tr("No way reaches the cluster %1.").arg(base::visible(member)),
                                            QMessageBox::Close, m_window.get());
                box->setObjectName(QStringLiteral("members.refused"));
                box->setAttribute(Qt::WA_DeleteOnClose);
                box->setTextFormat(Qt::PlainText);
                box->setInformativeText(base::visible(words.join(QLatin1Char('\n')), base::Lines::Many));
                box->open();
            });
}

tke::ClientOf Composition::membersOf(store::Cluster* platform) const
{
    const auto snapshot = m_snapshots->of(platform);
    return snapshot ? snapshot::membersOf(snapshot) : models::clientsThrough(platform, m_clusters->journal());
}

void Composition::fillMemberMenu(QMenu* menu, store::Cluster* platform, const QString& member)
{
    // Of one that the platform lists no longer there is no other way than that which is open.
    const bool isListed = m_members->member(platform, member);
    const auto add = [=, this](const QString& text, const char* name, const std::optional<tke::RouteKind>& kind) {
        QAction* action = menu->addAction(text);
        action->setEnabled(isListed || !kind);
        action->setObjectName(QLatin1String(name));
        connect(action, &QAction::triggered, this,
                [this, platform, member, kind] { m_members->open(platform, member, {.kind = kind}); });
    };
    add(tr("&Open"), "tree.member.open", std::nullopt);
    add(tr("Open d&irectly, at its own address"), "tree.member.direct", tke::RouteKind::Direct);
    add(tr("Open &through the platform"), "tree.member.platform", tke::RouteKind::Proxy);
    QAction* events = menu->addAction(tr("Keep its &events…"));
    events->setObjectName(QStringLiteral("tree.member.events"));
    events->setEnabled(isListed && eventPlatformOf(platform).first);
    connect(events, &QAction::triggered, this, [this, platform, member] {
        tke::EventSinkDraft draft;
        draft.cluster = member;
        keepEvents(platform, std::move(draft));
    });
    QAction* addons = menu->addAction(tr("Addo&ns of this cluster"));
    addons->setObjectName(QStringLiteral("tree.member.addons"));
    connect(addons, &QAction::triggered, this,
            [this, platform, member] { showAddons(platform->context().name, member); });
    QAction* refresh = menu->addAction(tr("&Ask the platform again"));
    refresh->setObjectName(QStringLiteral("tree.member.refresh"));
    connect(refresh, &QAction::triggered, this, [this, platform] { m_members->refresh(platform); });
    menu->addSeparator()->setObjectName(QStringLiteral("tree.menu.line"));
}

} // namespace ui
