#pragma once
// A guide that asks the cluster: how it asks, and how it ends when the cluster does not answer. Internal to diagnose/.

#include "app/diagnose/examination.h"
#include "app/diagnose/subject.h"
#include "app/transport/request.h"

namespace diagnose {

class ClusterExamination : public Examination {
protected:
    ClusterExamination(QString guide, const Subject& subject, QObject* parent = nullptr);

    const Subject& subject() const { return m_subject; }
    /// Null when there is no connection (any more). Not to be kept: it may be closed between two questions.
    const kube::Client* client() const { return m_subject.client ? m_subject.client() : nullptr; }
    /// Where a pod is looked for that was given without a namespace: the subject's, the context's, or "default".
    QString ownNameSpace() const;

    /// Asks as part of a step. `take` gets Error{Canceled} when there is no connection, and is not called once the
    /// guide has ended.
    void askReply(const char* step, transport::Request request,
                  std::function<void(const base::Result<transport::Reply>&)> take);
    void askJson(const char* step, transport::Request request,
                 std::function<void(const base::Result<kube::Json>&)> take);
    /// All pages of a list, an item at a time, then `done`; or the error of one of them.
    void askList(const char* step, const QByteArray& path, const QString& fieldSelector,
                 std::function<void(const kube::Json&)> each,
                 std::function<void(const std::optional<base::Error>&)> done, const QString& continueToken = {});
    /// The rest is skipped; `error` ends the guide.
    void giveIn(const base::Error& error);

private:
    /// The client, with the question noted under its step.
    const kube::Client* clientFor(const char* step, transport::Request& request);

    const Subject m_subject;
};

} // namespace diagnose
