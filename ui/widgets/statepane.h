#pragma once
// A pane that never lies about what it shows: its content, or in its place why there is none. Over old data stands a
// bar that says since when, and the data turns grey.

#include <QDateTime>
#include <QWidget>

class QPushButton;
class QStackedLayout;
class QTimer;
class QVBoxLayout;

namespace ui {

class MessagePanel;
class PlainLabel;
class Skeleton;
class StaleBar;
class TimeLabel;

/// What a pane is to show, as a value. Sentences are translated by who sets it, and set again on a language change.
struct PaneState {
    enum class Kind {
        Ready,        ///< the content
        Loading,      ///< rows to come; what is asked stands in `sentence`
        Empty,        ///< asked, answered, and there is none: `sentence` says of what and where
        NoPermission, ///< `sentence`, and in `advice` the rule that is missing. Never shown as Empty
        Failed,       ///< `sentence`, the server's words folded below, `advice`
    };

    Kind kind = Kind::Ready;
    QString sentence;
    QString said;   ///< the other side's own words, verbatim; many lines
    QString advice; ///< what to do
    bool canRetry = true;
    bool canExplain = false; ///< there is somebody to ask why: a button "Find out why", also while stale

    /// Set while the content shown is old: since when nothing was heard. Only with Ready.
    QDateTime staleSince;
    QString staleReason; ///< one sentence
    bool operator==(const PaneState&) const = default;
};

class StatePane : public QWidget {
    Q_OBJECT
public:
    /// Takes `content`. `objectName` begins the names of its controls: "<objectName>.retry", ".cancel", ".words",
    /// ".staleRetry", ".message.why", ".staleWhy".
    StatePane(const QString& objectName, QWidget* content, QWidget* parent = nullptr);

    void setState(const PaneState& state);
    const PaneState& state() const { return m_state; }
    QWidget* content() const { return m_content; }

Q_SIGNALS:
    void retryRequested();
    void cancelRequested();
    void whyRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void showPage(QWidget* page);
    void applyStale();
    QWidget* loadingPage();
    MessagePanel* messagePage();

    PaneState m_state;
    QWidget* m_content;
    QVBoxLayout* m_column;
    QStackedLayout* m_stack;
    StaleBar* m_bar = nullptr;
    QWidget* m_loading = nullptr;
    QWidget* m_waiting = nullptr; // what appears after a second
    PlainLabel* m_loadingText = nullptr;
    TimeLabel* m_elapsed = nullptr;
    QPushButton* m_cancel = nullptr;
    MessagePanel* m_message = nullptr;
    QTimer* m_patience = nullptr;
    bool m_applying = false;
};

} // namespace ui
