#pragma once
// The contrast table: what each source says of nodes, pods, containers or workloads, and below it the chosen row,
// figure by figure.

#include "app/models/contrastmodel.h"

#include <QWidget>
#include <functional>

class QComboBox;
class QPushButton;
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
    /// What the kubelet of the chosen row's node says, beside the row's figures; each takes the place of the one
    /// before.
    void setKubeletAsked(const QString& node);
    /// Kubelets cannot be asked: why, translated anew each time it is shown.
    void setKubeletOff(std::function<QString()> why);
    void showKubelet(const metrics::KubeletPage& page);
    void failKubelet(const QString& node, const base::Error& error);

Q_SIGNALS:
    /// Another view or namespace is asked for.
    void questionChanged();
    /// The kubelet of a node is to be asked, once.
    void kubeletWanted(const QString& node);
    void objectActivated(const metrics::Subject& subject, const QString& uid);

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void showRow();
    void showCounts();
    void showKubeletBar(const QString& node);
    QString kubeletText(const QString& node) const;

    models::ContrastModel* m_model;
    QComboBox* m_view;
    QComboBox* m_nameSpace;
    SearchField* m_filter;
    PlainLabel* m_counts;
    TableView* m_table;
    BandStrip* m_bands;
    QTreeWidget* m_figures;
    QWidget* m_kubeletBar;
    PlainLabel* m_kubeletText;
    QPushButton* m_kubeletAsk;
    std::function<QString()> m_kubeletOff;                       ///< null: they can be asked
    QString m_kubeletNode;                                       ///< whose kubelet was asked last
    std::optional<base::Result<metrics::KubeletPage>> m_kubelet; ///< nothing: it has not answered yet
    StatePane* m_pane = nullptr;
    bool m_sized = false;
};

} // namespace ui
