#include "ui/shell/failedpane.h"

#include "app/messages/errors.h"

namespace ui {

PaneState failedPane(const base::Error& error)
{
    const bool isRefused = error.kind == base::ErrorKind::Forbidden || error.kind == base::ErrorKind::Unauthorized;
    return {.kind = isRefused ? PaneState::Kind::NoPermission : PaneState::Kind::Failed,
            .sentence = messages::sentence(error),
            .said = error.said,
            .advice = messages::advice(error)};
}

} // namespace ui
