#pragma once
// A change of taints as a person writes it: the grammar of `kubectl taint` (k8s.io/kubectl/pkg/cmd/taint/utils.go,
// parseTaints), and the same change carried out on a node's list. Pure functions.

#include "app/scheduling/taint.h"

#include <QStringList>
#include <tl/expected.hpp>

namespace scheduling {

/// Which rule a typed text breaks; the sentence comes from messages/. `id` is one of
///   specMalformed       not key=value:effect, key:effect, key:effect- or key-
///   effectMissing       a taint to add without an effect
///   effectUnknown       `detail` is none of the three effects
///   keyEmpty, keyInvalid, keyTooLong             the key's name, 63 characters at the most (`detail`)
///   prefixEmpty, prefixInvalid, prefixTooLong    what stands before the key's "/": a DNS subdomain (`detail`)
///   valueInvalid, valueTooLong                   63 characters at the most (`detail`)
///   duplicate           the same key and effect are added twice
///   addedAndRemoved     the same key and effect are added and removed
struct SpecProblem {
    QString id;
    QString spec; ///< as it was typed, made visible
    QString detail;
    bool operator==(const SpecProblem&) const = default;
};

/// validation.IsQualifiedName and IsValidLabelValue of k8s.io/apimachinery; nothing when all is well.
std::optional<SpecProblem> problemOfKey(const QString& key);
std::optional<SpecProblem> problemOfValue(const QString& value);
std::optional<SpecProblem> problemOfEffect(const QString& effect);

struct TaintRemoval {
    QString key;
    QString effect; ///< empty: all taints of that key
    bool operator==(const TaintRemoval&) const = default;

    bool covers(const Taint& taint) const { return key == taint.key && (effect.isEmpty() || effect == taint.effect); }
};

/// What is to change, whatever the node has: taints to be there with this value, and taints to be gone.
struct TaintEdit {
    std::vector<Taint> set; ///< without timeAdded
    std::vector<TaintRemoval> remove;
    bool operator==(const TaintEdit&) const = default;

    bool isEmpty() const { return set.empty() && remove.empty(); }
    /// True for the taints whose values it reads or writes.
    bool touches(const Taint& taint) const;
};

tl::expected<TaintEdit, SpecProblem> parseTaintSpecs(const QStringList& specs);
/// "key=value:effect", ..., "key:effect-": the same change as kubectl takes it.
QStringList specsOf(const TaintEdit& edit);

/// A node's list with the edit carried out: what the edit does not touch stays as it was, byte for byte and in its
/// place; so does a taint that has the wanted value already. A taint that gets another value keeps its place and loses
/// its timeAdded; a new one comes last. `taints` is spec.taints as served (null: none).
kube::Json withEdit(const kube::Json& taints, const TaintEdit& edit);
/// The taints of this list that the edit touches, as they were served.
kube::Json touchedBy(const kube::Json& taints, const TaintEdit& edit);
/// The edit that undoes it, where `before` is the list it was carried out on. A timeAdded is not brought back.
TaintEdit reversed(const kube::Json& before, const TaintEdit& edit);

} // namespace scheduling
