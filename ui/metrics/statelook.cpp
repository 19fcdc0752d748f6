#include "ui/metrics/statelook.h"

namespace ui {

StateLook lookOf(metrics::SourceState state)
{
    switch (state) {
    case metrics::SourceState::Ok:
        return {Icon::StateConnected, {}};
    case metrics::SourceState::Absent:
        return {Icon::StateDisconnected, ColorId::Unknown};
    case metrics::SourceState::Failing:
        return {Icon::SeverityError, ColorId::Error};
    case metrics::SourceState::Forbidden:
        return {Icon::StateForbidden, ColorId::Error};
    case metrics::SourceState::Old:
        break;
    }
    return {Icon::StateStale, ColorId::Warning};
}

StateLook lookOf(metrics::RuleState state)
{
    switch (state) {
    case metrics::RuleState::Ok:
        return lookOf(metrics::SourceState::Ok);
    case metrics::RuleState::Absent:
        return lookOf(metrics::SourceState::Absent);
    case metrics::RuleState::Failing:
        return lookOf(metrics::SourceState::Failing);
    case metrics::RuleState::Forbidden:
        return lookOf(metrics::SourceState::Forbidden);
    case metrics::RuleState::Old:
        return lookOf(metrics::SourceState::Old);
    case metrics::RuleState::Learning:
        break;
    }
    return {Icon::StateConnecting, ColorId::Info};
}

} // namespace ui
