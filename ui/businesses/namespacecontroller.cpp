#include "ui/businesses/namespacecontroller.h"

#include "app/base/visible.h"
#include "app/kube/jsonread.h"
#include "app/kube/yaml.h"
#include "app/messages/businesses.h"
#include "app/messages/changes.h"
#include "app/messages/errors.h"
#include "app/messages/manifests.h"
#include "app/messages/snapshots.h"
#include "app/tke/kinds.h"

namespace ui {
namespace {

using State = change::WriteFlow::State;

bool isSettled(const tke::BusinessNamespace& made)
{
    return made.phase == QLatin1String("Available") || made.phase == QLatin1String("Failed");
}

} // namespace

NamespaceController::NamespaceController(NamespaceDialog* dialog, store::Cluster* cluster)
    : QObject(dialog),
      m_dialog(dialog),
      m_cluster(cluster),
      m_origin(change::originOf(cluster->context(), cluster->address())),
      m_looking(this)
{
    m_looking.setInterval(Look);
    connect(&m_looking, &QTimer::timeout, this, &NamespaceController::look);
    connect(dialog, &NamespaceDialog::reviewRequested, this, &NamespaceController::tryOut);
    connect(dialog, &NamespaceDialog::reviewLeft, this, &NamespaceController::forget);
    connect(dialog, &NamespaceDialog::applyRequested, this, &NamespaceController::apply);
    connect(dialog, &NamespaceDialog::undoRequested, this, &NamespaceController::undo);
    connect(dialog, &NamespaceDialog::languageChanged, this, &NamespaceController::show);
    connect(cluster, &store::Cluster::stateChanged, this, [this] {
        if (!m_cluster->isOpen())
            m_dialog->done(QDialog::Rejected);
    });
    show();
}

change::Target NamespaceController::target() const
{
    const kube::ApiResource* served = m_cluster->catalog().find(QStringLiteral("namespaces.business.tkestack.io"));
    const tke::NamespaceDraft draft = m_dialog->draft();
    return {served ? *served : tke::namespaces(), draft.business, tke::objectName(draft)};
}

void NamespaceController::begin(std::unique_ptr<change::WriteFlow> flow)
{
    if (m_flow) {
        m_flow->disconnect(this);
        m_flow.release()->deleteLater(); // it may be what is speaking
    }
    m_flow = std::move(flow);
    if (m_flow) {
        connect(m_flow.get(), &change::WriteFlow::stateChanged, this, &NamespaceController::flowChanged);
        m_flow->preview();
    }
    show();
}

void NamespaceController::tryOut()
{
    if (m_stage != Stage::Editing || !m_cluster->isOpen())
        return;
    const tke::NamespaceDraft draft = m_dialog->draft();
    const tke::Business* business = m_dialog->picture().survey.find(draft.business);
    if (!business || !tke::problemsOf(draft, m_dialog->picture().survey).empty())
        return;
    m_origin = change::originOf(m_cluster->context(), m_cluster->address());
    m_wanted = tke::businessNamespace(draft, business->tenant);
    auto manifests = kube::parseManifests(kube::toBytes(m_wanted));
    if (!manifests || manifests->size() != 1)
        return; // it is our own
    m_made = target();
    auto flow = std::make_unique<change::ManifestFlow>(m_cluster->client(), m_origin, m_made,
                                                       std::move(manifests->front()), &m_log, false);
    flow->createOnly();
    begin(std::move(flow));
}

void NamespaceController::forget()
{
    if (m_stage == Stage::Editing)
        begin(nullptr);
}

void NamespaceController::apply()
{
    if (!m_flow || m_flow->state() != State::Previewed || m_stage != Stage::Editing)
        return;
    m_stage = Stage::Applying;
    m_flow->apply();
    show();
}

void NamespaceController::undo()
{
    if (m_stage != Stage::Applied)
        return;
    m_looking.stop();
    m_stage = Stage::Undoing;
    begin(std::make_unique<change::DeleteFlow>(m_cluster->client(), m_origin, m_made, m_uid,
                                               change::Propagation::Background, &m_log));
}

void NamespaceController::flowChanged()
{
    if (!m_flow || m_flow->isBusy()) {
        show();
        return;
    }
    const State state = m_flow->state();
    if (m_stage == Stage::Applying) {
        m_stage = state == State::Applied ? Stage::Applied : Stage::Editing;
        if (m_stage == Stage::Applied) {
            // The server may have given it another name than was asked for.
            const QString name = kube::rawText(m_flow->answer(), {"metadata", "name"});
            m_made.name = name.isEmpty() ? m_made.name : name;
            m_uid = kube::rawText(m_flow->answer(), {"metadata", "uid"});
            m_seen = tke::businessNamespaceOf(m_flow->answer());
            m_looking.start();
            Q_EMIT m_dialog->made();
        }
    } else if (m_stage == Stage::Undoing) {
        if (state == State::Previewed) {
            m_flow->apply();
            return;
        }
        m_stage = Stage::Undone;
        if (state == State::Applied)
            Q_EMIT m_dialog->made();
    }
    show();
}

void NamespaceController::look()
{
    if (m_looks.open() > 0 || !m_cluster->isOpen())
        return;
    auto call = m_cluster->client().askJson({.path = m_made.path()});
    m_looks.follow(std::move(call), [this](const base::Result<kube::Json>& answer) {
        if (m_stage != Stage::Applied)
            return;
        const bool wasSettled = m_seen && *m_seen && isSettled(**m_seen);
        m_seen = answer ? base::Result<tke::BusinessNamespace>(tke::businessNamespaceOf(*answer))
                        : base::Result<tke::BusinessNamespace>(base::failure(answer.error()));
        if (*m_seen && isSettled(**m_seen)) {
            m_looking.stop();
            if (!wasSettled)
                Q_EMIT m_dialog->made(); // the page shows it as it is now
        }
        show();
    });
}

SignLine NamespaceController::progress() const
{
    if (!m_seen)
        return {};
    if (!*m_seen)
        return {Sign::Warning, tr("It was made, and cannot be looked at: %1").arg(messages::sentence(m_seen->error()))};
    const tke::BusinessNamespace& seen = **m_seen;
    if (seen.phase == QLatin1String("Available"))
        return {Sign::Info, tr("Done: the namespace %1 is available.").arg(base::visible(seen.nameSpace))};
    if (seen.phase == QLatin1String("Failed")) {
        const QString why = messages::healthSentence(seen);
        return {Sign::Error, why.isEmpty() ? tr("It was made, and failed; the platform does not say why.")
                                           : tr("It was made, and failed: %1").arg(why)};
    }
    return {Sign::None, seen.phase.isEmpty() ? tr("It was made; the platform has not looked at it yet…")
                                             : tr("It was made; its phase is %1…").arg(base::visible(seen.phase))};
}

SignLine NamespaceController::statusOf() const
{
    if (m_origin.readOnly)
        return {Sign::Info, tr("This context is read-only: nothing is sent.")};
    if (m_stage == Stage::Applied)
        return progress();
    if (!m_flow)
        return {};
    const State state = m_flow->state();
    if (state == State::Failed || state == State::Conflicted) {
        if (m_flow->error().reason == QLatin1String("alreadyThere"))
            return {
                Sign::Error,
                tr("%1 is there already. It is not overwritten: choose another name.").arg(base::visible(m_made.name))};
        return {Sign::Error, messages::manifestSentence(m_flow->error())};
    }
    if (m_stage == Stage::Undone)
        return {Sign::Info, tr("The namespace is being deleted again, with all that is in it.")};
    if (m_flow->isBusy())
        return {Sign::None, m_stage == Stage::Editing ? tr("The server is judging it…") : tr("Writing…")};
    if (m_origin.isSnapshot)
        return {Sign::Info, messages::snapshotNotice(messages::LiveOnly::Apply)};
    return {Sign::None, tr("The server would accept it.")};
}

QString NamespaceController::command() const
{
    if (!m_flow || m_flow->isBusy())
        return {};
    if (const auto* deletion = qobject_cast<const change::DeleteFlow*>(m_flow.get()))
        return change::kubectlCommand(m_origin, deletion->kubectl());
    return change::kubectlCommand(m_origin, {QStringLiteral("create"), QStringLiteral("-f"), QStringLiteral("-")}) +
           QStringLiteral(" <<'EOF'\n") + kube::toYaml(m_wanted) + QStringLiteral("EOF");
}

void NamespaceController::show()
{
    NamespaceDialog::Look look;
    const State state = m_flow ? m_flow->state() : State::Idle;
    look.review.lines = {{Sign::Info, messages::oneCluster()}};
    if (m_flow)
        for (const change::Notice& notice : m_flow->notices())
            look.review.lines.push_back({Sign::Warning, messages::sentence(notice)});
    look.review.status = statusOf();
    look.review.command = command();
    if (state == State::Previewed || state == State::Applied)
        if (const auto* making = qobject_cast<const change::ManifestFlow*>(m_flow.get()))
            look.review.diff = change::diffObjects(making->live(), making->answer());
    look.isBusy = m_stage == Stage::Applying || m_stage == Stage::Undoing;
    look.isOver = m_stage == Stage::Applied || m_stage == Stage::Undone;
    look.canUndo = m_stage == Stage::Applied;
    look.canApply = m_stage == Stage::Editing && state == State::Previewed && !m_origin.isSnapshot;
    if (m_origin.isSnapshot)
        look.off = messages::snapshotNotice(messages::LiveOnly::Apply);
    m_dialog->setLook(look);
}

NamespaceDialog* openNewNamespace(store::Cluster* cluster, std::shared_ptr<const tke::BusinessPicture> picture,
                                  const QString& business, QWidget* over)
{
    auto* dialog = new NamespaceDialog(std::move(picture), business, over);
    new NamespaceController(dialog, cluster);
    dialog->open();
    return dialog;
}

} // namespace ui
