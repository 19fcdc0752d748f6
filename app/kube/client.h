#pragma once
// Questions to an APIServer: a transport, with what its answers mean.

#include "app/kube/json.h"
#include "app/transport/transport.h"

namespace kube {

/// Any thread. Outlives the calls that it was asked for; does not own the transport.
class Client {
public:
    explicit Client(transport::Transport* transport) : m_transport(transport) {}

    /// A 2xx answer, or the error that it was. Reads that the server puts off (429, 503 with Retry-After) are asked
    /// again, ten times at the most; a write never is.
    base::Call<transport::Reply> ask(transport::Request request) const;
    /// The same, parsed.
    base::Call<Json> askJson(transport::Request request) const;

    transport::Transport* transport() const { return m_transport; }

private:
    transport::Transport* m_transport;
};

} // namespace kube
