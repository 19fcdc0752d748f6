#pragma once
// What a page shows, as a value that compares and goes through text: tabs, history and "copy link to this view" speak
// in these.

#include "app/kube/objectref.h"

#include <QMap>
#include <QStringList>
#include <optional>

namespace ui {

struct View {
    QString page;    ///< which page builds it: "kind", "object", "troubleshoot", ...
    QString cluster; ///< the context's name
    // Which kind: group (empty: core), version, resource ("pods"). For "object" the kind stands in `object`.
    QString group;
    QString version;
    QString resource;
    kube::ObjectRef object;
    // How it is looked at: no part of the identity.
    QStringList nameSpaces; ///< empty: all
    QString filter;
    QMap<QString, QString> more; ///< a page's own: the tab of a detail, the sort column
    bool operator==(const View&) const = default;

    static View ofKind(const QString& cluster, const QString& group, const QString& version, const QString& resource);
    static View ofObject(const kube::ObjectRef& object);

    /// Two views of one identity are one tab.
    QString identity() const;
    /// "alidade://prod-bj/kind/apps/v1/deployments?namespace=shop&filter=web"; percent-encoded.
    QString toText() const;
    /// Nothing for text that is no such link.
    static std::optional<View> fromText(const QString& text);
};

} // namespace ui
