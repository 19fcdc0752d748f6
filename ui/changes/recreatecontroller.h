#pragma once
// Fills the change sheet for an object that is deleted and made again: what is lost in between stands there before.

#include "app/change/dependents.h"
#include "app/change/immutable.h"
#include "app/change/recreation.h"
#include "app/store/cluster.h"
#include "ui/changes/changesheet.h"

namespace ui {

class DeleteForm;

class RecreateController : public QObject {
    Q_OBJECT
public:
    /// A child of the sheet, whose form is a DeleteForm. The cluster is open and outlives it; when it closes so does
    /// the sheet.
    RecreateController(ChangeSheet* sheet, store::Cluster* cluster, const change::Target& target,
                       const kube::Manifest& manifest, const kube::Json& live,
                       const std::vector<change::ImmutableField>& fields);

private:
    void tryOut();
    void act();
    void show();
    std::vector<SignLine> lines() const;
    SignLine status() const;
    const DeleteForm* form() const;

    ChangeSheet* m_sheet;
    store::Cluster* m_cluster;
    const change::Target m_target;
    const kube::Manifest m_manifest;
    const kube::Json m_live;
    const std::vector<change::ImmutableField> m_fields;
    change::WriteLog m_log;
    change::DependentsSurvey m_survey;
    std::unique_ptr<change::Recreation> m_recreation;
};

/// Opens the sheet over a window; `done` is called when it is closed.
void openRecreation(store::Cluster* cluster, const change::Target& target, const kube::Manifest& manifest,
                    const kube::Json& live, const std::vector<change::ImmutableField>& fields, QWidget* over,
                    const std::function<void()>& done);

} // namespace ui
