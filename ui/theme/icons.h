#pragma once
// The icon set: drawings of resources/icons, one colour each, taken from the palette when they are painted. A change of
// theme needs no new icon, and an icon of a disabled or selected item follows its text.

#include "ui/theme/colors.h"

#include <QIcon>
#include <optional>

namespace ui {

enum class Icon {
    None,
    Cluster,
    ClusterGroup,
    Nodes,
    Workloads,
    Network,
    Config,
    Storage,
    Access,
    Custom,
    Namespace,
    Pod,
    Deployment,
    Businesses,
    Metrics,
    Troubleshoot,
    Refresh,
    Columns,
    Filter,
    Csv,
    Copy,
    Close,
    Search,
    Language,
    Theme,
    Journal,
    Yaml,
    Events,
    Overview,
    Logs,
    Link,
    Keyboard,
    Open,
    Run,
    Check,
    Lock,
    Production,
    Snapshot,
    Details,
    ChevronRight,
    ChevronLeft,
    ChevronDown,
    ChevronUp,
    SeverityError,
    SeverityWarning,
    SeverityInfo,
    SeverityUnknown,
    StateConnected,
    StateConnecting,
    StateDegraded,
    StateStale,
    StateForbidden,
    StateUnreachable,
    StateDisconnected,
    Count_,
};

/// The drawing, in the colour of drawings or in one of its own. A null icon for None.
QIcon themeIcon(Icon which, std::optional<ColorId> color = {});
/// Where the drawing is; empty for None.
QString iconPath(Icon which);
/// The program's own icon, in its own colours.
QIcon applicationIcon();

/// The icon of a group of the cluster tree by its stable id ("nodes", "workloads", ...) or of a resource ("pods");
/// Icon::Custom for one that is not known.
Icon iconOf(QStringView groupOrResource);

} // namespace ui
