#include "app/cli/writing.h"

#include "app/base/visible.h"
#include "app/change/fieldintent.h"
#include "app/kube/jsonread.h"

#include <QCoreApplication>

namespace cli {
namespace {

struct Cli {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

bool isCordoned(const kube::Json& node)
{
    return kube::flag(node, {"spec", "unschedulable"});
}

void print(Run& run, Writing& writing)
{
    const bool isApplied = run.options().isSet("apply");
    if (run.options().json) {
        kube::Json nodes = kube::Json::array();
        for (const auto& flow : writing.group().flows())
            nodes.push_back({{"name", flow->intent().target().name.toStdString()},
                             {"before", isCordoned(flow->live())},
                             {"after", isCordoned(flow->answer())}});
        kube::Json json{{"nodes", std::move(nodes)}, {"dryRun", writing.dryRun()}, {"commands", writing.commands()}};
        if (isApplied) {
            json["applied"] = writing.applied();
            json["failed"] = writing.failed();
        }
        run.printJson(json);
    } else {
        const auto word = [](bool cordoned) { return cordoned ? Cli::tr("cordoned") : Cli::tr("schedulable"); };
        std::vector<QStringList> rows;
        for (const auto& flow : writing.group().flows())
            if (!flow->live().is_null())
                rows.push_back({base::visible(flow->intent().target().name), word(isCordoned(flow->live())),
                                word(isCordoned(flow->answer()))});
        if (!rows.empty())
            run.printTable({Cli::tr("NODE"), Cli::tr("BEFORE"), Cli::tr("AFTER")}, rows);
        if (!isApplied)
            run.print((Cli::tr("Nothing was sent. With --apply it is.") + QLatin1Char('\n')).toUtf8());
    }
    writing.end();
}

void runCordon(Run& run)
{
    auto* writing = new Writing(run);
    if (writing->refuseReadOnly())
        return;
    for (const QString& node : run.options().arguments)
        writing->add(change::cordon(node, run.options().command == QLatin1String("cordon")));
    writing->go([&run, writing] { print(run, *writing); });
}

QString checkCordon(Options& options)
{
    options.arguments.removeDuplicates();
    return options.arguments.isEmpty() ? Cli::tr("“%1” takes the names of nodes.").arg(options.command) : QString();
}

} // namespace

Command cordonCommand()
{
    return {.name = "cordon",
            .arguments = "NODE…",
            .summary = QT_TRANSLATE_NOOP("Cli", "keeps new pods off nodes (with --apply)"),
            .options = {ApplyOption},
            .check = checkCordon,
            .run = runCordon};
}

Command uncordonCommand()
{
    return {.name = "uncordon",
            .arguments = "NODE…",
            .summary = QT_TRANSLATE_NOOP("Cli", "lets new pods onto nodes again (with --apply)"),
            .options = {ApplyOption},
            .check = checkCordon,
            .run = runCordon};
}

} // namespace cli
