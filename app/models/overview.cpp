#include "app/models/overview.h"

#include "app/kube/celltext.h"
#include "app/models/jsontext.h"
#include "app/models/overviewparts.h"

#include <QDateTime>

namespace models {

using json::at;
using json::text;
using kube::Json;
using kube::Severity;

namespace overview {

void add(OverviewGroup& group, OverviewRow row)
{
    if (!row.value.isEmpty() || !row.chips.isEmpty())
        group.rows.push_back(std::move(row));
}

QString timeText(const QString& rfc3339, std::int64_t now)
{
    const std::uint32_t since = kube::parseTime(rfc3339.toStdString());
    if (since == 0)
        return rfc3339;
    return Overview::tr("%1 (%2 ago)", "a time, and how long ago that is")
        .arg(QDateTime::fromSecsSinceEpoch(since).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")),
             kube::humanDuration(now - since));
}

void addConditions(std::vector<OverviewGroup>& groups, const Json& object, std::int64_t now)
{
    const Json& conditions = at(object, {"status", "conditions"});
    if (!conditions.is_array() || conditions.empty())
        return;
    OverviewGroup group{.id = QStringLiteral("conditions"), .title = Overview::tr("Conditions"), .rows = {}};
    for (const Json& condition : conditions) {
        const QString type = text(condition, {"type"});
        const QString status = text(condition, {"status"});
        QString value = status;
        const QString reason = text(condition, {"reason"});
        if (!reason.isEmpty())
            value += QStringLiteral(" · ") + reason;
        const QString since = text(condition, {"lastTransitionTime"});
        if (!since.isEmpty())
            value += QStringLiteral(" · ") + timeText(since, now);
        const QString message = text(condition, {"message"});
        if (!message.isEmpty())
            value += QLatin1Char('\n') + message;
        add(group, {.id = type, .label = type, .value = value, .severity = conditionSeverity(type, status)});
    }
    groups.push_back(std::move(group));
}

Severity conditionSeverity(const QString& type, const QString& status)
{
    if (status == QLatin1String("Unknown"))
        return Severity::Unknown;
    // Conditions that are bad when they hold; all others are bad when they do not.
    static const QStringList badWhenTrue{QStringLiteral("DiskPressure"),
                                         QStringLiteral("MemoryPressure"),
                                         QStringLiteral("PIDPressure"),
                                         QStringLiteral("NetworkUnavailable"),
                                         QStringLiteral("ReplicaFailure"),
                                         QStringLiteral("Failed"),
                                         QStringLiteral("DisruptionTarget"),
                                         QStringLiteral("ScalingLimited"),
                                         QStringLiteral("Suspended"),
                                         QStringLiteral("NamespaceDeletionContentFailure"),
                                         QStringLiteral("NamespaceContentRemaining"),
                                         QStringLiteral("NamespaceFinalizersRemaining"),
                                         QStringLiteral("NamespaceDeletionDiscoveryFailure"),
                                         QStringLiteral("NamespaceDeletionGroupVersionParsingFailure"),
                                         QStringLiteral("FailureTarget")};
    const bool holds = status == QLatin1String("True");
    return holds == badWhenTrue.contains(type) ? Severity::Warning : Severity::None;
}

} // namespace overview

namespace {

using overview::add;
using overview::Overview;

OverviewGroup identityGroup(const Json& object, const QString& cluster, std::int64_t now)
{
    OverviewGroup group{.id = QStringLiteral("object"), .title = {}, .rows = {}};
    const Json& metadata = at(object, {"metadata"});
    const QString nameSpace = text(metadata, {"namespace"});
    const auto value = [&](const char* id, const QString& label, const QString& shown, bool identifier = false) {
        add(group, {.id = QLatin1String(id), .label = label, .value = shown, .identifier = identifier});
    };
    value("name", Overview::tr("Name"), text(metadata, {"name"}), true);
    add(group,
        {.id = QStringLiteral("namespace"),
         .label = Overview::tr("Namespace"),
         .value = nameSpace,
         .identifier = true,
         .leadsTo = kube::ObjectRef{cluster, QStringLiteral("v1"), QStringLiteral("Namespace"), {}, nameSpace, {}}});
    value("kind", Overview::tr("Kind"), text(object, {"kind"}) + QStringLiteral(" · ") + text(object, {"apiVersion"}));
    value("created", Overview::tr("Created"), overview::timeText(text(metadata, {"creationTimestamp"}), now));
    const QString deleting = text(metadata, {"deletionTimestamp"});
    if (!deleting.isEmpty())
        add(group, {.id = QStringLiteral("deleting"),
                    .label = Overview::tr("Being deleted since"),
                    .value = overview::timeText(deleting, now),
                    .severity = Severity::Warning});
    for (const Json& owner : at(metadata, {"ownerReferences"})) {
        const QString kind = text(owner, {"kind"});
        const QString name = text(owner, {"name"});
        add(group, {.id = QStringLiteral("owner/") + text(owner, {"uid"}),
                    .label = Overview::tr("Owner"),
                    .value = kind + QLatin1Char('/') + name,
                    .identifier = true,
                    .leadsTo = kube::ObjectRef{cluster, text(owner, {"apiVersion"}), kind, nameSpace, name,
                                               text(owner, {"uid"})}});
    }
    const QStringList finalizers = json::list(at(metadata, {"finalizers"}));
    add(group, {.id = QStringLiteral("finalizers"),
                .label = Overview::tr("Finalizers"),
                .chips = finalizers,
                .severity = deleting.isEmpty() || finalizers.isEmpty() ? Severity::None : Severity::Warning});
    add(group, {.id = QStringLiteral("labels"),
                .label = Overview::tr("Labels"),
                .chips = json::pairs(at(metadata, {"labels"}))});
    value("uid", QStringLiteral("UID"), text(metadata, {"uid"}), true);
    value("resourceVersion", Overview::tr("Resource version"), text(metadata, {"resourceVersion"}), true);
    return group;
}

OverviewGroup annotationsGroup(const Json& object)
{
    OverviewGroup group{.id = QStringLiteral("annotations"), .title = Overview::tr("Annotations"), .rows = {}};
    constexpr qsizetype Longest = 400; // a manifest kept in an annotation is read as YAML
    const Json& annotations = at(object, {"metadata", "annotations"});
    if (!annotations.is_object())
        return group;
    for (const auto& [key, value] : annotations.items()) {
        QString shown = text(value);
        if (shown.size() > Longest)
            shown = shown.left(Longest) + QChar(0x2026);
        const QString name = QString::fromStdString(key);
        add(group, {.id = name, .label = name, .value = shown});
    }
    return group;
}

/// For kinds that nothing more is known of: what their spec and status say in one line each.
OverviewGroup scalarsGroup(const Json& object, const char* part, const QString& title)
{
    OverviewGroup group{.id = QLatin1String(part), .title = title, .rows = {}};
    const Json& values = at(object, {part});
    if (!values.is_object())
        return group;
    for (const auto& [key, value] : values.items()) {
        const QString name = QString::fromStdString(key);
        if (value.is_string() || value.is_number() || value.is_boolean())
            add(group, {.id = name, .label = name, .value = text(value)});
    }
    return group;
}

OverviewGroup dataGroup(const Json& object)
{
    OverviewGroup group{.id = QStringLiteral("data"), .title = Overview::tr("Data"), .rows = {}};
    for (const char* part : {"data", "binaryData", "stringData"}) {
        const Json& values = at(object, {part});
        if (!values.is_object())
            continue;
        for (const auto& [key, value] : values.items()) {
            const QString name = QString::fromStdString(key);
            add(group, {.id = name,
                        .label = name,
                        .value = value.is_string() && QLatin1String(part) == QLatin1String("binaryData")
                                     ? Overview::tr("%n byte(s), in base64", nullptr,
                                                    static_cast<int>(value.get_ref<const std::string&>().size()))
                                     : text(value),
                        .identifier = true});
        }
    }
    return group;
}

} // namespace

std::vector<OverviewGroup> overviewOf(const Json& object, const QString& cluster, std::int64_t now)
{
    std::vector<OverviewGroup> groups;
    groups.push_back(identityGroup(object, cluster, now));
    const QString kind = text(object, {"kind"});
    const bool known = overview::addPod(groups, object, kind, cluster, now) ||
                       overview::addNode(groups, object, kind) || overview::addWorkload(groups, object, kind, cluster);
    if (!known) {
        groups.push_back(scalarsGroup(object, "spec", Overview::tr("Spec")));
        groups.push_back(scalarsGroup(object, "status", Overview::tr("Status")));
        groups.push_back(dataGroup(object));
    }
    overview::addConditions(groups, object, now);
    groups.push_back(annotationsGroup(object));
    std::erase_if(groups, [](const OverviewGroup& group) { return group.rows.empty(); });
    return groups;
}

} // namespace models
