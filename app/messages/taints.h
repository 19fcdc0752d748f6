#pragma once
// Taints in the person's language: what is wrong with a typed one, what an effect does.

#include "app/scheduling/taintspec.h"

namespace messages {

/// Which rule a typed taint breaks, with the text that breaks it.
QString sentence(const scheduling::SpecProblem& problem);
/// What an effect does to pods, in a sentence; empty for an unknown one.
QString effectSentence(const QString& effect);

} // namespace messages
