#include "app/kube/objectkind_podstatus.h"

#include <algorithm>

namespace kube {
namespace {

using namespace fields;

enum Cells : std::size_t { Ready, Status, Restarts, Ip, Node, NominatedNode, ReadinessGates, Count };
static_assert(Count <= 8); // a hundred thousand rows

constexpr std::uint64_t MostInCell = (std::uint64_t{1} << 28) - 1;

/// Reads each element of a list into a new element of `into`, which starts empty.
template <class List, class Read> error_code readList(value from, List& into, Read read)
{
    into.clear();
    return eachElement(from, [&](value element) {
        if (into.size() >= MostElements)
            return simdjson::CAPACITY;
        into.append({});
        return read(element, into.last());
    });
}

error_code readInitContainer(value from, InitContainer& container)
{
    return eachField(from, [&](Key key, value field) {
        if (is(key, "name"))
            return readText(field, container.name);
        if (!is(key, "restartPolicy"))
            return simdjson::SUCCESS;
        std::string_view policy;
        const auto error = readText(field, policy);
        container.restartable = policy == "Always";
        return error;
    });
}

error_code readState(value from, ContainerStatus& status)
{
    // A member that is there is an object, and an empty one says as much as a full one; null is none.
    const auto open = [](value member, bool& there) {
        bool null = false;
        const auto error = member.is_null().get(null);
        there = !error && !null;
        return error;
    };
    return eachField(from, [&](Key key, value field) {
        if (is(key, "running")) {
            const auto error = open(field, status.running);
            simdjson::ondemand::object unused;
            return error || !status.running ? error : field.get(unused);
        }
        if (is(key, "waiting")) {
            if (const auto error = open(field, status.waiting); error || !status.waiting)
                return error;
            return eachField(field, [&](Key name, value inner) {
                return is(name, "reason") ? readText(inner, status.waitingReason) : simdjson::SUCCESS;
            });
        }
        if (!is(key, "terminated"))
            return simdjson::SUCCESS;
        if (const auto error = open(field, status.terminated); error || !status.terminated)
            return error;
        return eachField(field, [&](Key name, value inner) {
            if (is(name, "reason"))
                return readText(inner, status.terminatedReason);
            if (is(name, "exitCode"))
                return readInt(inner, status.exitCode);
            return is(name, "signal") ? readInt(inner, status.signal) : simdjson::SUCCESS;
        });
    });
}

error_code readLastState(value from, ContainerStatus& status)
{
    return eachField(from, [&](Key key, value field) {
        if (!is(key, "terminated"))
            return simdjson::SUCCESS;
        return eachField(field, [&](Key name, value inner) {
            return is(name, "finishedAt") ? readTime(inner, status.lastFinished) : simdjson::SUCCESS;
        });
    });
}

error_code readContainerStatus(value from, ContainerStatus& status)
{
    return eachField(from, [&](Key key, value field) {
        if (is(key, "name"))
            return readText(field, status.name);
        if (is(key, "state"))
            return readState(field, status);
        if (is(key, "lastState"))
            return readLastState(field, status);
        if (is(key, "ready"))
            return readBool(field, status.ready);
        if (is(key, "restartCount"))
            return readCount(field, status.restarts);
        return is(key, "started") ? readBool(field, status.started) : simdjson::SUCCESS;
    });
}

error_code readGate(value from, std::string_view& type)
{
    return eachField(from, [&](Key key, value field) {
        return is(key, "conditionType") ? readText(field, type) : simdjson::SUCCESS;
    });
}

error_code readIps(value from, std::string_view& first)
{
    first = {};
    bool done = false;
    return eachElement(from, [&](value element) {
        if (std::exchange(done, true))
            return simdjson::SUCCESS;
        return eachField(
            element, [&](Key key, value field) { return is(key, "ip") ? readText(field, first) : simdjson::SUCCESS; });
    });
}

error_code readSpec(value from, Pod& pod)
{
    return eachField(from, [&](Key key, value field) {
        if (is(key, "containers"))
            return countElements(field, pod.containers);
        if (is(key, "nodeName"))
            return readText(field, pod.nodeName);
        if (is(key, "initContainers"))
            return readList(field, pod.initContainers, readInitContainer);
        return is(key, "readinessGates") ? readList(field, pod.readinessGates, readGate) : simdjson::SUCCESS;
    });
}

error_code readStatus(value from, Pod& pod)
{
    return eachField(from, [&](Key key, value field) {
        if (is(key, "phase"))
            return readText(field, pod.phase);
        if (is(key, "reason"))
            return readText(field, pod.reason);
        if (is(key, "conditions"))
            return readList(field, pod.conditions, readCondition);
        if (is(key, "containerStatuses"))
            return readList(field, pod.containerStatuses, readContainerStatus);
        if (is(key, "initContainerStatuses"))
            return readList(field, pod.initContainerStatuses, readContainerStatus);
        if (is(key, "podIP"))
            return readText(field, pod.podIp);
        if (is(key, "podIPs"))
            return readIps(field, pod.firstPodIp);
        return is(key, "nominatedNodeName") ? readText(field, pod.nominatedNodeName) : simdjson::SUCCESS;
    });
}

Cell gatesCell(const Pod& pod)
{
    if (pod.readinessGates.isEmpty())
        return {};
    const auto open = std::count_if(pod.readinessGates.begin(), pod.readinessGates.end(), [&](std::string_view gate) {
        const auto found = std::find_if(pod.conditions.begin(), pod.conditions.end(),
                                        [gate](const Condition& condition) { return condition.type == gate; });
        return found != pod.conditions.end() && found->status == "True";
    });
    return Cell::ratio(static_cast<std::uint32_t>(open), static_cast<std::uint32_t>(pod.readinessGates.size()));
}

error_code project(simdjson::ondemand::object item, RowBuilder& row)
{
    Pod pod;
    const auto error = eachField(item, [&](Key key, value field) {
        if (is(key, "metadata"))
            return readMetadata(field, pod.metadata);
        if (is(key, "spec"))
            return readSpec(field, pod);
        return is(key, "status") ? readStatus(field, pod) : simdjson::SUCCESS;
    });
    if (error)
        return error;
    if (const auto failed = pod.metadata.apply(row))
        return failed;

    const PodSummary summary = summarize(pod);
    if (summary.total > MostInCell || summary.restarts > MostInCell)
        return simdjson::NUMBER_OUT_OF_RANGE;
    row.set(Ready, Cell::ratio(static_cast<std::uint32_t>(summary.ready), static_cast<std::uint32_t>(summary.total)));
    row.setInterned(Status, summary.status);
    row.set(Restarts, Cell::restarts(static_cast<std::uint32_t>(summary.restarts), summary.lastRestart));
    // podIP is the older field and wins where the two differ, as in the server's own conversion.
    row.setText(Ip, pod.podIp.empty() ? pod.firstPodIp : pod.podIp);
    row.setInterned(Node, pod.nodeName);
    row.setInterned(NominatedNode, pod.nominatedNodeName);
    row.set(ReadinessGates, gatesCell(pod));
    row.head().severity = severityOf(pod, summary);
    return simdjson::SUCCESS;
}

} // namespace

ObjectKind podsKind()
{
    const QString none = QStringLiteral("<none>");
    ObjectKind kind;
    kind.version = QStringLiteral("v1");
    kind.resource = QStringLiteral("pods");
    kind.kind = QStringLiteral("Pod");
    kind.columns = {namespaceColumn(),
                    nameColumn(),
                    cellColumn(QStringLiteral("Ready"), Ready),
                    cellColumn(QStringLiteral("Status"), Status),
                    cellColumn(QStringLiteral("Restarts"), Restarts),
                    ageColumn(),
                    cellColumn(QStringLiteral("IP"), Ip, 1, none),
                    cellColumn(QStringLiteral("Node"), Node, 1, none),
                    cellColumn(QStringLiteral("Nominated Node"), NominatedNode, 1, none),
                    cellColumn(QStringLiteral("Readiness Gates"), ReadinessGates, 1, none)};
    kind.cells = Count;
    kind.project = project;
    return kind;
}

} // namespace kube
