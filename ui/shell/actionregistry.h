#pragma once
// Every action of the window by a stable id, which is its objectName. The registry knows the English words, so that a
// change of language sets all of them again, the palette can list them and the key help can print them.

#include "ui/theme/icons.h"

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QObject>

namespace ui {

struct ActionSpec {
    const char* id;   ///< "file.quit"; what stands before the dot is the menu it belongs to
    const char* text; ///< English, with a mnemonic: QT_TRANSLATE_NOOP("ui::Action", "&Quit")
    Icon icon = Icon::None;
    QList<QKeySequence> keys = {};
    bool checkable = false;
    bool inPalette = true;          ///< false for what makes no sense as a command by name ("next tab")
    const char* listText = nullptr; ///< English, for lists where the menu around it does not tell what it is about
};

class ActionRegistry : public QObject {
    Q_OBJECT
public:
    explicit ActionRegistry(QObject* parent = nullptr);

    /// The registry owns the action; the id must be new.
    QAction* add(const ActionSpec& spec);
    /// Null when there is none of that id.
    QAction* action(const QString& id) const;
    /// In the order they were added.
    const QList<QAction*>& actions() const { return m_actions; }
    bool isInPalette(const QAction* action) const;
    /// The words without mnemonic and dots: for lists.
    static QString title(const QAction* action);
    /// The same for an action without a list text of its own.
    static QString withoutDecoration(QString text);
    /// "file", "view", ...
    static QString menuOf(const QAction* action);
    /// The menu's name, translated, without its mnemonic.
    static QString menuTitle(const QString& menu);

    void retranslate();

private:
    QList<QAction*> m_actions;
};

} // namespace ui
