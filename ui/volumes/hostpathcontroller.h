#pragma once
// Fills the host path dialog: reads what the volume goes into, tries it on the server, asks the cluster what follows
// from it, writes it when that is asked for, and takes it back.

#include "app/base/calls.h"
#include "app/change/flow.h"
#include "app/change/formwrite.h"
#include "app/change/hostpathreview.h"
#include "app/store/cluster.h"
#include "ui/volumes/hostpathdialog.h"

namespace ui {

class HostPathController : public QObject {
    Q_OBJECT
public:
    /// A child of the dialog. The cluster is open and outlives it; when it closes so does the dialog. `target`: the
    /// object that is there; of a new Deployment only the resource.
    HostPathController(HostPathDialog* dialog, HostPathForm::Mode mode, store::Cluster* cluster, change::Target target);

private:
    void read();
    void readNamespaces();
    void askRights();
    void tryOut();
    void forget();
    void review();
    void accept();
    void show();
    bool isMount() const { return m_mode == HostPathForm::Mode::Mount; }
    const HostPathForm& form() const { return m_dialog->fields()->form(); }
    change::Flow* patching() const { return qobject_cast<change::Flow*>(m_write.flow()); }
    /// The object that is to be made.
    kube::Json made() const;
    std::vector<SignLine> lines() const;
    SignLine statusOf() const;
    SignLine failure() const;
    QString command() const;
    QString actText() const;
    template <typename T, typename F> void ask(base::Call<T> call, F&& then);

    HostPathDialog* m_dialog;
    const HostPathForm::Mode m_mode;
    store::Cluster* m_cluster;
    const change::Target m_target;
    change::WriteLog m_log;
    change::Origin m_origin;
    kube::Json m_live;
    base::Error m_readError;
    std::optional<bool> m_may;
    change::FormWrite m_write;
    std::unique_ptr<change::Flow> m_undo;
    std::optional<change::HostPathReview> m_review;
    base::Calls m_reviewing;
    base::Calls m_calls;
};

/// Opens the dialog over a widget: into a workload, or for a Pod or a Job into a copy of it.
HostPathDialog* openHostPath(store::Cluster* cluster, const kube::ApiResource& resource, const QString& nameSpace,
                             const QString& name, QWidget* over);
/// Null where the cluster serves no Deployments.
HostPathDialog* openNewWithHostPath(store::Cluster* cluster, QWidget* over);

} // namespace ui
