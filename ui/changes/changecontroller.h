#pragma once
// Fills the change sheet: tries what is edited on the server, sends it when it is confirmed, and takes it back.

#include "app/base/calls.h"
#include "app/change/flowgroup.h"
#include "app/store/cluster.h"
#include "ui/changes/changesheet.h"

#include <QTimer>

namespace ui {

class ChangeController : public QObject {
    Q_OBJECT
public:
    /// A child of the sheet. The cluster is open and outlives it; when it closes so does the sheet. At least one
    /// object, all of one kind.
    ChangeController(ChangeSheet* sheet, store::Cluster* cluster, std::vector<change::Doomed> objects);

private:
    enum class Stage { Editing, Applying, Applied, Undoing, Undone };

    void ask();
    void take(base::Call<std::vector<change::Notice>> keepers);
    QString part() const; ///< of the kind that is written: "/scale"
    void readFirst();
    void readDependents();
    void edited();
    void tryOut();
    void settled();
    void apply();
    void undo();
    void accept();
    void show();
    void follow(change::WriteGroup* group);
    const change::Target& first() const { return m_objects.front().target; }
    std::vector<SignLine> lines() const;
    SignLine noteOf(const change::WriteFlow& write) const;
    SignLine statusOf() const;
    SignLine resultOf() const;
    void setCommands(ChangeSheet::Look& look) const;
    QString wordToType() const;

    ChangeSheet* m_sheet;
    store::Cluster* m_cluster;
    const std::vector<change::Doomed> m_objects;
    const bool m_deletes;
    change::WriteLog m_log;
    change::Origin m_origin;
    std::unique_ptr<change::WriteGroup> m_group;
    std::unique_ptr<change::FlowGroup> m_undo;
    std::unique_ptr<change::DependentsSurvey> m_survey;
    std::vector<change::Notice> m_keepers; ///< beside what the writes say
    std::optional<bool> m_may;
    base::Error m_readError;
    bool m_hasLive = false;
    Stage m_stage = Stage::Editing;
    QTimer m_trying; ///< the person pauses
    base::Calls m_calls;
};

} // namespace ui
