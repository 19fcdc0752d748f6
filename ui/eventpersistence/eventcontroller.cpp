#include "ui/eventpersistence/eventcontroller.h"

#include "app/base/visible.h"
#include "app/kube/serverfields.h"
#include "app/kube/yaml.h"
#include "app/messages/changes.h"
#include "app/messages/errors.h"
#include "app/messages/eventpersistence.h"
#include "app/messages/manifests.h"
#include "app/messages/snapshots.h"

#include <algorithm>

namespace ui {
namespace {

using Stage = change::FormWrite::Stage;
using State = change::WriteFlow::State;

/// Nothing is filled in yet: it is wanted, and not wrong.
bool isWanted(const tke::Remark& remark)
{
    return remark.id == QLatin1String("addressMissing") || remark.id == QLatin1String("indexMissing") ||
           remark.id == QLatin1String("clusterMissing") || remark.id == QLatin1String("passwordMissing");
}

} // namespace

EventController::EventController(EventDialog* dialog, store::Cluster* platform, tke::ClientOf members,
                                 transport::Journal* journal, change::EventSetup::Options options)
    : QObject(dialog),
      m_dialog(dialog),
      m_setup(platform->client(), change::originOf(platform->context(), platform->address()), std::move(members),
              journal, &m_log, options)
{
    connect(dialog, &EventDialog::draftChanged, this, [this] { m_setup.setDraft(m_dialog->draft()); });
    connect(dialog, &EventDialog::probeRequested, &m_setup, &change::EventSetup::probe);
    connect(dialog, &EventDialog::reviewRequested, this, [this] {
        if (!m_setup.origin().readOnly)
            m_setup.review();
    });
    connect(dialog, &EventDialog::reviewLeft, &m_setup, &change::EventSetup::leaveReview);
    connect(dialog, &EventDialog::applyRequested, &m_setup, &change::EventSetup::apply);
    connect(dialog, &EventDialog::undoRequested, &m_setup, &change::EventSetup::undo);
    connect(dialog, &EventDialog::revealToggled, this, &EventController::show);
    connect(dialog, &EventDialog::languageChanged, this, &EventController::show);
    connect(platform, &store::Cluster::stateChanged, this, [this, platform] {
        if (platform->isOpen())
            return;
        m_setup.stop();
        m_dialog->done(QDialog::Rejected);
    });
    connect(&m_setup, &change::EventSetup::platformRead, this, [this] {
        if (const auto& read = *m_setup.platform())
            m_dialog->setPlatform(*read);
    });
    connect(&m_setup, &change::EventSetup::changed, this, &EventController::show);
    m_setup.setDraft(dialog->draft());
    m_setup.start();
    show();
}

SignLine EventController::foundLine() const
{
    if (m_setup.probeError())
        return {Sign::Unknown, messages::sentence(*m_setup.probeError())};
    if (!m_setup.visit())
        return {};
    return {m_setup.visit()->isUsable() ? Sign::Info : Sign::Warning, messages::sentence(*m_setup.visit())};
}

EventDialog::Judgement EventController::judgement() const
{
    EventDialog::Judgement judgement{.canProbe = m_setup.canProbe(),
                                     .tellsLogin = m_setup.probeTellsLogin(),
                                     .isProbing = m_setup.isProbing(),
                                     .probe = foundLine()};
    const auto& platform = m_setup.platform();
    if (!platform) {
        judgement.problems = {{Sign::None, tr("The platform is being read…")}};
        return judgement;
    }
    if (!*platform) {
        judgement.problems = {{Sign::Error, messages::sentenceWithAdvice(platform->error())}};
        return judgement;
    }
    for (const bool wanted : {false, true})
        for (const tke::Remark& each : m_setup.remarks())
            if (each.severity != base::Severity::Info && isWanted(each) == wanted)
                judgement.problems.push_back({wanted ? Sign::Info : signOf(each.severity), messages::sentence(each)});
    judgement.isComplete = !tke::hasErrors(m_setup.remarks());
    return judgement;
}

std::vector<SignLine> EventController::lines() const
{
    std::vector<SignLine> lines;
    if (const tke::EventFollow* follow = m_setup.follow()) {
        for (const messages::FollowStep& step : messages::stepsOf(*follow))
            lines.push_back({static_cast<Sign>(step.severity), step.text});
        if (const auto& arrival = m_setup.arrival())
            lines.push_back({arrival->isUsable() ? Sign::Info : Sign::Unknown, messages::sentence(*arrival)});
        return lines;
    }
    if (const SignLine found = foundLine(); !found.text.isEmpty())
        lines.push_back(found);
    for (const tke::Remark& each : m_setup.remarks())
        lines.push_back({signOf(each.severity), messages::sentence(each)});
    if (const change::ManifestFlow* flow = m_setup.creation())
        for (const change::Notice& notice : flow->notices())
            lines.push_back({Sign::Warning, messages::sentence(notice)});
    std::ranges::stable_sort(lines, std::ranges::greater{},
                             [](const SignLine& line) { return static_cast<int>(line.sign); });
    return lines;
}

/// What became of it, in one sentence.
SignLine EventController::outcome() const
{
    using Outcome = tke::EventFollow::Outcome;
    const tke::EventFollow& follow = *m_setup.follow();
    switch (follow.outcome()) {
    case Outcome::Delivers: {
        const auto& arrival = m_setup.arrival();
        if (arrival && arrival->documents.value_or(0) > 0)
            return {Sign::Info, tr("Done: it runs and delivers, and the index holds events.")};
        return {Sign::Info, tr("Done: it runs, and fluentd complains of nothing. The first event makes the index.")};
    }
    case Outcome::Fails:
        return {Sign::Error, tr("It was made, and does not deliver: see above.")};
    case Outcome::RunsUnseen:
        return {Sign::Warning, tr("It was made and runs; whether it delivers was not seen.")};
    case Outcome::Gone:
        return {Sign::Warning, tr("Somebody deleted it meanwhile.")};
    case Outcome::Unknown:
        return {Sign::Unknown, tr("It was made; what became of it could not be read.")};
    case Outcome::Underway:
        break;
    }
    return {Sign::None, tr("It was made and is being followed until it delivers. Closing this leaves it as it is.")};
}

SignLine EventController::statusOf() const
{
    if (m_setup.origin().readOnly)
        return {Sign::Info, tr("This context is read-only: nothing is sent.")};
    const change::FormWrite& write = m_setup.write();
    if (write.stage() == Stage::Applied)
        return outcome();
    if (m_setup.error() != base::Error{})
        return {Sign::Error, messages::sentence(m_setup.error())};
    if (write.hasFailed())
        return {Sign::Error, messages::manifestSentence(write.flow()->error())};
    if (write.stage() == Stage::Undone)
        return {Sign::Info, tr("It is being deleted again; the platform takes away what it made in the cluster.")};
    if (write.isBusy())
        return {Sign::None, tr("Writing…")};
    if (m_setup.isProbing())
        return {Sign::None, tr("The address is being tried…")};
    if (m_setup.isReviewing())
        return {Sign::None, tr("The server is judging it…")};
    if (tke::hasErrors(m_setup.remarks()))
        return {Sign::Error, tr("Nothing was sent: what is told above keeps it from delivering.")};
    if (m_setup.canApply() && m_setup.origin().isSnapshot)
        return {Sign::Info, messages::snapshotNotice(messages::LiveOnly::Apply)};
    return m_setup.canApply() ? SignLine{Sign::None, tr("The server would accept it.")} : SignLine();
}

void EventController::show()
{
    m_dialog->setJudgement(judgement());
    EventDialog::Look look;
    const change::FormWrite& write = m_setup.write();
    look.review.lines = lines();
    look.review.status = statusOf();
    look.review.command = m_setup.command();
    if (const change::ManifestFlow* flow = m_setup.creation();
        flow && (flow->state() == State::Previewed || flow->state() == State::Applied))
        look.review.diff = m_dialog->isRevealed()
                               ? change::diffLines({}, kube::toYaml(kube::withoutServerFields(flow->answer())))
                               : change::diffObjects(flow->live(), flow->answer());
    look.apply = tr("Keep the events of %1").arg(base::visible(m_setup.draft().cluster));
    look.undo = tr("Delete it again");
    look.isBusy = write.isBusy();
    look.isOver = write.isOver();
    look.canUndo = write.stage() == Stage::Applied;
    look.canApply = m_setup.canApply();
    if (m_setup.origin().isSnapshot)
        look.off = messages::snapshotNotice(messages::LiveOnly::Apply);
    m_dialog->setLook(look);
}

EventDialog* openEventPersistence(store::Cluster* platform, tke::ClientOf members, transport::Journal* journal,
                                  const tke::EventSinkDraft& draft, QWidget* over, change::EventSetup::Options options)
{
    auto* dialog = new EventDialog(over);
    dialog->fill(draft);
    new EventController(dialog, platform, std::move(members), journal, options);
    dialog->open();
    return dialog;
}

} // namespace ui
