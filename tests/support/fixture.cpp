#include "tests/support/fixture.h"

#include <QFile>

namespace support {

QString fixturePath(const QString& path)
{
    return QStringLiteral(ALIDADE_FIXTURES "/") + path;
}

QByteArray fixture(const QString& path)
{
    QFile file(fixturePath(path));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("fixture %s cannot be read", qPrintable(file.fileName()));
    return file.readAll();
}

} // namespace support
