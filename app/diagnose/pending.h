#pragma once
// Why a pod is Pending: from the pod over what the scheduler said to the nodes and taints that refuse it. One pod
// ("NAMESPACE/POD", or "POD" in the subject's namespace), or all that are pending. Internal to diagnose/.

#include "app/diagnose/guide.h"
#include "app/diagnose/pendingsurvey.h"
#include "app/transport/request.h"

namespace diagnose {

class PendingExamination final : public Examination {
public:
    explicit PendingExamination(const Subject& subject);
    ~PendingExamination() override;

private:
    using Take = std::function<void(const base::Result<kube::Json>&)>;

    void run() override;
    void giveUp() override;

    /// The rest is skipped; `error` ends the guide.
    void giveIn(const base::Error& error);
    void askJson(const char* step, transport::Request request, Take take);
    /// All pages of a list, then `done`; or the error of one of them.
    void askList(const char* step, const QByteArray& path, const QString& fieldSelector,
                 std::function<void(const kube::Json&)> each,
                 std::function<void(const std::optional<base::Error>&)> done, const QString& continueToken = {});
    void askPods();
    void heardPods();
    void askEvents(bool isNewGroup);
    void heardEvents();
    void askLease();
    void heardLease(const base::Result<transport::Reply>& reply);
    void askNodes();
    void askOwner();
    void conclude();

    void tellPod();
    void tellWords();
    void tellScheduler(const std::optional<base::Error>& error);
    void tellNodes(const PendingJudgement& judgement);
    void tellAgreement(const PendingJudgement& judgement);
    void tellRest(const PendingJudgement& judgement);
    void tellContainers();

    const Subject m_subject;
    QString m_nameSpace; ///< empty: all
    QString m_pod;       ///< empty: all that are pending
    PendingSurvey m_survey;
    std::vector<std::function<void()>> m_cancels;
};

} // namespace diagnose
