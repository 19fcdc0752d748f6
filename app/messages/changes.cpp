#include "app/messages/changes.h"

#include "app/base/visible.h"
#include "app/kube/jsonread.h"
#include "app/scheduling/taint.h"

#include <QCoreApplication>
#include <QLocale>

namespace messages {
namespace {

struct Changes {
    Q_DECLARE_TR_FUNCTIONS(Changes)
};

bool isTaint(const kube::Json& value)
{
    return value.is_object() && value.contains("key") && value.contains("effect");
}

QString workloadSentence(const change::Notice& notice)
{
    const auto is = [&notice](const char* id) { return notice.id == QLatin1String(id); };
    if (is("stopsAllPods"))
        return Changes::tr("This stops all pods.");
    if (is("scaledBy"))
        return Changes::tr("The HorizontalPodAutoscaler %1 keeps the number within %2 and may put it back. At 0 it "
                           "rests until somebody scales up.")
            .arg(notice.subject, notice.detail);
    if (is("scalersUnknown"))
        return Changes::tr("Whether a HorizontalPodAutoscaler keeps the number could not be read: %1")
            .arg(notice.detail);
    if (is("keepersUnknown"))
        return Changes::tr("Who else keeps this object could not be read: %1").arg(notice.detail);
    if (is("onDelete"))
        return Changes::tr("The update strategy is OnDelete: no pod restarts until somebody deletes it.");
    if (is("noWayBack"))
        return Changes::tr("Pods are replaced one after the other, as the update strategy says. A restart cannot be "
                           "taken back.");
    if (is("suspendStops"))
        return Changes::tr("Its running pods are deleted; when it is resumed new ones begin from the start.");
    if (is("runningGoesOn"))
        return Changes::tr("No new jobs are started. Those that run go on.");
    return {};
}

QString deletionSentence(const change::Notice& notice)
{
    const auto is = [&notice](const char* id) { return notice.id == QLatin1String(id); };
    if (is("systemObject"))
        return Changes::tr("The cluster itself needs this. Without it the cluster may stop working.");
    if (is("nodeLease"))
        return Changes::tr("This is the heartbeat of a node. Without it the node may be taken for dead.");
    if (is("allInNamespace"))
        return Changes::tr("Everything in this namespace is deleted with it.");
    if (is("allOfKind"))
        return Changes::tr("Every object of the kind %1, in all namespaces, is deleted with it.").arg(notice.detail);
    if (is("nodeStays"))
        return Changes::tr("The machine keeps running, and its kubelet may register it again. Drain it first.");
    if (is("boundClaim"))
        return Changes::tr("The claim %1 is bound to this volume; the reclaim policy is %2.")
            .arg(notice.detail, notice.subject);
    if (is("terminating"))
        return Changes::tr("It is being deleted already, since %1.").arg(notice.detail);
    if (is("finalizers"))
        return Changes::tr("It stays until its finalizers are done: %1.").arg(notice.detail);
    if (is("comesBack"))
        return Changes::tr("%1 keeps this object and makes another in its place.").arg(notice.detail);
    return {};
}

} // namespace

QString sentence(const change::Notice& notice)
{
    const auto is = [&notice](const char* id) { return notice.id == QLatin1String(id); };
    if (is("serverWarning"))
        return Changes::tr("The server warns: %1").arg(notice.detail);
    if (is("ownedBy"))
        return Changes::tr("%1 keeps this object and may put it back.").arg(notice.detail);
    if (is("helm"))
        return notice.detail.isEmpty() ? Changes::tr("Helm keeps this object: the next upgrade may put it back.")
                                       : Changes::tr("The Helm release %1 keeps this object: its next upgrade may put "
                                                     "it back.")
                                             .arg(notice.detail);
    if (is("argo"))
        return Changes::tr("The Argo CD application %1 keeps this object and may put it back.").arg(notice.detail);
    if (is("flux"))
        return Changes::tr("Flux (%1) keeps this object and may put it back.").arg(notice.detail);
    if (is("otherManager"))
        return notice.subject.isEmpty() ? Changes::tr("%1 wrote this field last.").arg(notice.detail)
                                        : Changes::tr("%1 wrote %2 last.").arg(notice.detail, notice.subject);
    const QString workload = workloadSentence(notice);
    return workload.isEmpty() ? deletionSentence(notice) : workload;
}

QString valueText(const kube::Json& value)
{
    if (value.is_null() || (value.is_array() && value.empty()))
        return Changes::tr("nothing");
    if (isTaint(value))
        return scheduling::text(scheduling::taintOf(value));
    if (value.is_array()) {
        QStringList texts;
        for (const kube::Json& each : value)
            texts += valueText(each);
        return texts.join(QLatin1String(", "));
    }
    if (value.is_string())
        return base::visible(kube::rawText(value));
    return base::visible(QString::fromUtf8(kube::toBytes(value)));
}

QString sentence(const change::Conflict& conflict)
{
    const QString was = valueText(conflict.expected);
    const QString is = valueText(conflict.found);
    if (!conflict.by || conflict.by->manager.isEmpty())
        return Changes::tr("Somebody came between: it was %1 and is now %2.").arg(was, is);
    const QString at = QLocale().toString(conflict.by->at.toLocalTime().time(), QStringLiteral("HH:mm:ss"));
    return Changes::tr("%1 came between at %2: it was %3 and is now %4.").arg(conflict.by->manager, at, was, is);
}

QString imageSentence(const QString& problem)
{
    const auto is = [&problem](const char* id) { return problem == QLatin1String(id); };
    if (is("empty"))
        return Changes::tr("An image has a name.");
    if (is("space"))
        return Changes::tr("An image's name has no spaces.");
    if (is("upperCase"))
        return Changes::tr("The name of an image's repository is in lower case.");
    return problem.isEmpty() ? QString() : Changes::tr("This is no name of an image: registry/repository:tag@digest.");
}

QString keySentence(const QString& problem)
{
    const auto is = [&problem](const char* id) { return problem == QLatin1String(id); };
    if (is("keyEmpty"))
        return Changes::tr("A key is missing.");
    if (is("keyPrefix"))
        return Changes::tr("What stands before the slash is a DNS name in lower case, of 253 characters at the most.");
    if (is("keyName"))
        return Changes::tr(
            "A key has at most 63 letters, digits, “-”, “_” and “.”, and begins and ends with a letter or "
            "digit.");
    if (is("keyTwice"))
        return Changes::tr("This key is there already.");
    if (is("valueLong"))
        return Changes::tr("The value of a label has at most 63 characters.");
    if (is("valueInvalid"))
        return Changes::tr(
            "The value of a label has letters, digits, “-”, “_” and “.”, and begins and ends with a letter "
            "or digit.");
    if (is("annotationsTooLarge"))
        return Changes::tr("All annotations together have at most 256 KiB.");
    return {};
}

} // namespace messages
