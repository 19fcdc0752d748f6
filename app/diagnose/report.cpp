#include "app/diagnose/report.h"

#include "app/base/visible.h"
#include "app/kube/jsonwrite.h"
#include "app/messages/errors.h"

#include <algorithm>

namespace diagnose {
namespace {

QStringList visibleOf(const QStringList& served)
{
    QStringList shown;
    for (const QString& each : served)
        shown += base::visible(each);
    return shown;
}

kube::Json fieldsOf(const Fix& fix)
{
    kube::Json fields = kube::Json::object();
    for (auto field = fix.fields.cbegin(); field != fix.fields.cend(); ++field)
        fields[field.key().toStdString()] = base::visible(field.value()).toStdString();
    return fields;
}

QString signOf(const Step& step)
{
    switch (step.result.value_or(StepResult::Skipped)) {
    case StepResult::Pass:
        return QStringLiteral("✓");
    case StepResult::Fail:
        return QStringLiteral("✕");
    case StepResult::Unknown:
        return QStringLiteral("?");
    case StepResult::Skipped:
        return QStringLiteral("-");
    }
    return {};
}

QString numbered(int number, const QString& text)
{
    return QString::number(number) + QStringLiteral(". ") + text;
}

} // namespace

QString wordsWithoutFindings(const Report& report)
{
    const bool isUnseen = std::ranges::any_of(report.guides, [](const GuideReport& guide) {
        const auto isAsked = [](const Step& step) {
            return step.result.value_or(StepResult::Skipped) != StepResult::Skipped;
        };
        return guide.error || (!guide.steps.empty() && std::ranges::none_of(guide.steps, isAsked));
    });
    return isUnseen || report.isCutShort ? Diagnose::tr("It could not be found out whether something is wrong.")
                                         : Diagnose::tr("Nothing was found to be wrong.");
}

QString wordOf(StepResult result)
{
    switch (result) {
    case StepResult::Pass:
        return Diagnose::tr("passed");
    case StepResult::Fail:
        return Diagnose::tr("failed");
    case StepResult::Unknown:
        return Diagnose::tr("unknown", "the answer to a step does not tell");
    case StepResult::Skipped:
        return Diagnose::tr("not asked");
    }
    return {};
}

QString wordOf(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return Diagnose::tr("Error");
    case Severity::Warning:
        return Diagnose::tr("Warning");
    case Severity::Info:
        return Diagnose::tr("Note", "severity of a finding");
    }
    return {};
}

kube::Json toJson(const Report& report)
{
    kube::Json guides = kube::Json::array();
    for (const GuideReport& guide : report.guides) {
        kube::Json steps = kube::Json::array();
        for (const Step& step : guide.steps)
            steps.push_back({{"id", step.id.toStdString()},
                             {"title", step.title.text().toStdString()},
                             {"asked", kube::texts(step.asked)},
                             {"result", idOf(step.result.value_or(StepResult::Skipped)).toStdString()},
                             {"detail", step.detail.text().toStdString()}});
        guides.push_back(
            {{"id", guide.id.toStdString()}, {"title", guide.title.text().toStdString()}, {"steps", std::move(steps)}});
    }
    kube::Json findings = kube::Json::array();
    for (const Finding& finding : report.findings) {
        kube::Json steps = kube::Json::array();
        for (const Text& step : finding.fix.steps)
            steps.push_back(step.text().toStdString());
        findings.push_back({{"id", finding.id.toStdString()},
                            {"guide", finding.guide.toStdString()},
                            {"severity", idOf(finding.severity).toStdString()},
                            {"title", finding.title.text().toStdString()},
                            {"ref", finding.ref ? kube::refJson(*finding.ref) : kube::Json(nullptr)},
                            {"evidence", kube::texts(finding.evidence)},
                            {"cause", finding.cause.text().toStdString()},
                            {"fix",
                             {{"action", finding.fix.action.toStdString()},
                              {"title", finding.fix.title.text().toStdString()},
                              {"steps", std::move(steps)},
                              {"command", kube::textOrNull(finding.fix.command)},
                              {"nodes", kube::texts(visibleOf(finding.fix.nodes))},
                              {"taints", kube::texts(visibleOf(finding.fix.taints))},
                              {"fields", fieldsOf(finding.fix)}}}});
    }
    return {{"cluster", kube::textOrNull(report.cluster)},
            {"takenAt", report.takenAt.toUTC().toString(Qt::ISODate).toStdString()},
            {"guides", std::move(guides)},
            {"findings", std::move(findings)}};
}

QString toText(const Report& report)
{
    QString text;
    for (const GuideReport& guide : report.guides) {
        text += guide.title.text() + QLatin1Char('\n');
        for (const Step& step : guide.steps) {
            const QString detail = step.detail.text();
            const QString title = step.title.text();
            text += QStringLiteral("  %1 %2\n")
                        .arg(signOf(step), detail.isEmpty() ? title : messages::labelled(title, detail));
        }
    }
    for (const Finding& finding : report.findings) {
        text += QLatin1Char('\n') + Diagnose::tr("%1: %2", "severity and title of a finding")
                                        .arg(wordOf(finding.severity), finding.title.text());
        text += QStringLiteral("\n  ") + finding.cause.text() + QLatin1Char('\n');
        for (const QString& line : finding.evidence)
            text += QStringLiteral("  | ") + QString(line).replace(QLatin1Char('\n'), QStringLiteral("\n  | ")) +
                    QLatin1Char('\n');
        if (const QString title = finding.fix.title.text(); !title.isEmpty())
            text += QStringLiteral("  → ") + title + QLatin1Char('\n');
        int number = 0;
        for (const Text& step : finding.fix.steps)
            text += QStringLiteral("    ") + numbered(++number, step.text()) + QLatin1Char('\n');
        if (!finding.fix.command.isEmpty())
            text += QStringLiteral("    $ ") + finding.fix.command + QLatin1Char('\n');
    }
    if (report.findings.empty())
        text += QLatin1Char('\n') + wordsWithoutFindings(report) + QLatin1Char('\n');
    return text;
}

} // namespace diagnose
