#include "app/diagnose/diagnosis.h"

namespace diagnose {

Diagnosis::Diagnosis(std::vector<const Guide*> guides, Subject subject, QObject* parent)
    : QObject(parent),
      m_guides(std::move(guides)),
      m_subject(std::move(subject))
{
    m_report.cluster = m_subject.context.isEmpty() ? m_subject.kubeconfig.currentContext : m_subject.context;
    for (std::size_t i = 0; i < m_guides.size(); ++i) {
        const Guide& guide = *m_guides[i];
        auto& examination = m_examinations.emplace_back(guide.make(m_subject));
        m_report.guides.push_back({guide.id, guide.title, examination->steps()});
        const auto index = static_cast<int>(i);
        connect(examination.get(), &Examination::stepChanged, this, [this, i, index](int step) {
            const auto at = static_cast<std::size_t>(step);
            m_report.guides[i].steps[at] = m_examinations[i]->steps()[at];
            emit stepChanged(index, step);
        });
        connect(examination.get(), &Examination::found, this, [this](const Finding& finding) {
            m_report.findings.push_back(finding);
            emit found();
        });
        // Not from within the examination: the next one may delete nothing that is still at work.
        connect(examination.get(), &Examination::finished, this, &Diagnosis::runNext, Qt::QueuedConnection);
    }
}

Diagnosis::~Diagnosis() = default;

void Diagnosis::start()
{
    m_report.takenAt = QDateTime::currentDateTimeUtc();
    runNext();
}

void Diagnosis::stop()
{
    if (m_finished)
        return;
    m_stopped = true;
    for (const auto& examination : m_examinations)
        examination->stop();
    m_finished = true;
    emit finished();
}

void Diagnosis::runNext()
{
    if (m_finished || m_stopped)
        return;
    if (m_next < m_examinations.size()) {
        m_examinations[m_next++]->start();
        return;
    }
    m_finished = true;
    emit finished();
}

} // namespace diagnose
