#pragma once
// The window's own actions and the menus they stand in, as tables.

#include <QList>
#include <QObject>

class QMainWindow;
class QMenu;
class QMenuBar;

namespace ui {

class ActionRegistry;

/// Adds every action of the shell to the registry; what they do is connected by the window.
void addWindowActions(ActionRegistry& actions);

class Menus : public QObject {
    Q_OBJECT
public:
    /// Builds the menus from the registry and gives the window their shortcuts.
    Menus(const ActionRegistry& actions, QMainWindow* window);

    QMenuBar* bar() const { return m_bar; }
    /// Filled by the window each time it is opened.
    QMenu* object() const { return m_object; }
    /// Of files that were opened before; filled by the window as well.
    QMenu* recent() const { return m_recent; }
    void retranslate();

private:
    struct Entry {
        QMenu* menu;
        const char* title;
    };
    QMenu* add(QMenu* parent, const char* id, const char* title);

    QMenuBar* m_bar;
    QMenu* m_object = nullptr;
    QMenu* m_recent = nullptr;
    QList<Entry> m_entries;
};

} // namespace ui
