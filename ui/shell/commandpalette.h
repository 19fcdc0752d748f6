#pragma once
// The box in the toolbar: type a few letters of an action or of anything else that a provider knows, Return runs it.

#include <QIcon>
#include <QLineEdit>
#include <functional>
#include <vector>

class QFrame;
class QListWidget;

namespace ui {

class ActionRegistry;

struct Command {
    QString id; ///< stable: matched as well as the title, so that English words find actions in Chinese
    QString title;
    QString detail; ///< where it belongs, or its keys
    QIcon icon;
    std::function<void()> run;
};

/// All commands for a query that may be empty; the palette matches and ranks. Called at each key: fast, no I/O.
using CommandProvider = std::function<std::vector<Command>(const QString& query)>;

class CommandPalette : public QLineEdit {
    Q_OBJECT
public:
    explicit CommandPalette(const ActionRegistry& actions, QWidget* parent = nullptr);

    void addProvider(CommandProvider provider);
    /// Takes the keyboard and shows the list.
    void open();
    bool isOpen() const;

    /// How well a command answers a query: 0 not at all, more is better. Each word of the query must be found.
    static int score(const QString& query, const QString& title, const QString& id);

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void retranslate();
    void build();
    void place();
    void fill();
    void close();
    void run(int row);
    std::vector<Command> actionCommands() const;

    const ActionRegistry& m_actions;
    std::vector<CommandProvider> m_providers;
    std::vector<Command> m_shown;
    QFrame* m_frame = nullptr;
    QListWidget* m_list = nullptr;
};

} // namespace ui
