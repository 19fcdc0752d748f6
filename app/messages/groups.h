#pragma once
// Names of the tree's groups and of states, in the person's language.

#include "app/kube/count.h"
#include "app/kube/kindgroups.h"

#include <QDateTime>

namespace messages {

QString groupName(kube::KindGroup group);
QString stateName(kube::KindState state);
/// In place of saying that there are none, of a kind that kube::isListedByTenant().
QString listedByTenant(const QString& kind);
/// "custom.metrics.k8s.io/v1beta1 does not answer just now: …"
QString staleGroup(const kube::StaleGroup& group);

/// How the connection to a cluster stands, in a word or two; the order is store::Cluster::State's.
enum class Connection { Closed, Connecting, Connected, Degraded, Stale, NoPermission, Unreachable, Unsigned };
/// What is worth a note behind a cluster's name; empty when all is well. `since` is UTC.
QString connectionNote(Connection state, const QDateTime& since);
/// The same for where a word is always wanted.
QString connectionName(Connection state);

} // namespace messages
