#pragma once
// The four conditions in the person's language: what each says, why its expression is another than the FAQ's, and what
// there is to say beside what a source answers.

#include "app/metrics/rules.h"

namespace messages {

/// "A Job has failed for good".
QString ruleTitle(metrics::RuleId rule);
/// What the better expression mends, or why there is none.
QString expressionReason(metrics::RuleId rule);
QString stateName(metrics::RuleState state);
QString sentence(const metrics::RuleNote& note);
/// An id for the most important thing to say of a verdict, and its sentence; both empty when there is nothing.
struct VerdictNote {
    QString id;
    QString message;
};
VerdictNote noteOf(const metrics::RuleVerdict& verdict);

} // namespace messages
