#pragma once
// Above the pages of a snapshot: what it is of, when it was taken, what is missing in it and what was taken out.

#include "app/snapshot/snapshot.h"

#include <QWidget>
#include <memory>

class QPushButton;
class QTimer;

namespace ui {

class PlainLabel;

class SnapshotBar : public QWidget {
    Q_OBJECT
public:
    explicit SnapshotBar(QWidget* parent = nullptr);

    /// Null: what is looked at is no snapshot, and the bar hides.
    void setSnapshot(std::shared_ptr<const snapshot::Snapshot> snapshot);

Q_SIGNALS:
    void missingRequested();
    void redactedRequested();
    void closeRequested();
    /// Of the demo: a person's own clusters.
    void kubeconfigRequested();
    void connectionsRequested();

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QPushButton* addButton(const char* name, void (SnapshotBar::*signal)());
    void refresh();

    std::shared_ptr<const snapshot::Snapshot> m_snapshot;
    PlainLabel* m_text;
    PlainLabel* m_own; ///< of the demo: how to open one's own
    PlainLabel* m_redaction;
    QPushButton* m_missing;
    QPushButton* m_redacted;
    QPushButton* m_kubeconfig;
    QPushButton* m_connections;
    QPushButton* m_close;
    QTimer* m_tick; ///< how long ago it was goes on
};

} // namespace ui
