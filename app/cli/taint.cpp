#include "app/cli/tainttext.h"
#include "app/cli/writing.h"

#include "app/change/nodesurvey.h"
#include "app/change/taintintent.h"
#include "app/messages/taints.h"

#include <QCoreApplication>
#include <algorithm>

namespace cli {
namespace {

struct Words {
    QStringList nodes;
    QStringList specs;
};

/// As kubectl tells them apart: a taint has a "=", a ":" or a "-" at its end, which no name of a node has.
Words wordsOf(const QStringList& arguments)
{
    Words words;
    for (const QString& word : arguments) {
        const bool isSpec =
            word.contains(QLatin1Char('=')) || word.contains(QLatin1Char(':')) || word.endsWith(QLatin1Char('-'));
        (isSpec ? words.specs : words.nodes) += word;
    }
    words.nodes.removeDuplicates();
    return words;
}

QString checkTaint(Options& options)
{
    const Words words = wordsOf(options.arguments);
    if (words.nodes.isEmpty() || words.specs.isEmpty())
        return QCoreApplication::translate("Cli", "“taint” takes nodes and, after them, taints: key=value:effect or "
                                                  "key:effect adds one, key:effect- or key- removes it.");
    const auto isSpec = [&words](const QString& word) { return words.specs.contains(word); };
    if (!std::ranges::is_partitioned(options.arguments, [&](const QString& word) { return !isSpec(word); }))
        return QCoreApplication::translate("Cli", "The nodes come before the taints.");
    const auto edit = scheduling::parseTaintSpecs(words.specs);
    return edit ? QString() : messages::sentence(edit.error());
}

void runTaint(Run& run)
{
    auto* writing = new Writing(run);
    if (writing->refuseReadOnly())
        return;
    const Words words = wordsOf(run.options().arguments);
    const auto edit = *scheduling::parseTaintSpecs(words.specs); // checked
    auto* survey = new change::NodeSurvey(run.client(), &run);
    QObject::connect(survey, &change::NodeSurvey::finished, writing, [&run, writing, survey, edit] {
        if (survey->error()) {
            run.fail(*survey->error());
            return;
        }
        const auto impact = scheduling::impactOf(survey->survey(), edit);
        for (const scheduling::NodeImpact& node : impact.nodes)
            writing->add(std::make_shared<change::TaintIntent>(node.name, edit));
        writing->go([&run, writing, impact] {
            const bool isApplied = run.options().isSet("apply");
            if (run.options().json) {
                kube::Json json = impactJson(impact);
                json["dryRun"] = writing->dryRun();
                json["commands"] = writing->commands();
                if (isApplied) {
                    json["applied"] = writing->applied();
                    json["failed"] = writing->failed();
                }
                run.printJson(json);
            } else {
                printImpact(run, impact, writing->group(), isApplied);
            }
            writing->end();
        });
    });
    survey->read(words.nodes);
}

} // namespace

Command taintCommand()
{
    return {.name = "taint",
            .arguments = "NODE… TAINT…",
            .summary = QT_TRANSLATE_NOOP("Cli", "what a change of taints would do, and with --apply the change"),
            .options = {ApplyOption},
            .check = checkTaint,
            .run = runTaint};
}

} // namespace cli
