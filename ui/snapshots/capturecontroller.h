#pragma once
// Captures what the dialog asks for, over a transport of its own, so that the window's tables do not wait. Closing the
// cluster, or the dialog, gives it up.

#include "app/snapshot/capture.h"
#include "ui/snapshots/capturedialog.h"

#include <QPointer>
#include <memory>

namespace store {
class Cluster;
} // namespace store

namespace transport {
class Journal;
} // namespace transport

namespace ui {

/// A child of the dialog.
class CaptureController : public QObject {
    Q_OBJECT
public:
    /// The cluster is open and no snapshot; the journal outlives this.
    CaptureController(CaptureDialog* dialog, store::Cluster* cluster, transport::Journal* journal);
    ~CaptureController() override;

private:
    void start(const CaptureDialog::Wish& wish);
    void finished();
    void drop();

    CaptureDialog* m_dialog;
    QPointer<store::Cluster> m_cluster;
    transport::Journal* m_journal;
    std::unique_ptr<transport::Transport> m_transport; ///< outlives the capture
    std::unique_ptr<snapshot::Capture> m_capture;
};

/// Over `over`. Asks where to, captures, and shows what came.
CaptureDialog* openCapture(store::Cluster* cluster, transport::Journal* journal, QWidget* over);

} // namespace ui
