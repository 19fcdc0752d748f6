#pragma once
// Fills a detail pane with one object, and again whenever it changes: the object is watched by name, and fetched whole
// each time its row does.

#include "app/base/calls.h"
#include "app/models/rowtablemodel.h"
#include "app/store/cluster.h"
#include "ui/objects/detailpane.h"
#include "ui/shell/objectcommands.h"
#include "ui/widgets/tableview.h"

#include <QPointer>
#include <optional>

namespace ui {

class Navigator;

class DetailController : public QObject {
    Q_OBJECT
public:
    /// All outlive it; it belongs to the pane. Without commands nothing can be done with the object.
    DetailController(DetailPane* pane, store::Cluster* cluster, Navigator* navigator,
                     ObjectCommands* commands = nullptr);
    ~DetailController() override;

    /// Another object, or the same again.
    void show(const kube::ApiResource& resource, const kube::ObjectRef& object);
    const kube::ObjectRef& object() const { return m_object; }
    void refresh();
    void retranslate();
    /// The menu of what can be done, as it is now.
    void fillMenu();

private:
    void fetch();
    void take(const base::Result<kube::Json>& answer);
    void fill();
    bool isPendingPod() const;
    bool isNode() const;
    /// What this object leads on to: taints of a node, the guide of a pending pod.
    void showLead();
    void followLead();
    void watchEvents();
    void showEventState();

    DetailPane* m_pane;
    QPointer<TableView> m_eventTable; ///< a part of the pane, which may be gone before this
    store::Cluster* m_cluster;
    Navigator* m_navigator;
    ObjectCommands* m_commands;
    kube::ApiResource m_resource;
    kube::ObjectRef m_object;
    std::optional<kube::Json> m_json;
    std::shared_ptr<store::Feed> m_self; ///< the object's own row, for its changes
    std::shared_ptr<store::Feed> m_events;
    std::unique_ptr<models::RowTableModel> m_eventRows;
    QTimer m_later;
    base::Calls m_calls;
    std::map<QString, kube::ObjectRef> m_leads; ///< by "group\nid"
};

} // namespace ui
