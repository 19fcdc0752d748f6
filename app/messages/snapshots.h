#pragma once
// Snapshots in words: what is wrong with a file, what a snapshot is of, how a capture goes on, and why something that
// needs a cluster is off.

#include "app/snapshot/capture.h"

#include <QString>

namespace messages {

/// Why a file was refused, or could not be written; empty for any other error.
QString snapshotSentence(const base::Error& error);

/// Behind a cluster's name: "snapshot", or "demo". `file` as config::Context::snapshot.
QString snapshotMark(const QString& file);
/// "just now", "3 hours ago", "12 days ago".
QString takenAgo(const QDateTime& taken, const QDateTime& now);
/// What it is: of which cluster, taken when and by whom. `file` as config::Context::snapshot.
QString snapshotTitle(const snapshot::Manifest& manifest, const QString& file, const QDateTime& now);
/// What was taken out of it, or that nothing was.
QString redactionSentence(const snapshot::Manifest& manifest);
/// How many values were taken out.
qint64 redactedCount(const snapshot::Manifest& manifest);
/// snapshot::Skipped::state in words.
QString skippedState(const QString& state);

/// What a capture is at: "Kinds: deployments.apps".
QString captureStep(const snapshot::CaptureProgress& progress);
/// What leaving secrets in means.
QString unredactedWarning();

/// What a snapshot cannot do, since it needs the cluster.
enum class LiveOnly {
    Apply,      ///< send what was previewed
    Address,    ///< go to another address, or look at one
    Sample,     ///< read again and again
    Kubelet,    ///< ask a kubelet
    Capture,    ///< be captured
    Connection, ///< look at the way to it
};
/// "This is a snapshot: …", one sentence.
QString snapshotNotice(LiveOnly what);

} // namespace messages
