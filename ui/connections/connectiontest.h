#pragma once
// Asks a server once for its version, as somebody: does this connection work?

#include "app/base/error.h"
#include "app/config/context.h"

#include <QElapsedTimer>
#include <QObject>
#include <memory>

namespace transport {
class Transport;
class Journal;
} // namespace transport

namespace ui {

class ConnectionTest : public QObject {
    Q_OBJECT
public:
    /// The journal outlives it.
    explicit ConnectionTest(transport::Journal* journal, QObject* parent = nullptr);
    ~ConnectionTest() override;

    /// The context's user has its secret. What was under way is given up.
    void start(const config::Context& context);
    void stop();

Q_SIGNALS:
    void answered(const QString& version, int milliseconds);
    void failed(const base::Error& error);

private:
    transport::Journal* m_journal;
    std::unique_ptr<transport::Transport> m_transport;
    QElapsedTimer m_clock;
    quint64 m_generation = 0;
};

} // namespace ui
