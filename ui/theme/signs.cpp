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
        return themeIcon(Icon::SeverityError, ColorId::Error);
    case Sign::Warning:
        return themeIcon(Icon::SeverityWarning, ColorId::Warning);
    case Sign::Info:
        return themeIcon(Icon::SeverityInfo, ColorId::Info);
    case Sign::Unknown:
        return themeIcon(Icon::SeverityUnknown, ColorId::Unknown);
    case Sign::None:
        break;
    }
    return {};
}

Sign signOf(base::Severity severity)
{
    switch (severity) {
    case base::Severity::Error:
        return Sign::Error;
    case base::Severity::Warning:
        return Sign::Warning;
    case base::Severity::Info:
        return Sign::Info;
    }
    return Sign::None;
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
        return themeIcon(Icon::StateDisconnected, ColorId::Unknown);
    case Connection::Connecting:
        return themeIcon(Icon::StateConnecting, ColorId::Unknown);
    case Connection::Connected:
        return themeIcon(Icon::StateConnected);
    case Connection::Degraded:
        return themeIcon(Icon::StateDegraded, ColorId::Warning);
    case Connection::Stale:
        return themeIcon(Icon::StateStale, ColorId::Warning);
    case Connection::Forbidden:
        return themeIcon(Icon::StateForbidden, ColorId::Error);
    case Connection::Unreachable:
        return themeIcon(Icon::StateUnreachable, ColorId::Error);
    case Connection::Unsigned:
        return themeIcon(Icon::StateForbidden, ColorId::Warning);
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
    case Connection::Unsigned:
        return Words::tr("Not signed in");
    }
    return {};
}

Sign signOf(Connection state)
{
    switch (state) {
    case Connection::Degraded:
    case Connection::Stale:
    case Connection::Unsigned:
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
