#include "app/change/notice.h"

#include "app/base/visible.h"
#include "app/change/request.h"
#include "app/kube/jsonread.h"

namespace change {
namespace {

bool holds(const kube::Json& fields, const std::vector<QString>& field)
{
    const kube::Json* value = &fields;
    for (const QString& name : field) {
        if (!value->is_object())
            return false;
        const auto found = value->find(name.toStdString());
        if (found == value->end())
            return false;
        value = &*found;
    }
    return true;
}

QString shown(const kube::Json& object, std::initializer_list<const char*> path)
{
    return base::visible(kube::rawText(object, path));
}

/// The quoted text of `299 - "text" ["date"]`, with its escapes undone.
QString quotedText(const QByteArray& value)
{
    const qsizetype from = value.indexOf('"');
    if (from < 0)
        return QString::fromUtf8(value.trimmed());
    QByteArray text;
    for (qsizetype i = from + 1; i < value.size() && value[i] != '"'; ++i) {
        if (value[i] == '\\' && i + 1 < value.size())
            ++i;
        text += value[i];
    }
    return QString::fromUtf8(text);
}

} // namespace

std::vector<Notice> warningsOf(const transport::ReplyHead& head)
{
    std::vector<Notice> warnings;
    for (const auto& [name, value] : head.headers)
        if (name.compare("Warning", Qt::CaseInsensitive) == 0)
            warnings.push_back({QStringLiteral("serverWarning"), base::visible(quotedText(value))});
    return warnings;
}

std::vector<Notice> keepersOf(const kube::Json& object, const std::vector<QString>& field)
{
    std::vector<Notice> keepers;
    for (const kube::Json& owner : kube::elements(object, {"metadata", "ownerReferences"}))
        if (kube::flag(owner, {"controller"}))
            keepers.push_back(
                {QStringLiteral("ownedBy"), shown(owner, {"kind"}) + QLatin1Char(' ') + shown(owner, {"name"})});
    const kube::Json& metadata = kube::at(object, {"metadata"});
    const QString release = shown(metadata, {"annotations", "meta.helm.sh/release-name"});
    const bool isHelms = kube::rawText(metadata, {"labels", "app.kubernetes.io/managed-by"}) == QLatin1String("Helm");
    if (isHelms || !release.isEmpty())
        keepers.push_back({QStringLiteral("helm"), release});
    QString argo = shown(metadata, {"labels", "argocd.argoproj.io/instance"});
    if (argo.isEmpty())
        argo = shown(metadata, {"annotations", "argocd.argoproj.io/tracking-id"}).section(QLatin1Char(':'), 0, 0);
    if (!argo.isEmpty())
        keepers.push_back({QStringLiteral("argo"), argo});
    QString flux = shown(metadata, {"labels", "kustomize.toolkit.fluxcd.io/name"});
    if (flux.isEmpty())
        flux = shown(metadata, {"labels", "helm.toolkit.fluxcd.io/name"});
    if (!flux.isEmpty())
        keepers.push_back({QStringLiteral("flux"), flux});
    const auto writer = field.empty() ? std::nullopt : lastWriterOf(object, field);
    if (writer && writer->manager != FieldManager)
        keepers.push_back({QStringLiteral("otherManager"), writer->manager});
    return keepers;
}

std::optional<LastWriter> lastWriterOf(const kube::Json& object, const std::vector<QString>& field)
{
    std::optional<LastWriter> last;
    for (const kube::Json& entry : kube::elements(object, {"metadata", "managedFields"})) {
        if (!holds(kube::at(entry, {"fieldsV1"}), field))
            continue;
        const QDateTime at = QDateTime::fromString(kube::rawText(entry, {"time"}), Qt::ISODate).toUTC();
        if (!last || at > last->at)
            last = LastWriter{shown(entry, {"manager"}), at};
    }
    return last;
}

} // namespace change
