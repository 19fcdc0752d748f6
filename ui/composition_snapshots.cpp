// What ties snapshots to the rest of the window: opening files, the bar above their pages, capturing a cluster.

#include "app/messages/errors.h"
#include "app/store/clusters.h"
#include "ui/composition.h"
#include "ui/shell/actionregistry.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/pagetabs.h"
#include "ui/shell/welcomepage.h"
#include "ui/snapshots/capturecontroller.h"
#include "ui/snapshots/contentsdialog.h"
#include "ui/snapshots/snapshotbar.h"
#include "ui/snapshots/snapshots.h"

#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QPointer>
#include <utility>

namespace ui {

void Composition::connectSnapshots()
{
    m_snapshots = std::make_unique<Snapshots>(m_clusters.get(), m_settings.get());
    m_snapshotBar = new SnapshotBar;
    m_window->addBar(m_snapshotBar);
    m_window->setRecentSnapshots(m_snapshots->recent());

    const auto on = [this](const char* id, auto&& act) {
        connect(m_actions->action(QLatin1String(id)), &QAction::triggered, this, std::forward<decltype(act)>(act));
    };
    on("file.open-demo", [this] { openSnapshot(Snapshots::Demo); });
    on("file.close-snapshot", [this] { closeSnapshot(); });
    on("cluster.capture", [this] { capture(); });
    connect(m_window.get(), &MainWindow::snapshotChosen, this, &Composition::openSnapshot);
    connect(m_window.get(), &MainWindow::recentSnapshotsForgotten, m_snapshots.get(), &Snapshots::forgetRecent);
    connect(m_window->welcome(), &WelcomePage::demoRequested, this, [this] { openSnapshot(Snapshots::Demo); });
    connect(m_snapshots.get(), &Snapshots::recentChanged, this,
            [this] { m_window->setRecentSnapshots(m_snapshots->recent()); });
    connect(m_snapshots.get(), &Snapshots::opened, this, [this](store::Cluster* cluster) { showSnapshot(cluster); });
    connect(m_snapshots.get(), &Snapshots::replaced, this, &Composition::disconnectFrom);
    connect(m_snapshots.get(), &Snapshots::refused, this, &Composition::refuseSnapshot);

    connect(m_snapshotBar, &SnapshotBar::closeRequested, this, &Composition::closeSnapshot);
    connect(m_snapshotBar, &SnapshotBar::kubeconfigRequested, m_actions->action(QStringLiteral("file.open-kubeconfig")),
            &QAction::trigger);
    connect(m_snapshotBar, &SnapshotBar::connectionsRequested, this, &Composition::openConnections);
    const auto showContents = [this](ContentsDialog::Part part) {
        if (const auto snapshot = m_snapshots->of(m_current))
            (new ContentsDialog(snapshot->manifest(), snapshot->file(), part, m_window.get()))->open();
    };
    connect(m_snapshotBar, &SnapshotBar::missingRequested, this,
            [showContents] { showContents(ContentsDialog::Part::Missing); });
    connect(m_snapshotBar, &SnapshotBar::redactedRequested, this,
            [showContents] { showContents(ContentsDialog::Part::Redacted); });
}

void Composition::openSnapshot(const QString& file)
{
    m_isDemoByItself = false;
    if (file != Snapshots::Demo)
        m_window->say(tr("%1 is being read…").arg(QFileInfo(file).fileName()));
    m_snapshots->open(file);
}

void Composition::showSnapshot(store::Cluster* cluster)
{
    if (m_isDemoByItself && m_window->tabs()->count() > 0)
        return; // somebody has begun with something else meanwhile
    showInTree(cluster);
    choose(cluster);
    if (cluster->hasCatalog())
        open(cluster->context().name);
    else
        openNodesOf(cluster);
}

void Composition::refuseSnapshot(const QString& file, const base::Error& error)
{
    if (file == Snapshots::Demo && std::exchange(m_isDemoByItself, false))
        return; // the first page says how to begin
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Open snapshot"), messages::sentence(error),
                                QMessageBox::Close, m_window.get());
    box->setObjectName(QStringLiteral("snapshot.refused"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    const QString advice = messages::advice(error);
    // A sentence that does not name the file leaves open which of several it was.
    box->setInformativeText(advice.isEmpty() && !box->text().contains(file) && file != Snapshots::Demo ? file : advice);
    box->open();
}

void Composition::closeSnapshot()
{
    if (!m_current || !m_current->isSnapshot())
        return;
    const QString name = m_current->context().name;
    closePages(m_current);
    m_current->close(); // the clusters let it go then
    m_window->say(tr("Closed %1.").arg(name));
}

void Composition::capture()
{
    if (!m_current || !m_current->isOpen() || m_current->isSnapshot())
        return;
    CaptureDialog* dialog = openCapture(m_current, m_clusters->journal(), m_window.get());
    connect(dialog, &CaptureDialog::openRequested, this, &Composition::openSnapshot);
}

void Composition::fillSnapshotMenu(QMenu* menu)
{
    menu->addAction(m_actions->action(QStringLiteral("file.close-snapshot")));
    menu->addSeparator()->setObjectName(QStringLiteral("tree.menu.line"));
    const auto add = [this, menu](const QString& text, const char* name, void (SnapshotBar::*what)()) {
        QAction* action = menu->addAction(text);
        action->setObjectName(QLatin1String(name));
        connect(action, &QAction::triggered, m_snapshotBar, what);
    };
    add(tr("What Was &Not Captured…"), "tree.snapshot.missing", &SnapshotBar::missingRequested);
    add(tr("What Was &Redacted…"), "tree.snapshot.redacted", &SnapshotBar::redactedRequested);
    menu->addSeparator()->setObjectName(QStringLiteral("tree.menu.line"));
    menu->addAction(m_actions->action(QStringLiteral("cluster.capture")));
}

} // namespace ui
