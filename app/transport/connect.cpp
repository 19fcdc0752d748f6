#include "app/transport/connect.h"

#include "app/transport/signin.h"

namespace transport {

Connect connectAs(const config::Context& context, Journal* journal, HttpTransport::Options options)
{
    const auto moved = [](std::unique_ptr<HttpTransport> made) -> std::unique_ptr<Transport> { return made; };
    return [identity = identitySourceOf(context), journal, options = std::move(options),
            moved](const Endpoint& endpoint, As as) -> base::Result<std::unique_ptr<Transport>> {
        if (as == As::Nobody)
            return HttpTransport::create(endpoint, Identity{}, journal, options).map(moved);
        if (!identity)
            return base::failure(identity.error());
        return HttpTransport::create(endpoint, *identity, journal, options).map(moved);
    };
}

} // namespace transport
