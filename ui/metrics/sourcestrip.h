#pragma once
// The sources of metrics in one line, each with how it stands; one that is chosen tells what it is and what to do.

#include "app/metrics/sources.h"

#include <QWidget>

class QToolButton;

namespace ui {

class FlowLayout;
class PlainLabel;

class SourceStrip : public QWidget {
    Q_OBJECT
public:
    explicit SourceStrip(QWidget* parent = nullptr);

    void show(const metrics::SourceSurvey& survey);
    /// Unfolds what is to be said of a source; again, and it folds.
    void choose(metrics::SourceKind kind);

protected:
    void changeEvent(QEvent* event) override;

private:
    void update();
    QString wordsOf(const metrics::Source& source) const;

    metrics::SourceSurvey m_survey;
    std::optional<metrics::SourceKind> m_chosen;
    QWidget* m_chips;
    FlowLayout* m_flow;
    std::vector<std::pair<metrics::SourceKind, QToolButton*>> m_buttons;
    PlainLabel* m_detail;
};

} // namespace ui
