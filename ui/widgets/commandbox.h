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
    /// Its parts are called `prefix` and ".tool", ".command", ".copy". Without tools there is nothing to choose.
    explicit CommandBox(const QString& prefix, const QStringList& tools = {}, QWidget* parent = nullptr);

    /// One for each tool, in their order.
    void setCommands(const QStringList& commands);

    /// What the parts are called by who does not see them, in the language of now.
    struct Words {
        QString tool;
        QString command;
        QString copy;
    };
    void setWords(const Words& words);

private:
    void showChosen();

    QStringList m_commands;
    QComboBox* m_tool; ///< null: one command
    QPlainTextEdit* m_command;
    QToolButton* m_copy;
};

} // namespace ui
