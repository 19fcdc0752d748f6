#pragma once
// Sentences about what Alidade keeps of its own: the settings file and the keychain. messages/errors.h is the way in.

#include "app/base/error.h"

#include <QString>
#include <optional>

namespace messages {

/// Empty for an error that is not about them.
QString settingsSentence(const base::Error& error);
/// Nothing for an error that is not about them; may be empty.
std::optional<QString> settingsAdvice(const base::Error& error);

} // namespace messages
