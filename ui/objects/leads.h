#pragma once
// Where an object leads to beside its own tab: views of other features, which alone know how to build them.

#include "ui/shell/view.h"

namespace ui {

/// The taint editor with these nodes chosen.
inline View taintsView(const QString& cluster, const QStringList& nodes)
{
    View view;
    view.page = QStringLiteral("taints");
    view.cluster = cluster;
    view.more[QStringLiteral("nodes")] = nodes.join(QLatin1Char(','));
    return view;
}

/// Troubleshoot with a guide chosen; with what it is about it runs at once.
inline View guideView(const QString& cluster, const QString& guide, const QString& about = {})
{
    View view;
    view.page = QStringLiteral("troubleshoot");
    view.cluster = cluster;
    view.more[QStringLiteral("guide")] = guide;
    if (!about.isEmpty())
        view.more[QStringLiteral("about")] = about;
    return view;
}

inline View pendingView(const QString& cluster, const kube::ObjectRef& pod)
{
    return guideView(cluster, QStringLiteral("pod-pending"), pod.nameSpace + QLatin1Char('/') + pod.name);
}

} // namespace ui
