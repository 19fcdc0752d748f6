#pragma once
// What a snapshot does not hold: what was not captured and why, and what was taken out of it.

#include "app/snapshot/format.h"

#include <QDialog>

class QPushButton;
class QTabWidget;
class QTreeWidget;

namespace ui {

class PlainLabel;
class SkippedView;

class ContentsDialog : public QDialog {
    Q_OBJECT
public:
    enum class Part { Missing, Redacted };
    /// `file` as config::Context::snapshot.
    ContentsDialog(snapshot::Manifest manifest, const QString& file, Part part, QWidget* parent);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    const snapshot::Manifest m_manifest;
    const QString m_file;
    PlainLabel* m_title;
    PlainLabel* m_facts;
    QTabWidget* m_tabs;
    SkippedView* m_skipped;
    QWidget* m_redactedPage;
    PlainLabel* m_redaction;
    QTreeWidget* m_redacted;
    QPushButton* m_close;
};

} // namespace ui
