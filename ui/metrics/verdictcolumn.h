#pragma once
// What one source says of one condition: how it stands, how many objects it names, why, and which they are. That it is
// not known is never shown as "nothing fires".

#include "app/metrics/rules.h"

#include <QWidget>
#include <optional>

namespace models {
class TextRowsModel;
}

namespace ui {

class PlainLabel;
class TableView;
class ValueLabel;

class VerdictColumn : public QWidget {
    Q_OBJECT
public:
    /// `objectName` begins the names of its parts: ".source", ".state", ".count", ".note", ".rows".
    VerdictColumn(const QString& objectName, metrics::RuleId rule, metrics::SourceKind kind, QWidget* parent = nullptr);

    void setVerdict(const metrics::RuleVerdict& verdict);
    /// It is being asked; what it said before stays.
    void setReading(bool reading);

Q_SIGNALS:
    void objectActivated(const metrics::Subject& subject);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fill();
    void fillRows();
    void sizeValues();
    QString note() const;

    const metrics::RuleId m_rule;
    const metrics::SourceKind m_kind;
    std::optional<metrics::RuleVerdict> m_verdict;
    bool m_reading = false;
    PlainLabel* m_name;
    PlainLabel* m_sign;
    PlainLabel* m_state;
    PlainLabel* m_count;
    ValueLabel* m_note;
    TableView* m_table;
    models::TextRowsModel* m_rows;
};

} // namespace ui
