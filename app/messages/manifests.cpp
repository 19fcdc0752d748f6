#include "app/messages/manifests.h"

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

} // namespace messages
