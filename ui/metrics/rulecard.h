#pragma once
// One of the four conditions as a card: what it says, the FAQ's expression and the better one with the reason, and a
// column for each source that can answer.

#include "app/metrics/rulecheck.h"
#include "ui/widgets/outlinedframe.h"

#include <array>

class QToolButton;

namespace ui {

class PlainLabel;
class ValueLabel;
class VerdictColumn;

class RuleCard : public OutlinedFrame {
    Q_OBJECT
public:
    explicit RuleCard(const metrics::Rule& rule, QWidget* parent = nullptr);

    void setAnswer(const metrics::RuleAnswer& answer);
    void setReading(bool reading);

Q_SIGNALS:
    void objectActivated(const metrics::Subject& subject);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Expression {
        PlainLabel* name = nullptr;
        ValueLabel* text = nullptr;
        QToolButton* copy = nullptr;
    };
    Expression makeExpression(const QString& objectName, const QString& text);
    void retranslate();

    const metrics::Rule m_rule;
    PlainLabel* m_title;
    Expression m_faq;
    Expression m_better;
    PlainLabel* m_reason;
    std::array<VerdictColumn*, 3> m_columns{}; ///< Prometheus, kube-state-metrics, the objects
};

} // namespace ui
