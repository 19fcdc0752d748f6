#pragma once
// A text in the editor, and below it what would become of it: each object with what happens to it, its difference, and
// the server's words at their lines. Nothing is sent before it was tried and confirmed.

#include "ui/manifests/editsession.h"
#include "ui/shell/page.h"

class QCheckBox;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTreeWidget;

namespace ui {

class CopyButton;
class DiffView;
class FindBar;
class ObstacleView;
class PlainLabel;
class TextEditor;

class EditPage : public Page {
    Q_OBJECT
public:
    /// `heading` names what is edited, and where. The session goes with the page.
    EditPage(const View& view, EditSession* session, const QString& title, bool readOnly);

    void setText(const QString& text);
    QString text() const;
    /// Why there is nothing to edit.
    void setFailure(const QString& sentence);

    QString title() const override { return m_title; }
    QIcon icon() const override;
    void refresh() override { tryOut(); }
    void find() override;
    void focusContent() override;

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void build();
    void look();
    void retranslate();
    void showSession();
    void showItem();
    void tryOut();
    void edited();
    void openFile();
    void choose(const QString& way);

    EditSession* m_session;
    std::vector<EditSession::Item> m_items; ///< of the session, as they are shown
    const QString m_title;
    const bool m_readOnly;
    bool m_stale = false; ///< the text changed after it was tried
    TextEditor* m_editor = nullptr;
    FindBar* m_find = nullptr;
    PlainLabel* m_state;
    PlainLabel* m_words;
    QPushButton* m_open;
    QPushButton* m_try;
    QPushButton* m_apply;
    CopyButton* m_copy;
    QCheckBox* m_force;
    QSplitter* m_splitter;
    QTreeWidget* m_list;
    DiffView* m_diff;
    ObstacleView* m_obstacle;
    QStackedWidget* m_detail; ///< either of them
};

} // namespace ui
