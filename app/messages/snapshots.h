#pragma once
// What is wrong with a snapshot's file, and what a snapshot is, in words.

#include "app/base/error.h"

#include <QString>

namespace messages {

/// Why a file was refused, or could not be written; empty for any other error.
QString snapshotSentence(const base::Error& error);

} // namespace messages
