#pragma once
// HorizontalPodAutoscalers: what each metric is at and should be at, which API it comes from and how that stands;
// below, for the chosen one, what keeps it from its work and what its conditions say.

#include "app/metrics/autoscalers.h"
#include "app/metrics/figures.h"

#include <QWidget>

namespace models {
class TextRowsModel;
}

namespace ui {

class PlainLabel;
class SignLines;
class TableView;

class ScalersView : public QWidget {
    Q_OBJECT
public:
    explicit ScalersView(QWidget* parent = nullptr);

    using QWidget::show;
    void show(const metrics::ScalerReport& report);

Q_SIGNALS:
    /// Its kind is HorizontalPodAutoscaler.
    void objectActivated(const metrics::Subject& subject);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void fill();
    void fillDetail();
    /// Of a row of the table; null when there is none.
    const metrics::Scaler* scalerAt(int row) const;

    metrics::ScalerReport m_report;
    std::vector<std::size_t> m_scalerOfRow; ///< an autoscaler has a row for each of its metrics
    bool m_isShown = false;
    bool m_isSized = false;
    PlainLabel* m_empty;
    TableView* m_table;
    models::TextRowsModel* m_rows;
    QWidget* m_detail;
    PlainLabel* m_name;
    SignLines* m_notes;
    TableView* m_conditions;
    models::TextRowsModel* m_conditionRows;
};

} // namespace ui
