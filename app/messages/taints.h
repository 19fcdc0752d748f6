#pragma once
// Taints in the person's language: what is wrong with a typed one, what an effect does.

#include "app/scheduling/taintimpact.h"

namespace messages {

/// Which rule a typed taint breaks, with the text that breaks it.
QString sentence(const scheduling::SpecProblem& problem);
/// What an effect does to pods, in a sentence; empty for an unknown one.
QString effectSentence(const QString& effect);

/// A note on a pod or a warning of a change.
QString sentence(const scheduling::Note& note);
/// "stays", "evicted now", "evicted after 300 s".
QString outcomeText(const scheduling::Eviction& eviction);
/// What a budget that the change goes past would say.
QString sentence(const scheduling::BudgetImpact& budget);

} // namespace messages
