#pragma once
// How severity and the state of a connection look and what they are called: a shape and a word, then a colour.

#include "app/base/severity.h"
#include "ui/theme/icons.h"

#include <QString>

namespace ui {

/// The order is that of kube::Severity, so that a model's number is a sign's.
enum class Sign { None, Unknown, Info, Warning, Error };

QIcon signIcon(Sign sign);
Sign signOf(base::Severity severity);
/// Translated; empty for None.
QString signWord(Sign sign);
/// The colour of the word beside the sign; none for None.
std::optional<ColorId> signColor(Sign sign);

enum class Connection { Disconnected, Connecting, Connected, Degraded, Stale, Forbidden, Unreachable, Unsigned };

QIcon connectionIcon(Connection state);
QString connectionWord(Connection state);
/// What a state is worth: Connected and Disconnected are no severity at all.
Sign signOf(Connection state);

} // namespace ui
