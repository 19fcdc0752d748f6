#pragma once
// The contrast table: what each source says of nodes, pods, containers or workloads, and below it the chosen row,
// figure by figure.

#include "app/models/contrastmodel.h"

#include <QWidget>

class QComboBox;
class QTreeWidget;

namespace ui {

class BandStrip;
class PlainLabel;
class SearchField;
class StatePane;
class TableView;

class ContrastView : public QWidget {
    Q_OBJECT
public:
    explicit ContrastView(QWidget* parent = nullptr);

    metrics::View view() const;
    void setView(metrics::View view);
    /// The namespace that is looked at; empty: all.
    QString nameSpace() const;
    /// The namespaces to choose from.
    void setNameSpaces(const QStringList& names);
    void chooseNameSpace(const QString& name);
    void show(const metrics::ContrastReport& report);
    models::ContrastModel* model() const { return m_model; }
    TableView* table() const { return m_table; }
    /// Around the table: what is asked above it can be asked otherwise, whatever became of it.
    StatePane* pane() const { return m_pane; }
    /// Where the keyboard goes to look for a row.
    SearchField* filter() const { return m_filter; }

Q_SIGNALS:
    /// Another view or namespace is asked for.
    void questionChanged();
    void objectActivated(const metrics::Subject& subject, const QString& uid);

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void showRow();
    void showCounts();

    models::ContrastModel* m_model;
    QComboBox* m_view;
    QComboBox* m_nameSpace;
    SearchField* m_filter;
    PlainLabel* m_counts;
    TableView* m_table;
    BandStrip* m_bands;
    QTreeWidget* m_figures;
    StatePane* m_pane = nullptr;
    bool m_sized = false;
};

} // namespace ui
