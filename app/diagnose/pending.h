#pragma once
// Why a pod is Pending: from the pod over what the scheduler said to the nodes and taints that refuse it. One pod
// ("NAMESPACE/POD", or "POD" in the subject's namespace), or all that are pending. Internal to diagnose/.

#include "app/diagnose/clusterexamination.h"
#include "app/diagnose/guide.h"
#include "app/diagnose/pendingsurvey.h"

namespace diagnose {

class PendingExamination final : public ClusterExamination {
public:
    explicit PendingExamination(const Subject& subject);

private:
    void run() override;
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

    QString m_nameSpace; ///< empty: all
    QString m_pod;       ///< empty: all that are pending
    PendingSurvey m_survey;
};

} // namespace diagnose
