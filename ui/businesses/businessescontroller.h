#pragma once
// Fills the businesses' page: what the platform has written down, then what stands in the clusters; again on F5.

#include "app/base/calls.h"
#include "app/store/cluster.h"
#include "app/tke/businessstate.h"

#include <QPointer>

namespace ui {

class BusinessesPage;
class Navigator;

/// A child of the page. The cluster is open and outlives it.
class BusinessesController : public QObject {
    Q_OBJECT
public:
    /// `members`: a way to clusters other than the one that is open; null: none of them is reached.
    BusinessesController(BusinessesPage* page, store::Cluster* cluster, Navigator* navigator,
                         tke::ClientOf members = {});

private:
    void refresh();
    void cancel();
    void take(const base::Result<tke::BusinessSurvey>& survey);
    void fail(const base::Error& error);
    void findOwn();
    void readLive();
    tke::ClientOf clientOf() const;
    void show();
    void showState();
    void makeNamespace(const QString& business);
    void explainVisibility(const QString& business);

    BusinessesPage* m_page;
    QPointer<store::Cluster> m_cluster;
    Navigator* m_navigator;
    tke::ClientOf m_members;
    std::shared_ptr<const tke::BusinessPicture> m_picture;
    std::optional<base::Error> m_error; ///< why there is no picture, or only an old one
    QString m_ownCluster;
    enum class Reading { Nothing, Survey, Live } m_reading = Reading::Nothing;
    base::Calls m_calls; ///< the last: cancelled before what its answers are taken into
};

} // namespace ui
