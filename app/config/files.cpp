#include "app/config/files.h"

#include "app/base/visible.h"

#include <QFile>
#include <filesystem>

namespace config {
namespace {

std::filesystem::path systemPath(const QString& path)
{
    return QFile::encodeName(path).toStdString();
}

} // namespace

base::Result<QByteArray> readFile(const QString& path, FileKind kind, qint64 most)
{
    namespace fs = std::filesystem;
    const auto failure = [&path](const QString& reason, const QString& said) {
        return base::failure({.kind = base::ErrorKind::BadConfig,
                              .reason = reason,
                              .said = base::visible(said),
                              .ofWhom = base::visible(path)});
    };
    const auto unreadable = [&failure](const QString& said) { return failure(QStringLiteral("fileUnreadable"), said); };
    const auto system = [](const std::error_code& code) { return QString::fromLocal8Bit(code.message().c_str()); };
    std::error_code code;
    const auto status = fs::status(systemPath(path), code);
    // A name below something that is no folder is not merely missing: kubectl passes over ENOENT alone.
    if (code == std::errc::no_such_file_or_directory)
        return failure(QStringLiteral("fileMissing"), system(code));
    if (code)
        return unreadable(system(code));
    if (fs::is_directory(status))
        return unreadable(system(std::make_error_code(std::errc::is_a_directory)));
    if (kind == FileKind::Regular && !fs::is_regular_file(status))
        return unreadable(QStringLiteral("not a regular file"));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return unreadable(file.errorString());
    QByteArray bytes;
    while (bytes.size() <= most) {
        const QByteArray part = file.read(most + 1 - bytes.size());
        if (part.isEmpty()) {
            if (file.error() != QFileDevice::NoError)
                return unreadable(file.errorString());
            return bytes;
        }
        bytes += part;
    }
    return failure(QStringLiteral("fileTooLarge"), QStringLiteral("more than %1 bytes").arg(most));
}

QString absolutePath(const QString& path, const QString& file)
{
    // Not QDir::isAbsolutePath(): ":/x" is one of Qt's own resources to it.
    if (path.isEmpty() || path.startsWith(QLatin1Char('/')))
        return path;
    // Not QDir::cleanPath(): it keeps a ".." that goes above the root.
    auto joined = (systemPath(file).parent_path() / systemPath(path)).lexically_normal();
    if (!joined.has_filename() && joined.has_relative_path())
        joined = joined.parent_path();
    return QFile::decodeName(QByteArray::fromStdString(joined.string()));
}

} // namespace config
