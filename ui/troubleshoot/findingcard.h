#pragma once
// What was found, as a card: its cause in one sentence, what to do, buttons for it, and the evidence folded away below.

#include "app/diagnose/finding.h"
#include "ui/widgets/outlinedframe.h"

class QPlainTextEdit;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace ui {

class PlainLabel;

class FindingCard : public OutlinedFrame {
    Q_OBJECT
public:
    /// `objectName` begins the names of its controls: ".do", ".copy", ".goTo", ".evidence", ".words".
    FindingCard(const QString& objectName, diagnose::Finding finding, QWidget* parent = nullptr);

    const diagnose::Finding& finding() const { return m_finding; }

Q_SIGNALS:
    /// The command is in the clipboard.
    void copied();
    void goToRequested(const kube::ObjectRef& object);
    /// The window has a place where the fix is made: its preview comes first.
    void fixRequested(const diagnose::Fix& fix);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void unfold(bool open);

    const diagnose::Finding m_finding;
    PlainLabel* m_sign;
    PlainLabel* m_title;
    PlainLabel* m_cause;
    PlainLabel* m_fix;
    PlainLabel* m_steps;
    PlainLabel* m_command;
    QPushButton* m_do;
    QPushButton* m_copy;
    QPushButton* m_goTo;
    QToolButton* m_fold;
    QPlainTextEdit* m_evidence;
    bool m_open = false;
};

} // namespace ui
