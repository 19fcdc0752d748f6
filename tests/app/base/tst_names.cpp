// Names as the APIServer takes them.

#include "app/base/names.h"

#include <QTest>

namespace {

QString many(int count, QChar letter = QLatin1Char('a'))
{
    return QString(count, letter);
}

} // namespace

class NamesTest : public QObject {
    Q_OBJECT

private slots:
    void labelsAndParts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("label");
        QTest::addColumn<bool>("subdomain");
        QTest::addColumn<bool>("part");
        const auto row = [](const char* name, const QString& text, bool label, bool subdomain, bool part) {
            QTest::newRow(name) << text << label << subdomain << part;
        };
        row("nothing", {}, false, false, false);
        row("one letter", QStringLiteral("a"), true, true, true);
        row("digits", QStringLiteral("0-9"), true, true, true);
        row("upper case", QStringLiteral("Web"), false, false, true);
        row("underscore", QStringLiteral("a_b"), false, false, true);
        row("dots", QStringLiteral("a.b"), false, true, true);
        row("two dots", QStringLiteral("a..b"), false, false, true);
        row("a dot first", QStringLiteral(".a"), false, false, false);
        row("a dot last", QStringLiteral("a."), false, false, false);
        row("a dash first", QStringLiteral("-a"), false, false, false);
        row("a dash last", QStringLiteral("a-"), false, false, false);
        row("a label ends with a dash", QStringLiteral("a-.b"), false, false, true);
        row("a slash", QStringLiteral("a/b"), false, false, false);
        row("a new line behind it", QStringLiteral("a\n"), false, false, false);
        row("not ASCII", QStringLiteral("gr\u00fcn"), false, false, false);
        row("digits of another script", QStringLiteral("a\u0663"), false, false, false);
        row("63", many(63), true, true, true);
        row("64", many(64), false, true, false);
        row("253", many(253), false, true, false);
        row("254", many(254), false, false, false);
    }
    void labelsAndParts()
    {
        QFETCH(QString, text);
        QTEST(base::isDnsLabel(text), "label");
        QTEST(base::isDnsSubdomain(text), "subdomain");
        QTEST(base::isNamePart(text), "part");
        QFETCH(bool, part);
        QCOMPARE(base::isLabelValue(text), part || text.isEmpty());
        QCOMPARE(base::isLabelValue(text.toStdString()), part || text.isEmpty());
        QCOMPARE(base::isQualifiedName(text.toStdString()), part || text == QLatin1String("a/b"));
    }

    void prefixes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("valid");
        QTest::newRow("prefix") << QStringLiteral("example.com/Team_1") << true;
        QTest::newRow("no prefix before the slash") << QStringLiteral("/team") << false;
        QTest::newRow("no name behind it") << QStringLiteral("example.com/") << false;
        QTest::newRow("two slashes") << QStringLiteral("a/b/c") << false;
        QTest::newRow("upper case in the prefix") << QStringLiteral("Example.com/team") << false;
        QTest::newRow("longest") << many(253) + QLatin1Char('/') + many(63) << true;
        QTest::newRow("prefix too long") << many(254) + QLatin1Char('/') + many(63) << false;
        QTest::newRow("name too long") << many(253) + QLatin1Char('/') + many(64) << false;
    }
    void prefixes()
    {
        QFETCH(QString, text);
        QTEST(base::isQualifiedName(text.toStdString()), "valid");
    }
};

QTEST_APPLESS_MAIN(NamesTest)
#include "tst_names.moc"
