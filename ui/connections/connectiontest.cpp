#include "ui/connections/connectiontest.h"

#include "app/kube/client.h"
#include "app/kube/discovery.h"
#include "app/transport/connect.h"

namespace ui {

ConnectionTest::ConnectionTest(transport::Journal* journal, QObject* parent) : QObject(parent), m_journal(journal) {}

ConnectionTest::~ConnectionTest() = default;

void ConnectionTest::stop()
{
    ++m_generation;
    m_transport.reset();
}

void ConnectionTest::start(const config::Context& context)
{
    stop();
    const auto fail = [this](const base::Error& error) {
        Q_EMIT
        failed(error);
    };
    for (const config::Problem& problem : context.problems)
        if (problem.blocks)
            return fail({.kind = base::ErrorKind::BadConfig, .reason = problem.id, .said = problem.detail});
    auto endpoint = transport::endpointOf(context);
    if (!endpoint)
        return fail(endpoint.error());
    auto transport =
        transport::connectAs(context, m_journal, {.context = context.name})(*endpoint, transport::As::Self);
    if (!transport)
        return fail(transport.error());
    m_transport = std::move(*transport);
    m_clock.start();
    kube::serverVersion(kube::Client(m_transport.get()))
        .future.then(this, [this, generation = m_generation](const base::Result<kube::ServerVersion>& answer) {
            if (generation != m_generation)
                return;
            if (answer)
                Q_EMIT
            answered(answer->gitVersion, static_cast<int>(m_clock.elapsed()));
            else Q_EMIT failed(answer.error());
        });
}

} // namespace ui
