#include "app/metrics/apiservices.h"

#include "app/kube/jsonread.h"
#include "app/metrics/usage.h"

#include <algorithm>

namespace metrics {

ApiServiceFacts apiServiceFacts(const kube::Json& apiService)
{
    ApiServiceFacts facts{.name = kube::rawText(apiService, {"metadata", "name"}),
                          .group = kube::rawText(apiService, {"spec", "group"}),
                          .serviceNamespace = kube::rawText(apiService, {"spec", "service", "namespace"}),
                          .service = kube::rawText(apiService, {"spec", "service", "name"}),
                          .reason = {},
                          .message = {}};
    for (const kube::Json& condition : kube::elements(apiService, {"status", "conditions"}))
        if (kube::rawText(condition, {"type"}) == QLatin1String("Available")) {
            facts.isAvailable = kube::rawText(condition, {"status"}) == QLatin1String("True");
            facts.reason = kube::rawText(condition, {"reason"});
            facts.message = kube::rawText(condition, {"message"});
        }
    return facts;
}

DeploymentFacts deploymentFacts(const kube::Json& deployment)
{
    DeploymentFacts facts{.nameSpace = kube::rawText(deployment, {"metadata", "namespace"}),
                          .name = kube::rawText(deployment, {"metadata", "name"}),
                          .podLabels = textsOf(kube::at(deployment, {"spec", "template", "metadata", "labels"})),
                          .containers = {}};
    for (const kube::Json& each : kube::elements(deployment, {"spec", "template", "spec", "containers"})) {
        DeploymentFacts::Container container{kube::rawText(each, {"name"}), kube::rawText(each, {"image"}), {}};
        for (const char* list : {"command", "args"})
            for (const kube::Json& argument : kube::elements(each, {list}))
                container.arguments += kube::rawText(argument);
        facts.containers.push_back(std::move(container));
    }
    return facts;
}

const DeploymentFacts* deploymentBehind(const Place& place, const std::vector<DeploymentFacts>& deployments)
{
    if (place.selector.empty())
        return nullptr;
    const auto found = std::ranges::find_if(deployments, [&place](const DeploymentFacts& each) {
        return each.nameSpace == place.at.nameSpace && std::ranges::all_of(place.selector, [&each](const auto& wanted) {
                   const auto label = each.podLabels.find(wanted.first);
                   return label != each.podLabels.end() && label->second == wanted.second;
               });
    });
    return found == deployments.end() ? nullptr : &*found;
}

const DeploymentFacts::Container* containerOf(const DeploymentFacts& deployment, const QString& program)
{
    if (deployment.containers.empty())
        return nullptr;
    const auto found = std::ranges::find_if(deployment.containers, [&program](const auto& each) {
        return each.image.section(QLatin1Char('/'), -1).startsWith(program);
    });
    return found == deployment.containers.end() ? &deployment.containers.front() : &*found;
}

std::optional<double> resolutionOf(const DeploymentFacts::Container& container)
{
    const QString option = QStringLiteral("--metric-resolution");
    for (qsizetype i = 0; i < container.arguments.size(); ++i) {
        const QString& argument = container.arguments[i];
        if (argument.startsWith(option + QLatin1Char('=')))
            return secondsOf(argument.section(QLatin1Char('='), 1));
        if (argument == option && i + 1 < container.arguments.size())
            return secondsOf(container.arguments[i + 1]);
    }
    return std::nullopt;
}

} // namespace metrics
