#pragma once
// One object in a tab of its own.

#include "app/store/cluster.h"
#include "ui/shell/page.h"

namespace ui {

class DetailController;
class DetailPane;
class Navigator;
class ObjectCommands;

class ObjectPage : public Page {
    Q_OBJECT
public:
    /// The cluster is open and outlives the page.
    ObjectPage(const View& view, store::Cluster* cluster, const kube::ApiResource& resource, Navigator* navigator,
               ObjectCommands* commands = nullptr);

    QString title() const override;
    QIcon icon() const override;
    void refresh() override;
    void find() override;
    void focusContent() override;
    QList<QAction*> objectActions() override;

protected:
    void changeEvent(QEvent* event) override;

private:
    QString m_resource;
    DetailPane* m_pane;
    DetailController* m_controller;
};

} // namespace ui
