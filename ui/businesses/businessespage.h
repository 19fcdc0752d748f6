#pragma once
// Businesses, their namespaces and their clusters: the graph and its twin, the table, and beside them what is chosen.
// It looks; the controller reads.

#include "app/kube/objectref.h"
#include "app/tke/businessstate.h"
#include "ui/shell/page.h"

#include <memory>

class QPushButton;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace models {
class BusinessesModel;
}

namespace ui {

class BusinessGraphView;
class KeyValueView;
class PlainLabel;
class SearchField;
class SignLines;
class StatePane;
class TableView;
class TimeLabel;

class BusinessesPage : public Page {
    Q_OBJECT
public:
    explicit BusinessesPage(const View& view);
    ~BusinessesPage() override;

    using Page::show;
    /// Null: nothing is known. `ownCluster`: what the platform calls the cluster of this page; empty: not known.
    /// `cluster`: as in ObjectRef.
    void show(std::shared_ptr<const tke::BusinessPicture> picture, const QString& ownCluster, const QString& cluster);
    std::shared_ptr<const tke::BusinessPicture> picture() const { return m_picture; }
    /// When what is shown was read, and what is being read now; either may be empty.
    void setRead(const QDateTime& when, const QString& reading);
    /// Namespaces can be made here; else the button is off, and says why.
    void setCanCreate(bool can, const QString& why);

    void choose(const tke::BusinessPart& part);
    const tke::BusinessPart& chosen() const { return m_chosen; }
    /// Of what is chosen; empty where that has none, or many.
    QString chosenBusiness() const;
    bool showsTable() const;
    void setShowsTable(bool table);

    BusinessGraphView* graph() const { return m_graph; }
    TableView* table() const { return m_table; }
    models::BusinessesModel* model() const { return m_model; }
    StatePane* pane() const { return m_pane; }

    QString title() const override;
    QIcon icon() const override;
    void refresh() override { Q_EMIT refreshRequested(); }
    void find() override;
    void focusContent() override;
    void lookAt(const View& view) override;

Q_SIGNALS:
    void refreshRequested();
    void newNamespaceRequested(const QString& business);
    /// Empty: all businesses.
    void visibilityRequested(const QString& business);
    void objectActivated(const kube::ObjectRef& object);
    void languageChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void search(const QString& text);
    void take(const tke::BusinessPart& part);
    void open(const tke::BusinessPart& part);
    void follow(const QString& id);
    void showDetail();
    void showCounts();
    void showUnread();

    std::shared_ptr<const tke::BusinessPicture> m_picture;
    QString m_ownCluster;
    QString m_cluster;
    tke::BusinessPart m_chosen;
    bool m_taking = false; ///< a choice is being told to graph and table
    bool m_sized = false;
    models::BusinessesModel* m_model;
    SearchField* m_search;
    QTabBar* m_tabs;
    QPushButton* m_new;
    QPushButton* m_why;
    QToolButton* m_fold;
    QToolButton* m_unfold;
    QToolButton* m_fit;
    PlainLabel* m_counts;
    PlainLabel* m_reading;
    TimeLabel* m_read;
    SignLines* m_unread;
    BusinessGraphView* m_graph;
    TableView* m_table;
    QStackedWidget* m_stack;
    KeyValueView* m_detail;
    StatePane* m_pane = nullptr;
};

} // namespace ui
