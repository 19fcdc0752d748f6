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
        return Changes::tr("%1 wrote this field last.").arg(notice.detail);
    return {};
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
    return base::visible(value.dump(-1, ' ', false, kube::Json::error_handler_t::replace));
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

} // namespace messages
