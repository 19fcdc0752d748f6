#pragma once
// What one would type elsewhere for the same: to read, to choose the tool of, to copy.

#include <QStringList>
#include <QWidget>

class QComboBox;
class QPlainTextEdit;
class QToolButton;

namespace ui {

class CommandBox : public QWidget {
    Q_OBJECT
public:
    /// Its parts are called `prefix` and ".tool", ".command", ".copy". With one tool there is nothing to choose.
    explicit CommandBox(const QString& prefix, const QStringList& tools = {}, QWidget* parent = nullptr);

    /// One for each tool, in their order.
    void setCommands(const QStringList& commands);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showChosen();
    void retranslate();

    QStringList m_commands;
    QComboBox* m_tool;
    QPlainTextEdit* m_command;
    QToolButton* m_copy;
};

} // namespace ui
