#pragma once
// The everyday writes as commands on objects: which a kind has, whether one may, and the sheet that does it.

#include "app/change/accesscache.h"
#include "ui/shell/objectcommands.h"

#include <map>
#include <memory>

namespace ui {

class ChangeCommands final : public ObjectCommands {
    Q_OBJECT
public:
    explicit ChangeCommands(QObject* parent = nullptr);
    ~ChangeCommands() override;

    std::vector<ObjectCommand> commands(store::Cluster* cluster, const kube::ApiResource& resource,
                                        const std::vector<kube::ObjectRef>& objects) override;
    void run(const QString& id, store::Cluster* cluster, const kube::ApiResource& resource,
             const std::vector<kube::ObjectRef>& objects, QWidget* over) override;

Q_SIGNALS:
    /// "hostpath" is run by others: it needs more than a sheet.
    void hostPathRequested(store::Cluster* cluster, const kube::ApiResource& resource, const QString& nameSpace,
                           const QString& name, QWidget* over);

private:
    std::optional<bool> mayI(store::Cluster* cluster, const kube::ApiResource& resource, const QString& part,
                             const char* verb, const std::vector<kube::ObjectRef>& objects);

    std::map<store::Cluster*, std::unique_ptr<change::AccessCache>> m_access;
};

} // namespace ui
