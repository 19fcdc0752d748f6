#pragma once
// TextEditor on QScintilla. In the library that is loaded late: includes nothing of ui/ but the interface.

#include "ui/widgets/texteditor.h"

#include <QPointer>
#include <Qsci/qsciscintilla.h>

class QsciLexerYAML;

namespace ui {

class ScintillaEditor final : public QsciScintilla, public TextEditor {
    Q_OBJECT
public:
    explicit ScintillaEditor(QWidget* parent);

    QWidget* widget() override { return this; }
    void setLook(const TextEditorLook& look) override;
    void setText(const QString& text) override;
    QString text() const override { return QsciScintilla::text(); }
    void setReadOnly(bool readOnly) override { QsciScintilla::setReadOnly(readOnly); }
    void setProblems(const std::vector<Problem>& problems) override;
    void goTo(int line, int column) override;
    int mark(const QString& text) override;
    bool find(const QString& text, bool back) override;
    QString selectedText() const override { return QsciScintilla::selectedText(); }
    void foldAll() override { QsciScintilla::foldAll(true); }

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void showNumbers();

    QsciLexerYAML* m_lexer;
    TextEditorLook m_look;
    bool m_setting = false;
};

class ScintillaFactory final : public QObject, public TextEditorFactory {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "io.alidade.TextEditorFactory/1")
    Q_INTERFACES(ui::TextEditorFactory)
public:
    TextEditor* create(QWidget* parent) override { return new ScintillaEditor(parent); }
};

} // namespace ui
