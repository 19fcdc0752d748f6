#include "app/metrics/statebuilder.h"

#include <cmath>
#include <limits>

namespace metrics {
namespace {

struct Naming {
    const char* kind;
    std::string_view label;
};

constexpr Naming Namings[] = {
    {"Pod", "pod"},
    {"Pod", "pod"},
    {"Pod", "pod"},
    {"Node", "node"},
    {"Deployment", "deployment"},
    {"StatefulSet", "statefulset"},
    {"DaemonSet", "daemonset"},
    {"ReplicaSet", "replicaset"},
    {"Job", "job_name"},
    {"CronJob", "cronjob"},
};

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// Nothing where the number is no whole number of a size that a cluster has.
std::optional<qint64> whole(double value)
{
    constexpr double Largest = 1e18;
    return std::abs(value) < Largest ? std::optional<qint64>(std::llround(value)) : std::nullopt;
}

std::optional<qint64> millicores(double cores)
{
    const auto nano = whole(cores * 1e9);
    return nano ? std::optional<qint64>((*nano + 999'999) / 1'000'000) : std::nullopt;
}

QDateTime moment(double seconds)
{
    constexpr double LastSecond = 253'402'300'799; // of the year 9999
    return seconds > 0 && seconds <= LastSecond ? QDateTime::fromMSecsSinceEpoch(std::llround(seconds * 1000), Qt::UTC)
                                                : QDateTime();
}

/// "true" -> "True": as the object writes it.
QString statusText(std::string_view status)
{
    QString said = text(status);
    if (!said.isEmpty())
        said[0] = said[0].toUpper();
    return said;
}

void add(std::optional<qint64>& sum, const std::optional<qint64>& part)
{
    qint64 total = 0;
    if (part && !qAddOverflow(sum.value_or(0), *part, &total))
        sum = total;
}

/// A page may say the same thing again and again.
template <typename T> void append(std::vector<T>& list, T each)
{
    constexpr std::size_t Most = 32;
    if (list.size() < Most)
        list.push_back(std::move(each));
}

} // namespace

void StateBuilder::take(const Sample& sample)
{
    const StateFamily& family = stateFamily(sample.family);
    if (family.fact == StateFact::Version) {
        m_version = text(objectLabel(sample.labels, "version"));
        return;
    }
    note(family);
    Object* const object = objectOf(family, sample);
    if (!object)
        return;
    if (family.kind == StateKind::InitContainer)
        object->state.init = true;
    if (family.kind == StateKind::Pod || family.kind == StateKind::Container) {
        if (object->state.uid.isEmpty())
            object->state.uid = text(objectLabel(sample.labels, "uid"));
    }
    if (!takeAmount(family.fact, sample, object->state)) {
        takeNumber(family.fact, sample.value, *object);
        takeText(family, sample, *object);
    }
}

void StateBuilder::describe(std::string_view family)
{
    if (const int number = stateFamilyOf(family); number >= 0)
        note(stateFamily(number));
}

void StateBuilder::note(const StateFamily& family)
{
    if (family.kind != StateKind::Container)
        return;
    if (family.fact == StateFact::Restarts)
        m_restartsFamily = family.name;
    m_tellsLastEnds = m_tellsLastEnds || family.fact == StateFact::LastFinished;
}

StateBuilder::Object* StateBuilder::objectOf(const StateFamily& family, const Sample& sample)
{
    const Naming& naming = Namings[static_cast<std::size_t>(family.kind)];
    const bool isNode = family.kind == StateKind::Node;
    const bool isContainer = family.kind == StateKind::Container || family.kind == StateKind::InitContainer;
    const std::string_view nameSpace = isNode ? std::string_view() : objectLabel(sample.labels, "namespace");
    const std::string_view name = objectLabel(sample.labels, naming.label);
    const std::string_view container = isContainer ? objectLabel(sample.labels, "container") : std::string_view();
    if (name.empty() || (isContainer && container.empty()) || (!isNode && nameSpace.empty()))
        return nullptr;
    if (!isNode && !m_nameSpace.empty() && nameSpace != m_nameSpace)
        return nullptr;
    std::string& key = m_nextKey;
    key.assign(naming.kind);
    for (const std::string_view part : {nameSpace, name, container})
        key.append(1, '\0').append(part);
    if (m_last && key == m_key)
        return m_last;
    if (m_objects.size() >= MostObjects && !m_objects.contains(key)) {
        m_isFull = true;
        return nullptr;
    }
    const auto [found, isNew] = m_objects.try_emplace(key);
    if (isNew)
        found->second.subject = {QString::fromLatin1(naming.kind), text(nameSpace), text(name), text(container)};
    m_last = &found->second;
    std::swap(m_key, m_nextKey);
    return m_last;
}

bool StateBuilder::takeAmount(StateFact fact, const Sample& sample, State& state)
{
    const auto takeByResource = [&sample](Amounts& amounts) {
        const std::string_view resource = objectLabel(sample.labels, "resource");
        if (resource == "cpu")
            amounts.cpuMilli = millicores(sample.value);
        else if (resource == "memory")
            amounts.memoryBytes = whole(sample.value);
        return true;
    };
    switch (fact) {
    case StateFact::Requests:
        return takeByResource(state.requests);
    case StateFact::Limits:
        return takeByResource(state.limits);
    case StateFact::Allocatable:
        return takeByResource(state.allocatable);
    case StateFact::Capacity:
        return takeByResource(state.capacity);
    case StateFact::RequestsCpu:
        state.requests.cpuMilli = millicores(sample.value);
        return true;
    case StateFact::RequestsMemory:
        state.requests.memoryBytes = whole(sample.value);
        return true;
    case StateFact::LimitsCpu:
        state.limits.cpuMilli = millicores(sample.value);
        return true;
    case StateFact::LimitsMemory:
        state.limits.memoryBytes = whole(sample.value);
        return true;
    case StateFact::AllocatableCpu:
        state.allocatable.cpuMilli = millicores(sample.value);
        return true;
    case StateFact::AllocatableMemory:
        state.allocatable.memoryBytes = whole(sample.value);
        return true;
    case StateFact::CapacityCpu:
        state.capacity.cpuMilli = millicores(sample.value);
        return true;
    case StateFact::CapacityMemory:
        state.capacity.memoryBytes = whole(sample.value);
        return true;
    default:
        return false;
    }
}

void StateBuilder::takeNumber(StateFact fact, double value, Object& object)
{
    switch (fact) {
    case StateFact::Created:
        object.state.createdAt = moment(value);
        break;
    case StateFact::Started:
        object.state.startedAt = moment(value);
        break;
    case StateFact::Ready:
        object.state.ready = value == 1;
        break;
    case StateFact::Restarts:
        object.state.restarts = whole(value);
        break;
    case StateFact::LastExitCode:
        object.lastEnd.exitCode = whole(value);
        break;
    case StateFact::LastFinished:
        object.lastEnd.finishedAt = moment(value);
        break;
    case StateFact::Wanted:
        object.state.wanted = whole(value);
        break;
    case StateFact::Available:
        object.state.available = whole(value);
        break;
    case StateFact::ReadyReplicas:
        object.readyReplicas = value;
        break;
    default:
        break;
    }
}

void StateBuilder::takeText(const StateFamily& family, const Sample& sample, Object& object)
{
    const auto label = [&sample](std::string_view name) { return text(objectLabel(sample.labels, name)); };
    const bool isTrue = objectLabel(sample.labels, "condition") == "true";
    const bool holds = sample.value == 1;
    if (family.fact == StateFact::JobFailed) {
        append(object.failures, {label("reason"), sample.value});
        return;
    }
    if (family.fact == StateFact::PodReady && isTrue) {
        object.state.ready = holds;
        return;
    }
    if (!holds)
        return;
    switch (family.fact) {
    case StateFact::Info:
        object.state.node = family.kind == StateKind::Pod ? label("node") : QString();
        break;
    case StateFact::Owner:
        if (objectLabel(sample.labels, "owner_is_controller") == "true")
            object.owner = {label("owner_kind"), label("owner_name")};
        break;
    case StateFact::Phase:
        object.state.phase = label("phase");
        break;
    case StateFact::Reason:
        // The pod's own reason stands before those of its conditions.
        if (object.state.reason.isEmpty())
            object.state.reason = label("reason");
        break;
    case StateFact::LastReason:
        object.lastEnd.reason = label("reason");
        break;
    case StateFact::Condition:
        append(object.state.conditions, {label("condition"), statusText(objectLabel(sample.labels, "status"))});
        break;
    case StateFact::JobFailedFinally:
        append(object.state.conditions,
               {QStringLiteral("Failed"), statusText(objectLabel(sample.labels, "condition"))});
        break;
    case StateFact::JobComplete:
        append(object.state.conditions,
               {QStringLiteral("Complete"), statusText(objectLabel(sample.labels, "condition"))});
        break;
    default:
        break;
    }
}

StatePage StateBuilder::finish()
{
    StatePage page;
    for (auto& [key, object] : m_objects) {
        if (object.readyReplicas && object.state.wanted)
            object.state.ready = *object.readyReplicas >= static_cast<double>(*object.state.wanted);
        if (object.lastEnd != LastEnd{})
            page.lastEnds.emplace(object.subject, std::move(object.lastEnd));
        if (object.owner != Owner{})
            page.owners.emplace(object.subject, std::move(object.owner));
        if (!object.failures.empty())
            page.jobFailures.emplace(object.subject, std::move(object.failures));
        page.states.emplace(std::move(object.subject), std::move(object.state));
    }
    m_objects.clear();
    m_last = nullptr;
    sumContainers(page);
    page.restartsFamily = text(m_restartsFamily);
    page.tellsLastEnds = m_tellsLastEnds;
    page.version = m_version;
    if (m_isFull)
        page.problems.push_back(QStringLiteral("0 tooManyObjects"));
    return page;
}

void StateBuilder::sumContainers(StatePage& page)
{
    State* pod = nullptr;
    Subject podSubject;
    // A pod stands before its containers: their names are not empty.
    for (auto& [subject, state] : page.states) {
        if (subject.kind != QLatin1String("Pod"))
            continue;
        if (subject.container.isEmpty()) {
            pod = &state;
            podSubject = subject;
            continue;
        }
        if (!pod || podSubject.nameSpace != subject.nameSpace || podSubject.name != subject.name)
            continue;
        add(pod->restarts, state.restarts);
        if (state.init)
            continue;
        add(pod->requests.cpuMilli, state.requests.cpuMilli);
        add(pod->requests.memoryBytes, state.requests.memoryBytes);
        add(pod->limits.cpuMilli, state.limits.cpuMilli);
        add(pod->limits.memoryBytes, state.limits.memoryBytes);
    }
}

} // namespace metrics
