#pragma once
// The tree at the left: clusters, below each its groups, kinds and pages. The model is handed in; it says what a row
// means by roles, the delegate draws it.

#include <QWidget>

class QAbstractItemModel;
class QModelIndex;
class QTreeView;

namespace ui {

class ClusterTreeDelegate;
class StatePane;

/// The roles a model of clusters speaks by; -1: it does not.
struct ClusterTreeRoles {
    int id = -1;         ///< QString: "nodes", "workloads", ... or a resource ("pods"): chooses the icon
    int connection = -1; ///< int in the order of ui::Connection, on rows that are clusters
    int note = -1;       ///< QString: "read-only", "stale 14:02"; stands behind the name
    int count = -1;      ///< QString: stands at the right, empty when not known
    int severity = -1;   ///< int in the order of ui::Sign: a sign before the count
    int readOnly = -1;   ///< bool: a lock behind the name
    int production = -1; ///< bool: a coloured word and sign behind the name
    int snapshot = -1;   ///< bool: a cluster that is a snapshot, drawn as one in place of its connection
};

class ClusterTreePanel : public QWidget {
    Q_OBJECT
public:
    explicit ClusterTreePanel(QWidget* parent = nullptr);

    void setModel(QAbstractItemModel* model, const ClusterTreeRoles& roles);
    QTreeView* tree() const { return m_tree; }
    /// Loading, failed, empty: in place of the tree.
    StatePane* pane() const { return m_pane; }

Q_SIGNALS:
    /// Return, or a click on a row: the person wants what it stands for. A click on a cluster only unfolds it.
    void opened(const QModelIndex& index);
    void currentChanged(const QModelIndex& index);
    /// A right click, or the menu key: `at` is a place on the screen.
    void menuRequested(const QModelIndex& index, const QPoint& at);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QTreeView* m_tree;
    ClusterTreeDelegate* m_rows;
    StatePane* m_pane;
};

} // namespace ui
