#include "ui/businesses/namespacecontroller.h"

#include "app/base/visible.h"
#include "app/change/deleteflow.h"
#include "app/change/manifestflow.h"
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

using Stage = change::FormWrite::Stage;
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
    connect(dialog, &NamespaceDialog::reviewLeft, &m_write, &change::FormWrite::forget);
    connect(dialog, &NamespaceDialog::applyRequested, &m_write, &change::FormWrite::apply);
    connect(dialog, &NamespaceDialog::undoRequested, this, &NamespaceController::undo);
    connect(dialog, &NamespaceDialog::languageChanged, this, &NamespaceController::show);
    connect(&m_write, &change::FormWrite::changed, this, &NamespaceController::show);
    connect(&m_write, &change::FormWrite::applied, this, &NamespaceController::applied);
    connect(&m_write, &change::FormWrite::undone, this, [this] {
        if (!m_write.hasFailed())
            Q_EMIT m_dialog->made();
    });
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

void NamespaceController::tryOut()
{
    if (m_write.stage() != Stage::Editing || !m_cluster->isOpen())
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
    m_write.tryOut(std::move(flow));
}

void NamespaceController::undo()
{
    m_looking.stop();
    m_write.undo(std::make_unique<change::DeleteFlow>(m_cluster->client(), m_origin, m_made, m_uid,
                                                      change::Propagation::Background, &m_log));
}

void NamespaceController::applied()
{
    // The server may have given it another name than was asked for.
    const kube::Json& answer = m_write.flow()->answer();
    const QString name = kube::rawText(answer, {"metadata", "name"});
    m_made.name = name.isEmpty() ? m_made.name : name;
    m_uid = kube::rawText(answer, {"metadata", "uid"});
    m_seen = tke::businessNamespaceOf(answer);
    m_looking.start();
    Q_EMIT m_dialog->made();
}

void NamespaceController::look()
{
    if (m_looks.open() > 0 || !m_cluster->isOpen())
        return;
    auto call = m_cluster->client().askJson({.path = m_made.path()});
    m_looks.follow(std::move(call), [this](const base::Result<kube::Json>& answer) {
        if (m_write.stage() != Stage::Applied)
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
    if (m_write.stage() == Stage::Applied)
        return progress();
    const change::WriteFlow* flow = m_write.flow();
    if (!flow)
        return {};
    if (m_write.hasFailed()) {
        if (flow->error().reason == QLatin1String("alreadyThere"))
            return {
                Sign::Error,
                tr("%1 is there already. It is not overwritten: choose another name.").arg(base::visible(m_made.name))};
        return {Sign::Error, messages::manifestSentence(flow->error())};
    }
    if (m_write.stage() == Stage::Undone)
        return {Sign::Info, tr("The namespace is being deleted again, with all that is in it.")};
    if (flow->isBusy())
        return {Sign::None, m_write.stage() == Stage::Editing ? tr("The server is judging it…") : tr("Writing…")};
    if (m_origin.isSnapshot)
        return {Sign::Info, messages::snapshotNotice(messages::LiveOnly::Apply)};
    return {Sign::None, tr("The server would accept it.")};
}

QString NamespaceController::command() const
{
    const change::WriteFlow* flow = m_write.flow();
    if (!flow || flow->isBusy())
        return {};
    if (const auto* deletion = qobject_cast<const change::DeleteFlow*>(flow))
        return change::kubectlCommand(m_origin, deletion->kubectl());
    return change::kubectlCommand(m_origin, {QStringLiteral("create"), QStringLiteral("-f"), QStringLiteral("-")}) +
           QStringLiteral(" <<'EOF'\n") + kube::toYaml(m_wanted) + QStringLiteral("EOF");
}

void NamespaceController::show()
{
    NamespaceDialog::Look look;
    const change::WriteFlow* flow = m_write.flow();
    look.review.lines = {{Sign::Info, messages::oneCluster()}};
    if (flow)
        for (const change::Notice& notice : flow->notices())
            look.review.lines.push_back({Sign::Warning, messages::sentence(notice)});
    look.review.status = statusOf();
    look.review.command = command();
    if (m_write.state() == State::Previewed || m_write.state() == State::Applied)
        if (const auto* making = qobject_cast<const change::ManifestFlow*>(flow))
            look.review.diff = change::diffObjects(making->live(), making->answer());
    look.apply = tr("Create namespace %1").arg(base::visible(m_dialog->draft().nameSpace));
    look.undo = tr("Delete it again");
    look.isBusy = m_write.isBusy();
    look.isOver = m_write.isOver();
    look.canUndo = m_write.stage() == Stage::Applied;
    look.canApply = m_write.canApply();
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
