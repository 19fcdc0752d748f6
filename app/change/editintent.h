#pragma once
// What a person changed in the text of an object: only the fields that differ from what they began with are written, so
// that nobody becomes the owner of the rest.

#include "app/change/intent.h"

namespace change {

class EditIntent final : public Intent {
public:
    /// Both as they were served and as they are wanted. What a server keeps by itself (status, managedFields, uid,
    /// versions) is left alone whatever the text says.
    EditIntent(Target target, const kube::Json& original, const kube::Json& edited);

    /// Nothing differs.
    bool isEmpty() const { return m_patch.empty(); }

    QString id() const override { return QStringLiteral("edit"); }
    const Target& target() const override { return m_target; }
    kube::Json touched(const kube::Json& object) const override;
    kube::Json patch(const kube::Json& live) const override;
    IntentPtr reversed(const kube::Json& before) const override;
    QStringList kubectl() const override;
    std::vector<QString> field() const override;

private:
    EditIntent(Target target, kube::Json patch) : m_target(std::move(target)), m_patch(std::move(patch)) {}

    Target m_target;
    kube::Json m_patch; ///< RFC 7386
};

/// The merge patch (RFC 7386) that leads from one value to the other; an empty object when they are equal.
kube::Json mergePatch(const kube::Json& from, const kube::Json& to);
/// The values that stand in `object` where `pattern` has some; null for what is not there. Lists as a whole.
kube::Json valuesAt(const kube::Json& pattern, const kube::Json& object);

} // namespace change
