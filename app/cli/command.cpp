#include "app/cli/command.h"

#include <algorithm>

namespace cli {

const std::vector<Command>& commands()
{
    static const std::vector<Command> all{
        // clang-format off
        contextsCommand(),
        clustersCommand(),
        treeCommand(),
        getCommand(),
        endpointsCommand(),
        checkCommand(),
        taintCommand(),
        cordonCommand(),
        uncordonCommand(),
        applyCommand(),
        hostPathCommand(),
        eventPersistenceCommand(),
        metricsCommand(),
        businessesCommand(),
        captureCommand(),
        // clang-format on
    };
    return all;
}

const Command* findCommand(const QString& name)
{
    const auto found =
        std::ranges::find_if(commands(), [&](const Command& each) { return name == QLatin1String(each.name); });
    return found == commands().end() ? nullptr : &*found;
}

} // namespace cli
