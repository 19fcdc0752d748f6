#pragma once
// What can be done with objects, wherever they are shown: pages list it and run it without knowing who does it.

#include "app/kube/apiresource.h"
#include "app/kube/objectref.h"
#include "ui/theme/icons.h"

#include <QKeySequence>
#include <QObject>
#include <vector>

class QWidget;

namespace store {
class Cluster;
}

namespace ui {

struct ObjectCommand {
    QString id;   ///< stable: "scale"
    QString text; ///< translated, with dots where a dialog follows
    QString why;  ///< translated: why it cannot be done now; empty when it can
    Icon icon = Icon::None;
    QKeySequence keys = {};
    bool operator==(const ObjectCommand&) const = default;
};

class ObjectCommands : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// For objects of one kind, in the order in which they are shown; without objects, those of the kind. Fast: what a
    /// person may do is asked on the side, and changed() follows.
    virtual std::vector<ObjectCommand> commands(store::Cluster* cluster, const kube::ApiResource& resource,
                                                const std::vector<kube::ObjectRef>& objects) = 0;
    /// Opens what is needed over a widget, which owns it.
    virtual void run(const QString& id, store::Cluster* cluster, const kube::ApiResource& resource,
                     const std::vector<kube::ObjectRef>& objects, QWidget* over) = 0;

Q_SIGNALS:
    void changed();
};

} // namespace ui
