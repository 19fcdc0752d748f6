#pragma once
// Taints of one node. spec.taints is an atomic list, so the whole of it is written: with the resourceVersion it was
// read at, and with foreign taints as they were served.

#include "app/change/intent.h"
#include "app/scheduling/taintspec.h"

namespace change {

class TaintIntent final : public Intent {
public:
    TaintIntent(const QString& node, scheduling::TaintEdit edit);

    const scheduling::TaintEdit& edit() const { return m_edit; }

    QString id() const override { return QStringLiteral("taint"); }
    const Target& target() const override { return m_target; }
    /// An array, in the order of key and effect.
    kube::Json touched(const kube::Json& object) const override;
    kube::Json patch(const kube::Json& live) const override;
    IntentPtr reversed(const kube::Json& before) const override;
    QStringList kubectl() const override;
    std::vector<QString> field() const override { return {QStringLiteral("f:spec"), QStringLiteral("f:taints")}; }

private:
    Target m_target;
    scheduling::TaintEdit m_edit;
    scheduling::TaintEdit m_scope; ///< what touched() looks at: an undo looks at what was done
};

} // namespace change
