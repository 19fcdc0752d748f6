#include "app/diagnose/diagnosis.h"

#include <algorithm>

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
        connect(
            examination.get(), &Examination::finished, this,
            [this, i] {
                m_report.guides[i].error = m_examinations[i]->error();
                runNext();
            },
            Qt::QueuedConnection);
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
    m_report.isCutShort = true;
    for (const auto& examination : m_examinations)
        examination->stop();
    m_finished = true;
    emit finished();
}

bool Diagnosis::isCutOff() const
{
    return std::ranges::any_of(m_report.findings, [](const Finding& finding) {
        return finding.guide == QLatin1String("endpoints") && finding.severity == Severity::Error;
    });
}

void Diagnosis::runNext()
{
    if (m_finished || m_stopped)
        return;
    if (m_next < m_examinations.size()) {
        const std::size_t at = m_next++;
        // Where the connection is what is wrong, each further question would be answered by the same silence.
        if (m_guides[at]->needsCluster && isCutOff())
            m_examinations[at]->stop();
        else
            m_examinations[at]->start();
        return;
    }
    m_finished = true;
    emit finished();
}

} // namespace diagnose
