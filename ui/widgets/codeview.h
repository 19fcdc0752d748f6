#pragma once
// Reads text with line numbers: YAML, a server's answer, a log. A find bar below on Ctrl+F.

#include <QWidget>

class QPlainTextEdit;

namespace ui {

class CodeEdit;
class FindBar;
class YamlHighlighter;

class CodeView : public QWidget {
    Q_OBJECT
public:
    enum class Language { Plain, Yaml };

    CodeView(const QString& objectName, Language language, QWidget* parent = nullptr);

    /// Keeps the scroll position when text of the same object is set again.
    void setText(const QString& text);
    QString text() const;
    /// What is shown, translated: the accessible name.
    void setName(const QString& name);
    QPlainTextEdit* edit() const;

public Q_SLOTS:
    void find();
    void copyAll() const;

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    CodeEdit* m_edit;
    FindBar* m_find = nullptr;
    YamlHighlighter* m_yaml = nullptr;
};

} // namespace ui
