// A diff tells what is different, and applied to the one side it gives the other.

#include "app/change/diff.h"

#include <QTest>
#include <random>

using change::DiffLine;

namespace {

QString side(const std::vector<DiffLine>& lines, bool after)
{
    QString text;
    for (const DiffLine& line : lines) {
        const bool isThere = after ? line.after > 0 : line.before > 0;
        if (isThere)
            text += line.text + QLatin1Char('\n');
    }
    return text;
}

} // namespace

class TestDiff : public QObject {
    Q_OBJECT
private slots:
    void ofASecretItIsSaidWhichValuesDifferAndNotWhatTheyAre()
    {
        const auto secret = [](const char* password) {
            return kube::Json{{"kind", "Secret"},
                              {"metadata", {{"name", "login"}}},
                              {"data", {{"password", password}, {"user", "dXNlcg=="}}}};
        };
        const QString text = change::unifiedText(change::diffObjects(secret("b25lb25l"), secret("dHdvdHdv")));
        QVERIFY2(text.contains(QLatin1String("-  password: <6 bytes, before>")) &&
                     text.contains(QLatin1String("+  password: <6 bytes, after>")),
                 qPrintable(text));
        QVERIFY(!text.contains(QLatin1String("b25l")) && !text.contains(QLatin1String("dHdv")) &&
                !text.contains(QLatin1String("dXNl")));
        QVERIFY(change::diffObjects(secret("b25lb25l"), secret("b25lb25l")).empty());
        QVERIFY(!change::unifiedText(change::diffObjects(nullptr, secret("b25lb25l"))).contains(QLatin1String("b25l")));
    }

    void equalTextsHaveNone()
    {
        QVERIFY(change::diffLines(QStringLiteral("a\nb\n"), QStringLiteral("a\nb\n")).empty());
        QVERIFY(change::diffObjects({{"metadata", {{"name", "a"}, {"resourceVersion", "1"}, {"generation", 1}}}},
                                    {{"metadata", {{"name", "a"}, {"resourceVersion", "2"}, {"generation", 2}}}})
                    .empty());
    }

    void aChangeStandsAmongItsNeighbours()
    {
        const auto lines =
            change::diffLines(QStringLiteral("a\nb\nc\nd\ne\nf\n"), QStringLiteral("a\nb\nc\nD\ne\nf\n"), 1);
        QCOMPARE(change::unifiedText(lines), QStringLiteral("@@ -3,3 +3,3 @@\n c\n-d\n+D\n e\n"));
        QCOMPARE(lines.front().kind, DiffLine::Kind::Gap);
    }

    void whatIsNewIsAddedAsAWhole()
    {
        const auto lines = change::diffObjects(nullptr, {{"kind", "Pod"}});
        QCOMPARE(change::unifiedText(lines), QStringLiteral("@@ -0,0 +1,1 @@\n+kind: Pod\n"));
    }

    void bothSidesComeBack()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 300; ++round) {
            QString before;
            QString after;
            const int count = static_cast<int>(random() % 40);
            for (int i = 0; i < count; ++i) {
                const QString line = QString::number(random() % 6) + QLatin1Char('\n');
                before += random() % 5 ? line : QString();
                after += random() % 5 ? line : QStringLiteral("other\n");
            }
            const auto lines = change::diffLines(before, after, 1'000);
            if (before == after) {
                QVERIFY(lines.empty());
                continue;
            }
            QCOMPARE(side(lines, false), before);
            QCOMPARE(side(lines, true), after);
            for (std::size_t i = 0; i < lines.size(); ++i)
                QVERIFY(lines[i].kind != DiffLine::Kind::Same || (lines[i].before > 0 && lines[i].after > 0));
        }
    }

    void largeTextsStayBounded()
    {
        QString before;
        QString after;
        for (int i = 0; i < 20'000; ++i) {
            before += QStringLiteral("a%1\n").arg(i);
            after += QStringLiteral("b%1\n").arg(i);
        }
        QCOMPARE(change::diffLines(before, after).size(), std::size_t{40'000});
    }
};

QTEST_GUILESS_MAIN(TestDiff)
#include "tst_diff.moc"
