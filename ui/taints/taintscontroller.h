#pragma once
// Fills the taint editor: reads nodes and pods, keeps the draft, tries it on the server while it is edited, sends it
// and takes it back.

#include "app/base/calls.h"
#include "app/change/flowgroup.h"
#include "app/change/nodesurvey.h"
#include "app/scheduling/taintdraft.h"
#include "app/store/cluster.h"

#include <QPointer>
#include <QTimer>

namespace ui {

class TaintsPage;

/// A child of the page. The cluster is open and outlives it.
class TaintsController : public QObject {
    Q_OBJECT
public:
    TaintsController(TaintsPage* page, store::Cluster* cluster);
    ~TaintsController() override;

private:
    enum class Stage { Editing, Applying, Applied, Undoing, Undone };

    void connectParts();
    void readNodes(const QString& continueToken = {});
    void takeNodes(const base::Result<kube::Json>& list);
    void showNodes();
    void readChosen();
    void takeSurvey();
    /// What was proposed becomes part of the draft: to be looked at, and sent by the person.
    void takeProposals();
    void draftChanged();
    void showDraft();
    void tryDraft();
    void groupSettled();
    void showBottom();
    void apply();
    void undo();
    void accept();
    QString statusOf(const change::FlowGroup& group) const;
    QString typedWord() const;

    TaintsPage* m_page;
    store::Cluster* m_cluster;
    change::WriteLog m_log;
    std::vector<scheduling::NodeFacts> m_nodes;
    std::vector<scheduling::NodeFacts> m_nextNodes;
    std::unique_ptr<change::NodeSurvey> m_survey;
    scheduling::TaintDraft m_draft;
    scheduling::TaintImpact m_impact;
    std::unique_ptr<change::FlowGroup> m_group; ///< the draft's, or that which is on its way
    std::unique_ptr<change::FlowGroup> m_undo;
    Stage m_stage = Stage::Editing;
    std::optional<bool> m_may; ///< patch nodes; none: not known
    base::Error m_readError;
    QTimer m_trying; ///< the person pauses
    QTimer m_again;  ///< the cluster moves on
    base::Calls m_calls;
};

} // namespace ui
