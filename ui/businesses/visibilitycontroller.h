#pragma once
// Asks a platform what a user sees, for the dialog that tells why he does not.

#include "app/base/calls.h"
#include "app/store/cluster.h"
#include "ui/businesses/visibilitydialog.h"

namespace ui {

class VisibilityController : public QObject {
    Q_OBJECT
public:
    /// A child of the dialog. The cluster is open and outlives it; when it closes so does the dialog.
    VisibilityController(VisibilityDialog* dialog, store::Cluster* cluster, std::vector<tke::Business> businesses);

private:
    void ask();

    VisibilityDialog* m_dialog;
    store::Cluster* m_cluster;
    const std::vector<tke::Business> m_businesses;
    base::Calls m_calls;
};

/// Opens the dialog over a widget. `business`: chosen at first; empty: all. The cluster is open.
VisibilityDialog* openVisibility(store::Cluster* cluster, const tke::BusinessSurvey& survey, const QString& business,
                                 QWidget* over);

} // namespace ui
