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
    case Relation::Names:
        return Deletions::tr("%1 names it and misses it from then on: %2").arg(what, names);
    }
    return {};
}

/// One for each reason: somebody with few rights would see nothing else.
QStringList unreadLines(const std::vector<change::Dependents::Unread>& unread)
{
    QStringList lines;
    for (const bool everywhere : {false, true}) {
        QStringList forbidden;
        QStringList unserved;
        QStringList broken;
        for (const change::Dependents::Unread& each : unread) {
            if (each.everywhere != everywhere)
                continue;
            const bool isForbidden = each.error.kind == base::ErrorKind::Forbidden;
            const bool isUnserved = each.error.kind == base::ErrorKind::NotFound;
            (isForbidden ? forbidden : isUnserved ? unserved : broken) += each.kind;
        }
        const auto say = [&](QStringList kinds, const QString& here, const QString& inAll) {
            kinds.removeDuplicates();
            if (!kinds.isEmpty())
                lines += (everywhere ? inAll : here).arg(kinds.join(QLatin1String(", ")));
        };
        say(forbidden, Deletions::tr("Could not be read (no permission), so there may be some: %1"),
            Deletions::tr("Could not be read in all namespaces (no permission), so there may be some: %1"));
        say(unserved, Deletions::tr("Not served by the cluster just now, so there may be some: %1"),
            Deletions::tr("Not served by the cluster just now, so there may be some: %1"));
        say(broken, Deletions::tr("Could not be read to the end, so there may be some: %1"),
            Deletions::tr("Could not be read to the end in all namespaces, so there may be some: %1"));
    }
    return lines;
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
    if (lines.isEmpty())
        lines += dependents.kinds > 0
                     ? Deletions::tr("Nothing that was looked at depends on it (%n kinds).", nullptr, dependents.kinds)
                     : Deletions::tr("What depends on it is not known.");
    return lines + unreadLines(dependents.unread);
}

} // namespace messages
