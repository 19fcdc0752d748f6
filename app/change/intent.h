#pragma once
// What a write is meant to do, apart from the state in which it finds its object: so it can be rebased when somebody
// else writes in between, told to a person, and undone.

#include "app/change/notice.h"
#include "app/kube/apiresource.h"
#include "app/kube/json.h"
#include "app/kube/objectref.h"

#include <memory>

namespace change {

/// The one object that is written.
struct Target {
    kube::ApiResource resource;
    QString nameSpace;
    QString name;
    QString subresource = {}; ///< "scale"; empty: the object itself
    bool operator==(const Target&) const = default;

    QByteArray path() const;
    kube::ObjectRef ref() const;
};
Target nodeTarget(const QString& name);

enum class PatchType {
    Merge,     ///< RFC 7386: lists are replaced as a whole
    Strategic, ///< lists merge by their key; built-in kinds only
};

/// A value behind a pointer: never changes, may be shared between threads.
class Intent {
public:
    virtual ~Intent() = default;

    /// A stable id: "taint", "cordon", ...
    virtual QString id() const = 0;
    virtual const Target& target() const = 0;
    /// The values that it reads or writes, as they are in this object. As long as they are equal nobody has come
    /// between; a changed rest of the object is no conflict.
    virtual kube::Json touched(const kube::Json& object) const = 0;
    /// A patch of what is left to do, without versions; null when all is as it is meant to be.
    virtual kube::Json patch(const kube::Json& live) const = 0;
    /// The intent that brings back what `before` had. It touches the same values.
    virtual std::shared_ptr<const Intent> reversed(const kube::Json& before) const = 0;
    /// The same for kubectl, without the program and its context: {"cordon", "node-1"}.
    virtual QStringList kubectl() const = 0;
    /// Where it writes, as managedFields names it: {"f:spec", "f:taints"}.
    virtual std::vector<QString> field() const = 0;
    virtual PatchType patchType() const { return PatchType::Merge; }
    /// What only this kind of write has to say about the object as it is.
    virtual std::vector<Notice> notices(const kube::Json&) const { return {}; }
    /// Why it is not to be done to the object as it is: an Error's `reason`; empty when nothing stands against it.
    virtual QString refusal(const kube::Json&) const { return {}; }
    /// False: taking it back would not bring back what was.
    virtual bool canUndo() const { return true; }
};
using IntentPtr = std::shared_ptr<const Intent>;

} // namespace change
