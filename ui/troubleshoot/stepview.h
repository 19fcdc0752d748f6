#pragma once
// One step of a guide: a sign, what it is about, what was asked and what came back. Fills in while the guide runs.

#include "app/diagnose/finding.h"

#include <QWidget>

namespace ui {

class PlainLabel;

class StepView : public QWidget {
    Q_OBJECT
public:
    /// `objectName` begins the names of its labels: ".title", ".result", ".asked", ".detail".
    explicit StepView(const QString& objectName, QWidget* parent = nullptr);

    void setStep(const diagnose::Step& step);

protected:
    void changeEvent(QEvent* event) override;

private:
    void show(const diagnose::Step& step);

    diagnose::Step m_step;
    PlainLabel* m_sign;
    PlainLabel* m_title;
    PlainLabel* m_result;
    PlainLabel* m_asked;
    PlainLabel* m_detail;
};

} // namespace ui
