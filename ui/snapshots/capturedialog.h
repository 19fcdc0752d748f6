#pragma once
// Taking a snapshot: what goes in and where to, then how it goes on, then what came. It shows what it is given and
// asks; the controller captures.

#include "app/snapshot/capture.h"

#include <QDialog>

class QCheckBox;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace ui {

class PlainLabel;
class SignLabel;
class SkippedView;

class CaptureDialog : public QDialog {
    Q_OBJECT
public:
    struct Wish {
        QString file;
        bool redact = true;
        bool addresses = false;
    };

    /// `cluster`: what it is taken of, for showing. `file`: the name that is proposed.
    CaptureDialog(const QString& cluster, const QString& file, QWidget* parent);

    void setProgress(const snapshot::CaptureProgress& progress);
    /// Given up by the person, or failed: back to the form, with the reason; empty: none is told.
    void setFailed(const QString& sentence);
    void setDone(const snapshot::Manifest& manifest);
    bool isRunning() const;
    /// What runs is given up first: canceled().
    void reject() override;

Q_SIGNALS:
    void captureRequested(const ui::CaptureDialog::Wish& wish);
    void cancelRequested();
    void openRequested(const QString& file);
    void folderRequested(const QString& file);

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* formPage();
    QWidget* runningPage();
    QWidget* donePage();
    void browse();
    void start();
    void showForm();
    void showProgress();
    void showDone();
    void retranslate();

    const QString m_cluster;
    snapshot::CaptureProgress m_progress;
    snapshot::Manifest m_manifest;
    QString m_failure;
    bool m_isCanceling = false;
    QStackedWidget* m_pages;
    PlainLabel* m_title;
    PlainLabel* m_fileLabel;
    QLineEdit* m_file;
    QPushButton* m_browse;
    QCheckBox* m_redact;
    PlainLabel* m_redactNote;
    SignLabel* m_warning;
    PlainLabel* m_ask;
    QLineEdit* m_word;
    QCheckBox* m_addresses;
    SignLabel* m_problem;
    PlainLabel* m_step;
    QProgressBar* m_bar;
    PlainLabel* m_counts;
    SignLabel* m_result;
    SignLabel* m_redaction;
    PlainLabel* m_skippedTitle;
    SkippedView* m_skipped;
    QPushButton* m_close;
    QPushButton* m_start;
    QPushButton* m_cancel;
    QPushButton* m_folder;
    QPushButton* m_open;
};

} // namespace ui
