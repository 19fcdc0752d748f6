#pragma once
// Errors and problems as sentences, in the language of the installed translators. Used by window and command line
// alike.

#include "app/base/error.h"
#include "app/config/kubeconfig.h"

namespace messages {

/// "worker-1: it does not answer": what it is about, then the sentence.
QString labelled(const QString& what, const QString& text);
/// What was asked, of whom, and what came back: one sentence, plain text.
QString sentence(const base::Error& error);
/// What to do about it; empty when nothing better than trying again can be said.
QString advice(const base::Error& error);
/// Both in one line: "Sentence. Advice."
QString sentenceWithAdvice(const base::Error& error);
/// What was found in a kubeconfig that is read all the same.
QString sentence(const config::FileNote& note);
/// The problem of a context.
QString sentence(const config::Problem& problem);

} // namespace messages
