#include "app/models/jsontext.h"
#include "app/models/overviewparts.h"

namespace models::overview {

using json::at;
using json::text;
using kube::Json;
using kube::Severity;

namespace {

QString quantities(const Json& resources)
{
    return json::pairs(resources, QLatin1String(" ")).join(QStringLiteral(", "));
}

QString tolerationText(const Json& toleration)
{
    const QString key = text(toleration, {"key"});
    const QString value = text(toleration, {"value"});
    const QString effect = text(toleration, {"effect"});
    QString shown = key.isEmpty() ? QStringLiteral("*") : key;
    if (!value.isEmpty())
        shown += QLatin1Char('=') + value;
    if (!effect.isEmpty())
        shown += QLatin1Char(':') + effect;
    const QString seconds = text(toleration, {"tolerationSeconds"});
    return seconds.isEmpty() ? shown : Overview::tr("%1 for %2 s", "a toleration").arg(shown, seconds);
}

/// "running since …", "waiting: CrashLoopBackOff", "terminated: Error (exit code 1)".
QString stateText(const Json& state, std::int64_t now)
{
    if (const Json& waiting = at(state, {"waiting"}); waiting.is_object()) {
        const QString message = text(waiting, {"message"});
        const QString first = Overview::tr("waiting: %1", "state of a container").arg(text(waiting, {"reason"}));
        return message.isEmpty() ? first : first + QLatin1Char('\n') + message;
    }
    if (const Json& running = at(state, {"running"}); running.is_object())
        return Overview::tr("running since %1").arg(timeText(text(running, {"startedAt"}), now));
    if (const Json& ended = at(state, {"terminated"}); ended.is_object())
        return Overview::tr("terminated: %1, exit code %2, %3")
            .arg(text(ended, {"reason"}), text(ended, {"exitCode"}), timeText(text(ended, {"finishedAt"}), now));
    return {};
}

Severity stateSeverity(const Json& state)
{
    if (at(state, {"waiting"}).is_object()) {
        const QString reason = text(state, {"waiting", "reason"});
        return reason == QLatin1String("ContainerCreating") || reason == QLatin1String("PodInitializing")
                   ? Severity::Info
                   : Severity::Error;
    }
    const Json& ended = at(state, {"terminated"});
    return ended.is_object() && text(ended, {"exitCode"}) != QLatin1String("0") ? Severity::Error : Severity::None;
}

const Json& statusOf(const Json& statuses, const QString& name)
{
    static const Json nothing;
    if (statuses.is_array())
        for (const Json& status : statuses)
            if (text(status, {"name"}) == name)
                return status;
    return nothing;
}

} // namespace

void addContainers(std::vector<OverviewGroup>& groups, const Json& podSpec, const Json& podStatus, std::int64_t now)
{
    struct Part {
        const char* spec;
        const char* status;
        QString title;
    };
    for (const Part& part :
         {Part{"initContainers", "initContainerStatuses", Overview::tr("Init container %1")},
          Part{"containers", "containerStatuses", Overview::tr("Container %1")},
          Part{"ephemeralContainers", "ephemeralContainerStatuses", Overview::tr("Ephemeral container %1")}}) {
        const Json& containers = at(podSpec, {part.spec});
        if (!containers.is_array())
            continue;
        for (const Json& container : containers) {
            const QString name = text(container, {"name"});
            const Json& status = statusOf(at(podStatus, {part.status}), name);
            OverviewGroup group{
                .id = QLatin1String(part.spec) + QLatin1Char('/') + name, .title = part.title.arg(name), .rows = {}};
            const auto value = [&](const char* id, const QString& label, const QString& shown,
                                   bool identifier = false) {
                add(group, {.id = QLatin1String(id), .label = label, .value = shown, .identifier = identifier});
            };
            add(group, {.id = QStringLiteral("state"),
                        .label = Overview::tr("State"),
                        .value = stateText(at(status, {"state"}), now),
                        .severity = stateSeverity(at(status, {"state"}))});
            add(group, {.id = QStringLiteral("lastState"),
                        .label = Overview::tr("Last state"),
                        .value = stateText(at(status, {"lastState"}), now),
                        .severity = stateSeverity(at(status, {"lastState"}))});
            if (status.is_object()) {
                value("ready", Overview::tr("Ready"),
                      at(status, {"ready"}) == Json(true) ? Overview::tr("yes") : Overview::tr("no"));
                value("restarts", Overview::tr("Restarts"), text(status, {"restartCount"}));
            }
            value("image", Overview::tr("Image"), text(container, {"image"}), true);
            value("requests", Overview::tr("Requests"), quantities(at(container, {"resources", "requests"})));
            value("limits", Overview::tr("Limits"), quantities(at(container, {"resources", "limits"})));
            QStringList ports;
            for (const Json& port : at(container, {"ports"}))
                ports += text(port, {"containerPort"}) + QLatin1Char('/') +
                         (at(port, {"protocol"}).is_null() ? QStringLiteral("TCP") : text(port, {"protocol"}));
            value("ports", Overview::tr("Ports"), ports.join(QStringLiteral(", ")));
            QStringList mounts;
            for (const Json& mount : at(container, {"volumeMounts"}))
                mounts += text(mount, {"mountPath"}) + QStringLiteral(" ← ") + text(mount, {"name"}) +
                          (at(mount, {"readOnly"}) == Json(true) ? Overview::tr(" (read-only)") : QString());
            value("mounts", Overview::tr("Mounts"), mounts.join(QLatin1Char('\n')), true);
            groups.push_back(std::move(group));
        }
    }
}

bool addPod(std::vector<OverviewGroup>& groups, const Json& object, const QString& kind, const QString& cluster,
            std::int64_t now)
{
    if (kind != QLatin1String("Pod"))
        return false;
    OverviewGroup group{.id = QStringLiteral("pod"), .title = Overview::tr("Status"), .rows = {}};
    const auto value = [&](const char* id, const QString& label, const QString& shown, bool identifier = false) {
        add(group, {.id = QLatin1String(id), .label = label, .value = shown, .identifier = identifier});
    };
    value("phase", Overview::tr("Phase"), text(object, {"status", "phase"}));
    value("reason", Overview::tr("Reason"), text(object, {"status", "reason"}));
    value("message", Overview::tr("Message"), text(object, {"status", "message"}));
    const QString node = text(object, {"spec", "nodeName"});
    add(group, {.id = QStringLiteral("node"),
                .label = Overview::tr("Node"),
                .value = node,
                .identifier = true,
                .leadsTo = kube::ObjectRef{cluster, QStringLiteral("v1"), QStringLiteral("Node"), {}, node, {}}});
    QStringList addresses;
    for (const Json& ip : at(object, {"status", "podIPs"}))
        addresses += text(ip, {"ip"});
    value("ips", Overview::tr("IP"), addresses.join(QStringLiteral(", ")), true);
    value("qos", Overview::tr("QoS class"), text(object, {"status", "qosClass"}));
    value("serviceAccount", Overview::tr("Service account"), text(object, {"spec", "serviceAccountName"}), true);
    value("restartPolicy", Overview::tr("Restart policy"), text(object, {"spec", "restartPolicy"}));
    value("priority", Overview::tr("Priority class"), text(object, {"spec", "priorityClassName"}));
    add(group, {.id = QStringLiteral("nodeSelector"),
                .label = Overview::tr("Node selector"),
                .chips = json::pairs(at(object, {"spec", "nodeSelector"}))});
    QStringList tolerations;
    for (const Json& toleration : at(object, {"spec", "tolerations"}))
        tolerations += tolerationText(toleration);
    add(group, {.id = QStringLiteral("tolerations"), .label = Overview::tr("Tolerations"), .chips = tolerations});
    groups.push_back(std::move(group));
    addContainers(groups, at(object, {"spec"}), at(object, {"status"}), now);
    return true;
}

bool addNode(std::vector<OverviewGroup>& groups, const Json& object, const QString& kind)
{
    if (kind != QLatin1String("Node"))
        return false;
    OverviewGroup group{.id = QStringLiteral("node"), .title = Overview::tr("Status"), .rows = {}};
    if (at(object, {"spec", "unschedulable"}) == Json(true))
        add(group, {.id = QStringLiteral("unschedulable"),
                    .label = Overview::tr("Scheduling"),
                    .value = Overview::tr("cordoned: no new pods are placed here"),
                    .severity = Severity::Info});
    QStringList taints;
    for (const Json& taint : at(object, {"spec", "taints"})) {
        const QString value = text(taint, {"value"});
        taints += text(taint, {"key"}) + (value.isEmpty() ? QString() : QLatin1Char('=') + value) + QLatin1Char(':') +
                  text(taint, {"effect"});
    }
    add(group, {.id = QStringLiteral("taints"), .label = Overview::tr("Taints"), .chips = taints});
    for (const Json& address : at(object, {"status", "addresses"})) {
        const QString type = text(address, {"type"});
        add(group, {.id = QStringLiteral("address/") + type,
                    .label = type,
                    .value = text(address, {"address"}),
                    .identifier = true});
    }
    add(group, {.id = QStringLiteral("podCIDR"),
                .label = QStringLiteral("Pod CIDR"),
                .value = json::list(at(object, {"spec", "podCIDRs"})).join(QStringLiteral(", ")),
                .identifier = true});
    groups.push_back(std::move(group));

    OverviewGroup resources{.id = QStringLiteral("resources"), .title = Overview::tr("Resources"), .rows = {}};
    const Json& capacity = at(object, {"status", "capacity"});
    if (capacity.is_object())
        for (const auto& [name, amount] : capacity.items())
            add(resources,
                {.id = QString::fromStdString(name),
                 .label = QString::fromStdString(name),
                 .value = Overview::tr("%1 allocatable of %2")
                              .arg(text(at(object, {"status", "allocatable"}), {name.c_str()}), text(amount))});
    groups.push_back(std::move(resources));

    OverviewGroup info{.id = QStringLiteral("info"), .title = Overview::tr("System"), .rows = {}};
    const Json& nodeInfo = at(object, {"status", "nodeInfo"});
    if (nodeInfo.is_object())
        for (const auto& [name, value] : nodeInfo.items())
            add(info,
                {.id = QString::fromStdString(name), .label = QString::fromStdString(name), .value = text(value)});
    groups.push_back(std::move(info));
    return true;
}

bool addWorkload(std::vector<OverviewGroup>& groups, const Json& object, const QString& kind, const QString& cluster)
{
    Q_UNUSED(cluster)
    const Json& tmpl = at(object, {"spec", "template"});
    if (!tmpl.is_object() || !at(tmpl, {"spec", "containers"}).is_array())
        return false;
    OverviewGroup group{.id = QStringLiteral("workload"), .title = Overview::tr("Status"), .rows = {}};
    const auto value = [&](const char* id, const QString& label, const QString& shown) {
        add(group, {.id = QLatin1String(id), .label = label, .value = shown});
    };
    value("wanted", Overview::tr("Replicas wanted"), text(object, {"spec", "replicas"}));
    for (const auto& [id, label] :
         {std::pair{"readyReplicas", Overview::tr("Ready")}, std::pair{"updatedReplicas", Overview::tr("Up to date")},
          std::pair{"availableReplicas", Overview::tr("Available")},
          std::pair{"unavailableReplicas", Overview::tr("Unavailable")},
          std::pair{"desiredNumberScheduled", Overview::tr("Nodes wanted")},
          std::pair{"numberReady", Overview::tr("Nodes ready")},
          std::pair{"numberMisscheduled", Overview::tr("Misscheduled")}, std::pair{"active", Overview::tr("Active")},
          std::pair{"succeeded", Overview::tr("Succeeded")}, std::pair{"failed", Overview::tr("Failed")}})
        value(id, label, text(at(object, {"status"}), {id}));
    const QString strategy =
        text(object, {"spec", "strategy", "type"}) + text(object, {"spec", "updateStrategy", "type"});
    value("strategy", Overview::tr("Update strategy"), strategy);
    add(group, {.id = QStringLiteral("selector"),
                .label = Overview::tr("Selector"),
                .chips = json::pairs(at(object, {"spec", "selector", "matchLabels"}))});
    add(group, {.id = QStringLiteral("nodeSelector"),
                .label = Overview::tr("Node selector"),
                .chips = json::pairs(at(tmpl, {"spec", "nodeSelector"}))});
    groups.push_back(std::move(group));
    addContainers(groups, at(tmpl, {"spec"}), Json(), 0);
    return kind != QLatin1String("Pod");
}

} // namespace models::overview
