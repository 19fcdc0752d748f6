#pragma once
// What is wrong with a manifest, in the person's language: as a text, and as the server judges it.

#include "app/base/error.h"

namespace messages {

/// For errors of kube::parseManifests(), change::ManifestFlow and change::ManifestSet; any other as sentence() has it.
QString manifestSentence(const base::Error& error);

} // namespace messages
