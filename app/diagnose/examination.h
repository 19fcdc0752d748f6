#pragma once
// One guide at work: it fills its steps in, one by one, and tells what it finds.

#include "app/base/calls.h"
#include "app/diagnose/finding.h"

#include <QObject>

namespace diagnose {

/// Lives in the GUI thread; cancels with itself what is under way. A guide derives from it, declares its steps when it
/// is made and answers them after start().
class Examination : public QObject {
    Q_OBJECT
public:
    const std::vector<Step>& steps() const { return m_steps; }
    bool isFinished() const { return m_finished; }
    /// Why it did not get to its question; none when it did.
    const std::optional<base::Error>& error() const { return m_error; }

    /// Once. Nothing is asked before.
    void start();
    /// Gives up what is under way; what was not answered is skipped, and finished() comes at once.
    void stop();

signals:
    void stepChanged(int index);
    void found(const diagnose::Finding& finding);
    /// Once; nothing comes after it.
    void finished();

protected:
    explicit Examination(QString guide, QObject* parent = nullptr);

    virtual void run() = 0;
    /// Takes the answer of a call unless the guide has ended by then; the call is canceled with the guide.
    template <typename T> void follow(base::Call<T> call, std::function<void(const base::Result<T>&)> take)
    {
        m_calls.follow(std::move(call), [this, take = std::move(take)](const base::Result<T>& answer) {
            if (!m_finished)
                take(answer);
        });
    }
    void declare(const char* id, Text title);
    /// The step is under way. What was asked is added to what was asked before.
    void ask(const char* id, const QStringList& asked);
    void settle(const char* id, StepResult result, Text detail);
    /// `guide` is filled in.
    void report(Finding finding);
    /// Before finish(): the question itself could not be asked.
    void fail(const base::Error& error) { m_error = error; }
    /// What was not answered is skipped.
    void finish();

    /// For who dies before it with what the calls need.
    void cancelCalls() { m_calls.cancel(); }

private:
    Step* find(const char* id);
    void tell(const Step& step);

    const QString m_guide;
    std::vector<Step> m_steps;
    base::Calls m_calls;
    std::optional<base::Error> m_error;
    bool m_finished = false;
};

} // namespace diagnose
