#pragma once
// Recorded answers and other files of tests/fixtures.

#include <QByteArray>
#include <QString>

namespace support {

/// The file's bytes; fails the process when it is missing, since a test without its fixture says nothing.
QByteArray fixture(const QString& path);
QString fixturePath(const QString& path);

} // namespace support
