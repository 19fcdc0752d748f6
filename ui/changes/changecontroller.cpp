#include "ui/changes/changecontroller.h"

#include "app/base/visible.h"
#include "app/change/deleteflow.h"
#include "app/change/scalers.h"
#include "app/change/workloadintents.h"
#include "app/kube/access.h"
#include "app/kube/jsonread.h"
#include "app/kube/objectname.h"
#include "app/messages/changes.h"
#include "app/messages/deletions.h"
#include "app/messages/errors.h"
#include "app/messages/snapshots.h"
#include "ui/changes/deleteform.h"

#include <algorithm>

namespace ui {
namespace {

using State = change::WriteFlow::State;

constexpr std::chrono::milliseconds Pause{300};

Sign signOf(const change::Notice& notice)
{
    for (const char* grave : {"systemObject", "nodeLease", "allInNamespace", "allOfKind"})
        if (notice.id == QLatin1String(grave))
            return Sign::Error;
    for (const char* plain : {"noWayBack", "runningGoesOn"})
        if (notice.id == QLatin1String(plain))
            return Sign::Info;
    return Sign::Warning;
}

void addOnce(std::vector<SignLine>& lines, SignLine line)
{
    if (!line.text.isEmpty() && std::ranges::find(lines, line) == lines.end())
        lines.push_back(std::move(line));
}

/// A Scale leaves out a 0, and it would look as if the number were taken away.
kube::Json withReplicas(kube::Json json)
{
    if (change::replicasOf(json) == 0)
        json["spec"]["replicas"] = 0;
    return json;
}

} // namespace

ChangeController::ChangeController(ChangeSheet* sheet, store::Cluster* cluster, std::vector<change::Doomed> objects)
    : QObject(sheet),
      m_sheet(sheet),
      m_cluster(cluster),
      m_objects(std::move(objects)),
      m_deletes(qobject_cast<DeleteForm*>(sheet->form())),
      m_origin(change::originOf(cluster->context(), cluster->address()))
{
    m_trying.setSingleShot(true);
    m_trying.setInterval(Pause);
    connect(&m_trying, &QTimer::timeout, this, &ChangeController::tryOut);
    connect(sheet->form(), &ChangeForm::edited, this, &ChangeController::edited);
    connect(sheet, &ChangeSheet::applyRequested, this, &ChangeController::apply);
    connect(sheet, &ChangeSheet::undoRequested, this, &ChangeController::undo);
    connect(sheet, &ChangeSheet::acceptRequested, this, &ChangeController::accept);
    connect(sheet, &ChangeSheet::languageChanged, this, &ChangeController::show);
    connect(cluster, &store::Cluster::stateChanged, this, [this] {
        if (!m_cluster->isOpen())
            m_sheet->done(QDialog::Rejected);
    });
    show();
    ask();
}

void ChangeController::ask()
{
    const kube::AccessQuestion question{m_sheet->form()->verb(), first().resource.group,
                                        first().resource.resource + part(), first().nameSpace,
                                        m_objects.size() == 1 ? first().name : QString()};
    if (!m_origin.isSnapshot) // those rights are of who took it
        m_calls.follow(kube::mayI(m_cluster->client(), question), [this](const base::Result<bool>& answer) {
            if (answer)
                m_may = *answer;
            show();
        });
    readFirst();
    if (m_deletes)
        readDependents();
    const bool scales = m_sheet->form()->objectName() == QLatin1String("change.scale");
    if (scales)
        for (const change::Doomed& each : m_objects) {
            take(change::scalersOf(m_cluster->client(), m_cluster->catalog(), each.target));
            take(change::keepersBehindScale(m_cluster->client(), each.target));
        }
}

void ChangeController::take(base::Call<std::vector<change::Notice>> keepers)
{
    m_calls.follow(std::move(keepers), [this](const base::Result<std::vector<change::Notice>>& notices) {
        if (notices)
            m_keepers.insert(m_keepers.end(), notices->begin(), notices->end());
        show();
    });
}

QString ChangeController::part() const
{
    return first().subresource.isEmpty() ? QString() : QLatin1Char('/') + first().subresource;
}

void ChangeController::readFirst()
{
    if (!m_sheet->form()->needsLive()) {
        m_hasLive = true;
        m_trying.start();
        return;
    }
    m_calls.follow(m_cluster->client().askJson({.path = first().path()}),
                   [this](const base::Result<kube::Json>& answer) {
                       if (answer) {
                           m_hasLive = true;
                           m_sheet->form()->setLive(*answer);
                       } else {
                           m_readError = answer.error();
                       }
                       edited();
                   });
}

void ChangeController::readDependents()
{
    m_survey = std::make_unique<change::DependentsSurvey>(m_cluster->client(), m_cluster->catalog());
    connect(m_survey.get(), &change::DependentsSurvey::finished, this, &ChangeController::show);
    m_survey->read(m_objects);
}

void ChangeController::edited()
{
    if (m_stage != Stage::Editing)
        return; // what is on its way is not edited
    m_group.reset();
    m_trying.start();
    show();
}

void ChangeController::follow(change::WriteGroup* group)
{
    connect(group, &change::WriteGroup::changed, this, &ChangeController::show);
    connect(group, &change::WriteGroup::settled, this, &ChangeController::settled);
    group->preview();
}

void ChangeController::tryOut()
{
    const ChangeForm* form = m_sheet->form();
    const bool mayTry = m_cluster->isOpen() && !m_origin.readOnly && m_may.value_or(true) && m_hasLive;
    if (m_stage != Stage::Editing || !mayTry || !form->problem().isEmpty()) {
        show();
        return;
    }
    m_origin = change::originOf(m_cluster->context(), m_cluster->address());
    if (m_deletes) {
        const auto propagation = static_cast<const DeleteForm*>(form)->propagation();
        m_group = std::make_unique<change::WriteGroup>();
        for (const change::Doomed& each : m_objects)
            m_group->add(std::make_unique<change::DeleteFlow>(m_cluster->client(), m_origin, each.target, each.uid,
                                                              propagation, &m_log));
    } else {
        auto group = std::make_unique<change::FlowGroup>();
        for (const change::Doomed& each : m_objects)
            if (auto intent = form->intentFor(each.target))
                group->add(std::make_unique<change::Flow>(m_cluster->client(), m_origin, std::move(intent), &m_log));
        if (group->flows().empty()) {
            show();
            return;
        }
        m_group = std::move(group);
    }
    follow(m_group.get());
    show();
}

void ChangeController::settled()
{
    const bool isAll = m_group->areAll(State::Applied);
    if (m_stage == Stage::Applying) {
        if (const auto* flows = qobject_cast<change::FlowGroup*>(m_group.get()))
            m_undo = flows->undo();
        m_stage = m_group->count(State::Applied) > 0 ? Stage::Applied : Stage::Editing;
    } else if (m_stage == Stage::Undoing) {
        if (isAll)
            m_stage = Stage::Undone;
        else if (m_group->count(State::Previewed) > 0)
            m_group->apply();
        else
            m_stage = Stage::Undone;
    }
    show();
}

void ChangeController::apply()
{
    if (!m_group || m_group->isBusy() || m_stage != Stage::Editing || m_group->count(State::Previewed) == 0)
        return;
    m_stage = Stage::Applying;
    m_group->apply();
    show();
}

void ChangeController::undo()
{
    if (!m_undo)
        return;
    m_group = std::move(m_undo);
    m_stage = Stage::Undoing;
    follow(m_group.get());
    show();
}

void ChangeController::accept()
{
    m_stage = Stage::Editing;
    m_group.reset();
    if (m_deletes)
        readDependents();
    tryOut(); // anew, from what is there now
}

QString ChangeController::wordToType() const
{
    std::vector<change::Target> targets;
    for (const change::Doomed& each : m_objects)
        targets.push_back(each.target);
    if (!m_deletes || !change::wantsTyping(targets))
        return {};
    return targets.size() == 1 ? base::visible(targets.front().name) : m_cluster->context().name;
}

std::vector<SignLine> ChangeController::lines() const
{
    std::vector<SignLine> lines;
    if (m_stage == Stage::Applied || m_stage == Stage::Undone)
        return lines;
    if (m_group)
        for (const auto& write : m_group->writes())
            for (const change::Notice& notice : write->notices())
                if (write->changesAnything())
                    addOnce(lines, {signOf(notice), messages::sentence(notice)});
    for (const change::Notice& notice : m_keepers)
        addOnce(lines, {signOf(notice), messages::sentence(notice)});
    std::ranges::stable_sort(lines, std::ranges::greater{},
                             [](const SignLine& line) { return static_cast<int>(line.sign); });
    if (!m_deletes)
        return lines;
    if (!m_origin.isSnapshot)
        lines.push_back({Sign::Info, tr("A deletion cannot be taken back. What the object was is kept in %1.")
                                         .arg(base::visible(m_log.file()))});
    if (!m_survey || m_survey->isReading()) {
        lines.push_back({Sign::None, tr("What depends on it is being read…")});
    } else {
        const auto propagation = static_cast<const DeleteForm*>(m_sheet->form())->propagation();
        const std::size_t known = m_survey->dependents().groups.size();
        const QStringList told = messages::dependentLines(m_survey->dependents(), propagation);
        for (std::size_t i = 0; i < static_cast<std::size_t>(told.size()); ++i)
            addOnce(lines, {m_survey->dependents().unread.empty() || i < known ? Sign::None : Sign::Unknown,
                            told[static_cast<qsizetype>(i)]});
    }
    return lines;
}

SignLine ChangeController::noteOf(const change::WriteFlow& write) const
{
    switch (write.state()) {
    case State::Failed:
        return {Sign::Error, messages::sentenceWithAdvice(write.error())};
    case State::Conflicted:
        if (const auto* flow = qobject_cast<const change::Flow*>(&write))
            return {Sign::Error, messages::sentence(flow->conflict())};
        return {Sign::Error, tr("Somebody changed it since it was shown.")};
    case State::Applied:
        if (const auto* deletion = qobject_cast<const change::DeleteFlow*>(&write))
            return deletion->isGone() ? SignLine{Sign::None, tr("deleted")}
                                      : SignLine{Sign::Info, tr("is being deleted")};
        return {Sign::None, m_stage == Stage::Undone ? tr("taken back") : tr("done")};
    case State::Previewed:
        if (write.changesAnything() && m_origin.isSnapshot)
            return {Sign::None, tr("would be sent")};
        return {Sign::None, write.changesAnything() ? tr("would be accepted") : tr("nothing to do")};
    case State::Idle:
        return {};
    default:
        return {Sign::None, m_stage == Stage::Editing ? tr("tried…") : tr("written…")};
    }
}

SignLine ChangeController::resultOf() const
{
    const int failed = m_group->count(State::Failed) + m_group->count(State::Conflicted);
    if (failed > 0 && m_objects.size() == 1)
        return noteOf(*m_group->writes().front());
    if (failed > 0)
        return {Sign::Error, tr("%n objects were not written; the reason stands beside each.", nullptr, failed)};
    if (m_stage == Stage::Undone)
        return {Sign::Info, tr("Taken back.")};
    if (!m_deletes)
        return {Sign::Info, tr("Done.")};
    QStringList waits;
    for (const auto& write : m_group->writes())
        if (const auto* deletion = qobject_cast<const change::DeleteFlow*>(write.get());
            deletion && !deletion->isGone())
            for (const kube::Json& finalizer : kube::elements(deletion->answer(), {"metadata", "finalizers"}))
                waits += base::visible(kube::rawText(finalizer));
    waits.removeDuplicates();
    const bool isGone = std::ranges::all_of(
        m_group->writes(), [](const auto& write) { return static_cast<const change::DeleteFlow&>(*write).isGone(); });
    if (isGone)
        return {Sign::Info, tr("Deleted.")};
    return {Sign::Info,
            waits.isEmpty()
                ? tr("It is being deleted.")
                : tr("It is being deleted, and stays until this is done: %1.").arg(waits.join(QLatin1String(", ")))};
}

SignLine ChangeController::statusOf() const
{
    const QString problem = m_sheet->form()->problem();
    if (m_stage == Stage::Applied || m_stage == Stage::Undone)
        return resultOf();
    if (m_origin.readOnly)
        return {Sign::Info, tr("This context is read-only: nothing is sent.")};
    if (m_may == false)
        return {Sign::Error, tr("You may not do this here: the rule “%1” is missing.")
                                 .arg(m_sheet->form()->verb() + QLatin1Char(' ') + first().resource.key() + part())};
    if (m_readError != base::Error{})
        return {Sign::Error, messages::sentenceWithAdvice(m_readError)};
    if (!m_hasLive)
        return {Sign::None, tr("The object is being read…")};
    if (!problem.isEmpty())
        return {Sign::Error, problem};
    if (!m_group)
        return {};
    if (m_group->isBusy())
        return {Sign::None, m_stage == Stage::Editing ? tr("The server is judging it…") : tr("Writing…")};
    const int bad = m_group->count(State::Failed) + m_group->count(State::Conflicted);
    if (bad > 0)
        return m_objects.size() == 1
                   ? noteOf(*m_group->writes().front())
                   : SignLine{Sign::Error,
                              tr("%n objects cannot be written; the reason stands beside each.", nullptr, bad)};
    if (m_group->changes() > 0 && m_origin.isSnapshot)
        return {Sign::Info, messages::snapshotNotice(messages::LiveOnly::Apply)};
    return {Sign::None, m_group->changes() > 0 ? tr("The server would accept it.") : tr("Nothing would change.")};
}

void ChangeController::setCommands(ChangeSheet::Look& look) const
{
    if (!m_group)
        return;
    QStringList kubectl;
    QStringList curl;
    for (const auto& write : m_group->writes()) {
        if (const auto* flow = qobject_cast<const change::Flow*>(write.get())) {
            kubectl += change::kubectlCommand(m_origin, flow->intent());
            if (!flow->patch().is_null())
                curl += change::curlCommand(m_origin, flow->target(), flow->patch(), flow->intent().patchType());
        } else if (const auto* deletion = qobject_cast<const change::DeleteFlow*>(write.get())) {
            kubectl += change::kubectlCommand(m_origin, deletion->kubectl());
            curl += deletion->curl();
        }
    }
    kubectl.removeAll(QString()); // an undo has no command of its own
    look.kubectl = kubectl.join(QLatin1Char('\n'));
    look.curl = curl.join(QLatin1Char('\n'));
}

void ChangeController::show()
{
    const ChangeForm* form = m_sheet->form();
    ChangeSheet::Look look;
    look.title = m_objects.size() == 1
                     ? tr("%1: %2 %3", "an act, a kind, an object")
                           .arg(form->name(), first().resource.kind, kube::shownName(first().nameSpace, first().name))
                     : tr("%1: %2 × %3", "an act, a kind, how many")
                           .arg(form->name(), first().resource.kind)
                           .arg(m_objects.size());
    if (m_objects.size() > 1) {
        for (const change::Doomed& each : m_objects) {
            SignLine note;
            if (m_group)
                for (const auto& write : m_group->writes())
                    if (write->target() == each.target)
                        note = noteOf(*write);
            look.items.push_back({kube::shownName(each.target.nameSpace, each.target.name), std::move(note)});
        }
    }
    look.lines = lines();
    look.showsDiff = !m_deletes;
    if (m_group && m_objects.size() == 1 && !m_group->isBusy()) {
        const change::WriteFlow& write = *m_group->writes().front();
        if (const auto* deletion = qobject_cast<const change::DeleteFlow*>(&write)) {
            look.diff = deletion->diff();
            look.showsDiff = !look.diff.empty();
        } else if (write.state() == State::Previewed || write.state() == State::Applied) {
            look.diff = change::diffObjects(withReplicas(write.live()), withReplicas(write.answer()));
        }
    } else if (m_objects.size() > 1) {
        look.showsDiff = false;
    }
    setCommands(look);
    look.status = statusOf();
    look.apply = form->actText(m_objects);
    look.isDangerous = form->isDangerous();
    look.isOver = m_stage != Stage::Editing && m_stage != Stage::Applying;
    look.isBusy = m_stage == Stage::Applying || m_stage == Stage::Undoing;
    look.canUndo = m_undo && m_stage == Stage::Applied;
    const bool isIdle = m_group && !m_group->isBusy();
    const bool isRead = !m_deletes || (m_survey && !m_survey->isReading()); // what goes with it is known before it goes
    look.canApply = m_stage == Stage::Editing && isIdle && isRead && m_may.value_or(true) &&
                    m_group->areAll(State::Previewed) && m_group->changes() > 0 && !m_origin.isSnapshot;
    if (m_origin.isSnapshot)
        look.off = messages::snapshotNotice(messages::LiveOnly::Apply);
    look.canAccept = m_stage == Stage::Editing && isIdle && m_group->count(State::Conflicted) > 0;
    look.word = wordToType();
    m_sheet->setLook(look);
}

} // namespace ui
