#pragma once
// "Mount a host path": three pages of fields, one of what will happen, and beside them the drawing that follows. It
// shows what it is given and asks; the controller knows what is written.

#include "ui/volumes/hostpathfields.h"
#include "ui/widgets/reviewpane.h"

#include <QDialog>

class QPushButton;

namespace ui {

class CopyButton;
class HostPathDrawing;

class HostPathDialog : public QDialog {
    Q_OBJECT
public:
    /// `object`: what it is about, "Deployment shop/web"; empty for a new one.
    HostPathDialog(HostPathForm::Mode mode, const QString& object, QWidget* parent);

    struct Look {
        ReviewPane::Look review;
        QString apply; ///< names the act
        bool canApply = false;
        QString off; ///< why nothing can be applied here: the command is offered; empty: it can
        bool canUndo = false;
        bool canAccept = false; ///< start from what is there now
        bool isBusy = false;    ///< on its way: it cannot be closed just now
        bool isOver = false;    ///< written: nothing more can be edited
        bool operator==(const Look&) const = default;
    };
    void setLook(const Look& look);
    HostPathFields* fields() const { return m_fields; }
    int page() const;
    void reject() override;

Q_SIGNALS:
    /// The last page is looked at: what it says is to be asked for.
    void reviewRequested();
    /// The last page was left again.
    void reviewLeft();
    void applyRequested();
    void undoRequested();
    void acceptRequested();
    void languageChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void go(int page);
    void update();
    void retranslate();

    const HostPathForm::Mode m_mode;
    const QString m_object;
    Look m_look;
    HostPathFields* m_fields;
    ReviewPane* m_review;
    HostPathDrawing* m_drawing;
    PlainLabel* m_title;
    PlainLabel* m_step;
    PlainLabel* m_words;
    PlainLabel* m_problem; ///< why it cannot begin
    QPushButton* m_back;
    QPushButton* m_next;
    QPushButton* m_close;
    QPushButton* m_undo;
    QPushButton* m_accept;
    QPushButton* m_apply;
    CopyButton* m_copy;
};

} // namespace ui
