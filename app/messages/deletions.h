#pragma once
// Deletions in the person's language: what goes, what stays, and how.

#include "app/change/deleteflow.h"
#include "app/change/dependents.h"

namespace messages {

/// "In the background", and a sentence of what that means.
QString propagationName(change::Propagation propagation);
QString propagationSentence(change::Propagation propagation);
/// A line for each group, or one that there is none in what was looked at; then what could not be read.
QStringList dependentLines(const change::Dependents& dependents, change::Propagation propagation);

} // namespace messages
