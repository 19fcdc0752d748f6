#include "app/cli/metricsrules.h"

#include "app/base/visible.h"
#include "app/cli/jsonparts.h"
#include "app/cli/run.h"
#include "app/messages/errors.h"
#include "app/messages/metricrules.h"
#include "app/messages/metrics.h"
#include "app/metrics/rulecheck.h"

#include <QCoreApplication>

namespace cli {
namespace {

using kube::Json;
using metrics::RuleAnswer;
using metrics::RuleVerdict;

struct Cli {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

Json noteJson(const messages::VerdictNote& note)
{
    if (note.id.isEmpty())
        return nullptr;
    return {{"id", note.id.toStdString()}, {"message", note.message.toStdString()}};
}

Json verdictJson(const RuleVerdict& verdict)
{
    Json firing = Json::array();
    for (const metrics::Firing& row : verdict.firing) {
        Json labels = Json::object();
        for (const auto& [name, value] : row.labels)
            labels[name.toStdString()] = value.toStdString();
        firing.push_back({{"ref", refJson(metrics::refOf(row.subject, row.uid))},
                          {"container", textOrNull(row.subject.container)},
                          {"labels", std::move(labels)},
                          {"value", row.value}});
    }
    Json notes = Json::array();
    for (const metrics::RuleNote& note : verdict.notes)
        notes.push_back(noteJson({note.id, messages::sentence(note)}));
    return {{"state", metrics::idOf(verdict.state).toStdString()},
            {"firing", std::move(firing)},
            {"note", noteJson(messages::noteOf(verdict))},
            {"notes", std::move(notes)}};
}

Json ruleJson(const metrics::Rule& rule, const RuleAnswer& answer)
{
    return {{"id", metrics::idOf(rule.id).toStdString()},
            {"title", messages::ruleTitle(rule.id).toStdString()},
            {"faqExpression", rule.faqExpression.toStdString()},
            {"expression", rule.expression.toStdString()},
            {"why", messages::expressionReason(rule.id).toStdString()},
            {"sources",
             {{"prometheus", verdictJson(answer.prometheus)},
              {"kubeStateMetrics", verdictJson(answer.kubeStateMetrics)},
              {"apiServer", verdictJson(answer.apiServer)}}}};
}

QString rowText(const metrics::Firing& row)
{
    QString text = metrics::nameOf(row.subject);
    if (!row.subject.container.isEmpty())
        text += QStringLiteral(" (%1)").arg(row.subject.container);
    return base::visible(text);
}

QString verdictText(const QString& source, const RuleVerdict& verdict)
{
    QString text = messages::labelled(source, messages::stateName(verdict.state));
    if (verdict.state == metrics::RuleState::Ok || !verdict.firing.empty())
        text = messages::labelled(source,
                                  Cli::tr("fires for %n object(s)", nullptr, static_cast<int>(verdict.firing.size())));
    text = QStringLiteral("  ") + text + QLatin1Char('\n');
    for (const metrics::Firing& row : verdict.firing)
        text += QStringLiteral("    ▲ ") + rowText(row) + QLatin1Char('\n');
    if (verdict.notes.empty())
        if (const QString note = messages::noteOf(verdict).message; !note.isEmpty())
            text += QStringLiteral("    ■ ") + base::visible(note) + QLatin1Char('\n');
    for (const metrics::RuleNote& note : verdict.notes)
        text += QStringLiteral("    ■ ") + base::visible(messages::sentence(note)) + QLatin1Char('\n');
    return text;
}

QString ruleText(const metrics::Rule& rule, const RuleAnswer& answer)
{
    QString text = messages::labelled(metrics::idOf(rule.id), messages::ruleTitle(rule.id)) + QLatin1Char('\n');
    text += QStringLiteral("  ") + rule.expression + QLatin1Char('\n');
    text += QStringLiteral("  ") + messages::expressionReason(rule.id) + QLatin1Char('\n');
    using metrics::SourceKind;
    return text + verdictText(messages::sourceName(SourceKind::Prometheus), answer.prometheus) +
           verdictText(messages::sourceName(SourceKind::KubeStateMetrics), answer.kubeStateMetrics) +
           verdictText(messages::sourceName(SourceKind::Objects), answer.apiServer);
}

void print(Run& run, const metrics::RuleReport& report)
{
    Json json = Json::array();
    QString text;
    for (std::size_t i = 0; i < report.rules.size(); ++i) {
        const metrics::Rule& rule = metrics::allRules()[i];
        if (run.options().json)
            json.push_back(ruleJson(rule, report.rules[i]));
        else
            text += (i > 0 ? QStringLiteral("\n") : QString()) + ruleText(rule, report.rules[i]);
    }
    if (run.options().json)
        run.printJson(json);
    else
        run.print(text.toUtf8());
}

/// Done, unless nothing at all could be judged: then by what the objects' lists were refused with.
Exit exitOfReport(const metrics::RuleReport& report)
{
    for (const RuleAnswer& answer : report.rules)
        for (const RuleVerdict* verdict : {&answer.prometheus, &answer.kubeStateMetrics, &answer.apiServer})
            if (!verdict->error && !verdict->source)
                return Exit::Done;
    const auto& error = report.rules.front().apiServer.error;
    return error ? exitOf(*error) : Exit::Done;
}

} // namespace

void metricsRules(Run& run)
{
    const QString own = run.options().nameSpace.isEmpty() ? run.context().nameSpace : run.options().nameSpace;
    metrics::surveySources(run.client(), own)
        .future.then(&run, [&run](const base::Result<metrics::SourceSurvey>& survey) {
            if (!survey) {
                run.fail(survey.error());
                return;
            }
            metrics::checkRules(run.client(), {.nameSpace = run.nameSpace(),
                                               .prometheus = survey->of(metrics::SourceKind::Prometheus),
                                               .kubeStateMetrics = survey->of(metrics::SourceKind::KubeStateMetrics)})
                .future.then(&run, [&run](const base::Result<metrics::RuleReport>& report) {
                    if (!report) {
                        run.fail(report.error());
                        return;
                    }
                    print(run, *report);
                    run.done(exitOfReport(*report));
                });
        });
}

} // namespace cli
