// What is asked is taken once, where it was asked, and not at all by who gave it up or is gone.

#include "app/base/calls.h"

#include <QPromise>
#include <QTest>
#include <QThread>
#include <memory>
#include <optional>
#include <thread>

namespace {

/// A question that the test answers.
class Question {
public:
    Question() { m_promise.start(); }

    base::Call<int> call()
    {
        return {m_promise.future(), [cancels = m_cancels] { ++*cancels; }};
    }
    void answer(int value)
    {
        m_promise.addResult(value);
        m_promise.finish();
    }
    int cancels() const { return *m_cancels; }

private:
    QPromise<base::Result<int>> m_promise;
    std::shared_ptr<int> m_cancels = std::make_shared<int>(0);
};

} // namespace

class TestCalls : public QObject {
    Q_OBJECT
private slots:
    void an_answer_is_taken_once_and_let_go()
    {
        base::Calls calls;
        std::vector<int> taken;
        Question first;
        Question second;
        for (Question* each : {&first, &second})
            calls.follow(each->call(), [&taken](const base::Result<int>& answer) { taken.push_back(*answer); });
        QCOMPARE(calls.open(), 2);
        second.answer(2);
        QCOMPARE(calls.open(), 1);
        first.answer(1);
        QCOMPARE(calls.open(), 0);
        QCOMPARE(taken, (std::vector{2, 1}));
        calls.cancel(); // what has ended is not cancelled
        QCOMPARE(first.cancels() + second.cancels(), 0);
    }

    void what_is_answered_already_is_taken_at_once()
    {
        base::Calls calls;
        std::optional<base::ErrorKind> error;
        calls.follow(base::answered<int>(base::failure({.kind = base::ErrorKind::Limit})),
                     [&error](const base::Result<int>& answer) { error = answer.error().kind; });
        QCOMPARE(error, base::ErrorKind::Limit);
        QCOMPARE(calls.open(), 0);
    }

    void answers_after_cancel_are_dropped()
    {
        base::Calls calls;
        std::vector<int> taken;
        const auto take = [&taken](const base::Result<int>& answer) { taken.push_back(*answer); };
        Question given;
        calls.follow(given.call(), take);
        calls.cancel();
        QCOMPARE(given.cancels(), 1);
        QCOMPARE(calls.open(), 0);
        given.answer(1);
        Question next;
        calls.follow(next.call(), take);
        next.answer(2);
        QCOMPARE(taken, (std::vector{2}));
        calls.cancel();
        QCOMPARE(given.cancels(), 1);
    }

    void a_cancel_that_answers_at_once_is_not_taken()
    {
        base::Calls calls;
        Question asked;
        base::Call<int> call = asked.call();
        call.cancel = [&asked] { asked.answer(0); };
        bool isTaken = false;
        calls.follow(std::move(call), [&isTaken](const base::Result<int>&) { isTaken = true; });
        calls.cancel();
        QVERIFY(!isTaken);
    }

    void taking_may_ask_anew_or_cancel_the_rest()
    {
        base::Calls calls;
        std::vector<int> taken;
        Question first;
        Question rest;
        Question after;
        calls.follow(rest.call(), [&taken](const base::Result<int>& answer) { taken.push_back(*answer); });
        calls.follow(first.call(), [&](const base::Result<int>&) {
            calls.cancel();
            calls.follow(after.call(), [&taken](const base::Result<int>& answer) { taken.push_back(*answer); });
        });
        first.answer(1);
        QCOMPARE(rest.cancels(), 1);
        QCOMPARE(calls.open(), 1);
        rest.answer(2);
        after.answer(3);
        QCOMPARE(taken, (std::vector{3}));
    }

    void who_asked_may_go_while_taking()
    {
        auto calls = std::make_unique<base::Calls>();
        Question first;
        Question second;
        bool isTaken = false;
        calls->follow(first.call(), [&calls](const base::Result<int>&) { calls.reset(); });
        calls->follow(second.call(), [&isTaken](const base::Result<int>&) { isTaken = true; });
        first.answer(1);
        QVERIFY(!calls);
        QCOMPARE(second.cancels(), 1);
        second.answer(2);
        QVERIFY(!isTaken);
    }

    void who_is_gone_takes_nothing()
    {
        auto calls = std::make_unique<base::Calls>();
        Question asked;
        bool isTaken = false;
        calls->follow(asked.call(), [&isTaken](const base::Result<int>&) { isTaken = true; });
        calls.reset();
        QCOMPARE(asked.cancels(), 1);
        std::thread([&asked] { asked.answer(1); }).join();
        QCoreApplication::processEvents();
        QVERIFY(!isTaken);
    }

    void an_answer_of_another_thread_is_taken_in_ones_own()
    {
        base::Calls calls;
        Question asked;
        QThread* takenIn = nullptr;
        calls.follow(asked.call(), [&takenIn](const base::Result<int>&) { takenIn = QThread::currentThread(); });
        std::thread([&asked] { asked.answer(1); }).join();
        QVERIFY(!takenIn);
        QTRY_COMPARE(takenIn, QThread::currentThread());
        QCOMPARE(calls.open(), 0);
    }

    void an_answer_on_its_way_is_dropped_as_well()
    {
        base::Calls calls;
        Question asked;
        bool isTaken = false;
        calls.follow(asked.call(), [&isTaken](const base::Result<int>&) { isTaken = true; });
        std::thread([&asked] { asked.answer(1); }).join();
        calls.cancel();
        QCoreApplication::processEvents();
        QVERIFY(!isTaken);
    }

    void a_question_that_nobody_works_on_any_more_is_let_go()
    {
        base::Calls calls;
        auto asked = std::make_unique<Question>();
        bool isTaken = false;
        calls.follow(asked->call(), [&isTaken](const base::Result<int>&) { isTaken = true; });
        asked.reset();
        QVERIFY(!isTaken);
        QCOMPARE(calls.open(), 0);
    }
};

QTEST_GUILESS_MAIN(TestCalls)
#include "tst_calls.moc"
