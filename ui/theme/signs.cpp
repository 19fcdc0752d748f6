#include "ui/theme/signs.h"

#include <QCoreApplication>

namespace ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::Signs)
};

} // namespace

QIcon signIcon(Sign sign)
{
    switch (sign) {
    case Sign::Error:
        return icon(Icon::SeverityError, ColorId::Error);
    case Sign::Warning:
        return icon(Icon::SeverityWarning, ColorId::Warning);
    case Sign::Info:
        return icon(Icon::SeverityInfo, ColorId::Info);
    case Sign::Unknown:
        return icon(Icon::SeverityUnknown, ColorId::Unknown);
    case Sign::None:
        break;
    }
    return {};
}

QString signWord(Sign sign)
{
    switch (sign) {
    case Sign::Error:
        return Words::tr("Error");
    case Sign::Warning:
        return Words::tr("Warning");
    case Sign::Info:
        return Words::tr("Information");
    case Sign::Unknown:
        return Words::tr("Unknown");
    case Sign::None:
        break;
    }
    return {};
}

std::optional<ColorId> signColor(Sign sign)
{
    switch (sign) {
    case Sign::Error:
        return ColorId::Error;
    case Sign::Warning:
        return ColorId::Warning;
    case Sign::Info:
        return ColorId::Info;
    case Sign::Unknown:
        return ColorId::Unknown;
    case Sign::None:
        break;
    }
    return {};
}

QIcon connectionIcon(Connection state)
{
    switch (state) {
    case Connection::Disconnected:
        return icon(Icon::StateDisconnected, ColorId::Unknown);
    case Connection::Connecting:
        return icon(Icon::StateConnecting, ColorId::Unknown);
    case Connection::Connected:
        return icon(Icon::StateConnected);
    case Connection::Degraded:
        return icon(Icon::StateDegraded, ColorId::Warning);
    case Connection::Stale:
        return icon(Icon::StateStale, ColorId::Warning);
    case Connection::Forbidden:
        return icon(Icon::StateForbidden, ColorId::Error);
    case Connection::Unreachable:
        return icon(Icon::StateUnreachable, ColorId::Error);
    }
    return {};
}

QString connectionWord(Connection state)
{
    switch (state) {
    case Connection::Disconnected:
        return Words::tr("Not connected");
    case Connection::Connecting:
        return Words::tr("Connecting");
    case Connection::Connected:
        return Words::tr("Connected");
    case Connection::Degraded:
        return Words::tr("Degraded");
    case Connection::Stale:
        return Words::tr("Stale");
    case Connection::Forbidden:
        return Words::tr("No permission");
    case Connection::Unreachable:
        return Words::tr("Unreachable");
    }
    return {};
}

Sign signOf(Connection state)
{
    switch (state) {
    case Connection::Degraded:
    case Connection::Stale:
        return Sign::Warning;
    case Connection::Forbidden:
    case Connection::Unreachable:
        return Sign::Error;
    case Connection::Disconnected:
    case Connection::Connecting:
    case Connection::Connected:
        break;
    }
    return Sign::None;
}

} // namespace ui
