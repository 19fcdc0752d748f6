// Overviews and code: any text, as it came.

#include "tests/support/ui_main.h"
#include "ui/theme/palettes.h"
#include "ui/widgets/codeedit.h"
#include "ui/widgets/codeview.h"
#include "ui/widgets/keyvalueview.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/valuelabel.h"

#include <QClipboard>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTextBlock>
#include <QTextLayout>
#include <QToolButton>

using namespace ui;

namespace {

const QString Hostile = QStringLiteral("<img src=x> <b>bold</b> &amp; {{x}}");

std::vector<KeyValues> overview(const QString& phase)
{
    return {{QStringLiteral("status"),
             QStringLiteral("Status"),
             {{.id = QStringLiteral("phase"), .label = QStringLiteral("Phase"), .value = phase},
              {.id = QStringLiteral("message"), .label = QStringLiteral("Message"), .value = Hostile},
              {.id = QStringLiteral("node"),
               .label = QStringLiteral("Node"),
               .value = QStringLiteral("node-07"),
               .leads = true},
              {.id = QStringLiteral("labels"),
               .label = QStringLiteral("Labels"),
               .chips = {QStringLiteral("app=web"), Hostile}}}}};
}

} // namespace

class TestTexts : public QObject {
    Q_OBJECT
private slots:
    void init() { QApplication::setPalette(lightPalette()); }

    void anOverviewShowsAnyTextAsItIs()
    {
        KeyValueView view(QStringLiteral("overview"));
        view.setGroups(overview(QStringLiteral("Running")));
        view.resize(400, 300);
        view.show();
        const auto labels = view.findChildren<QLabel*>();
        QVERIFY(labels.size() >= 6);
        for (const QLabel* label : labels)
            QCOMPARE(label->textFormat(), Qt::PlainText);
        QCOMPARE(value(view, "overview.status.message")->text(), Hostile);
        QCOMPARE(value(view, "overview.status.labels.chip1")->text(), Hostile);
        QVERIFY(view.asText().contains(QStringLiteral("Message: ") + Hostile));
    }

    void anUpdateKeepsTheSelection()
    {
        KeyValueView view(QStringLiteral("overview"));
        view.setGroups(overview(QStringLiteral("Pending")));
        view.show();
        ValueLabel* message = value(view, "overview.status.message");
        message->setSelection(0, 4);
        view.setGroups(overview(QStringLiteral("Running")));
        QCOMPARE(value(view, "overview.status.message"), message);
        QCOMPARE(message->selectedText(), Hostile.left(4));
        QCOMPARE(value(view, "overview.status.phase")->text(), QStringLiteral("Running"));
    }

    void aGroupFolds()
    {
        KeyValueView view(QStringLiteral("overview"));
        view.setGroups(overview(QStringLiteral("Running")));
        view.show();
        auto* head = view.findChild<QToolButton*>(QStringLiteral("overview.status.fold"));
        QVERIFY(head);
        QVERIFY(value(view, "overview.status.phase")->isVisible());
        QTest::mouseClick(head, Qt::LeftButton);
        QVERIFY(!value(view, "overview.status.phase")->isVisible());
    }

    void theKeyboardWalksThroughTheValues()
    {
        KeyValueView view(QStringLiteral("overview"));
        view.setGroups(overview(QStringLiteral("Running")));
        view.show();
        view.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_Down);
        QVERIFY(value(view, "overview.status.phase")->hasFocus());
        QTest::keyClick(view.focusWidget(), Qt::Key_Down);
        QVERIFY(value(view, "overview.status.message")->hasFocus());
        QTest::keySequence(view.focusWidget(), QKeySequence::Copy);
        QCOMPARE(QGuiApplication::clipboard()->text(), Hostile);
        QTest::keyClick(view.focusWidget(), Qt::Key_Down);
        QSignalSpy followed(&view, &KeyValueView::followed);
        QTest::keyClick(view.focusWidget(), Qt::Key_Return);
        QCOMPARE(followed.size(), 1);
        QCOMPARE(followed.front().at(1).toString(), QStringLiteral("node"));
    }

    void yamlTellsKeysFromValues()
    {
        CodeView view(QStringLiteral("yaml"), CodeView::Language::Yaml);
        view.setText(QStringLiteral("kind: Pod # a comment\n"
                                    "spec:\n"
                                    "  replicas: 3\n"
                                    "  args:\n"
                                    "  - name: x\n"
                                    "  script: |\n"
                                    "    key: not a key\n"
                                    "  image: registry:5000/web\n"
                                    "  \"quoted: key\": y\n"));
        const QColor key = color(ColorId::YamlKey, lightPalette());
        const QColor scalar = color(ColorId::YamlValue, lightPalette());
        QCOMPARE(colorAt(view, 0, 0), key);
        QVERIFY(colorAt(view, 0, 6) != key);
        QCOMPARE(colorAt(view, 2, 2), key);
        QCOMPARE(colorAt(view, 2, 12), scalar);
        QCOMPARE(colorAt(view, 4, 4), key);
        QVERIFY(colorAt(view, 6, 4) != key); // inside a block scalar
        QCOMPARE(colorAt(view, 7, 2), key);
        QVERIFY(colorAt(view, 7, 9) != key);
        QCOMPARE(colorAt(view, 8, 4), key);
        QApplication::setPalette(darkPalette());
        view.show();
        QTRY_COMPARE(colorAt(view, 0, 0), color(ColorId::YamlKey, darkPalette()));
    }

    void newTextKeepsThePlace()
    {
        CodeView view(QStringLiteral("yaml"), CodeView::Language::Yaml);
        QString text;
        for (int i = 0; i < 500; ++i)
            text += QStringLiteral("line%1: %1\n").arg(i);
        view.resize(300, 200);
        view.show();
        view.setText(text);
        view.edit()->verticalScrollBar()->setValue(200);
        view.setText(text + QStringLiteral("more: 1\n"));
        QCOMPARE(view.edit()->verticalScrollBar()->value(), 200);
    }

    void findGoesAround()
    {
        CodeView view(QStringLiteral("yaml"), CodeView::Language::Yaml);
        view.setText(QStringLiteral("one\ntwo one\nthree\n"));
        view.show();
        view.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        QTest::keySequence(view.edit(), QKeySequence::Find);
        auto* field = view.findChild<QLineEdit*>(QStringLiteral("yaml.find.field"));
        QVERIFY(field && field->isVisible());
        QTest::keyClicks(field, QStringLiteral("ONE"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(view.edit()->textCursor().blockNumber(), 0);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(view.edit()->textCursor().blockNumber(), 1);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(view.edit()->textCursor().blockNumber(), 0);
        QCOMPARE(view.edit()->extraSelections().size(), 2);
        QTest::keyClick(field, Qt::Key_Escape); // clears
        QTest::keyClick(field, Qt::Key_Escape); // closes
        QVERIFY(!field->isVisible());
        QVERIFY(view.edit()->extraSelections().isEmpty());
    }

private:
    static ValueLabel* value(const KeyValueView& view, const char* name)
    {
        auto* found = view.findChild<ValueLabel*>(QLatin1String(name));
        if (!found)
            qFatal("no %s", name);
        return found;
    }

    static QColor colorAt(const CodeView& view, int line, int column)
    {
        const QTextBlock block = view.edit()->document()->findBlockByNumber(line);
        for (const auto& range : block.layout()->formats())
            if (column >= range.start && column < range.start + range.length)
                return range.format.foreground().color();
        return {};
    }
};

ALIDADE_UI_TEST_MAIN(TestTexts)
#include "tst_texts.moc"
