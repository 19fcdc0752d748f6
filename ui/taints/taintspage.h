#pragma once
// The taint editor: nodes at the left, the taints being built in the middle, what will happen at the right, and below
// what is sent. It looks; the controller knows.

#include "app/models/textrowsmodel.h"
#include "ui/shell/page.h"

class QSplitter;

namespace ui {

class ApplyBar;
class ImpactPanel;
class PlainLabel;
class StatePane;
class TableView;
class TaintLines;

class TaintsPage : public Page {
    Q_OBJECT
public:
    explicit TaintsPage(const View& view);

    /// Rows of {name, roles, taints}; the chosen ones stay chosen by name.
    void setNodes(std::vector<models::TextRow> rows);
    QStringList chosen() const;
    void choose(const QStringList& names);
    /// Changes that whoever led here proposes, once: "key:NoSchedule-".
    QStringList takeProposals() { return std::exchange(m_proposals, {}); }

    StatePane* pane() const { return m_pane; }
    TaintLines* lines() const { return m_lines; }
    ImpactPanel* impact() const { return m_impact; }
    ApplyBar* bottom() const { return m_bottom; }

    QString title() const override;
    QIcon icon() const override;
    void refresh() override { Q_EMIT refreshRequested(); }
    void lookAt(const View& view) override;
    void focusContent() override;

Q_SIGNALS:
    void chosenChanged();
    void refreshRequested();
    void languageChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void takeSelection();
    void forgetProposals();

    models::TextRowsModel* m_model;
    TableView* m_nodes;
    PlainLabel* m_hint;
    TaintLines* m_lines;
    ImpactPanel* m_impact;
    ApplyBar* m_bottom;
    QSplitter* m_columns;
    StatePane* m_pane;
    QStringList m_chosen;
    QStringList m_proposals;
    bool m_choosing = false;
    bool m_sized = false;
};

} // namespace ui
