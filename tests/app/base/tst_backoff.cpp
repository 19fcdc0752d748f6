// The pause before the next try: client-go's reflector's.

#include "app/base/backoff.h"

#include <QTest>
#include <algorithm>
#include <vector>

using base::Backoff;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

class BackoffTest : public QObject {
    Q_OBJECT

    const Backoff::Clock::time_point m_start = Backoff::Clock::time_point{} + 1h;

private slots:
    void doublesFromPointEightSecondsToThirty()
    {
        for (unsigned seed = 0; seed < 200; ++seed) {
            Backoff backoff(seed);
            auto now = m_start;
            for (const milliseconds base :
                 {800ms, 1600ms, 3200ms, 6400ms, 12'800ms, 25'600ms, 30'000ms, 30'000ms, 30'000ms}) {
                const auto pause = backoff.next(now);
                QVERIFY2(pause >= base && pause < 2 * base, qPrintable(QString::number(pause.count())));
                now += pause;
            }
        }
    }

    void isSpreadOverAllOfItsRange()
    {
        std::vector<milliseconds> pauses;
        for (unsigned seed = 0; seed < 4000; ++seed)
            pauses.push_back(Backoff(seed).next(m_start));
        std::sort(pauses.begin(), pauses.end());
        QVERIFY(pauses.front() < 820ms);
        QVERIFY(pauses.back() >= 1580ms);
        // Even: each quarter of the range has about a quarter of them.
        for (const milliseconds end : {1000ms, 1200ms, 1400ms}) {
            const auto below = std::lower_bound(pauses.begin(), pauses.end(), end) - pauses.begin();
            const double share = static_cast<double>(below) / static_cast<double>(pauses.size());
            const double wanted = static_cast<double>((end - 800ms).count()) / 800.0;
            QVERIFY2(std::abs(share - wanted) < 0.05, qPrintable(QString::number(share)));
        }
    }

    void differsBetweenTwoThatWereNotSeeded()
    {
        Backoff one;
        Backoff other;
        std::vector<milliseconds> of[2];
        for (int i = 0; i < 8; ++i) {
            of[0].push_back(one.next(m_start));
            of[1].push_back(other.next(m_start));
        }
        QVERIFY(of[0] != of[1]);
    }

    void startsAgainAfterMoreThanTwoMinutesWithoutATry()
    {
        Backoff backoff(1);
        auto now = m_start;
        for (int i = 0; i < 6; ++i)
            backoff.next(now += 1s);
        QVERIFY(backoff.next(now += 2min) >= 30s); // exactly two minutes are not enough
        const auto again = backoff.next(now += 2min + 1ms);
        QVERIFY(again >= 800ms && again < 1600ms);
        QVERIFY(backoff.next(now += 1s) >= 1600ms);
    }

    void theLongestPauseDoesNotCountAsHealth()
    {
        // Tries that follow each other as slowly as they may must not look like two quiet minutes.
        Backoff backoff(7);
        auto now = m_start;
        for (int i = 0; i < 1000; ++i) {
            const auto pause = backoff.next(now);
            if (i >= 6)
                QVERIFY(pause >= 30s);
            now += pause;
        }
    }

    void isResetByHand()
    {
        Backoff backoff(3);
        for (int i = 0; i < 6; ++i)
            backoff.next(m_start);
        backoff.reset();
        const auto first = backoff.next(m_start);
        QVERIFY(first >= 800ms && first < 1600ms);
    }
};

QTEST_GUILESS_MAIN(BackoffTest)
#include "tst_backoff.moc"
