// A pane tells apart what is loading, empty, forbidden, failed and old.

#include "tests/support/ui_main.h"
#include "ui/theme/colors.h"
#include "ui/theme/palettes.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/statepane.h"
#include "ui/widgets/timelabel.h"

#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace ui;

class TestStatePane : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        QApplication::setPalette(lightPalette());
        m_content = new QListWidget;
        m_content->addItem(QStringLiteral("a row"));
        m_pane = std::make_unique<StatePane>(QStringLiteral("pane"), m_content);
        m_pane->resize(600, 400);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
    }

    void startsWithItsContent() { QVERIFY(m_content->isVisible()); }

    void loadingIsQuietForASecondThenCanBeCancelled()
    {
        m_pane->setState({.kind = PaneState::Kind::Loading, .sentence = QStringLiteral("Asking for pods")});
        QVERIFY(!m_content->isVisible());
        auto* cancel = child<QPushButton>("pane.cancel");
        QVERIFY(!cancel->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(cancel->isVisible(), 3'000);
        QCOMPARE(child<PlainLabel>("pane.loadingText")->text(), QStringLiteral("Asking for pods"));
        QTRY_VERIFY(!child<TimeLabel>("pane.elapsed")->text().isEmpty());
        QSignalSpy cancelled(m_pane.get(), &StatePane::cancelRequested);
        QTest::mouseClick(cancel, Qt::LeftButton);
        QCOMPARE(cancelled.size(), 1);
    }

    void whatComesWithinASecondNeverFlashesAClock()
    {
        m_pane->setState({.kind = PaneState::Kind::Loading, .sentence = QStringLiteral("Asking for pods")});
        m_pane->setState({});
        QVERIFY(m_content->isVisible());
        QTest::qWait(1'200);
        QVERIFY(!child<QPushButton>("pane.cancel")->isVisible());
    }

    void emptyHasASentenceAndNothingToRetry()
    {
        m_pane->setState(
            {.kind = PaneState::Kind::Empty, .sentence = QStringLiteral("No pods in these 3 namespaces.")});
        QCOMPARE(child<PlainLabel>("pane.message.sentence")->text(), QStringLiteral("No pods in these 3 namespaces."));
        QVERIFY(!child<QPushButton>("pane.message.retry")->isVisible());
        QVERIFY(!child<QToolButton>("pane.message.words")->isVisible());
    }

    void aFailureFoldsTheServersWordsAwayVerbatim()
    {
        const QString said = QStringLiteral("etcdserver: <b>request</b> timed out\n&amp;");
        m_pane->setState({.kind = PaneState::Kind::Failed,
                          .sentence = QStringLiteral("GET /api/v1/pods failed."),
                          .said = said,
                          .advice = QStringLiteral("Try again.")});
        auto* words = child<QPlainTextEdit>("pane.message.said");
        QVERIFY(!words->isVisible());
        QTest::mouseClick(child<QToolButton>("pane.message.words"), Qt::LeftButton);
        QVERIFY(words->isVisible());
        QCOMPARE(words->toPlainText(), said);
        QSignalSpy retried(m_pane.get(), &StatePane::retryRequested);
        QTest::mouseClick(child<QPushButton>("pane.message.retry"), Qt::LeftButton);
        QCOMPARE(retried.size(), 1);
    }

    void whyIsOfferedWhereSomebodyKnows()
    {
        PaneState state{.kind = PaneState::Kind::Failed, .sentence = QStringLiteral("Refused.")};
        m_pane->setState(state);
        QVERIFY(!child<QPushButton>("pane.message.why")->isVisible());
        state.canExplain = true;
        m_pane->setState(state);
        QSignalSpy asked(m_pane.get(), &StatePane::whyRequested);
        QTest::mouseClick(child<QPushButton>("pane.message.why"), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        m_pane->setState({.staleSince = QDateTime::currentDateTimeUtc(), .staleReason = QStringLiteral("Reset.")});
        QVERIFY(!child<QPushButton>("pane.staleWhy")->isVisible());
        m_pane->setState({.canExplain = true, .staleSince = QDateTime::currentDateTimeUtc()});
        QTest::mouseClick(child<QPushButton>("pane.staleWhy"), Qt::LeftButton);
        QCOMPARE(asked.size(), 2);
    }

    void noPermissionLooksUnlikeEmpty()
    {
        const auto picture = [this](PaneState::Kind kind) {
            m_pane->setState({.kind = kind, .sentence = QStringLiteral("Nothing to see.")});
            return m_pane->grab().toImage();
        };
        QVERIFY(picture(PaneState::Kind::Empty) != picture(PaneState::Kind::NoPermission));
    }

    void oldRowsStayAndTurnGreyBelowABar()
    {
        const QColor fresh = m_content->palette().color(QPalette::Text);
        PaneState stale;
        stale.staleSince = QDateTime(QDate::currentDate(), QTime(14, 2));
        stale.staleReason = QStringLiteral("connection refused");
        m_pane->setState(stale);
        QVERIFY(m_content->isVisible());
        const QString text = child<PlainLabel>("pane.stale.text")->text();
        QVERIFY2(text.contains(QStringLiteral("14:02")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("connection refused")), qPrintable(text));
        QCOMPARE(m_content->palette().color(QPalette::Text), color(ColorId::Muted, lightPalette()));
        QApplication::setPalette(darkPalette());
        QTRY_COMPARE(m_content->palette().color(QPalette::Text), color(ColorId::Muted, darkPalette()));
        QApplication::setPalette(lightPalette());
        QSignalSpy retried(m_pane.get(), &StatePane::retryRequested);
        QTest::mouseClick(child<QPushButton>("pane.staleRetry"), Qt::LeftButton);
        QCOMPARE(retried.size(), 1);
        m_pane->setState({});
        QTRY_COMPARE(m_content->palette().color(QPalette::Text), fresh);
        QVERIFY(!child<PlainLabel>("pane.stale.text")->isVisible());
    }

    void timeAgoIsNeverInTheFuture()
    {
        const QDateTime now(QDate(2026, 11, 22), QTime(14, 0), Qt::UTC);
        QCOMPARE(timeAgo(now.addSecs(30), now), QStringLiteral("just now"));
        QCOMPARE(timeAgo(now.addSecs(-12), now), QStringLiteral("12 s ago"));
        QCOMPARE(timeAgo(now.addSecs(-185), now), QStringLiteral("3 min ago"));
        QCOMPARE(timeAgo(now.addSecs(-7'300), now), QStringLiteral("2 h ago"));
        QVERIFY(timeAgo(now.addDays(-3), now).contains(QStringLiteral("2026-11-19")));
    }

    void aTimeLabelGoesOnByItself()
    {
        QDateTime now = QDateTime::currentDateTimeUtc();
        TimeLabel label(TimeLabel::Style::Live);
        label.setClock([&now] { return now; });
        label.setTime(now);
        label.show();
        QCOMPARE(label.text(), QStringLiteral("live, just now"));
        now = now.addSecs(9);
        QTRY_COMPARE(label.text(), QStringLiteral("live, 9 s ago"));
        label.setTime({});
        QVERIFY(label.text().isEmpty());
    }

private:
    template <typename T> T* child(const char* name) const
    {
        T* found = m_pane->findChild<T*>(QLatin1String(name));
        if (!found)
            qFatal("no %s", name);
        return found;
    }

    QListWidget* m_content = nullptr;
    std::unique_ptr<StatePane> m_pane;
};

ALIDADE_UI_TEST_MAIN(TestStatePane)
#include "tst_statepane.moc"
