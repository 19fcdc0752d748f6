// No text from outside steers a terminal or a label.

#include "app/base/visible.h"

#include <QTest>

using base::isHarmless;
using base::Lines;
using base::LongestShownText;
using base::visible;

class VisibleTest : public QObject {
    Q_OBJECT

private slots:
    void whatSteersIsShown_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("many");
        const auto row = [](const char* name, const QByteArray& text, const QString& one, const QString& many) {
            QTest::newRow(name) << text << one << many;
        };
        const auto both = [&row](const char* name, const QByteArray& text, const QString& shown) {
            row(name, text, shown, shown);
        };
        both("nothing", "", {});
        both("plain text", "web-7f9 {a: 'b'} <img src=x> ~", QStringLiteral("web-7f9 {a: 'b'} <img src=x> ~"));
        both("other scripts", "Grüße, 照准仪, עברית", QStringLiteral("Grüße, 照准仪, עברית"));
        both("beyond the first plane", "\xf0\x9f\x94\x92\xf0\xa0\xae\xb7", QStringLiteral("🔒𠮷"));
        both("ANSI colours", "\x1b[31mred\x1b[0m", QStringLiteral("␛[31mred␛[0m"));
        both("a title for the terminal", "\x1b]0;pwned\x07", QStringLiteral("␛]0;pwned␇"));
        both("C1, where ESC [ is one character",
             "a\xc2\x9b"
             "31m",
             QStringLiteral("a\\u{009b}31m"));
        both("NUL", QByteArray("a\0b", 3), QStringLiteral("a␀b"));
        both("backspace and DEL", "a\bb\x7f", QStringLiteral("a␈b\\u{007f}"));
        row("a new line", "a\nb", QStringLiteral("a␊b"), QStringLiteral("a\nb"));
        row("a tab", "a\tb", QStringLiteral("a␉b"), QStringLiteral("a\tb"));
        both("a lone CR, which overwrites its line", "safe\rrm -rf", QStringLiteral("safe␍rm -rf"));
        both("a CR at the end", "safe\r", QStringLiteral("safe␍"));
        row("CR LF", "a\r\nb\r\n", QStringLiteral("a␍␊b␍␊"), QStringLiteral("a\r\nb\r\n"));
        row("CR CR LF", "a\r\r\n", QStringLiteral("a␍␍␊"), QStringLiteral("a␍\r\n"));
        both("an override of direction", "user\xe2\x80\xaetxt.exe", QStringLiteral("user\\u{202e}txt.exe"));
        both("isolates", "\xe2\x81\xa6x\xe2\x81\xa9", QStringLiteral("\\u{2066}x\\u{2069}"));
        both("marks of direction", "\xe2\x80\x8e\xe2\x80\x8f\xd8\x9c", QStringLiteral("\\u{200e}\\u{200f}\\u{061c}"));
        both("no width", "a\xe2\x80\x8b\xe2\x81\xa0\xef\xbb\xbf", QStringLiteral("a\\u{200b}\\u{2060}\\u{feff}"));
        both("a soft hyphen", "ad\xc2\xadmin", QStringLiteral("ad\\u{00ad}min"));
        both("fillers", "a\xe3\x85\xa4\xef\xbe\xa0\xe1\x85\x9f", QStringLiteral("a\\u{3164}\\u{ffa0}\\u{115f}"));
        both("line and paragraph separators",
             "a\xe2\x80\xa8"
             "b\xe2\x80\xa9",
             QStringLiteral("a\\u{2028}b\\u{2029}"));
        both("tags", "a\xf3\xa0\x80\xa0", QStringLiteral("a\\u{e0020}"));
        both("no UTF-8", "caf\xe9!", QStringLiteral(u"caf\ufffd!"));
        both("an overlong slash", "\xc0\xaf", QStringLiteral(u"\ufffd\ufffd"));
        both("half a character", "a\xe7\x85", QStringLiteral(u"a\ufffd\ufffd"));
    }
    void whatSteersIsShown()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, one);
        QFETCH(QString, many);
        const std::string_view bytes(text.constData(), static_cast<std::size_t>(text.size()));
        QCOMPARE(visible(bytes), one);
        QCOMPARE(visible(bytes, Lines::Many), many);
        QCOMPARE(visible(QString::fromUtf8(text)), one);
        QCOMPARE(visible(QString::fromUtf8(text), Lines::Many), many);
        // What has been made visible stays as it is.
        QCOMPARE(visible(one), one);
        QCOMPARE(visible(many, Lines::Many), many);
        // The quick answer may say no to what is harmless, never yes to what is not.
        if (isHarmless(bytes))
            QCOMPARE(one, QString::fromUtf8(text));
        if (isHarmless(bytes, Lines::Many))
            QCOMPARE(many, QString::fromUtf8(text));
    }

    void theCommonCaseIsHarmless()
    {
        QVERIFY(isHarmless("kube-system"));
        QVERIFY(isHarmless("a\n\tb", Lines::Many));
        QVERIFY(!isHarmless("a\nb"));
        QVERIFY(!isHarmless("a\tb"));
        QVERIFY(!isHarmless("a\rb", Lines::Many));
        QVERIFY(!isHarmless("\x1b"));
        QVERIFY(!isHarmless("\x7f"));
        const std::string longest(static_cast<std::size_t>(LongestShownText), 'a');
        QVERIFY(isHarmless(longest));
        QVERIFY(!isHarmless(longest + 'a'));
    }

    void whatIsTooLongIsCutAndSaysSo()
    {
        const QString whole(LongestShownText, QLatin1Char('a'));
        QCOMPARE(visible(whole), whole);
        QCOMPARE(visible(whole.toStdString()), whole);
        const QString cut = whole + QChar(0x2026);
        QCOMPARE(visible(whole + QLatin1Char('b')), cut);
        QCOMPARE(visible((whole + QLatin1Char('b')).toStdString()), cut);
        QCOMPARE(visible(std::string(100'000'000, 'a')), cut);
    }

    void cuttingIsByWhatIsShown_data()
    {
        QTest::addColumn<QString>("character");
        QTest::newRow("three bytes") << QStringLiteral("照");
        QTest::newRow("two units") << QStringLiteral("🔒");
        QTest::newRow("one that grows") << QString(QChar(0x202e));
        QTest::newRow("a control picture") << QString(QChar(0x1b));
        QTest::newRow("Latin") << QStringLiteral("é");
    }
    void cuttingIsByWhatIsShown()
    {
        QFETCH(QString, character);
        const QString text = character.repeated(LongestShownText);
        for (const QString& shown : {visible(text), visible(text.toStdString())}) {
            // One character may reach over the end, in the form that is longest.
            QVERIFY2(shown.size() <= LongestShownText + 12, qPrintable(QString::number(shown.size())));
            if (character.size() > 1 || visible(character).size() > 1)
                QVERIFY(shown.endsWith(QChar(0x2026)));
            QVERIFY(!shown.contains(QChar(0xfffd)));
        }
    }
};

QTEST_GUILESS_MAIN(VisibleTest)
#include "tst_visible.moc"
