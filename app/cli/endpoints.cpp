#include "app/kube/addresssurvey.h"

#include "app/base/visible.h"
#include "app/cli/command.h"
#include "app/cli/run.h"
#include "app/kube/jsonread.h"
#include "app/messages/endpoints.h"
#include "app/messages/endpointsjson.h"
#include "app/messages/errors.h"

#include <QCoreApplication>
#include <algorithm>

namespace cli {
namespace {

using endpoint::ProbeResult;
using endpoint::Stage;

/// What messages::endpointJson() says of each, live or as it was when a snapshot was taken.
void print(Run& run, const kube::Json& list)
{
    if (run.options().json) {
        run.printJson(list);
        return;
    }
    const auto text = [](const kube::Json& each, const char* name) {
        const QString shown = base::visible(kube::rawText(each, {name}));
        return shown.isEmpty() ? QStringLiteral("-") : shown;
    };
    std::vector<QStringList> rows;
    for (const kube::Json& each : list) {
        const auto median = kube::number(each, {"latencyMs", "median"});
        const auto most = kube::number(each, {"latencyMs", "max"});
        rows.push_back({kube::flag(each, {"inUse"}) ? QStringLiteral("*") : QString(), text(each, "type"),
                        text(each, "url"),
                        median && most ? QStringLiteral("%1/%2 ms").arg(*median).arg(*most) : QStringLiteral("-"),
                        text(each, "version"), text(each, "message")});
    }
    run.printTable({QStringLiteral("USED"), QStringLiteral("TYPE"), QStringLiteral("URL"), QStringLiteral("LATENCY"),
                    QStringLiteral("VERSION"), QStringLiteral("STATUS")},
                   rows);
}

/// As endpoint::ProbeResult::answers() has it.
bool answered(const kube::Json& each)
{
    for (const Stage stage : {Stage::Livez, Stage::Readyz, Stage::Version}) {
        const kube::Json& result =
            kube::at(each, std::vector<std::string>{"stages", endpoint::idOf(stage).toStdString()});
        if (kube::flag(result, {"ok"}) || kube::number(result, {"error", "httpStatus"}))
            return true;
    }
    return false;
}

void runThen(Run& run, const kube::Json& then)
{
    if (!then.is_array()) {
        run.fail(
            {.kind = base::ErrorKind::NotCaptured, .asked = run.options().command, .ofWhom = run.options().snapshot});
        return;
    }
    print(run, then);
    run.done(std::ranges::any_of(then, answered) ? Exit::Done : Exit::NotConnected);
}

void runEndpoints(Run& run)
{
    if (run.snapshot()) {
        runThen(run, run.snapshot()->endpoints());
        return;
    }
    kube::surveyAddresses(run.client(), run.probeOptions(), run.known())
        .future.then(&run, [&run](const base::Result<kube::AddressSurvey>& survey) {
            if (!survey) {
                run.fail(survey.error());
                return;
            }
            run.remember(survey->known());
            kube::Json list = kube::Json::array();
            for (const ProbeResult& each : survey->addresses)
                list.push_back(
                    messages::endpointJson(each, endpoint::isSameAddress(each.address.url, run.endpoint().url)));
            print(run, list);
            for (const ProbeResult& each : survey->addresses)
                if (const QString advice = messages::verdictAdvice(each); !run.options().json && !advice.isEmpty())
                    run.warn(base::visible(messages::labelled(each.address.text(), advice)));
            run.done(std::ranges::any_of(survey->addresses, &ProbeResult::answers) ? Exit::Done : Exit::NotConnected);
        });
}

} // namespace

Command endpointsCommand()
{
    return {.name = "endpoints",
            .arguments = "",
            .summary = QT_TRANSLATE_NOOP("Cli", "the addresses of the cluster, each tried step by step"),
            .run = runEndpoints};
}

} // namespace cli
