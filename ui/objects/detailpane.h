#pragma once
// One object beside its table: overview, YAML, events. It shows what it is given; who fetches it is told which tab is
// looked at.

#include "ui/widgets/keyvalueview.h"
#include "ui/widgets/statepane.h"

#include <QWidget>

class QMenu;
class QTabWidget;
class QToolButton;

namespace ui {

class CodeView;
class PlainLabel;
class TableView;

class DetailPane : public QWidget {
    Q_OBJECT
public:
    enum Tab { Overview, Yaml, Events };
    Q_ENUM(Tab)

    /// `objectName` begins the names of all its parts: several may be open at once.
    explicit DetailPane(const QString& objectName, QWidget* parent = nullptr);

    /// What stands above the tabs: the object's name, and below it kind and namespace.
    void setHead(const QIcon& icon, const QString& name, const QString& kind);
    Tab tab() const;
    void setTab(Tab tab);
    void setClosable(bool closable);
    /// What leads on from this object: a button beside its name. Empty: there is nothing.
    void setLead(const QIcon& icon, const QString& words);

    KeyValueView* overview() const { return m_overview; }
    CodeView* yaml() const { return m_yaml; }
    TableView* events() const { return m_events; }
    /// What can be done with the object; filled when menuWanted() is heard.
    QMenu* menu() const { return m_menu; }
    void setHasCommands(bool has);
    StatePane* pane(Tab tab) const { return m_panes[tab]; }

public Q_SLOTS:
    /// Ctrl+F: finds in the YAML, whichever tab is shown.
    void find();

Q_SIGNALS:
    void tabShown(ui::DetailPane::Tab tab);
    void closed();
    /// The text of the object is to be edited.
    void editRequested();
    void retryRequested(ui::DetailPane::Tab tab);
    void menuWanted();
    void leadRequested();
    /// Why the object could not be read, or is old.
    void whyRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    PlainLabel* m_icon;
    PlainLabel* m_name;
    PlainLabel* m_kind;
    QToolButton* m_act;
    QMenu* m_menu;
    QToolButton* m_lead;
    QToolButton* m_edit;
    QToolButton* m_copy;
    QToolButton* m_close;
    QTabWidget* m_tabs;
    KeyValueView* m_overview;
    CodeView* m_yaml;
    TableView* m_events;
    StatePane* m_panes[3];
    QIcon m_drawing;
    QString m_leadWords;
};

} // namespace ui
