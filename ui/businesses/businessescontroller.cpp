#include "ui/businesses/businessescontroller.h"

#include "app/messages/errors.h"
#include "app/tke/owncluster.h"
#include "ui/businesses/businessespage.h"
#include "ui/businesses/namespacecontroller.h"
#include "ui/businesses/visibilitycontroller.h"
#include "ui/shell/failedpane.h"
#include "ui/shell/navigator.h"
#include "ui/widgets/statepane.h"

namespace ui {
namespace {

base::Call<std::shared_ptr<const kube::Client>> notReached(const QString& cluster)
{
    return base::answered<std::shared_ptr<const kube::Client>>(base::failure(
        {.kind = base::ErrorKind::NotFound, .reason = QStringLiteral("memberNotReached"), .ofWhom = cluster}));
}

} // namespace

BusinessesController::BusinessesController(BusinessesPage* page, store::Cluster* cluster, Navigator* navigator,
                                           tke::ClientOf members)
    : QObject(page),
      m_page(page),
      m_cluster(cluster),
      m_navigator(navigator),
      m_members(members ? std::move(members) : tke::ClientOf(notReached))
{
    connect(page, &BusinessesPage::refreshRequested, this, &BusinessesController::refresh);
    connect(page, &BusinessesPage::languageChanged, this, &BusinessesController::showState);
    connect(page, &BusinessesPage::newNamespaceRequested, this, &BusinessesController::makeNamespace);
    connect(page, &BusinessesPage::visibilityRequested, this, &BusinessesController::explainVisibility);
    connect(page, &BusinessesPage::objectActivated, this,
            [this](const kube::ObjectRef& object) { m_navigator->open(object); });
    connect(page->pane(), &StatePane::cancelRequested, this, [this] {
        cancel();
        m_error = base::Error{.kind = base::ErrorKind::Canceled};
        showState();
    });
    refresh();
}

void BusinessesController::cancel()
{
    m_reading = Reading::Nothing;
    m_calls.cancel();
}

void BusinessesController::refresh()
{
    cancel();
    if (!m_cluster || !m_cluster->isOpen())
        return;
    m_reading = Reading::Survey;
    showState();
    m_calls.follow(tke::readBusinesses(m_cluster->client()),
                   [this](const base::Result<tke::BusinessSurvey>& survey) { take(survey); });
}

void BusinessesController::take(const base::Result<tke::BusinessSurvey>& survey)
{
    if (!survey) {
        m_reading = Reading::Nothing;
        m_error = survey.error();
        showState();
        return;
    }
    m_error.reset();
    auto picture = std::make_shared<tke::BusinessPicture>();
    picture->survey = *survey;
    picture->nameClusters();
    m_picture = std::move(picture);
    m_reading = Reading::Live;
    show();
    findOwn();
}

void BusinessesController::findOwn()
{
    std::vector<endpoint::Address> known;
    if (const store::Addresses* addresses = m_cluster ? m_cluster->addresses() : nullptr) {
        known.push_back(addresses->inUse());
        for (const endpoint::ProbeResult& each : addresses->results())
            known.push_back(each.address);
    }
    m_calls.follow(tke::findOwnCluster(m_cluster->client(), std::move(known)),
                   [this](const base::Result<QString>& name) {
                       // Without a name each cluster says that it was not asked.
                       m_ownCluster = name.value_or(QString());
                       readLive();
                   });
}

tke::ClientOf BusinessesController::clientOf() const
{
    return [own = m_ownCluster, cluster = m_cluster, members = m_members](const QString& name) {
        if (own.isEmpty() || name != own || !cluster || !cluster->isOpen())
            return members(name);
        return base::answered<std::shared_ptr<const kube::Client>>(std::make_shared<kube::Client>(cluster->client()));
    };
}

void BusinessesController::readLive()
{
    m_calls.follow(tke::readLiveNamespaces(clientOf(), m_picture->survey.namespaces),
                   [this](const base::Result<tke::LiveNamespaces>& live) {
                       m_reading = Reading::Nothing;
                       if (live) {
                           auto picture = std::make_shared<tke::BusinessPicture>(*m_picture);
                           picture->live = *live;
                           m_picture = std::move(picture);
                       }
                       show();
                   });
}

void BusinessesController::show()
{
    m_page->show(m_picture, m_ownCluster, m_cluster ? m_cluster->id() : QString());
    showState();
}

void BusinessesController::showState()
{
    QString reading;
    if (m_reading == Reading::Survey)
        reading = tr("Businesses are being read…");
    else if (m_reading == Reading::Live)
        reading = tr("The clusters are being looked at…");
    m_page->setRead(m_picture ? m_picture->survey.takenAt : QDateTime(), reading);
    const bool isReadOnly = m_cluster && m_cluster->context().readOnly;
    m_page->setCanCreate(m_picture && !isReadOnly,
                         isReadOnly ? tr("This context is read-only: nothing is sent.") : QString());
    PaneState state;
    if (!m_picture && m_error) {
        state = failedPane(*m_error);
        if (m_error->reason == QLatin1String("noBusinesses"))
            state.kind = PaneState::Kind::Empty;
    } else if (!m_picture) {
        state = {.kind = PaneState::Kind::Loading, .sentence = reading};
    } else if (m_error) {
        state.staleSince = m_picture->survey.takenAt;
        state.staleReason = messages::sentence(*m_error);
    } else if (m_picture->survey.businesses.empty() && m_picture->survey.namespaces.empty()) {
        const bool isKnown = m_picture->survey.unread.empty();
        state.kind = PaneState::Kind::Empty;
        state.sentence = isKnown ? tr("This platform has no businesses.")
                                 : tr("Nothing is known of the businesses of this platform.");
        state.advice = isKnown ? tr("They are made in the console, under business management (业务管理).") : QString();
    }
    m_page->pane()->setState(state);
}

void BusinessesController::makeNamespace(const QString& business)
{
    if (!m_picture || !m_cluster || !m_cluster->isOpen())
        return;
    NamespaceDialog* dialog = openNewNamespace(m_cluster, m_picture, business, m_page);
    connect(dialog, &NamespaceDialog::made, this, &BusinessesController::refresh);
}

void BusinessesController::explainVisibility(const QString& business)
{
    if (m_picture && m_cluster && m_cluster->isOpen())
        openVisibility(m_cluster, m_picture->survey, business, m_page);
}

} // namespace ui
