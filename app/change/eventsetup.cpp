#include "app/change/eventsetup.h"

#include <algorithm>

namespace change {

EventSetup::EventSetup(const kube::Client& platform, Origin origin, tke::ClientOf members, transport::Journal* journal,
                       const WriteLog* log, Options options, QObject* parent)
    : QObject(parent),
      m_client(platform),
      m_origin(std::move(origin)),
      m_members(std::move(members)),
      m_journal(journal),
      m_log(log),
      m_options(options),
      m_write(new FormWrite(this))
{
    connect(m_write, &FormWrite::tried, this, &EventSetup::endReview);
    connect(m_write, &FormWrite::applied, this, [this] {
        m_undo = undoEventSink(m_client, *creation(), m_log);
        startFollowing();
    });
    connect(m_write, &FormWrite::changed, this, [this, wasBusy = false]() mutable {
        if (std::exchange(wasBusy, m_write->isBusy()) && !m_write->isBusy())
            emit written();
        emit changed();
    });
}

EventSetup::~EventSetup()
{
    m_write->disconnect(this);
}

void EventSetup::start()
{
    m_calls.follow(tke::readEventPlatform(m_client), [this](const base::Result<tke::EventPlatform>& platform) {
        m_platform = platform;
        judge();
        emit platformRead();
        emit changed();
    });
}

void EventSetup::stop()
{
    m_calls.cancel();
    m_probing.cancel();
    if (m_follow)
        m_follow->stop();
    m_write->forget();
}

void EventSetup::setDraft(const tke::EventSinkDraft& draft)
{
    if (draft == m_draft || m_write->stage() != FormWrite::Stage::Editing)
        return;
    tke::EventSinkDraft sameStore = draft;
    sameStore.cluster = m_draft.cluster;
    m_isReviewing = false;
    if (sameStore != m_draft) {
        m_probing.cancel();
        m_isProbing = false;
        m_visit.reset();
        m_probeError.reset();
    }
    m_draft = draft;
    m_error = {};
    m_write->forget();
    judge();
    emit changed();
}

void EventSetup::judge()
{
    m_remarks.clear();
    if (m_platform && *m_platform)
        m_remarks = tke::remarksOn(m_draft, **m_platform);
    if (m_visit) {
        const auto found = tke::remarksOn(*m_visit);
        m_remarks.insert(m_remarks.end(), found.begin(), found.end());
    }
    std::ranges::stable_sort(m_remarks, {}, &tke::Remark::severity);
}

bool EventSetup::canProbe() const
{
    const tke::StoreAddressText text = tke::storeAddressOf(m_draft.address);
    return text.problem.isEmpty() && text.address.url().isValid();
}

bool EventSetup::probeTellsLogin() const
{
    return !m_draft.user.isEmpty() && tke::storeAddressOf(m_draft.address).address.scheme == QLatin1String("http");
}

base::Call<tke::StoreVisit> EventSetup::visitStore() const
{
    // Where the name of the index is none it is not asked for.
    const QString index = tke::indexProblem(m_draft.index).isEmpty() ? m_draft.index : QString();
    return tke::visitStore(tke::storeAddressOf(m_draft.address).address, index, {m_draft.user, m_draft.password},
                           {.context = m_origin.context,
                            .journal = m_journal,
                            .patience = m_options.patience,
                            .isOffline = m_origin.isSnapshot});
}

void EventSetup::probe()
{
    if (m_isProbing || !canProbe() || m_write->stage() != FormWrite::Stage::Editing)
        return;
    m_isProbing = true;
    m_visit.reset();
    m_probeError.reset();
    judge();
    m_probing.follow(visitStore(), [this](const base::Result<tke::StoreVisit>& visit) {
        m_isProbing = false;
        if (visit)
            m_visit = *visit;
        else
            m_probeError = visit.error();
        judge();
        if (m_isReviewing)
            tryOut();
        emit changed();
    });
    emit changed();
}

void EventSetup::review()
{
    if (m_isReviewing || m_write->stage() != FormWrite::Stage::Editing || !m_platform || !*m_platform)
        return;
    m_isReviewing = true;
    if (m_isProbing)
        return; // it goes on from there
    if (!m_visit && canProbe())
        probe();
    else
        tryOut();
}

void EventSetup::tryOut()
{
    m_error = {};
    m_command.clear();
    if (tke::hasErrors(m_remarks)) {
        endReview();
        return;
    }
    tke::EventSinkDraft draft = m_draft;
    if ((*m_platform)->clusters)
        for (const tke::MemberCluster& each : *(*m_platform)->clusters)
            if (each.name == draft.cluster)
                draft.tenant = each.tenant;
    auto flow = createEventSink(m_client, m_origin, (*m_platform)->kind, draft, m_log);
    if (!flow) {
        m_error = flow.error();
        endReview();
        return;
    }
    m_command = curlEventSink(**flow);
    m_write->tryOut(std::move(*flow));
}

void EventSetup::endReview()
{
    if (!std::exchange(m_isReviewing, false))
        return;
    emit reviewed();
    emit changed();
}

void EventSetup::leaveReview()
{
    m_isReviewing = false;
    m_write->forget();
    emit changed();
}

bool EventSetup::canApply() const
{
    return m_write->canApply() && !tke::hasErrors(m_remarks);
}

void EventSetup::apply()
{
    if (canApply())
        m_write->apply();
}

void EventSetup::undo()
{
    if (!m_undo || m_write->stage() != FormWrite::Stage::Applied)
        return;
    m_calls.cancel();
    m_follow->stop();
    m_write->undo(std::move(m_undo));
}

void EventSetup::startFollowing()
{
    m_follow = std::make_unique<tke::EventFollow>(m_client, creation()->target().path(), m_members, m_options.follow);
    connect(m_follow.get(), &tke::EventFollow::changed, this, &EventSetup::changed);
    connect(m_follow.get(), &tke::EventFollow::ended, this, [this] {
        if (m_follow->outcome() == tke::EventFollow::Outcome::Delivers && m_visit && m_visit->isUsable())
            lookForArrival();
        else
            end();
    });
    m_follow->start();
}

void EventSetup::lookForArrival()
{
    m_calls.follow(visitStore(), [this](const base::Result<tke::StoreVisit>& visit) {
        if (visit)
            m_arrival = *visit;
        end();
    });
}

void EventSetup::end()
{
    emit ended();
    emit changed();
}

QString EventSetup::command() const
{
    if (const auto* deletion = qobject_cast<const DeleteFlow*>(m_write->flow()))
        return kubectlCommand(m_origin, deletion->kubectl());
    return creation() ? m_command : QString();
}

} // namespace change
