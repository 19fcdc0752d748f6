#pragma once
// Runs guides one after the other over one subject and keeps the report as it grows.

#include "app/diagnose/guide.h"

namespace diagnose {

/// Lives in the GUI thread.
class Diagnosis : public QObject {
    Q_OBJECT
public:
    /// The guides outlive it (those of allGuides() do).
    Diagnosis(std::vector<const Guide*> guides, Subject subject, QObject* parent = nullptr);
    ~Diagnosis() override;

    /// Steps of all guides are there from the start, not answered yet.
    const Report& report() const { return m_report; }
    bool isFinished() const { return m_finished; }

    void start();
    /// What was not answered is skipped; finished() comes at once.
    void stop();

signals:
    void stepChanged(int guide, int step);
    /// The last of report().findings is new.
    void found();
    /// Once.
    void finished();

private:
    void runNext();
    bool isCutOff() const;

    const std::vector<const Guide*> m_guides;
    const Subject m_subject;
    Report m_report;
    std::vector<std::unique_ptr<Examination>> m_examinations;
    std::size_t m_next = 0;
    bool m_stopped = false;
    bool m_finished = false;
};

} // namespace diagnose
