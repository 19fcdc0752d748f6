#pragma once
// What there is to say about a host path, in the language of the installed translators.

#include "app/change/hostpath.h"

namespace messages {

QString sentence(const change::Hazard& hazard);
/// "Directory: must be there already".
QString hostPathTypeHint(const QString& type);

} // namespace messages
