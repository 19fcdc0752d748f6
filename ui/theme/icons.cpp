#include "ui/theme/icons.h"

#include "ui/theme/iconengine.h"

#include <array>
#include <utility>

namespace ui {
namespace {

// In the order of Icon.
constexpr std::array<const char*, static_cast<std::size_t>(Icon::Count_)> Names{
    "",
    "cluster",
    "cluster-group",
    "nodes",
    "workloads",
    "network",
    "config",
    "storage",
    "access",
    "custom",
    "namespace",
    "pod",
    "deployment",
    "businesses",
    "metrics",
    "troubleshoot",
    "refresh",
    "columns",
    "filter",
    "csv",
    "copy",
    "close",
    "search",
    "language",
    "theme",
    "journal",
    "yaml",
    "events",
    "overview",
    "logs",
    "link",
    "keyboard",
    "open",
    "run",
    "check",
    "lock",
    "production",
    "snapshot",
    "details",
    "chevron-right",
    "chevron-left",
    "chevron-down",
    "chevron-up",
    "severity-error",
    "severity-warning",
    "severity-info",
    "severity-unknown",
    "state-connected",
    "state-connecting",
    "state-degraded",
    "state-stale",
    "state-forbidden",
    "state-unreachable",
    "state-disconnected",
};

} // namespace

QString iconPath(Icon which)
{
    if (which == Icon::None)
        return {};
    return QLatin1String(":/icons/%1.svg").arg(QLatin1String(Names[static_cast<std::size_t>(which)]));
}

QIcon themeIcon(Icon which, std::optional<ColorId> color)
{
    if (which == Icon::None)
        return {};
    return QIcon(new IconEngine(iconPath(which), color));
}

QIcon applicationIcon()
{
    return QIcon(new IconEngine(QStringLiteral(":/icons/alidade.svg")));
}

Icon iconOf(QStringView id)
{
    static constexpr std::pair<const char*, Icon> Known[]{
        {"nodes", Icon::Nodes},
        {"workloads", Icon::Workloads},
        {"network", Icon::Network},
        {"config", Icon::Config},
        {"storage", Icon::Storage},
        {"access", Icon::Access},
        {"cluster", Icon::ClusterGroup},
        {"businesses", Icon::Businesses},
        {"members", Icon::Cluster},
        {"metrics", Icon::Metrics},
        {"troubleshoot", Icon::Troubleshoot},
        {"namespaces", Icon::Namespace},
        {"pods", Icon::Pod},
        {"deployments", Icon::Deployment},
        {"events", Icon::Events},
    };
    for (const auto& [name, which] : Known)
        if (id == QLatin1String(name))
            return which;
    return Icon::Custom;
}

} // namespace ui
