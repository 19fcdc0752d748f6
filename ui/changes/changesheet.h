#pragma once
// One write, from what is asked of a person to its result: the form on top, what will happen below, the buttons at the
// bottom. It shows what it is given and asks; the controller knows what is written.

#include "ui/changes/changeform.h"
#include "ui/widgets/diffview.h"
#include "ui/widgets/signline.h"

#include <QDialog>

class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace ui {

class CommandBox;
class CopyButton;
class PlainLabel;
class SignLabel;
class SignList;

class ChangeSheet : public QDialog {
    Q_OBJECT
public:
    /// One object, where there are several.
    struct Item {
        QString name;
        SignLine note;
        bool operator==(const Item&) const = default;
    };
    struct Look {
        QString title;
        std::vector<Item> items;
        std::vector<SignLine> lines; ///< what a person should know
        std::vector<base::DiffLine> diff;
        bool showsDiff = true;
        QString kubectl;
        QString curl;
        SignLine status;
        QString word; ///< to be typed before it is applied; empty: nothing
        QString apply;
        bool canApply = false;
        QString off; ///< why nothing can be applied here, whatever it is: the command is offered; empty: it can
        bool isDangerous = false;
        bool isOver = false; ///< applied: nothing more can be edited
        bool canUndo = false;
        QString undo; ///< on the button; empty: "Undo"
        bool canAccept = false;
        bool isBusy = false; ///< on its way: it cannot be closed just now
        bool operator==(const Look&) const = default;
    };

    /// The form becomes the sheet's.
    ChangeSheet(ChangeForm* form, QWidget* parent);

    ChangeForm* form() const { return m_form; }
    void setLook(const Look& look);
    const Look& look() const { return m_look; }
    void reject() override;

Q_SIGNALS:
    void applyRequested();
    void undoRequested();
    void acceptRequested();
    void languageChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void update();
    void retranslate();

    ChangeForm* m_form;
    PlainLabel* m_title;
    QTreeWidget* m_items;
    PlainLabel* m_linesLabel;
    SignList* m_lines;
    DiffView* m_diff;
    CommandBox* m_command;
    SignLabel* m_status;
    PlainLabel* m_ask;
    QLineEdit* m_word;
    QPushButton* m_close;
    QPushButton* m_undo;
    QPushButton* m_accept;
    QPushButton* m_apply;
    CopyButton* m_copy;
    Look m_look;
};

} // namespace ui
