#pragma once
// What will happen: a bar of outcomes, the pods behind it, who could be placed at last, and what to beware of.

#include "app/models/textrowsmodel.h"
#include "app/scheduling/taintimpact.h"

#include <QWidget>

namespace ui {

class OutcomeBar;
class PlainLabel;
class TableView;

class ImpactPanel : public QWidget {
    Q_OBJECT
public:
    explicit ImpactPanel(QWidget* parent = nullptr);

    void setImpact(const scheduling::TaintImpact& impact);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void show(const scheduling::TaintImpact& impact);

    scheduling::TaintImpact m_impact;
    PlainLabel* m_title;
    OutcomeBar* m_bar;
    PlainLabel* m_counts;
    TableView* m_table;
    models::TextRowsModel* m_pods;
    PlainLabel* m_schedulable;
    PlainLabel* m_warnings;
    bool m_sized = false;
};

} // namespace ui
