#pragma once
// What there is to say about the sources of metrics, their disagreements and autoscalers, in the language of the
// installed translators. Names and other sides' words in it have passed base::visible().

#include "app/metrics/autoscalers.h"
#include "app/metrics/contrast.h"

namespace messages {

/// "metrics-server", "objects".
QString sourceName(metrics::SourceKind kind);
/// "answers", "absent", …: a word of its own for each state.
QString stateName(metrics::SourceState state);
/// How a source stands and why: one sentence.
QString sentence(const metrics::Source& source);
/// The same, and behind it the other side's own words, where there are any.
QString detail(const metrics::Source& source);
/// What to do next; empty when there is nothing to do.
QString advice(const metrics::Source& source);
/// What it is that a source tells, where it has that from, and whom it feeds.
QString purpose(metrics::SourceKind kind);
/// Why two sources say different things.
QString sentence(const metrics::Disagreement& disagreement);
QString sentence(const metrics::ScalerNote& note);
/// What each source says of it: "kube-state-metrics: Pending; objects: Running".
QString valuesText(const metrics::Disagreement& disagreement);

/// "1250m", "128Mi"; "–" for what is not known.
QString cpuText(std::optional<qint64> milli);
QString memoryText(std::optional<qint64> bytes);
/// Why it does not run, its phase, or whether it is ready; "–" when nothing is said.
QString stateText(const metrics::State& state);

} // namespace messages
