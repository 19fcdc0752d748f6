// One row of the table of metrics, figure by figure: who says what, of when, and how it is reckoned.

#include "app/base/visible.h"
#include "app/messages/errors.h"
#include "app/messages/metrics.h"
#include "app/models/contrastmodel.h"

#include <cmath>

namespace models {
namespace {

using metrics::ContrastRow;
using metrics::State;

const QString Nothing = QStringLiteral("–");

QString clock(const QDateTime& time)
{
    return time.isValid() ? time.toUTC().toString(QStringLiteral("HH:mm:ss 'UTC'")) : QString();
}

QString ofState(const std::optional<State>& state, const std::function<QString(const State&)>& text)
{
    return state ? text(*state) : Nothing;
}

QString conditionsText(const State& state)
{
    QStringList parts;
    for (const metrics::Condition& each : state.conditions)
        parts << base::visible(each.type) + QLatin1Char('=') + base::visible(each.status);
    return parts.isEmpty() ? Nothing : parts.join(QStringLiteral(", "));
}

QString whyOf(const ContrastRow& row, std::initializer_list<const char*> fields)
{
    QStringList lines;
    for (const metrics::Disagreement& each : row.disagreements)
        for (const char* field : fields)
            if (each.field == QLatin1String(field))
                lines << messages::sentence(each);
    lines.removeDuplicates();
    return lines.join(QLatin1Char(' '));
}

/// "350m / 100m = 350 %"
QString formula(const QString& part, const QString& whole, const std::optional<double>& ratio)
{
    return ratio ? QStringLiteral("%1 / %2 = %3 %").arg(part, whole).arg(std::lround(*ratio * 100)) : QString();
}

QString sampleOf(const ContrastRow& row, bool isCpu)
{
    if (!row.metricsServer)
        return Nothing;
    const metrics::Usage& usage = *row.metricsServer;
    const QString value = isCpu ? messages::cpuText(usage.used.cpuMilli) : messages::memoryText(usage.used.memoryBytes);
    if (isCpu && usage.windowSeconds)
        return ContrastModel::tr("%1, over %2 s until %3", "an amount, a number of seconds, a time")
            .arg(value)
            .arg(*usage.windowSeconds)
            .arg(clock(usage.takenAt));
    return ContrastModel::tr("%1 at %2", "an amount, a time").arg(value, clock(usage.takenAt));
}

const metrics::KubeletFigure* figureOf(const metrics::KubeletFigures& figures, const metrics::Subject& subject)
{
    const auto found = figures.find(subject);
    return found == figures.end() ? nullptr : &found->second;
}

QString kubeletAt(const QString& value, const QDateTime& time, metrics::KubeletPath path)
{
    return ContrastModel::tr("%1 at %2 (%3)", "an amount, a time, a path").arg(value, clock(time), metrics::idOf(path));
}

/// Both pages where both tell: what metrics-server reads comes first.
QString kubeletText(const metrics::KubeletPage& page, const metrics::Subject& subject, bool isCpu)
{
    using metrics::KubeletPath;
    QStringList told;
    if (const auto* raw = figureOf(page.resource, subject)) {
        const metrics::Usage& usage = raw->usage;
        if (!isCpu && usage.used.memoryBytes)
            told << kubeletAt(messages::memoryText(usage.used.memoryBytes), usage.takenAt, KubeletPath::Resource);
        if (isCpu && usage.used.cpuMilli && usage.windowSeconds)
            told << ContrastModel::tr("%1, over %2 s until %3 (%4)", "an amount, a number of seconds, a time, a path")
                        .arg(messages::cpuText(usage.used.cpuMilli))
                        .arg(*usage.windowSeconds, 0, 'f', 1)
                        .arg(clock(usage.takenAt), metrics::idOf(KubeletPath::Resource));
        else if (isCpu && raw->cpuSeconds)
            told << kubeletAt(ContrastModel::tr("%1 s of CPU time").arg(*raw->cpuSeconds, 0, 'f', 1), usage.takenAt,
                              KubeletPath::Resource);
    }
    if (const auto* summary = figureOf(page.summary, subject)) {
        const metrics::Usage& usage = summary->usage;
        if (!isCpu && usage.used.memoryBytes)
            told << kubeletAt(messages::memoryText(usage.used.memoryBytes), usage.takenAt, KubeletPath::Summary);
        if (isCpu && usage.used.cpuMilli)
            told << kubeletAt(messages::cpuText(usage.used.cpuMilli), usage.takenAt, KubeletPath::Summary);
    }
    return told.isEmpty() ? Nothing : told.join(QStringLiteral("; "));
}

/// The first three figures are of when it was read, CPU and memory.
void addKubelet(std::vector<ContrastFigure>& figures, const metrics::KubeletPage& page, const metrics::Subject& subject)
{
    figures[0].kubelet = clock(page.readAt);
    figures[1].kubelet = kubeletText(page, subject, true);
    figures[2].kubelet = kubeletText(page, subject, false);
    const auto* raw = figureOf(page.resource, subject);
    if (raw && raw->cpuSeconds && !raw->usage.windowSeconds && figures[1].why.isEmpty())
        figures[1].why = ContrastModel::tr("A kubelet counts CPU time. Asked again, its growth is what is in use: so "
                                           "metrics-server reckons it.");
}

} // namespace

QString contrastNode(const ContrastRow& row)
{
    if (row.subject.kind == QLatin1String("Node"))
        return row.subject.name;
    if (row.object && !row.object->node.isEmpty())
        return row.object->node;
    return row.kubeStateMetrics ? row.kubeStateMetrics->node : QString();
}

std::vector<ContrastFigure> figuresOf(const ContrastRow& row, const metrics::ContrastReport& report,
                                      const metrics::KubeletPage* kubelet)
{
    const bool isNode = row.subject.kind == QLatin1String("Node");
    std::vector<ContrastFigure> figures;
    const auto addState = [&](const QString& name, const std::function<QString(const State&)>& text,
                              std::initializer_list<const char*> fields) {
        figures.push_back(
            {name, {}, ofState(row.kubeStateMetrics, text), ofState(row.object, text), whyOf(row, fields)});
    };
    figures.push_back({ContrastModel::tr("Read at"), clock(report.usageReadAt), clock(report.stateReadAt),
                       clock(report.objectsReadAt), whyOf(row, {"time", "presence"})});
    figures.push_back({ContrastModel::tr("CPU in use"), sampleOf(row, true), {}, {}, whyOf(row, {"usage"})});
    figures.push_back({ContrastModel::tr("Memory in use"), sampleOf(row, false), {}, {}, {}});
    addState(ContrastModel::tr("CPU requested"), [](const State& s) { return messages::cpuText(s.requests.cpuMilli); },
             {"requests.cpuMilli"});
    addState(ContrastModel::tr("Memory requested"),
             [](const State& s) { return messages::memoryText(s.requests.memoryBytes); }, {"requests.memoryBytes"});
    if (isNode) {
        addState(ContrastModel::tr("CPU allocatable"),
                 [](const State& s) { return messages::cpuText(s.allocatable.cpuMilli); }, {"allocatable.cpuMilli"});
        addState(ContrastModel::tr("Memory allocatable"),
                 [](const State& s) { return messages::memoryText(s.allocatable.memoryBytes); },
                 {"allocatable.memoryBytes"});
        addState(ContrastModel::tr("CPU capacity"),
                 [](const State& s) { return messages::cpuText(s.capacity.cpuMilli); }, {"capacity.cpuMilli"});
        addState(ContrastModel::tr("Memory capacity"),
                 [](const State& s) { return messages::memoryText(s.capacity.memoryBytes); }, {"capacity.memoryBytes"});
    } else {
        addState(ContrastModel::tr("CPU limit"), [](const State& s) { return messages::cpuText(s.limits.cpuMilli); },
                 {"limits.cpuMilli"});
        addState(ContrastModel::tr("Memory limit"),
                 [](const State& s) { return messages::memoryText(s.limits.memoryBytes); }, {"limits.memoryBytes"});
    }
    addState(ContrastModel::tr("State"), [](const State& s) { return messages::stateText(s); },
             {"phase", "ready", "reason"});
    addState(ContrastModel::tr("Restarts"),
             [](const State& s) { return s.restarts ? QString::number(*s.restarts) : Nothing; }, {"restarts"});
    addState(ContrastModel::tr("Conditions"), conditionsText, {"conditions"});
    const metrics::Amounts used = row.metricsServer ? row.metricsServer->used : metrics::Amounts{};
    const State said = row.object ? *row.object : row.kubeStateMetrics ? *row.kubeStateMetrics : State{};
    const auto addRatio = [&](const QString& name, const metrics::Ratio& ratio, const metrics::Amounts& part,
                              const metrics::Amounts& whole) {
        QStringList formulas{
            formula(messages::cpuText(part.cpuMilli), messages::cpuText(whole.cpuMilli), ratio.cpu),
            formula(messages::memoryText(part.memoryBytes), messages::memoryText(whole.memoryBytes), ratio.memory)};
        formulas.removeAll(QString());
        if (!formulas.isEmpty())
            figures.push_back({name, {}, {}, {}, formulas.join(QStringLiteral("; "))});
    };
    if (isNode) {
        addRatio(ContrastModel::tr("Used of allocatable"), row.usageOfAllocatable, used, said.allocatable);
        addRatio(ContrastModel::tr("Requested of allocatable"), row.requestOfAllocatable, said.requests,
                 said.allocatable);
    } else {
        addRatio(ContrastModel::tr("Used of request"), row.usageOfRequest, used, said.requests);
        addRatio(ContrastModel::tr("Used of limit"), row.usageOfLimit, used, said.limits);
    }
    if (row.answered)
        figures.push_back({ContrastModel::tr("Pods with a sample"),
                           ContrastModel::tr("%1 of %2").arg(row.answered->pods).arg(row.answered->of),
                           {},
                           {},
                           {}});
    if (kubelet)
        addKubelet(figures, *kubelet, row.subject);
    return figures;
}

} // namespace models
