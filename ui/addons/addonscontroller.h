#pragma once
// Fills the page of addons: what the platform has installed, then what stands of it in the clusters; again on F5.

#include "app/base/calls.h"
#include "app/models/memberclusters.h"
#include "ui/addons/addonspage.h"

#include <QPointer>

namespace ui {

class Navigator;

/// A child of the page. The platform is open and outlives it; so do the members.
class AddonsController : public QObject {
    Q_OBJECT
public:
    AddonsController(AddonsPage* page, store::Cluster* platform, models::MemberClusters* members, Navigator* navigator,
                     tke::ClientOf clientOf);

private:
    void refresh();
    void cancel();
    void take(const base::Result<tke::AddonSurvey>& survey);
    void look();
    void seen(const tke::ClusterAddons& cluster);
    void showState();
    bool isReady() const;
    QString idOf(const QString& cluster) const;
    std::optional<QStringList> names() const;

    AddonsPage* m_page;
    QPointer<store::Cluster> m_platform;
    QPointer<models::MemberClusters> m_members;
    Navigator* m_navigator;
    tke::ClientOf m_clientOf;
    AddonPicture m_picture;
    bool m_hasPicture = false;
    bool m_isWaiting = false;           ///< for what the platform serves, or for its clusters
    std::optional<base::Error> m_error; ///< why there is no picture, or only an old one
    enum class Reading { Nothing, Survey, Clusters } m_reading = Reading::Nothing;
    base::Calls m_calls; ///< the last: cancelled before what its answers are taken into
};

} // namespace ui
