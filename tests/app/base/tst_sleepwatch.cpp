// A machine that slept is noticed by a clock that went on meanwhile.

#include "app/base/sleepwatch.h"

#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;

class TestSleepWatch : public QObject {
    Q_OBJECT
private slots:
    void sleep_is_told_once_with_its_length()
    {
        std::chrono::milliseconds slept = 0ms;
        base::SleepWatch watch(
            nullptr, [&slept] { return base::SleepWatch::clockThatGoesOn() + slept; }, 20ms);
        QSignalSpy woke(&watch, &base::SleepWatch::woke);
        QTest::qWait(100);
        QCOMPARE(woke.size(), 0);
        slept = 8h;
        QTRY_COMPARE(woke.size(), 1);
        QVERIFY(woke.front().front().value<std::chrono::milliseconds>() >= 8h);
        QTest::qWait(100);
        QCOMPARE(woke.size(), 1);
    }

    void a_clock_that_is_put_back_is_no_sleep()
    {
        std::chrono::milliseconds shift = 0ms;
        base::SleepWatch watch(
            nullptr, [&shift] { return base::SleepWatch::clockThatGoesOn() + shift; }, 20ms);
        QSignalSpy woke(&watch, &base::SleepWatch::woke);
        shift = -1h;
        QTest::qWait(100);
        QCOMPARE(woke.size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestSleepWatch)
#include "tst_sleepwatch.moc"
