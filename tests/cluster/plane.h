#pragma once
// The real control plane as a test meets it: inside its network, with KUBECONFIG set by script/cluster.

#include "app/config/kubeconfig.h"
#include "app/kube/client.h"
#include "app/transport/httptransport.h"

#include <QDir>
#include <QTest>

namespace plane {

/// One connection to one address. Fails the test when the plane is not there: nothing is skipped.
struct Connection {
    std::unique_ptr<transport::HttpTransport> transport;
    std::unique_ptr<kube::Client> client;
};

/// The contexts are those of script/cluster: "" is the VIP, "-real-0" and "-real-1" the API servers.
inline Connection connectTo(transport::Journal& journal, const QString& which = {})
{
    const QString file = qEnvironmentVariable("KUBECONFIG");
    if (file.isEmpty())
        qFatal("KUBECONFIG is not set: run this through script/cluster enter");
    const auto kubeconfig = config::loadKubeconfig({file}, true);
    const auto context = kubeconfig.resolve(which.isEmpty() ? QString() : kubeconfig.currentContext + which);
    if (!context)
        qFatal("no context %s in %s", qPrintable(which), qPrintable(file));
    auto endpoint = transport::endpointOf(*context);
    if (!endpoint)
        qFatal("the context cannot be used");
    auto transport = transport::HttpTransport::create(*endpoint, transport::identityOf(*context), &journal,
                                                      {.context = context->name});
    if (!transport)
        qFatal("no transport: %s", qPrintable(transport.error().reason));
    Connection connection;
    connection.transport = std::move(*transport);
    connection.client = std::make_unique<kube::Client>(connection.transport.get());
    return connection;
}

/// Waits for an answer, as only a test may.
template <typename T> base::Result<T> answerOf(base::Call<T> call, int ms = 30'000)
{
    if (!QTest::qWaitFor([&call] { return call.future.isFinished(); }, ms))
        return base::failure({.kind = base::ErrorKind::Timeout});
    return call.future.result();
}

/// True when it is there, made now or before.
inline bool makeNamespace(const kube::Client& client, const QString& name)
{
    transport::Request create{.verb = "POST", .path = "/api/v1/namespaces"};
    create.headers.emplace_back("Content-Type", "application/json");
    create.body = R"({"metadata":{"name":")" + name.toUtf8() + R"("}})";
    const auto made = answerOf(client.ask(std::move(create)));
    return made || made.error().kind == base::ErrorKind::Conflict;
}

inline void removeNamespace(const kube::Client& client, const QString& name)
{
    (void)answerOf(client.ask({.verb = "DELETE", .path = "/api/v1/namespaces/" + name.toUtf8()}));
}

} // namespace plane
