#include "app/transport/connect.h"

#include "app/transport/signin.h"

namespace transport {

Connector connectAs(std::shared_ptr<IdentitySource> identity, Journal* journal, HttpTransport::Options options)
{
    return [identity = std::move(identity), journal,
            options = std::move(options)](const Endpoint& endpoint, As as) -> base::Result<std::unique_ptr<Transport>> {
        auto made = as == As::Self ? HttpTransport::create(endpoint, identity, journal, options)
                                   : HttpTransport::create(endpoint, Identity{}, journal, options);
        return std::move(made).map(
            [](std::unique_ptr<HttpTransport> each) -> std::unique_ptr<Transport> { return each; });
    };
}

Connector connectAs(const config::Context& context, Journal* journal, HttpTransport::Options options,
                    PluginHost* plugins)
{
    auto identity = identitySourceOf(context, plugins);
    if (identity)
        return connectAs(std::move(*identity), journal, std::move(options));
    return [error = identity.error()](const Endpoint&, As) -> base::Result<std::unique_ptr<Transport>> {
        return base::failure(error);
    };
}

} // namespace transport
