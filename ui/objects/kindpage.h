#pragma once
// The page of one kind: namespaces, filter, the table, and beside it the detail of the current row. The model and the
// states are handed in; the page looks and asks.

#include "ui/shell/objectcommands.h"
#include "ui/shell/page.h"
#include "ui/widgets/statepane.h"

#include <QAbstractItemModel>

class QSettings;
class QSplitter;
class QToolButton;

namespace ui {

class ColumnChooser;
class DetailPane;
class NamespaceBox;
class PlainLabel;
class SearchField;
class TableView;
class TimeLabel;

class KindPage : public Page {
    Q_OBJECT
public:
    /// `settings` keeps the columns of this kind, by group and resource; it outlives the page.
    KindPage(const View& view, const QString& kind, bool namespaced, QSettings& settings, QWidget* parent = nullptr);
    ~KindPage() override;

    /// A model that speaks models::Role. Lives as long as the page.
    void setModel(QAbstractItemModel* model);
    void setState(const PaneState& state) { m_pane->setState(state); }
    /// "12 of 340": shown of all.
    void setCounts(qint64 shown, qint64 total);
    /// When something was last heard; invalid: not live.
    void setHeard(const QDateTime& when);

    /// The list is whole: widths stay what they are from here on.
    void settleColumns();

    /// What can be done with the rows that are selected: in the context menu, by keys, in the menu "Object".
    void setCommands(const std::vector<ObjectCommand>& commands);
    QModelIndexList selectedRows() const;
    QList<QAction*> objectActions() override;

    TableView* table() const { return m_table; }
    NamespaceBox* nameSpaces() const { return m_nameSpaces; }
    /// Built when the first row is opened.
    DetailPane* detail();
    void showDetail(bool show);
    bool isDetailShown() const;

    QString title() const override;
    QIcon icon() const override;
    void refresh() override
    {
        Q_EMIT
        refreshRequested();
    }
    void find() override;
    void chooseColumns() override;
    void exportCsv() override;
    bool canExport() const override { return m_model; }
    bool stepBack() override;
    void focusContent() override;

Q_SIGNALS:
    void filterChanged(const QString& text);
    void nameSpacesChosen(const QStringList& names);
    void refreshRequested();
    void cancelRequested();
    /// The current row is another one, while the detail is shown or when it is opened.
    void detailWanted(const QModelIndex& row);
    /// A double click or Ctrl+Return: a tab of its own.
    void tabWanted(const QModelIndex& row);
    /// Nodes only: the taints of these rows are to be changed.
    void taintsWanted(const QModelIndexList& rows);
    void selectionChanged();
    void commandWanted(const QString& id);
    /// Pods only: why this one is pending.
    void pendingWanted(const QModelIndex& row);
    /// Why the table could not be read, or is old.
    void whyWanted();
    /// The model speaks again in the new language when this is heard.
    void languageChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void connectParts();
    void addNodeActions();
    void addPodActions();
    void retranslate();
    void lookAtModel();
    void resetColumns();
    void saveColumns();
    QString settingsKey() const;

    QString m_kind;
    bool m_namespaced;
    std::vector<ObjectCommand> m_commands;
    QList<QAction*> m_commandActions;
    QSettings& m_settings;
    QAbstractItemModel* m_model = nullptr;
    bool m_sizes = false; ///< no widths are remembered: they follow the first rows
    qint64 m_shown = -1;
    qint64 m_total = -1;

    NamespaceBox* m_nameSpaces;
    SearchField* m_filter;
    PlainLabel* m_counts;
    TimeLabel* m_heard;
    ColumnChooser* m_columns;
    QToolButton* m_csv;
    QToolButton* m_details;
    TableView* m_table;
    StatePane* m_pane;
    QSplitter* m_splitter;
    DetailPane* m_detail = nullptr;
};

} // namespace ui
