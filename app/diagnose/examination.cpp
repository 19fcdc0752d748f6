#include "app/diagnose/examination.h"

#include "app/base/visible.h"

#include <algorithm>

namespace diagnose {

Examination::Examination(QString guide, QObject* parent) : QObject(parent), m_guide(std::move(guide)) {}

void Examination::start()
{
    run();
}

void Examination::stop()
{
    if (m_finished)
        return;
    cancelCalls();
    finish();
}

void Examination::declare(const char* id, Text title)
{
    m_steps.push_back({.id = QLatin1String(id), .title = std::move(title)});
}

Step* Examination::find(const char* id)
{
    const auto found = std::ranges::find_if(m_steps, [id](const Step& step) { return step.id == QLatin1String(id); });
    return found == m_steps.end() ? nullptr : &*found;
}

void Examination::tell(const Step& step)
{
    emit stepChanged(static_cast<int>(&step - m_steps.data()));
}

void Examination::ask(const char* id, const QStringList& asked)
{
    Step* step = find(id);
    if (!step || m_finished)
        return;
    step->running = true;
    for (const QString& each : asked)
        step->asked << base::visible(each);
    tell(*step);
}

void Examination::settle(const char* id, StepResult result, Text detail)
{
    Step* step = find(id);
    if (!step || m_finished)
        return;
    step->running = false;
    step->result = result;
    step->detail = std::move(detail);
    tell(*step);
}

void Examination::report(Finding finding)
{
    if (m_finished)
        return;
    finding.guide = m_guide;
    for (QString& line : finding.evidence)
        line = base::visible(line, base::Lines::Many);
    finding.evidence.removeAll(QString());
    finding.evidence.removeDuplicates();
    emit found(finding);
}

void Examination::finish()
{
    if (m_finished)
        return;
    for (Step& step : m_steps) {
        if (step.result)
            continue;
        step.running = false;
        step.result = StepResult::Skipped;
        tell(step);
    }
    m_finished = true;
    emit finished();
}

} // namespace diagnose
