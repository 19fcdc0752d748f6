// Kinds of errors, by the names that other programs read.

#include "app/base/error.h"

#include <QTest>

class ErrorTest : public QObject {
    Q_OBJECT

private slots:
    void kindsHaveTheNamesOfTheContract()
    {
        const QString names =
            QStringLiteral("network dns tls timeout redirect unauthorized forbidden notFound conflict gone invalid "
                           "tooManyRequests server badAnswer badConfig limit canceled readOnly");
        QStringList found;
        for (int kind = 0; kind <= static_cast<int>(base::ErrorKind::ReadOnly); ++kind)
            found << base::idOf(static_cast<base::ErrorKind>(kind));
        found.sort();
        QStringList wanted = names.split(QLatin1Char(' '));
        wanted.sort();
        QCOMPARE(found, wanted);
    }
};

QTEST_GUILESS_MAIN(ErrorTest)
#include "tst_error.moc"
