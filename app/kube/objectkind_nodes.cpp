#include "app/kube/objectkind_fields.h"

#include <QVarLengthArray>
#include <algorithm>

namespace kube {
namespace {

using namespace fields;

enum Cells : std::size_t { Status, Roles, Version, InternalIp, ExternalIp, OsImage, Kernel, Runtime, Taints, Count };

struct Address {
    std::string_view text;
    bool known = false;
};

struct Node {
    Metadata metadata;
    QVarLengthArray<std::string_view, 4> roles;
    bool unschedulable = false;
    std::uint32_t taints = 0;
    bool hasReady = false;
    std::string_view ready; // status of the condition "Ready"
    bool pressed = false;
    Address internal, external;
    std::string_view version, osImage, kernel, runtime, architecture;
};

error_code readLabel(Node& node, std::string_view key, value from)
{
    constexpr std::string_view rolePrefix = "node-role.kubernetes.io/";
    if (key.starts_with(rolePrefix)) {
        if (key.size() > rolePrefix.size())
            node.roles.append(key.substr(rolePrefix.size()));
        return simdjson::SUCCESS;
    }
    if (key != "kubernetes.io/role")
        return simdjson::SUCCESS;
    std::string_view role;
    const auto error = readText(from, role);
    if (!role.empty())
        node.roles.append(role);
    return error;
}

error_code readSpec(Node& node, value spec)
{
    return eachField(spec, [&](Key key, value field) {
        if (is(key, "unschedulable"))
            return readBool(field, node.unschedulable);
        return is(key, "taints") ? countElements(field, node.taints) : simdjson::SUCCESS;
    });
}

error_code readConditions(Node& node, value conditions)
{
    node.hasReady = node.pressed = false;
    return eachElement(conditions, [&](value element) {
        Condition condition;
        if (const auto error = readCondition(element, condition))
            return error;
        if (condition.type == "Ready") {
            node.hasReady = true;
            node.ready = condition.status;
        } else if (condition.type.ends_with("Pressure") || condition.type == "NetworkUnavailable") {
            node.pressed = node.pressed || condition.status == "True";
        }
        return simdjson::SUCCESS;
    });
}

error_code readAddresses(Node& node, value addresses)
{
    node.internal = node.external = {};
    return eachElement(addresses, [&](value element) {
        std::string_view type, text;
        const auto error = eachField(element, [&](Key key, value field) {
            if (is(key, "type"))
                return readText(field, type);
            return is(key, "address") ? readText(field, text) : simdjson::SUCCESS;
        });
        Address* const address = type == "InternalIP"   ? &node.internal
                                 : type == "ExternalIP" ? &node.external
                                                        : nullptr;
        if (address && !address->known) // the first of its type counts
            *address = {text, true};
        return error;
    });
}

error_code readInfo(Node& node, value info)
{
    return eachField(info, [&](Key key, value field) {
        if (is(key, "kubeletVersion"))
            return readText(field, node.version);
        if (is(key, "osImage"))
            return readText(field, node.osImage);
        if (is(key, "kernelVersion"))
            return readText(field, node.kernel);
        if (is(key, "containerRuntimeVersion"))
            return readText(field, node.runtime);
        return is(key, "architecture") ? readText(field, node.architecture) : simdjson::SUCCESS;
    });
}

error_code readStatus(Node& node, value status)
{
    return eachField(status, [&](Key key, value field) {
        if (is(key, "conditions"))
            return readConditions(node, field);
        if (is(key, "addresses"))
            return readAddresses(node, field);
        return is(key, "nodeInfo") ? readInfo(node, field) : simdjson::SUCCESS;
    });
}

std::string_view statusText(const Node& node)
{
    // Only "True" is ready: to the server's Table a node that went silent is "NotReady" as well.
    if (!node.hasReady)
        return node.unschedulable ? "Unknown,SchedulingDisabled" : "Unknown";
    if (node.ready == "True")
        return node.unschedulable ? "Ready,SchedulingDisabled" : "Ready";
    return node.unschedulable ? "NotReady,SchedulingDisabled" : "NotReady";
}

Severity severityOf(const Node& node)
{
    if (node.hasReady && node.ready == "False")
        return Severity::Error;
    if (!node.hasReady || node.ready != "True")
        return Severity::Unknown;
    if (node.pressed)
        return Severity::Warning;
    return node.unschedulable ? Severity::Info : Severity::None;
}

std::string rolesText(Node& node)
{
    std::sort(node.roles.begin(), node.roles.end());
    node.roles.erase(std::unique(node.roles.begin(), node.roles.end()), node.roles.end());
    std::string text;
    for (const std::string_view role : node.roles) {
        if (!text.empty())
            text += ',';
        text += role;
    }
    return text;
}

void setAddress(RowBuilder& row, std::size_t cell, const Address& address)
{
    if (address.known && address.text.empty())
        row.set(cell, Cell::interned(0)); // an empty text, and not "<none>"
    else
        row.setText(cell, address.text);
}

error_code project(simdjson::ondemand::object item, RowBuilder& row)
{
    Node node;
    const auto error = eachField(item, [&](Key key, value field) {
        if (is(key, "metadata")) {
            return readMetadata(field, node.metadata, [&](Key name, value inner) {
                if (!is(name, "labels"))
                    return simdjson::SUCCESS;
                node.roles.clear();
                return eachEntry(inner,
                                 [&](std::string_view label, value text) { return readLabel(node, label, text); });
            });
        }
        if (is(key, "spec"))
            return readSpec(node, field);
        return is(key, "status") ? readStatus(node, field) : simdjson::SUCCESS;
    });
    if (error)
        return error;
    if (const auto failed = node.metadata.apply(row))
        return failed;

    row.setInterned(Status, statusText(node));
    row.setInterned(Roles, rolesText(node));
    row.setInterned(Version, node.version);
    setAddress(row, InternalIp, node.internal);
    setAddress(row, ExternalIp, node.external);
    row.setInterned(OsImage, node.osImage);
    if (node.architecture.empty()) {
        row.setInterned(Kernel, node.kernel);
    } else {
        std::string kernel(node.kernel.empty() ? "<unknown>" : node.kernel);
        kernel.append(" (").append(node.architecture).append(")");
        row.setInterned(Kernel, kernel);
    }
    row.setInterned(Runtime, node.runtime);
    row.set(Taints, Cell::number(node.taints));
    row.head().severity = severityOf(node);
    return simdjson::SUCCESS;
}

} // namespace

ObjectKind nodesKind()
{
    const QString none = QStringLiteral("<none>");
    const QString unknown = QStringLiteral("<unknown>");
    Column taints = cellColumn(QStringLiteral("Taints"), Taints, 2);
    taints.type = QStringLiteral("integer");
    taints.ours = true;

    ObjectKind kind;
    kind.version = QStringLiteral("v1");
    kind.resource = QStringLiteral("nodes");
    kind.kind = QStringLiteral("Node");
    kind.namespaced = false;
    kind.columns = {nameColumn(),
                    cellColumn(QStringLiteral("Status"), Status),
                    cellColumn(QStringLiteral("Roles"), Roles, 0, none),
                    ageColumn(),
                    cellColumn(QStringLiteral("Version"), Version),
                    cellColumn(QStringLiteral("Internal-IP"), InternalIp, 1, none),
                    cellColumn(QStringLiteral("External-IP"), ExternalIp, 1, none),
                    cellColumn(QStringLiteral("OS-Image"), OsImage, 1, unknown),
                    cellColumn(QStringLiteral("Kernel-Version"), Kernel, 1, unknown),
                    cellColumn(QStringLiteral("Container-Runtime"), Runtime, 1, unknown),
                    taints};
    kind.cells = Count;
    kind.project = project;
    return kind;
}

} // namespace kube
