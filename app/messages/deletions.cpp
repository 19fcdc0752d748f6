#include "app/messages/deletions.h"

#include "app/messages/errors.h"

#include <QCoreApplication>

namespace messages {
namespace {

struct Deletions {
    Q_DECLARE_TR_FUNCTIONS(Deletions)
};

QString line(const change::Dependents::Group& group, change::Propagation propagation)
{
    using Relation = change::Dependents::Relation;
    const QString what = group.kind + QStringLiteral(" × %1").arg(group.count);
    QString names = group.names.join(QLatin1String(", "));
    if (group.count > group.names.size())
        names += QStringLiteral(", …");
    switch (group.relation) {
    case Relation::Owned:
        return propagation == change::Propagation::Orphan
                   ? Deletions::tr("%1 stays, without its owner: %2").arg(what, names)
                   : Deletions::tr("%1 is deleted as well: %2").arg(what, names);
    case Relation::Shared:
        return Deletions::tr("%1 stays, since it has another owner too: %2").arg(what, names);
    case Relation::Claims:
        return Deletions::tr("%1 stays with its data: %2").arg(what, names);
    case Relation::Contents:
        return Deletions::tr("%1 is deleted with it: %2").arg(what, names);
    case Relation::OnNode:
        return Deletions::tr("%1 runs there and is removed with the node: %2").arg(what, names);
    }
    return {};
}

} // namespace

QString propagationName(change::Propagation propagation)
{
    switch (propagation) {
    case change::Propagation::Background:
        return Deletions::tr("In the background");
    case change::Propagation::Foreground:
        return Deletions::tr("Dependents first");
    case change::Propagation::Orphan:
        return Deletions::tr("Leave dependents alone");
    }
    return {};
}

QString propagationSentence(change::Propagation propagation)
{
    switch (propagation) {
    case change::Propagation::Background:
        return Deletions::tr("The object goes at once; what it owns is deleted afterwards (Background).");
    case change::Propagation::Foreground:
        return Deletions::tr("The object stays, marked as being deleted, until what it owns is gone (Foreground).");
    case change::Propagation::Orphan:
        return Deletions::tr("The object goes; what it owns stays and runs on without an owner (Orphan).");
    }
    return {};
}

QStringList dependentLines(const change::Dependents& dependents, change::Propagation propagation)
{
    QStringList lines;
    for (const change::Dependents::Group& group : dependents.groups)
        lines += line(group, propagation);
    for (const change::Dependents::Unread& unread : dependents.unread) {
        const bool isForbidden = unread.error.kind == base::ErrorKind::Forbidden;
        lines += isForbidden
                     ? Deletions::tr("%1 could not be read (no permission): there may be some.").arg(unread.kind)
                     : Deletions::tr("%1 could not be read to the end: there may be some.").arg(unread.kind);
    }
    if (lines.isEmpty())
        lines += Deletions::tr("Nothing else depends on it.");
    return lines;
}

} // namespace messages
