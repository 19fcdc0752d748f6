#include "ui/changes/recreatecontroller.h"

#include "app/base/visible.h"
#include "app/kube/jsonread.h"
#include "app/kube/objectname.h"
#include "app/kube/serverfields.h"
#include "app/kube/yaml.h"
#include "app/messages/changes.h"
#include "app/messages/deletions.h"
#include "app/messages/errors.h"
#include "app/messages/manifests.h"
#include "app/messages/snapshots.h"
#include "ui/changes/deleteform.h"

namespace ui {

using State = change::Recreation::State;

RecreateController::RecreateController(ChangeSheet* sheet, store::Cluster* cluster, const change::Target& target,
                                       const kube::Manifest& manifest, const kube::Json& live,
                                       const std::vector<change::ImmutableField>& fields)
    : QObject(sheet),
      m_sheet(sheet),
      m_cluster(cluster),
      m_target(target),
      m_manifest(manifest),
      m_live(live),
      m_fields(fields),
      m_survey(cluster->client(), cluster->catalog())
{
    connect(sheet->form(), &ChangeForm::edited, this, &RecreateController::tryOut);
    connect(sheet, &ChangeSheet::applyRequested, this, &RecreateController::act);
    connect(sheet, &ChangeSheet::acceptRequested, this, &RecreateController::tryOut);
    connect(sheet, &ChangeSheet::undoRequested, this, [this] { m_recreation->putBack(); });
    connect(sheet, &ChangeSheet::languageChanged, this, &RecreateController::show);
    connect(&m_survey, &change::DependentsSurvey::finished, this, &RecreateController::show);
    connect(cluster, &store::Cluster::stateChanged, this, [this] {
        if (!m_cluster->isOpen())
            m_sheet->done(QDialog::Rejected);
    });
    m_survey.read({{m_target, kube::rawText(m_live, {"metadata", "uid"})}});
    tryOut();
}

const DeleteForm* RecreateController::form() const
{
    return static_cast<const DeleteForm*>(m_sheet->form());
}

void RecreateController::tryOut()
{
    if (m_recreation && (m_recreation->isBusy() || m_recreation->isLost()))
        return;
    m_recreation = std::make_unique<change::Recreation>(
        m_cluster->client(), change::originOf(m_cluster->context(), m_cluster->address()), m_target, m_manifest,
        kube::rawText(m_live, {"metadata", "uid"}), form()->propagation(), &m_log);
    connect(m_recreation.get(), &change::Recreation::stateChanged, this, &RecreateController::show);
    m_recreation->preview();
    show();
}

void RecreateController::act()
{
    m_recreation->apply();
}

std::vector<SignLine> RecreateController::lines() const
{
    std::vector<SignLine> lines;
    for (const change::WayOut& way : change::waysOut(m_live, m_fields))
        for (const QString& loss : way.loses)
            lines.push_back({Sign::Warning, tr("Lost: %1").arg(messages::lossSentence(loss))});
    for (const change::Notice& notice : change::deletionNotices(m_target, m_live))
        lines.push_back({Sign::Warning, messages::sentence(notice)});
    if (m_survey.isReading())
        lines.push_back({Sign::None, tr("What depends on it is being read…")});
    else
        for (const QString& told : messages::dependentLines(m_survey.dependents(), form()->propagation()))
            lines.push_back({m_survey.dependents().unread.empty() ? Sign::None : Sign::Unknown, told});
    lines.push_back(
        {Sign::Info, tr("What the object was is kept in %1; if the new one is refused, the old one can be put back.")
                         .arg(base::visible(m_log.file()))});
    return lines;
}

SignLine RecreateController::status() const
{
    switch (m_recreation->state()) {
    case State::Trying:
        return {Sign::None, tr("The server is judging the deletion and the new object…")};
    case State::Previewed:
        return {Sign::None, tr("The server would accept the deletion and the new object.")};
    case State::Deleting:
        return {Sign::None, tr("Deleting…")};
    case State::Waiting:
        return {Sign::None, tr("It is being deleted; the new one is made as soon as it is gone.")};
    case State::Creating:
        return {Sign::None, tr("Creating…")};
    case State::Done:
        return {Sign::Info, tr("Deleted and created again.")};
    case State::PutBack:
        return {Sign::Info, tr("The old object is there again.")};
    case State::Failed:
        if (m_recreation->isLost())
            return {Sign::Error, tr("The old object is gone and the new one was not made: %1")
                                     .arg(messages::manifestSentence(m_recreation->error()))};
        return {Sign::Error, messages::sentenceWithAdvice(m_recreation->error())};
    case State::Idle:
        break;
    }
    return {};
}

void RecreateController::show()
{
    const State state = m_recreation->state();
    const QString name = base::visible(m_target.name);
    const bool isOver = state == State::Done || state == State::PutBack;
    const change::Origin origin = change::originOf(m_cluster->context(), m_cluster->address());
    ChangeSheet::Look look;
    look.title = tr("%1: %2 %3", "an act, a kind, an object")
                     .arg(form()->name(), m_target.resource.kind, kube::shownName(m_target.nameSpace, m_target.name));
    if (!isOver)
        look.lines = lines();
    if (!m_recreation->made().is_null())
        look.diff =
            change::diffObjects(kube::withoutServerFields(m_live), kube::withoutServerFields(m_recreation->made()));
    look.kubectl =
        change::kubectlCommand(origin, m_recreation->deletion().kubectl()) + QStringLiteral(" && ") +
        change::kubectlCommand(origin, {QStringLiteral("create"), QStringLiteral("-f"), QStringLiteral("-")}) +
        QStringLiteral(" <<'EOF'\n") + kube::toYaml(m_manifest.object()) + QStringLiteral("EOF");
    look.curl = m_recreation->deletion().curl() + QStringLiteral(" && ") +
                change::curlCreateCommand(origin, m_target, m_manifest.object());
    look.status = status();
    look.word = change::wantsTyping({m_target}) ? name : QString();
    look.apply = form()->actText({{m_target, {}}});
    look.isDangerous = true;
    look.isOver = isOver || m_recreation->isLost();
    look.isBusy = state == State::Deleting || state == State::Creating;
    look.canApply = state == State::Previewed && !m_survey.isReading() && // what goes is known before it goes
                    !origin.isSnapshot;
    if (origin.isSnapshot)
        look.off = messages::snapshotNotice(messages::LiveOnly::Apply);
    look.undo = tr("Put the old one back");
    look.canUndo = state == State::Failed && m_recreation->isLost();
    look.canAccept = state == State::Failed && !m_recreation->isLost();
    m_sheet->setLook(look);
}

void openRecreation(store::Cluster* cluster, const change::Target& target, const kube::Manifest& manifest,
                    const kube::Json& live, const std::vector<change::ImmutableField>& fields, QWidget* over,
                    const std::function<void()>& done)
{
    auto* form = new DeleteForm(true);
    form->setObjectName(QStringLiteral("change.recreate"));
    auto* sheet = new ChangeSheet(form, over);
    new RecreateController(sheet, cluster, target, manifest, live, fields);
    QObject::connect(sheet, &QDialog::finished, sheet, done);
    sheet->open();
}

} // namespace ui
