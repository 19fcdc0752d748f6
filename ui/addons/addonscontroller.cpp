#include "ui/addons/addonscontroller.h"

#include "app/messages/errors.h"
#include "ui/shell/failedpane.h"
#include "ui/shell/navigator.h"
#include "ui/widgets/statepane.h"

#include <algorithm>

namespace ui {

AddonsController::AddonsController(AddonsPage* page, store::Cluster* platform, models::MemberClusters* members,
                                   Navigator* navigator, tke::ClientOf clientOf)
    : QObject(page),
      m_page(page),
      m_platform(platform),
      m_members(members),
      m_navigator(navigator),
      m_clientOf(std::move(clientOf))
{
    page->setIdOf([this](const QString& cluster) { return idOf(cluster); });
    connect(page, &AddonsPage::refreshRequested, this, &AddonsController::refresh);
    connect(page, &AddonsPage::languageChanged, this, &AddonsController::showState);
    connect(page, &AddonsPage::objectActivated, this,
            [this](const kube::ObjectRef& object) { m_navigator->open(object); });
    connect(page, &AddonsPage::addonActivated, this, [this](kube::ObjectRef object) {
        object.cluster = m_platform ? m_platform->id() : QString();
        m_navigator->open(object);
    });
    connect(page->pane(), &StatePane::cancelRequested, this, [this] {
        cancel();
        m_error = base::Error{.kind = base::ErrorKind::Canceled};
        showState();
    });
    // What it serves and which clusters it has may still be on their way.
    const auto goOn = [this] {
        if (m_isWaiting)
            refresh();
    };
    connect(platform, &store::Cluster::catalogChanged, this, goOn);
    connect(members, &models::MemberClusters::changed, this, goOn);
    refresh();
}

bool AddonsController::isReady() const
{
    const auto* listing = m_members ? m_members->listing(m_platform) : nullptr;
    return m_platform->hasCatalog() && (!listing || listing->state != models::MemberClusters::Listing::State::Loading);
}

QString AddonsController::idOf(const QString& cluster) const
{
    if (!m_platform || !m_members)
        return {};
    const store::Cluster* member = m_members->clusterOf(m_platform, cluster);
    if (member && member->isOpen())
        return member->id();
    const tke::MemberCluster* known = m_members->member(m_platform, cluster);
    const store::Addresses* addresses = m_platform->isOpen() ? m_platform->addresses() : nullptr;
    const bool isOwn = known && addresses && tke::hasAddressOf(*known, {addresses->inUse()});
    return isOwn ? m_platform->id() : QString();
}

/// None: the platform does not tell.
std::optional<QStringList> AddonsController::names() const
{
    const auto* listing = m_members ? m_members->listing(m_platform) : nullptr;
    if (!listing || listing->state != models::MemberClusters::Listing::State::Known)
        return std::nullopt;
    QStringList names;
    for (const tke::MemberCluster& each : listing->members)
        names << each.name;
    return names;
}

void AddonsController::cancel()
{
    m_reading = Reading::Nothing;
    m_isWaiting = false;
    m_calls.cancel();
}

void AddonsController::refresh()
{
    cancel();
    if (!m_platform || !m_platform->isOpen())
        return;
    m_reading = Reading::Survey;
    showState();
    m_isWaiting = !isReady();
    if (m_isWaiting)
        return;
    m_calls.follow(tke::readAddons(m_platform->client(), m_platform->catalog(), names().value_or(QStringList())),
                   [this](const base::Result<tke::AddonSurvey>& survey) { take(survey); });
}

void AddonsController::take(const base::Result<tke::AddonSurvey>& survey)
{
    if (!survey) {
        m_reading = Reading::Nothing;
        m_error = survey.error();
        showState();
        return;
    }
    m_error.reset();
    m_picture = {};
    m_picture.survey = *survey;
    const auto known = names();
    m_picture.clusters = tke::clusterAddons(*survey, known);
    if (known)
        for (const QString& name : *known)
            if (const tke::MemberCluster* member = m_members->member(m_platform, name))
                m_picture.names[name] = member->displayName;
    m_hasPicture = true;
    m_reading = Reading::Clusters;
    m_page->show(m_picture);
    showState();
    look();
}

void AddonsController::look()
{
    m_calls.follow(tke::readInClusters(m_clientOf, m_picture.clusters, m_picture.survey.read,
                                       [guard = QPointer(this)](const tke::ClusterAddons& cluster) {
                                           if (guard)
                                               guard->seen(cluster);
                                       }),
                   [this](const base::Result<std::vector<tke::ClusterAddons>>& clusters) {
                       m_reading = Reading::Nothing;
                       if (clusters)
                           m_picture.clusters = *clusters;
                       m_page->show(m_picture);
                       showState();
                   });
}

void AddonsController::seen(const tke::ClusterAddons& cluster)
{
    const auto found = std::ranges::find(m_picture.clusters, cluster.cluster, &tke::ClusterAddons::cluster);
    if (m_reading != Reading::Clusters || found == m_picture.clusters.end())
        return;
    *found = cluster;
    m_page->show(m_picture);
}

void AddonsController::showState()
{
    QString reading;
    if (m_reading == Reading::Survey)
        reading = tr("Addons are being read…");
    else if (m_reading == Reading::Clusters)
        reading = tr("The clusters are being looked at…");
    m_page->setRead(m_hasPicture ? m_picture.survey.takenAt : QDateTime(), reading);
    PaneState state;
    if (!m_hasPicture && m_error) {
        state = failedPane(*m_error);
        if (m_error->reason == QLatin1String("noAddons"))
            state.kind = PaneState::Kind::Empty;
    } else if (!m_hasPicture) {
        state = {.kind = PaneState::Kind::Loading, .sentence = reading};
    } else if (m_error) {
        state.staleSince = m_picture.survey.takenAt;
        state.staleReason = messages::sentence(*m_error);
    } else if (m_reading == Reading::Nothing && m_picture.survey.addons.empty() &&
               std::ranges::all_of(m_picture.clusters,
                                   [](const tke::ClusterAddons& each) { return each.leftOver.empty(); })) {
        state.kind = PaneState::Kind::Empty;
        state.sentence = m_picture.survey.unread.empty() ? tr("No addon is installed in the clusters of this platform.")
                                                         : tr("Nothing is known of the addons of this platform.");
        state.advice =
            m_picture.survey.unread.empty() ? tr("They are installed in the console, under 扩展组件.") : QString();
    }
    m_page->pane()->setState(state);
}

} // namespace ui
