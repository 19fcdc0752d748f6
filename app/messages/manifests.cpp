#include "app/messages/manifests.h"

#include "app/base/visible.h"
#include "app/change/notice.h"
#include "app/kube/jsonread.h"
#include "app/messages/changes.h"
#include "app/messages/errors.h"

#include <QCoreApplication>
#include <algorithm>

namespace messages {
namespace {

struct Messages {
    Q_DECLARE_TR_FUNCTIONS(Messages)
};

} // namespace

QString manifestSentence(const base::Error& error)
{
    const QString& id = error.reason;
    const QString words = error.causes.empty() ? error.said : error.causes.front().message;
    if (id == QLatin1String("yamlInvalid"))
        return Messages::tr("This is no YAML: %1").arg(words);
    if (id == QLatin1String("duplicateKey"))
        return Messages::tr("The key “%1” stands here twice.").arg(words);
    if (id == QLatin1String("manifestNoObject"))
        return Messages::tr("An object is wanted here: fields with values.");
    if (id == QLatin1String("manifestIncomplete"))
        return Messages::tr("%1 is missing: no object can do without it.").arg(words);
    if (id == QLatin1String("manifestOneObject"))
        return Messages::tr("One object is edited here; the text has another number of them.");
    if (id == QLatin1String("manifestOtherObject"))
        return Messages::tr("The text names another object than %1. Kind, name and namespace cannot be edited.")
            .arg(words);
    if (id == QLatin1String("kindNotServed"))
        return Messages::tr("The cluster does not serve the kind %1.").arg(error.said);
    if (id == QLatin1String("otherNamespace"))
        return Messages::tr("%1 is in namespace %2, and %3 was asked for.").arg(error.asked, error.said, error.ofWhom);
    if (id == QLatin1String("touchedValuesChanged") && error.said.isEmpty())
        return Messages::tr(
            "Somebody changed what this speaks of since it was shown. Nothing was sent; look at it again.");
    const bool isOwned = std::ranges::any_of(error.causes, [](const base::ErrorCause& cause) {
        return cause.reason == QLatin1String("FieldManagerConflict");
    });
    if (isOwned)
        return Messages::tr("Other managers own fields of it: %1").arg(error.said);
    return sentence(error);
}

QStringList keeperLines(const kube::Json& live)
{
    QStringList lines;
    for (const change::Notice& notice : change::keepersOf(live, {}))
        lines << sentence(notice);
    QStringList managers;
    for (const kube::Json& each : kube::elements(live, {"metadata", "managedFields"}))
        if (const QString manager = base::visible(kube::rawText(each, {"manager"}));
            !manager.isEmpty() && !managers.contains(manager))
            managers << manager;
    if (!managers.isEmpty())
        lines << Messages::tr("Written by %1.").arg(managers.join(QStringLiteral(", ")));
    return lines;
}

QString sentence(const change::WayOut& way)
{
    if (way.id == QLatin1String("keep"))
        return Messages::tr(
            "Keep the object as it is in these fields, and apply the rest: take them out of the manifest, or "
            "write what is there.");
    if (way.id == QLatin1String("rename"))
        return Messages::tr("Make another object beside it: give it another name.");
    if (way.id == QLatin1String("recreate"))
        return Messages::tr("Delete it and make it again. What is lost in between:");
    return {};
}

QString lossSentence(const QString& loss)
{
    const QString id = loss.section(QLatin1Char(':'), 0, 0);
    const QString detail = loss.section(QLatin1Char(':'), 1);
    if (id == QLatin1String("clusterIP"))
        return Messages::tr("its address %1: who has it by number loses it").arg(detail);
    if (id == QLatin1String("nodePort"))
        return Messages::tr("its port %1 on every node, unless the manifest names it").arg(detail);
    if (id == QLatin1String("loadBalancer"))
        return Messages::tr("its load balancer at %1").arg(detail);
    if (id == QLatin1String("pods"))
        return Messages::tr("its pods, unless they are orphaned (kubectl delete --cascade=orphan)");
    if (id == QLatin1String("history"))
        return Messages::tr("its history: earlier revisions, or what ran already");
    if (id == QLatin1String("data"))
        return Messages::tr("its data, where the volume's reclaim policy is Delete");
    if (id == QLatin1String("bindings"))
        return Messages::tr("the rights that it gives, until it is there again");
    return detail;
}

} // namespace messages
