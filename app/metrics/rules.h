#pragma once
// The four conditions of TKEStack's FAQ, and what each source says of them: which objects they fire for. Pure; the
// reading is in rulecheck.h. Sources of the expressions: the FAQ's own, and the metrics' documentation
// (https://github.com/kubernetes/kube-state-metrics/tree/main/docs/metrics/workload).

#include "app/base/error.h"
#include "app/metrics/rulefacts.h"
#include "app/metrics/samples.h"
#include "app/metrics/serieslabels.h"
#include "app/metrics/sources.h"

#include <array>

namespace metrics {

struct Rule {
    RuleId id;
    QString faqExpression;
    QString expression; ///< the better one; what it mends is told by messages/
};
/// In the FAQ's order.
const std::array<Rule, 4>& allRules();
/// "job-failed"; the id in alidadectl's JSON.
QString idOf(RuleId rule);
/// The window of pod-restarts.
inline constexpr std::chrono::minutes RestartWindow{30};

enum class RuleState {
    Ok,
    Absent,    ///< the source is not there, or does not have what the rule is about
    Failing,   ///< it is there and does not answer as it should
    Forbidden, ///< the person may not look
    Old,       ///< it answers with figures that are too old
    Learning,  ///< it speaks of one moment only, and Alidade has not been looking for long enough
};
/// "ok", "absent", …; a SourceState of the same name is the same.
QString idOf(RuleState state);

/// One row that a condition fires for.
struct Firing {
    Subject subject;
    QString uid;         ///< empty when the source does not say
    SeriesLabels labels; ///< of the series; for other sources those that kube-state-metrics would give
    double value = 0;    ///< of the better expression; for restarts, how many were seen
    bool operator==(const Firing&) const = default;
};

/// What there is to say beside it. messages/ makes the sentence.
struct RuleNote {
    QString id;
    QString detail;   ///< names, as they came
    qint64 count = 0; ///< of what the sentence is about; of minutes for "learning"
    bool operator==(const RuleNote&) const = default;
};

struct RuleVerdict {
    RuleState state = RuleState::Absent;
    std::vector<Firing> firing;       ///< each object once, in the subjects' order
    std::vector<RuleNote> notes;      ///< the most important first
    std::optional<base::Error> error; ///< why it is failing or forbidden, where an answer said so
    std::optional<Source> source;     ///< why it is, where it was not asked because it stands so
};

/// From facts of one moment; `restarts`: what Alidade has read of the restart counters itself, null when nothing.
RuleVerdict judge(RuleId rule, const RuleFacts& facts, const SampleHistory* restarts);
/// "shop/web", "node-1".
QString nameOf(const Subject& subject);
/// A note that is about some objects, the first few by name; none when there are none.
void noteNames(RuleVerdict& verdict, const char* id, const QStringList& names);
/// A source that gave no facts.
RuleVerdict verdictWithout(const base::Error& error);
/// A source that was not found, or does not answer as it should.
RuleVerdict verdictOf(const Source& source);

} // namespace metrics
