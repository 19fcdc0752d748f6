#pragma once
// The four conditions of TKEStack's FAQ, each as a card with what every source says of it.

#include "app/metrics/rulecheck.h"

#include <QWidget>
#include <array>

class QScrollArea;

namespace ui {

class PlainLabel;
class RuleCard;

class ConditionsView : public QWidget {
    Q_OBJECT
public:
    explicit ConditionsView(QWidget* parent = nullptr);

    using QWidget::show;
    void show(const metrics::RuleReport& report, const metrics::SourceSurvey& sources);
    /// The sources are being asked; what they said before stays, and is said to be of before.
    void setReading(bool reading);

Q_SIGNALS:
    void objectActivated(const metrics::Subject& subject);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QScrollArea* m_scroll;
    PlainLabel* m_status;
    std::array<RuleCard*, 4> m_cards{};
    QDateTime m_askedAt;
    bool m_isShown = false;
    bool m_reading = false;
};

} // namespace ui
