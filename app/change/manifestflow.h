#pragma once
// One object of a file, applied: created, or brought to what the file says. Server-side apply as field manager
// "alidade", never with force unless asked; a merge patch, or a create, where the server does not know that.
//
// Like Flow: nothing is sent for good that the server did not judge before, and not on another version of the object
// than the one that was shown, unless what the file speaks of is as it was.

#include "app/change/diff.h"
#include "app/change/immutable.h"
#include "app/change/writeflow.h"
#include "app/kube/manifest.h"

namespace change {

class ManifestFlow final : public WriteFlow {
    Q_OBJECT
public:
    enum class Action { Unknown, Create, Update, Unchanged };
    Q_ENUM(Action)

    /// A log of null: nothing is kept. With `force` fields that other managers own are taken over.
    ManifestFlow(kube::Client client, Origin origin, Target target, kube::Manifest manifest, const WriteLog* log,
                 bool force, QObject* parent = nullptr);

    /// It is to be new: an object of this name that is there, or comes in between, is refused ("alreadyThere"). Before
    /// preview().
    void createOnly();
    Action action() const { return m_action; }
    /// Failed or Conflicted: the server's words on fields are kube::fieldProblems() of error().
    const kube::Manifest& manifest() const { return m_manifest; }
    /// What stands in the way is that other managers own fields: force would take them.
    bool isOwnedByOthers() const;
    /// Why it failed, where it is that the live object cannot take these fields any more; empty otherwise.
    const std::vector<ImmutableField>& immutable() const { return m_immutable; }
    /// Fields that keepImmutable() left as they are.
    const std::vector<ImmutableField>& kept() const { return m_kept; }
    /// Leaves the fields of immutable() as the live object has them, and previews the rest.
    void keepImmutable();
    /// From the live object to the server's answer.
    const std::vector<DiffLine>& diff() const { return m_diff; }

    void apply() override;
    bool changesAnything() const override { return m_action == Action::Create || m_action == Action::Update; }

private:
    void beginAnew() override;
    void takeRead(const Answer& reply) override;
    void write(Send send);
    void takeDryRun(const Answer& reply);
    void probeImmutable();
    void takeProbe(const Answer& reply);
    void takeSent(const Answer& reply);
    bool isOlderServer(const base::Error& error);
    void refuse(const base::Error& error);
    kube::Json wanted() const;
    void describe(WriteEntry& entry, bool isDone) const override;

    kube::Manifest m_manifest;
    bool m_force;
    bool m_knowsApply = true;
    bool m_createOnly = false;
    Action m_action = Action::Unknown;
    std::vector<ImmutableField> m_immutable;
    std::vector<ImmutableField> m_kept;
    std::vector<DiffLine> m_diff;
};

} // namespace change
