// Sentences with their signs, and the command that does the same.

#include "tests/support/ui_main.h"
#include "ui/widgets/commandbox.h"
#include "ui/widgets/signlabel.h"
#include "ui/widgets/signlines.h"
#include "ui/widgets/signlist.h"

#include <QClipboard>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QToolButton>

using namespace ui;

class TestSigns : public QObject {
    Q_OBJECT

private slots:
    void theSignIsSpoken()
    {
        QCOMPARE(spoken({Sign::Warning, QStringLiteral("It writes.")}), QStringLiteral("Warning: It writes."));
        QCOMPARE(spoken({Sign::None, QStringLiteral("It reads.")}), QStringLiteral("It reads."));
    }

    void aListHasARowForEachLine()
    {
        SignList list(QStringLiteral("list"));
        list.setLines({{Sign::Error, QStringLiteral("a")}, {Sign::None, QStringLiteral("b")}});
        QCOMPARE(list.count(), 2);
        QCOMPARE(list.item(0)->text(), QStringLiteral("a"));
        QCOMPARE(list.item(0)->data(Qt::AccessibleTextRole).toString(), QStringLiteral("Error: a"));
        QCOMPARE(list.item(1)->data(Qt::AccessibleTextRole).toString(), QStringLiteral("b"));
        list.setLines({});
        QCOMPARE(list.count(), 0);
    }

    void linesTakeNoRoomWhenThereAreNone()
    {
        SignLines lines(QStringLiteral("lines"));
        lines.setLines({{Sign::Info, QStringLiteral("<b>a</b>")}});
        QVERIFY(!lines.isHidden());
        QCOMPARE(lines.text(), QStringLiteral("Information: <b>a</b>"));
        const auto* words = lines.findChild<QLabel*>(QStringLiteral("lines.0"));
        QVERIFY(words);
        QCOMPARE(words->textFormat(), Qt::PlainText);
        lines.setLines({});
        QVERIFY(lines.isHidden());
    }

    void theCommandOfTheChosenToolIsCopied()
    {
        CommandBox box(QStringLiteral("box"), {QStringLiteral("kubectl"), QStringLiteral("curl")});
        box.setCommands({QStringLiteral("kubectl get"), QStringLiteral("curl -v")});
        const auto* shown = box.findChild<QPlainTextEdit*>(QStringLiteral("box.command"));
        QCOMPARE(shown->toPlainText(), QStringLiteral("kubectl get"));
        auto* tool = box.findChild<QComboBox*>(QStringLiteral("box.tool"));
        QVERIFY(tool);
        tool->setCurrentIndex(1);
        QCOMPARE(shown->toPlainText(), QStringLiteral("curl -v"));
        box.findChild<QToolButton*>(QStringLiteral("box.copy"))->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("curl -v"));
        box.setCommands({});
        QCOMPARE(shown->toPlainText(), QString());
    }

    void oneToolIsNotChosen()
    {
        CommandBox box(QStringLiteral("box"));
        box.setCommands({QStringLiteral("kubectl get")});
        QVERIFY(!box.findChild<QComboBox*>());
        QCOMPARE(box.findChild<QPlainTextEdit*>(QStringLiteral("box.command"))->toPlainText(),
                 QStringLiteral("kubectl get"));
    }
};

ALIDADE_UI_TEST_MAIN(TestSigns)
#include "tst_signs.moc"
