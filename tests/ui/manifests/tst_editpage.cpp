// Nothing is applied that was not seen: the button that applies lives only while the text is the one that was tried.

#include "ui/manifests/editpage.h"
#include "ui/widgets/texteditor.h"

#include <QPushButton>
#include <QTest>
#include <QTreeWidget>

using ui::EditPage;
using ui::EditSession;

namespace {

class FakeSession final : public EditSession {
public:
    Phase phase() const override { return m_phase; }
    std::vector<Item> items() const override { return m_items; }
    std::vector<Problem> problems() const override { return m_problems; }
    bool canApply() const override { return m_phase == Phase::Tried && m_problems.empty(); }
    QString applyWords() const override { return QStringLiteral("Apply to 1 object"); }
    void tryOut(const QString& text) override
    {
        tried += text;
        m_phase = Phase::Tried;
        Q_EMIT changed();
    }
    void apply() override
    {
        ++applied;
        m_phase = Phase::Applied;
        Q_EMIT changed();
    }
    void cancel() override {}

    QStringList tried;
    int applied = 0;
    Phase m_phase = Phase::Fresh;
    std::vector<Item> m_items;
    std::vector<Problem> m_problems;
};

struct Fixture {
    explicit Fixture(bool readOnly = false)
        : session(new FakeSession),
          page(ui::View{}, session, QStringLiteral("Edit · web"), readOnly)
    {
        page.resize(900, 600);
        page.show();
    }

    template <typename T = QPushButton> T* find(const char* name) const
    {
        return page.findChild<T*>(QLatin1String(name));
    }

    FakeSession* session; // the page's
    EditPage page;
};

} // namespace

class TestEditPage : public QObject {
    Q_OBJECT
private slots:
    void theEditorIsThere()
    {
        const Fixture fixture;
        QVERIFY(fixture.find<QWidget>("edit.text"));
        QVERIFY(!fixture.find<QWidget>("edit.text")->accessibleName().isEmpty());
    }

    void nothingIsAppliedBeforeItWasTried()
    {
        Fixture fixture;
        fixture.page.setText(QStringLiteral("kind: Pod\n"));
        QVERIFY(!fixture.find("edit.apply")->isEnabled());
        fixture.find("edit.try")->click();
        QCOMPARE(fixture.session->tried, QStringList{QStringLiteral("kind: Pod\n")});
        QVERIFY(fixture.find("edit.apply")->isEnabled());
        fixture.find("edit.apply")->click();
        QCOMPARE(fixture.session->applied, 1);
        QVERIFY(!fixture.find("edit.apply")->isEnabled());
    }

    void whatWasTypedSinceIsTriedAgainFirst()
    {
        Fixture fixture;
        fixture.page.setText(QStringLiteral("kind: Pod\n"));
        fixture.find("edit.try")->click();
        QTest::keyClick(fixture.find<QWidget>("edit.text"), Qt::Key_X);
        QVERIFY(fixture.page.text().contains(QLatin1Char('x')));
        QVERIFY(!fixture.find("edit.apply")->isEnabled());
        QTest::keyClick(&fixture.page, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(fixture.session->tried.size(), 2);
        QVERIFY(fixture.find("edit.apply")->isEnabled());
    }

    void whatIsRefusedIsShownFirst()
    {
        Fixture fixture;
        fixture.session->m_items = {{.what = QStringLiteral("Create")},
                                    {.what = QStringLiteral("Refused"), .sign = ui::Sign::Error}};
        fixture.session->m_problems = {{2, QStringLiteral("field not declared")}};
        fixture.page.setText(QStringLiteral("a: 1\nb: 2\n"));
        fixture.find("edit.try")->click();
        auto* list = fixture.find<QTreeWidget>("edit.objects");
        QCOMPARE(list->topLevelItemCount(), 2);
        QCOMPARE(list->currentItem()->text(0), QStringLiteral("Refused"));
        QVERIFY(!fixture.find("edit.apply")->isEnabled());
    }

    void aReadOnlyContextOffersNothing()
    {
        Fixture fixture(true);
        fixture.page.setText(QStringLiteral("kind: Pod\n"));
        QVERIFY(!fixture.find("edit.try")->isEnabled());
        QVERIFY(!fixture.find("edit.apply")->isEnabled());
    }
};

QTEST_MAIN(TestEditPage)
#include "tst_editpage.moc"
