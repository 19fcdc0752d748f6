#pragma once
// The window's own actions and the menus they stand in, as tables.

#include <QList>
#include <QObject>

class QMainWindow;
class QMenu;

namespace ui {

class ActionRegistry;

/// Adds every action of the shell to the registry; what they do is connected by the window.
void addWindowActions(ActionRegistry& actions);

class Menus : public QObject {
    Q_OBJECT
public:
    /// Builds the menu bar of `window` from the registry.
    Menus(const ActionRegistry& actions, QMainWindow* window);

    void retranslate();

private:
    struct Entry {
        QMenu* menu;
        const char* title;
    };
    QMenu* add(QMenu* parent, const char* id, const char* title);

    QMainWindow* m_window;
    QList<Entry> m_entries;
};

} // namespace ui
