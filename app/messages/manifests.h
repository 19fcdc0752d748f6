#pragma once
// What is wrong with a manifest, in the person's language: as a text, and as the server judges it.

#include "app/change/immutable.h"

namespace messages {

/// For errors of kube::parseManifests(), change::ManifestFlow and change::ManifestSet; any other as sentence() has it.
QString manifestSentence(const base::Error& error);

/// Whose an object is: what keeps it, then who wrote it, by its managers; none where nobody is named.
QStringList keeperLines(const kube::Json& live);

/// What a way out of an immutable field means.
QString sentence(const change::WayOut& way);
/// "Its address 10.0.0.7": of WayOut::loses.
QString lossSentence(const QString& loss);

} // namespace messages
