#pragma once
// The deletion of one object: read, tried (dryRun=All in DeleteOptions), sent with the uid and the version that were
// seen. There is no way back; the log keeps the object as it was.
//
// As in Flow: when the object moved in between and what a person wrote in it is as it was (a status changed), it is
// read and tried again; otherwise Conflicted, and diff() says what changed.

#include "app/change/diff.h"
#include "app/change/writeflow.h"

namespace change {

/// What becomes of what the object owns (k8s.io/apimachinery/pkg/apis/meta/v1/types.go, DeletionPropagation).
enum class Propagation { Background, Foreground, Orphan };

class DeleteFlow final : public WriteFlow {
    Q_OBJECT
public:
    /// `uid`: of the object that the person saw; another of the same name is refused ("otherObject"). Empty: not known.
    /// A log of null: nothing is kept.
    DeleteFlow(kube::Client client, Origin origin, Target target, QString uid, Propagation propagation,
               const WriteLog* log, QObject* parent = nullptr);

    Propagation propagation() const { return m_propagation; }
    /// Applied: the server took it away at once. Otherwise it is going, and answer() says what it waits for.
    bool isGone() const { return m_gone; }
    /// Conflicted: what somebody changed since it was seen.
    const std::vector<DiffLine>& diff() const { return m_diff; }
    /// {"delete", "deployment.apps/web", ...}
    QStringList kubectl() const;
    QString curl() const;

    void apply() override;
    bool changesAnything() const override { return true; }

private:
    void beginAnew() override;
    void takeRead(const Answer& reply) override;
    void send(Send send);
    void takeDryRun(const Answer& reply);
    void takeSent(const Answer& reply);
    kube::Json options(Send send) const;
    void describe(WriteEntry& entry, bool isDone) const override;

    const QString m_uid;
    const Propagation m_propagation;
    bool m_gone = false;
    kube::Json m_seen; ///< the object that m_expected was made of
    std::vector<DiffLine> m_diff;
};

QString idOf(Propagation propagation); ///< as in DeleteOptions: "Background"

/// What a person should know before this object is deleted.
std::vector<Notice> deletionNotices(const Target& target, const kube::Json& live);
/// The cluster itself needs it: kube-system, what is in there, leases of nodes, roles of the system, the platform's
/// own.
bool isSystemObject(const Target& target);
/// These are deleted only after a word was typed: namespaces, nodes, volumes, definitions of kinds, what the cluster
/// needs, and more than ten at once.
bool wantsTyping(const std::vector<Target>& targets);

} // namespace change
