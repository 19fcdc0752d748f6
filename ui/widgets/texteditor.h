#pragma once
// An editor for YAML as the window sees it. The one that there is stands on QScintilla in a library of its own, which
// is loaded when somebody edits for the first time: who only looks does not wait for it.

#include <QColor>
#include <QFont>
#include <QWidget>
#include <functional>
#include <memory>
#include <vector>

namespace ui {

/// Colours by what they mean, since the library knows no palette of ours.
struct TextEditorLook {
    QFont font;
    QColor text;
    QColor ground;
    QColor selectionText;
    QColor selection;
    QColor numbers;
    QColor numbersGround;
    QColor currentLine;
    QColor key;
    QColor value;
    QColor comment;
    QColor match;
    QColor error;
    QColor errorArea;
};

class TextEditor {
public:
    virtual ~TextEditor() = default;
    TextEditor() = default;
    TextEditor(const TextEditor&) = delete;
    TextEditor& operator=(const TextEditor&) = delete;

    /// Owned by the widget's parent; the editor goes with it.
    virtual QWidget* widget() = 0;
    virtual void setLook(const TextEditorLook& look) = 0;
    virtual void setText(const QString& text) = 0;
    virtual QString text() const = 0;
    virtual void setReadOnly(bool readOnly) = 0;

    /// Lines and columns count from 1.
    struct Problem {
        int line = 1;
        QString message;
        bool operator==(const Problem&) const = default;
    };
    /// A sign beside each line and the words below it; those of before go.
    virtual void setProblems(const std::vector<Problem>& problems) = 0;
    virtual void goTo(int line, int column) = 0;
    /// Marks every hit without regard to case; how many there are, counted to a thousand.
    virtual int mark(const QString& text) = 0;
    /// Selects the next hit from the cursor, around the end; false when there is none.
    virtual bool find(const QString& text, bool back) = 0;
    virtual QString selectedText() const = 0;
    virtual void foldAll() = 0;

    /// The person typed, pasted or undid.
    std::function<void()> edited;
};

/// What the library exports.
class TextEditorFactory {
public:
    virtual ~TextEditorFactory() = default;
    virtual TextEditor* create(QWidget* parent) = 0;
};

/// A new editor below `parent`; null when the library is missing, with the loader's words in `why`.
TextEditor* createTextEditor(QWidget* parent, QString* why);

} // namespace ui

Q_DECLARE_INTERFACE(ui::TextEditorFactory, "io.alidade.TextEditorFactory/1")
