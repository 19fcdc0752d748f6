#include "app/messages/addons.h"

#include "app/base/visible.h"
#include "app/kube/objectname.h"
#include "app/messages/errors.h"

#include <QCoreApplication>

namespace messages {
namespace {

using State = tke::PartState::State;

struct Addons {
    Q_DECLARE_TR_FUNCTIONS(Addons)
};

/// The finding's own sentence; empty where it has none.
QString findingOf(const tke::AddonView& view, const tke::ClusterAddons& cluster)
{
    const QString& id = view.finding;
    const QString& phase = view.addon.phase;
    const tke::PartState* worst = view.worst();
    const QString part = worst ? partName(*worst) : QString();
    if (id == QLatin1String("clusterUnknown"))
        return Addons::tr("The platform has no cluster “%1”.").arg(base::visible(cluster.cluster));
    if (id == QLatin1String("installedTwice"))
        return Addons::tr("There is more than one %1 for this cluster, and they write the same objects.")
            .arg(view.addon.type);
    if (id == QLatin1String("runsButGone"))
        return Addons::tr("The platform says %1, but %2 is not in the cluster.").arg(phase, part);
    if (id == QLatin1String("runsButNotReady"))
        return Addons::tr("The platform says %1, but %2 is not ready: %3")
            .arg(phase, part, worst ? partState(*worst) : QString());
    if (id == QLatin1String("runsButOff"))
        return Addons::tr("The platform says %1, but %2 is scaled to no pod.").arg(phase, part);
    if (id == QLatin1String("runsIncomplete"))
        return Addons::tr("It runs, but %1 is not there, which it was made with.").arg(part);
    if (id == QLatin1String("failedButStands"))
        return Addons::tr("The platform says %1, but all that it made is there and ready. It says: %2")
            .arg(phase, view.addon.reason);
    if (id == QLatin1String("blockedByRemains"))
        return Addons::tr("It cannot be installed, since something of an earlier installation is there: %1")
            .arg(view.addon.reason);
    if (id == QLatin1String("failed") && worst)
        return Addons::tr("The platform says %1 (%2); in the cluster, %3: %4")
            .arg(phase, view.addon.reason, part, partState(*worst));
    if (id == QLatin1String("partsUnknown"))
        return Addons::tr("The platform says %1. What this kind makes in the cluster is not known here.").arg(phase);
    return {};
}

} // namespace

QString addonStateName(tke::AddonState state)
{
    switch (state) {
    case tke::AddonState::Well:
        return Addons::tr("well");
    case tke::AddonState::Underway:
        return Addons::tr("on its way");
    case tke::AddonState::Failing:
        return Addons::tr("failing");
    case tke::AddonState::NotKnown:
        break;
    }
    return Addons::tr("not known");
}

QString partName(const tke::PartState& part)
{
    return Addons::tr("%1 %2", "a kind, then an object's name")
        .arg(part.ref.kind, kube::shownName(part.ref.nameSpace, part.ref.name));
}

QString partState(const tke::PartState& part)
{
    switch (part.state) {
    case State::NotKnown:
        return part.error ? Addons::tr("not known: %1").arg(sentence(*part.error)) : Addons::tr("not known");
    case State::Absent:
        return Addons::tr("not there");
    case State::Present:
        return Addons::tr("there");
    case State::Off:
        return Addons::tr("scaled to no pod");
    case State::Healthy:
    case State::Failing:
        break;
    }
    const QString count = Addons::tr("%1 of %2 ready", "pods").arg(part.ready).arg(part.wanted);
    return part.message.isEmpty() ? count
                                  : Addons::tr("%1; %2", "how many pods are ready, then why").arg(count, part.message);
}

QString sentence(const tke::AddonView& view, const tke::ClusterAddons& cluster)
{
    if (const QString finding = findingOf(view, cluster); !finding.isEmpty())
        return finding;
    const QString& phase = view.addon.phase;
    if (view.state == tke::AddonState::Failing || view.state == tke::AddonState::Underway)
        return view.addon.reason.isEmpty() ? Addons::tr("The platform says %1.").arg(phase)
                                           : Addons::tr("The platform says %1: %2").arg(phase, view.addon.reason);
    if (view.state == tke::AddonState::Well)
        return Addons::tr("All that it made is there and ready.");
    if (cluster.error)
        return Addons::tr("What stands in the cluster is not known: %1").arg(sentence(*cluster.error));
    for (const tke::PartState& each : view.parts)
        if (each.error)
            return Addons::tr("%1 is not known: %2").arg(partName(each), sentence(*each.error));
    if (cluster.isLooking)
        return Addons::tr("What stands in the cluster is not known yet.");
    return phase.isEmpty() ? Addons::tr("The platform says nothing of it: nothing of it was done yet.")
                           : Addons::tr("The platform says %1.").arg(phase);
}

QString advice(const tke::AddonView& view)
{
    const QString& id = view.finding;
    if (id == QLatin1String("clusterUnknown"))
        return Addons::tr("Delete it at the platform, or import the cluster again under this name.");
    if (id == QLatin1String("installedTwice"))
        return Addons::tr("Delete all but one at the platform.");
    if (id == QLatin1String("runsButGone") || id == QLatin1String("runsIncomplete"))
        return Addons::tr("Delete the addon at the platform and install it again: by itself the platform does not make "
                          "what is gone.");
    if (id == QLatin1String("runsButNotReady"))
        return Addons::tr("See why its pods do not start: the platform looks whether the object is there, and not "
                          "whether it is ready.");
    if (id == QLatin1String("runsButOff"))
        return Addons::tr("Scale it to one pod.");
    if (id == QLatin1String("failedButStands"))
        return Addons::tr("The platform does not come back from this phase by itself. Deleting the addon there and "
                          "installing it again mends that, and interrupts it.");
    if (id == QLatin1String("blockedByRemains"))
        return Addons::tr(
            "Delete in the cluster what is named; the platform tries again every five minutes, five times "
            "at most.");
    if (id == QLatin1String("failed"))
        return Addons::tr("Mend what the reason names, then delete the addon at the platform and install it again.");
    if (view.addon.phase == QLatin1String("Reinitializing"))
        return Addons::tr(
            "Mend what the reason names: the platform tries again every five minutes, five times at most.");
    return {};
}

QString sentence(const tke::LeftOver& leftOver)
{
    return Addons::tr("%1 is in the cluster (%2), but the platform has no %3 installed there.")
        .arg(partName(leftOver.part), partState(leftOver.part), leftOver.type);
}

QString advice(const tke::LeftOver& leftOver)
{
    return Addons::tr("If nobody needs it, delete it there: installing %1 again may fail on it.").arg(leftOver.type);
}

QString unreadAddons(const tke::Unread& unread)
{
    return Addons::tr("Where %1 are installed is not known: %2")
        .arg(base::visible(unread.kind), sentence(unread.error));
}

QString addonSentence(const base::Error& error)
{
    if (error.reason == QLatin1String("noAddons"))
        return Addons::tr("This cluster serves no kind of addons: it is no TKEStack platform.");
    if (error.reason == QLatin1String("groupStale"))
        return Addons::tr("Its API does not answer just now: %1").arg(error.said);
    return {};
}

} // namespace messages
