#pragma once
// Fills the dialog for a new business namespace: tries it on the server, makes it, follows it until it is available or
// has failed, and deletes it again.

#include "app/base/calls.h"
#include "app/change/formwrite.h"
#include "app/store/cluster.h"
#include "ui/businesses/namespacedialog.h"

#include <QTimer>

namespace ui {

class NamespaceController : public QObject {
    Q_OBJECT
public:
    /// A child of the dialog. The cluster is open and outlives it; when it closes so does the dialog.
    NamespaceController(NamespaceDialog* dialog, store::Cluster* cluster);

    static constexpr std::chrono::milliseconds Look{2000}; ///< how often the new object is looked at

private:
    void tryOut();
    void undo();
    void applied();
    void look();
    void show();
    change::Target target() const;
    SignLine statusOf() const;
    SignLine progress() const;
    QString command() const;

    NamespaceDialog* m_dialog;
    store::Cluster* m_cluster;
    change::WriteLog m_log;
    change::Origin m_origin;
    change::FormWrite m_write;
    kube::Json m_wanted; ///< the object that is to be made
    change::Target m_made;
    QString m_uid;                                              ///< of what was made
    std::optional<base::Result<tke::BusinessNamespace>> m_seen; ///< what became of it
    QTimer m_looking;
    base::Calls m_looks;
};

/// Opens the dialog over a widget. `business`: chosen at first, may be empty. The cluster is open.
NamespaceDialog* openNewNamespace(store::Cluster* cluster, std::shared_ptr<const tke::BusinessPicture> picture,
                                  const QString& business, QWidget* over);

} // namespace ui
