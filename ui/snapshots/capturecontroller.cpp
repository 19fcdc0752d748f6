#include "ui/snapshots/capturecontroller.h"

#include "app/messages/errors.h"
#include "app/models/snapshots.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QUrl>

namespace ui {

CaptureController::CaptureController(CaptureDialog* dialog, store::Cluster* cluster, transport::Journal* journal)
    : QObject(dialog),
      m_dialog(dialog),
      m_cluster(cluster),
      m_journal(journal)
{
    connect(dialog, &CaptureDialog::captureRequested, this, &CaptureController::start);
    connect(dialog, &CaptureDialog::cancelRequested, this, [this] {
        if (m_capture)
            m_capture->cancel();
    });
    connect(dialog, &CaptureDialog::folderRequested, this, [](const QString& file) {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(file).absolutePath()));
    });
    connect(cluster, &store::Cluster::stateChanged, this, [this] {
        if (m_cluster->isOpen() || !m_capture)
            return;
        drop(); // what leads there is gone
        m_dialog->setFailed(tr("The cluster was disconnected; the snapshot was given up and left no file."));
    });
}

CaptureController::~CaptureController()
{
    drop();
}

void CaptureController::drop()
{
    m_capture.reset(); // takes the unfinished file with it
    m_transport.reset();
}

void CaptureController::start(const CaptureDialog::Wish& wish)
{
    drop();
    if (!m_cluster || !m_cluster->isOpen()) {
        m_dialog->setFailed(tr("The cluster is not connected."));
        return;
    }
    auto transport = m_cluster->newTransport();
    if (!transport) {
        m_dialog->setFailed(messages::sentenceWithAdvice(transport.error()));
        return;
    }
    m_transport = std::move(*transport);
    snapshot::CaptureOptions options = models::captureOptions(*m_cluster, m_journal);
    options.file = wish.file;
    options.redact = wish.redact;
    options.addresses = wish.addresses;
    m_capture = std::make_unique<snapshot::Capture>(m_transport.get(), std::move(options));
    connect(m_capture.get(), &snapshot::Capture::progressed, m_dialog, &CaptureDialog::setProgress);
    connect(m_capture.get(), &snapshot::Capture::finished, this, &CaptureController::finished, Qt::QueuedConnection);
    m_capture->start();
}

void CaptureController::finished()
{
    if (!m_capture)
        return;
    const base::Result<snapshot::Manifest> result = m_capture->result();
    drop();
    if (result)
        m_dialog->setDone(*result);
    else if (result.error().kind == base::ErrorKind::Canceled)
        m_dialog->setFailed(tr("Given up; no file was left."));
    else
        m_dialog->setFailed(messages::sentenceWithAdvice(result.error()));
}

CaptureDialog* openCapture(store::Cluster* cluster, transport::Journal* journal, QWidget* over)
{
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    const QString file = (folder.exists() ? folder : QDir::home())
                             .filePath(models::snapshotFileName(*cluster, QDateTime::currentDateTimeUtc()));
    auto* dialog = new CaptureDialog(cluster->context().name, file, over);
    new CaptureController(dialog, cluster, journal);
    dialog->open();
    return dialog;
}

} // namespace ui
