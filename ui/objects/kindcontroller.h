#pragma once
// Ties the page of a kind to the cluster: feed, table model, namespaces, states, detail.

#include "app/models/rowtablemodel.h"
#include "app/store/cluster.h"
#include "ui/objects/kindpage.h"

namespace ui {

class DetailController;
class Navigator;

class KindController : public QObject {
    Q_OBJECT
public:
    /// The cluster is open and outlives the page; the controller belongs to the page.
    /// Nothing can be done with the objects where `commands` is null; it outlives the page.
    KindController(KindPage* page, store::Cluster* cluster, const kube::ApiResource& resource, Navigator* navigator,
                   ObjectCommands* commands = nullptr);
    ~KindController() override;

private:
    void follow(const kube::ListScope& scope);
    void applyQuery();
    void showState();
    void showNamespaces();
    void showDetail(const QModelIndex& row);
    void showCommands();
    std::vector<kube::ObjectRef> selected() const;
    void tick();
    void retranslate();

    KindPage* m_page;
    store::Cluster* m_cluster;
    const kube::ApiResource m_resource;
    Navigator* m_navigator;
    ObjectCommands* m_commands;
    std::shared_ptr<store::Feed> m_feed;
    std::unique_ptr<models::RowTableModel> m_model;
    std::shared_ptr<store::Feed> m_namespaces;
    QTimer m_tick;
    DetailController* m_detail = nullptr;
    QDateTime m_changed; ///< when rows last changed
};

} // namespace ui
