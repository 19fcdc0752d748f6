#pragma once
// One field set to a value: cordon, scale, suspend, restart. All of them are small merge patches.

#include "app/change/fieldpath.h"
#include "app/change/intent.h"

namespace change {

class FieldIntent : public Intent {
public:
    /// `path` leads to the field, {"spec", "unschedulable"}; null takes the field away. `kubectl` is what Intent says.
    FieldIntent(QString id, Target target, FieldPath path, kube::Json value, QStringList kubectl);

    QString id() const override { return m_id; }
    const Target& target() const override { return m_target; }
    kube::Json touched(const kube::Json& object) const override;
    kube::Json patch(const kube::Json& live) const override;
    IntentPtr reversed(const kube::Json& before) const override;
    QStringList kubectl() const override { return m_kubectl; }
    std::vector<QString> field() const override;

protected:
    const kube::Json& value() const { return m_value; }

private:
    QString m_id;
    Target m_target;
    FieldPath m_path;
    kube::Json m_value;
    QStringList m_kubectl;
};

/// spec.unschedulable of a node, with kubectl cordon and uncordon.
IntentPtr cordon(const QString& node, bool unschedulable);

} // namespace change
