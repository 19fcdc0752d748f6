#include "ui/volumes/hostpathcontroller.h"

#include "app/base/visible.h"
#include "app/change/diff.h"
#include "app/change/manifestflow.h"
#include "app/change/workloadintents.h"
#include "app/kube/access.h"
#include "app/kube/jsonread.h"
#include "app/kube/objectname.h"
#include "app/kube/yaml.h"
#include "app/messages/changes.h"
#include "app/messages/errors.h"
#include "app/messages/hostpath.h"
#include "app/messages/manifests.h"
#include "app/messages/snapshots.h"

#include <algorithm>

namespace ui {
namespace {

using Stage = change::FormWrite::Stage;
using State = change::WriteFlow::State;
using Mode = HostPathForm::Mode;

QString targetName(const change::Target& target)
{
    return kube::shownName(target.nameSpace, target.name);
}

bool isPod(const change::Target& target)
{
    return target.resource.key() == QLatin1String("pods");
}

} // namespace

HostPathController::HostPathController(HostPathDialog* dialog, Mode mode, store::Cluster* cluster,
                                       change::Target target)
    : QObject(dialog),
      m_dialog(dialog),
      m_mode(mode),
      m_cluster(cluster),
      m_target(std::move(target)),
      m_origin(change::originOf(cluster->context(), cluster->address()))
{
    connect(dialog, &HostPathDialog::reviewRequested, this, &HostPathController::tryOut);
    connect(dialog, &HostPathDialog::reviewLeft, this, &HostPathController::forget);
    connect(dialog, &HostPathDialog::applyRequested, this, [this] {
        if (m_review)
            m_write.apply();
    });
    connect(dialog, &HostPathDialog::undoRequested, this, [this] { m_write.undo(std::move(m_undo)); });
    connect(dialog, &HostPathDialog::acceptRequested, this, &HostPathController::accept);
    connect(dialog, &HostPathDialog::languageChanged, this, &HostPathController::show);
    connect(&m_write, &change::FormWrite::changed, this, &HostPathController::show);
    connect(&m_write, &change::FormWrite::tried, this, [this] {
        if (m_write.canApply() && !m_review)
            review();
    });
    connect(&m_write, &change::FormWrite::applied, this, [this] {
        if (patching() && patching()->canUndo())
            m_undo = patching()->undo();
    });
    connect(cluster, &store::Cluster::stateChanged, this, [this] {
        if (!m_cluster->isOpen())
            m_dialog->done(QDialog::Rejected);
    });
    if (mode == Mode::New)
        readNamespaces();
    else
        read();
    if (mode == Mode::Copy)
        dialog->fields()->setName(m_target.name.left(58) + QStringLiteral("-copy"));
    askRights();
    show();
}

template <typename T, typename F> void HostPathController::ask(base::Call<T> call, F&& then)
{
    m_calls.follow(std::move(call), [this, then = std::forward<F>(then)](const base::Result<T>& answer) {
        then(answer);
        show();
    });
}

void HostPathController::read()
{
    ask(m_cluster->client().askJson({.path = m_target.path()}), [this](const base::Result<kube::Json>& answer) {
        if (!answer) {
            m_readError = answer.error();
            return;
        }
        m_live = *answer;
        m_dialog->fields()->setTemplate(change::completeTemplate(m_target.resource, m_live));
    });
}

void HostPathController::readNamespaces()
{
    const QString own = m_cluster->context().nameSpace;
    const QString chosen = own.isEmpty() ? QStringLiteral("default") : own;
    m_dialog->fields()->setNamespaces({chosen}, chosen);
    ask(m_cluster->client().askJson({.path = "/api/v1/namespaces"}),
        [this, chosen](const base::Result<kube::Json>& answer) {
            if (!answer)
                return; // then the name is typed
            QStringList names;
            for (const kube::Json& each : kube::elements(*answer, {"items"}))
                names << kube::rawText(each, {"metadata", "name"});
            if (!names.isEmpty())
                m_dialog->fields()->setNamespaces(names, chosen);
        });
}

void HostPathController::askRights()
{
    if (m_mode == Mode::New || m_origin.isSnapshot) // there the rights are of who took it
        return;                                     // the namespace is not known yet, and trying tells
    ask(kube::mayI(m_cluster->client(),
                   {isMount() ? QStringLiteral("patch") : QStringLiteral("create"), m_target.resource.group,
                    m_target.resource.resource, m_target.nameSpace, isMount() ? m_target.name : QString()}),
        [this](const base::Result<bool>& may) {
            if (may)
                m_may = *may;
        });
}

kube::Json HostPathController::made() const
{
    const HostPathForm& f = form();
    if (m_mode == Mode::New)
        return change::newDeployment(f.name, f.nameSpace, f.image, f.draft);
    return change::copyWith(m_target.resource, m_live, f.name, f.draft);
}

void HostPathController::tryOut()
{
    forget();
    const bool mayTry = m_cluster->isOpen() && !m_origin.readOnly && m_may.value_or(true);
    if (m_write.stage() != Stage::Editing || !mayTry || change::hasErrors(m_dialog->fields()->hazards())) {
        show();
        return;
    }
    m_origin = change::originOf(m_cluster->context(), m_cluster->address());
    if (isMount()) {
        m_write.tryOut(std::make_unique<change::Flow>(m_cluster->client(), m_origin,
                                                      change::mountHostPath(m_target, form().draft), &m_log));
    } else {
        const kube::Json object = made();
        auto manifests = kube::parseManifests(kube::toBytes(object));
        if (!manifests || manifests->size() != 1) {
            m_readError = manifests ? base::Error{} : manifests.error();
            show();
            return;
        }
        const change::Target target{m_target.resource, kube::rawText(object, {"metadata", "namespace"}), form().name};
        auto flow = std::make_unique<change::ManifestFlow>(m_cluster->client(), m_origin, target,
                                                           std::move(manifests->front()), &m_log, false);
        flow->createOnly();
        m_write.tryOut(std::move(flow));
    }
}

void HostPathController::forget()
{
    if (m_write.stage() != Stage::Editing)
        return;
    m_reviewing.cancel();
    m_review.reset();
    m_write.forget();
}

void HostPathController::review()
{
    m_reviewing.follow(change::reviewHostPath(m_cluster->client(), m_write.flow()->target(),
                                              isMount() ? m_write.flow()->answer() : made()),
                       [this](const base::Result<change::HostPathReview>& answer) {
                           if (!answer)
                               return;
                           m_review = *answer;
                           show();
                       });
}

void HostPathController::accept()
{
    if (change::Flow* flow = patching()) {
        m_review.reset();
        flow->acceptFound();
        show();
    }
}

std::vector<SignLine> HostPathController::lines() const
{
    std::vector<SignLine> lines;
    const auto add = [&lines](Sign sign, const QString& text) {
        const SignLine line{sign, text};
        if (!text.isEmpty() && std::ranges::find(lines, line) == lines.end())
            lines.push_back(line);
    };
    if (m_write.stage() == Stage::Applied || m_write.stage() == Stage::Undone)
        return lines;
    for (const change::Hazard& hazard : m_dialog->fields()->hazards())
        add(signOf(hazard.severity), messages::sentence(hazard));
    if (isMount() && m_target.resource.resource != QLatin1String("cronjobs"))
        add(Sign::Warning, tr("The pods are replaced by new ones, as the workload's strategy says."));
    if (m_mode == Mode::Copy && isPod(m_target))
        add(Sign::Info,
            tr("The copy has no labels, so that no controller and no Service takes it for one of its own."));
    if (const change::WriteFlow* flow = m_write.flow())
        for (const change::Notice& notice : flow->notices())
            add(Sign::Warning, messages::sentence(notice));
    if (m_review) {
        for (const change::Hazard& hazard : m_review->hazards)
            add(signOf(hazard.severity), messages::sentence(hazard));
        const change::PodAdmission& pod = m_review->podAdmission;
        if (change::isOfSnapshot(pod.error))
            add(Sign::Unknown, tr("Whether a pod of it would be admitted was not tried: a snapshot has no server."));
        else if (pod.accepted)
            add(Sign::Info, tr("A pod of it was tried without making it: it would be admitted."));
        else
            add(Sign::Error, tr("A pod of it was tried without making it, and refused: %1")
                                 .arg(messages::sentenceWithAdvice(pod.error)));
        for (const change::Notice& notice : pod.warnings)
            add(Sign::Warning, messages::sentence(notice));
        for (const auto& [what, error] : m_review->unread)
            add(Sign::Unknown, tr("Not everything could be looked at: %1").arg(messages::sentence(error)));
    }
    std::ranges::stable_sort(lines, std::ranges::greater{},
                             [](const SignLine& line) { return static_cast<int>(line.sign); });
    return lines;
}

SignLine HostPathController::failure() const
{
    if (m_write.state() == State::Conflicted) {
        const change::Flow* flow = patching();
        return {Sign::Error,
                flow ? messages::sentence(flow->conflict()) : tr("Somebody changed it since it was shown.")};
    }
    const base::Error& error = m_write.flow()->error();
    if (error.reason == QLatin1String("alreadyThere"))
        return {Sign::Error, tr("%1 is there already. It is not overwritten: choose another name.")
                                 .arg(targetName(m_write.flow()->target()))};
    for (const char* id : {"volumeTaken", "mountTaken", "containerMissing"})
        if (error.reason == QLatin1String(id)) {
            const change::HostPathDraft& draft = form().draft;
            const QString about = *id == 'v' ? draft.volume : *id == 'm' ? draft.mountPath : draft.container;
            return {Sign::Error, messages::sentence(change::Hazard{error.reason, base::Severity::Error, about})};
        }
    return {Sign::Error, isMount() ? messages::sentenceWithAdvice(error) : messages::manifestSentence(error)};
}

SignLine HostPathController::statusOf() const
{
    if (m_readError != base::Error{})
        return {Sign::Error, messages::sentenceWithAdvice(m_readError)};
    if (m_origin.readOnly)
        return {Sign::Info, tr("This context is read-only: nothing is sent.")};
    if (m_may == false)
        return {Sign::Error,
                tr("You may not do this here: the rule “%1” is missing.")
                    .arg((isMount() ? QStringLiteral("patch ") : QStringLiteral("create ")) + m_target.resource.key())};
    if (m_mode != Mode::New && m_live.is_null())
        return {Sign::None, tr("The object is being read…")};
    const change::WriteFlow* flow = m_write.flow();
    if (!flow)
        return {};
    if (m_write.hasFailed())
        return failure();
    if (m_write.stage() == Stage::Applied && isMount())
        return {Sign::Info, tr("Done: one volume and one mount were added.")};
    if (m_write.stage() == Stage::Applied)
        return {Sign::Info, tr("Done: %1 %2 was made.").arg(m_target.resource.kind, targetName(flow->target()))};
    if (m_write.stage() == Stage::Undone)
        return {Sign::Info, tr("Taken back: the volume and the mount are gone again.")};
    if (flow->isBusy())
        return {Sign::None, m_write.stage() == Stage::Editing ? tr("The server is judging it…") : tr("Writing…")};
    if (!flow->changesAnything())
        return {Sign::None, tr("Nothing would change: it is mounted like this already.")};
    if (m_review && m_origin.isSnapshot)
        return {Sign::Info, messages::snapshotNotice(messages::LiveOnly::Apply)};
    return {Sign::None, m_review ? tr("The server would accept it.") : tr("Pods and nodes are being looked at…")};
}

QString HostPathController::command() const
{
    if (!m_write.flow() || m_write.flow()->isBusy() || m_write.stage() == Stage::Undone)
        return {};
    if (const change::Flow* flow = patching()) {
        if (flow->patch().is_null())
            return {};
        return change::kubectlCommand(m_origin,
                                      QStringList{QStringLiteral("patch")} + change::kubectlObject(m_target) +
                                          QStringList{QStringLiteral("--type=strategic"), QStringLiteral("-p"),
                                                      QString::fromUtf8(kube::toBytes(flow->patch()))});
    }
    const auto* manifest = static_cast<const change::ManifestFlow*>(m_write.flow());
    return change::kubectlCommand(m_origin, {QStringLiteral("create"), QStringLiteral("-f"), QStringLiteral("-")}) +
           QStringLiteral(" <<'EOF'\n") + kube::toYaml(manifest->manifest().object()) + QStringLiteral("EOF");
}

QString HostPathController::actText() const
{
    if (m_mode == Mode::New)
        return tr("Create Deployment %1").arg(base::visible(form().name));
    if (m_mode == Mode::Copy)
        return tr("Create %1 %2", "a kind, a name").arg(m_target.resource.kind, base::visible(form().name));
    if (m_target.resource.resource == QLatin1String("cronjobs"))
        return tr("Mount in the next jobs");
    const bool isDaemon = m_target.resource.resource == QLatin1String("daemonsets");
    const auto pods = isDaemon ? kube::number(m_live, {"status", "desiredNumberScheduled"})
                               : kube::number(m_live, {"spec", "replicas"});
    return tr("Mount in %n pods", nullptr, static_cast<int>(pods.value_or(1)));
}

void HostPathController::show()
{
    HostPathDialog::Look look;
    look.review.lines = lines();
    look.review.status = statusOf();
    look.review.command = command();
    const change::WriteFlow* flow = m_write.flow();
    if (m_write.state() == State::Previewed || m_write.state() == State::Applied)
        look.review.diff = change::diffObjects(flow->live(), flow->answer());
    look.apply = actText();
    look.undo = tr("Undo");
    look.isBusy = m_write.isBusy();
    look.isOver = m_write.isOver();
    look.canUndo = m_undo && m_write.stage() == Stage::Applied;
    look.canApply = m_write.canApply() && flow->changesAnything() && m_review;
    if (m_origin.isSnapshot)
        look.off = messages::snapshotNotice(messages::LiveOnly::Apply);
    look.canAccept = m_write.stage() == Stage::Editing && m_write.state() == State::Conflicted && patching();
    m_dialog->setLook(look);
}

HostPathDialog* openHostPath(store::Cluster* cluster, const kube::ApiResource& resource, const QString& nameSpace,
                             const QString& name, QWidget* over)
{
    const Mode mode = change::isCopiedForVolumes(resource) ? Mode::Copy : Mode::Mount;
    const change::Target target{resource, nameSpace, name};
    auto* dialog = new HostPathDialog(mode, resource.kind + QLatin1Char(' ') + targetName(target), over);
    new HostPathController(dialog, mode, cluster, target);
    dialog->open();
    return dialog;
}

HostPathDialog* openNewWithHostPath(store::Cluster* cluster, QWidget* over)
{
    const kube::ApiResource* deployments =
        cluster->isOpen() ? cluster->catalog().find(QStringLiteral("deployments.apps")) : nullptr;
    if (!deployments)
        return nullptr;
    auto* dialog = new HostPathDialog(Mode::New, {}, over);
    new HostPathController(dialog, Mode::New, cluster, {*deployments, {}, {}});
    dialog->open();
    return dialog;
}

} // namespace ui
