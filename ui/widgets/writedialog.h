#pragma once
// A dialog that ends in a write: pages of fields, then one of what will be sent, with the buttons below them. It shows
// what it is given and asks; a controller knows what is written.

#include "ui/widgets/reviewpane.h"

#include <QDialog>

class QHBoxLayout;
class QPushButton;
class QStackedWidget;

namespace ui {

class CopyButton;

class WriteDialog : public QDialog {
    Q_OBJECT
public:
    struct Look {
        ReviewPane::Look review;
        QString apply; ///< names the act
        QString undo;  ///< the same of what takes it back
        QString off;   ///< why nothing can be applied here: the command is offered; empty: it can
        bool canApply = false;
        bool canUndo = false;
        bool canAccept = false; ///< start from what is there now
        bool isBusy = false;    ///< on its way: it cannot be closed just now
        bool isOver = false;    ///< written: nothing more can be edited
        bool operator==(const Look&) const = default;
    };
    void setLook(const Look& look);
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
    /// The dialog and its parts are called `prefix`. `pages` hold the fields, behind which addReview() puts the review;
    /// null: pages of its own.
    WriteDialog(const QString& prefix, QStackedWidget* pages, QWidget* parent);

    QStackedWidget* pages() const { return m_pages; }
    /// `below`: stands under the review, may be null.
    void addReview(QWidget* below = nullptr);
    /// The row of buttons, for the end of the dialog's layout; what is put first into it stands at its left.
    QHBoxLayout* buttons() const { return m_buttons; }
    const Look& look() const { return m_look; }
    int lastPage() const;
    bool isLast() const { return page() == lastPage(); }
    void go(int page);
    /// What shows the fields, the page and the look; whoever overrides it calls it.
    virtual void refresh();
    virtual void retranslate();
    /// Nothing on this page stands against going on.
    virtual bool isComplete(int page) const = 0;
    virtual void focusPage(int page) = 0;
    void changeEvent(QEvent* event) override;
    /// `widgets` are called "prefix.name".
    void name(std::initializer_list<std::pair<QWidget*, const char*>> widgets);

private:
    const QString m_prefix;
    Look m_look;
    QStackedWidget* m_pages;
    ReviewPane* m_review;
    QHBoxLayout* m_buttons;
    QPushButton* m_back;
    QPushButton* m_next;
    QPushButton* m_close;
    QPushButton* m_undo;
    QPushButton* m_accept;
    QPushButton* m_apply;
    CopyButton* m_copy;
};

} // namespace ui
