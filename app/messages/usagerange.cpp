#include "app/messages/usagerange.h"

#include <QCoreApplication>

namespace messages {
namespace {

struct UsageRanges {
    Q_DECLARE_TR_FUNCTIONS(UsageRanges)
};

} // namespace

QString sentence(const metrics::UsageFigures& figures)
{
    const QString names = figures.metrics.join(QStringLiteral(", "));
    switch (figures.state) {
    case metrics::RangeState::Ok:
        return {};
    case metrics::RangeState::NoData:
        return UsageRanges::tr("Prometheus has %1, but nothing of this object at that time.").arg(names);
    case metrics::RangeState::NoMetric:
        return UsageRanges::tr("Prometheus has no such metric: %1. It scrapes neither cAdvisor nor node-exporter.")
            .arg(names);
    case metrics::RangeState::Unknown:
        break;
    }
    return UsageRanges::tr("The answer is empty, and Prometheus does not tell whether it has %1.").arg(names);
}

QString formula(const metrics::UsageRange& range)
{
    QStringList told{UsageRanges::tr("CPU is the average over the %n second(s) before each value.", nullptr,
                                     static_cast<int>(range.window.count())),
                     UsageRanges::tr("One value every %n second(s).", nullptr, static_cast<int>(range.step.count()))};
    if (!range.cpu.lines.empty() && !range.cpu.lines.front().pods.empty())
        told += UsageRanges::tr("It is the sum over the pods that have the names which its controller gives.");
    if (range.isCut)
        told += UsageRanges::tr("There were too many values: the answer was cut.");
    if (!range.warnings.isEmpty())
        told += UsageRanges::tr("Prometheus warns: %1").arg(range.warnings.join(QStringLiteral("; ")));
    return told.join(QLatin1Char(' '));
}

} // namespace messages
