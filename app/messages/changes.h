#pragma once
// Writes in the person's language: who else keeps an object, what came between.

#include "app/change/flow.h"

namespace messages {

QString sentence(const change::Notice& notice);
/// What changed, and by whom where that is known.
QString sentence(const change::Conflict& conflict);
/// A value as it stands in an object: compact JSON, "nothing" for null. Taints as kubectl writes them.
QString valueText(const kube::Json& value);

/// What is wrong with an image: the ids of change::imageProblem().
QString imageSentence(const QString& problem);
/// What is wrong with a key or a value: the ids of change::keyProblem() and its like, and "keyTwice".
QString keySentence(const QString& problem);

} // namespace messages
