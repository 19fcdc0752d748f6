#pragma once
// Which pods are, and were, of which workload: pods come and go while their history is kept.

#include "app/metrics/usage.h"

#include <set>

namespace metrics {

/// One thread at a time.
class WorkloadPods {
public:
    /// Of one workload; what comes beyond is passed over.
    static constexpr std::size_t MostPods = 5000;

    void add(const Subject& workload, const std::vector<Subject>& pods);
    /// Those that were ever told, gone ones too.
    const std::set<Subject>& of(const Subject& workload) const;
    /// Whether a page has a pod of the namespace that none of the pages before had: whose it is must be asked.
    bool isNews(const UsagePage& page, const QString& nameSpace);

private:
    std::map<Subject, std::set<Subject>> m_pods;
    std::set<Subject> m_seen; ///< of m_nameSpace
    QString m_nameSpace;
};

} // namespace metrics
