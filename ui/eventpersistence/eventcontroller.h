#pragma once
// Fills the dialog for event persistence with what app/change/eventsetup.h finds and does.

#include "app/change/eventsetup.h"
#include "app/store/cluster.h"
#include "ui/eventpersistence/eventdialog.h"

namespace ui {

class EventController : public QObject {
    Q_OBJECT
public:
    /// A child of the dialog. The platform is open and outlives it; when it closes so does the dialog.
    EventController(EventDialog* dialog, store::Cluster* platform, tke::ClientOf members, transport::Journal* journal,
                    change::EventSetup::Options options);

private:
    void show();
    EventDialog::Judgement judgement() const;
    SignLine foundLine() const;
    std::vector<SignLine> lines() const;
    SignLine statusOf() const;
    SignLine outcome() const;

    EventDialog* m_dialog;
    change::WriteLog m_log;
    change::EventSetup m_setup;
};

/// Opens the dialog over a widget. `draft`: what is known already, may be empty. The platform is open.
EventDialog* openEventPersistence(store::Cluster* platform, tke::ClientOf members, transport::Journal* journal,
                                  const tke::EventSinkDraft& draft, QWidget* over,
                                  change::EventSetup::Options options = {});

} // namespace ui
