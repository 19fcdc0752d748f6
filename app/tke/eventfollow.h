#pragma once
// One PersistentEvent watched from its making until it delivers or fails: the platform's phases first, then what stands
// in the member cluster and what fluentd says there.

#include "app/base/calls.h"
#include "app/tke/eventdelivery.h"
#include "app/tke/persistentevent.h"

#include <QObject>
#include <QTimer>

namespace tke {

/// Lives in the GUI thread. The client's transport outlives it.
class EventFollow : public QObject {
    Q_OBJECT
public:
    enum class Outcome {
        Underway,
        Delivers,   ///< it runs, and its log complains of nothing, or got through
        Fails,      ///< see sink() and delivery() for why
        RunsUnseen, ///< the platform says Running; the member cluster was not looked at
        Gone,       ///< the PersistentEvent was deleted meanwhile
        Unknown,    ///< it could not be asked: error()
    };
    Q_ENUM(Outcome)

    struct Options {
        std::chrono::milliseconds pause{2'000}; ///< between two questions
        /// The controller waits five minutes between its tries; a log that was just begun says nothing yet.
        std::chrono::milliseconds settling{10'000}; ///< how long a log has to be quiet before that counts
    };

    /// `find`: ways to member clusters; none: only the platform's own is looked at.
    EventFollow(kube::Client platform, QByteArray path, ClientOf find, Options options, QObject* parent = nullptr);
    ~EventFollow() override;

    void start();
    void stop();

    Outcome outcome() const { return m_outcome; }
    /// As it was read last; none: not yet.
    const std::optional<EventSink>& sink() const { return m_sink; }
    const std::optional<Delivery>& delivery() const { return m_delivery; }
    const base::Error& error() const { return m_error; }

signals:
    /// Phase, reason or delivery are others than before.
    void changed();
    /// Once.
    void ended();

private:
    void ask();
    void takeSink(const base::Result<kube::Json>& object);
    void findMember();
    void look();
    void takeDelivery(const Delivery& delivery);
    void end(Outcome outcome);

    const kube::Client m_platform;
    const QByteArray m_path;
    const ClientOf m_find;
    const Options m_options;
    std::shared_ptr<const kube::Client> m_member;
    std::optional<EventSink> m_sink;
    std::optional<Delivery> m_delivery;
    base::Error m_error;
    Outcome m_outcome = Outcome::Underway;
    bool m_isOver = false;
    QTimer m_timer;
    QDateTime m_quietSince;
    base::Calls m_calls;
};

} // namespace tke
