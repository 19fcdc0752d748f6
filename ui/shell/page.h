#pragma once
// What stands in a tab.

#include "ui/shell/view.h"

#include <QAction>
#include <QIcon>
#include <QWidget>

namespace ui {

class Page : public QWidget {
    Q_OBJECT
public:
    explicit Page(const View& view, QWidget* parent = nullptr);

    /// What is shown now; its identity never changes.
    const View& view() const { return m_view; }
    /// The tab's text, as it comes (names of objects) or translated.
    virtual QString title() const = 0;
    virtual QIcon icon() const { return {}; }

    /// The shell's actions that make sense here. Each does nothing where it does not.
    virtual void refresh() {}
    virtual void find() {}
    virtual void chooseColumns() {}
    virtual void exportCsv() {}
    virtual bool canExport() const { return false; }
    /// What can be done with the objects that are chosen here: the menu "Object" shows them.
    virtual QList<QAction*> objectActions() { return {}; }
    /// One step back within the page (a detail closes); false when there is none.
    virtual bool stepBack() { return false; }
    /// The tab was asked for again, by a view of the same identity: what is looked at may be another part of it.
    virtual void lookAt(const View&) {}
    /// Gives the keyboard to the main thing of the page.
    virtual void focusContent() { setFocus(); }

Q_SIGNALS:
    /// Title, icon or view are different.
    void changed();

protected:
    void setView(const View& view);

private:
    View m_view;
};

} // namespace ui
