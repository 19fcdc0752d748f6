#include "app/transport/signin.h"

namespace transport {

base::Result<std::shared_ptr<IdentitySource>> identitySourceOf(const config::Context& context)
{
    auto identity = identityOf(context);
    if (!identity)
        return base::failure(identity.error());
    if (const auto tls = tlsConfiguration({}, *identity); !tls)
        return base::failure(tls.error());
    return std::make_shared<FixedIdentity>(std::move(*identity));
}

} // namespace transport
