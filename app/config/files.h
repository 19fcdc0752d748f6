#pragma once
// Files that a kubeconfig is, or names. Internal to config/.

#include "app/base/result.h"

#include <QByteArray>

namespace config {

enum class FileKind {
    Any,     ///< also a pipe, as in `--kubeconfig <(…)`; waits for its end
    Regular, ///< what a kubeconfig names: a pipe would wait for ever, and a device may have no end
};

/// The bytes. Error{BadConfig} "fileMissing" or "fileUnreadable", with the system's words in `said`, or "fileTooLarge"
/// past `most` bytes. `ofWhom` is the file.
base::Result<QByteArray> readFile(const QString& path, FileKind kind = FileKind::Regular, qint64 most = 4LL << 20);

/// A path in a kubeconfig: relative ones start from the folder of the file that holds them. An empty one stays empty.
QString absolutePath(const QString& path, const QString& file);

} // namespace config
