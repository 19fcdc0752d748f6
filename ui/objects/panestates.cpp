#include "ui/objects/panestates.h"

#include "app/messages/errors.h"
#include "ui/shell/failedpane.h"

#include <QCoreApplication>

namespace ui {
namespace {

struct PaneStates {
    Q_DECLARE_TR_FUNCTIONS(ui::PaneStates)
};

} // namespace

PaneState paneStateOf(const base::Error& error)
{
    PaneState state = failedPane(error);
    // The guide looks at the connection: where a right is missing the sentence names it already.
    state.canExplain = error.kind != base::ErrorKind::Forbidden && error.kind != base::ErrorKind::NotFound;
    return state;
}

PaneState paneStateOf(const kube::FeedState& feed, std::size_t rows, std::size_t shown, const QString& kind,
                      const QString& address)
{
    using Phase = kube::FeedState::Phase;
    PaneState state;
    if (feed.phase == Phase::Failed && rows == 0)
        return paneStateOf(feed.error);
    if (feed.phase == Phase::Loading && rows == 0) {
        state.kind = PaneState::Kind::Loading;
        state.sentence = PaneStates::tr("Asking %1 for %2").arg(address, kind);
        return state;
    }
    if (feed.phase == Phase::Stale || feed.phase == Phase::Failed) {
        state.staleSince = feed.since;
        state.staleReason = messages::sentence(feed.error);
        state.canExplain = true;
    }
    if (shown == 0 && feed.phase != Phase::Stale) {
        state.kind = PaneState::Kind::Empty;
        state.sentence = rows == 0
                             ? PaneStates::tr("There are no %1 here.").arg(kind)
                             : PaneStates::tr("None of the %n %1 matches.", nullptr, static_cast<int>(rows)).arg(kind);
        state.advice = rows == 0 ? QString() : PaneStates::tr("Change the filter or the namespaces.");
        state.canRetry = false;
    }
    return state;
}

} // namespace ui
