#pragma once
// The bottom of an editor that writes: what changes, the equal command, and the button that does it. A change of much
// is confirmed by typing a word.

#include "ui/widgets/signline.h"

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace ui {

class CopyButton;
class PlainLabel;
class SignLabel;

class ApplyBar : public QWidget {
    Q_OBJECT
public:
    /// What is shown; sentences are translated.
    struct Look {
        QString diff;    ///< lines "+ …" and "- …"
        QString command; ///< for kubectl; empty: none
        SignLine status; ///< where the change stands
        QString apply;   ///< the button's words
        bool canApply = false;
        QString off;  ///< why nothing can be applied here: the command is offered; empty: it can
        QString word; ///< to be typed before; empty: nothing is
        bool canUndo = false;
        bool canAccept = false; ///< after a conflict
        bool canDiscard = false;
        bool operator==(const Look&) const = default;
    };

    explicit ApplyBar(QWidget* parent = nullptr);
    void setLook(const Look& look);

Q_SIGNALS:
    void applyRequested();
    void undoRequested();
    void acceptRequested();
    void discardRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void update();

    Look m_look;
    PlainLabel* m_diff;
    PlainLabel* m_command;
    SignLabel* m_status;
    PlainLabel* m_ask;
    QLineEdit* m_word;
    QPushButton* m_discard;
    QPushButton* m_accept;
    QPushButton* m_undo;
    QPushButton* m_apply;
    CopyButton* m_copy;
};

} // namespace ui
