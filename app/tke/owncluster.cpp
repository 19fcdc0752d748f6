#include "app/tke/owncluster.h"

#include "app/tke/members.h"

namespace tke {

base::Call<QString> findOwnCluster(const kube::Client& client, std::vector<endpoint::Address> known)
{
    using Members = kube::ListedItems<MemberCluster>;
    return base::mapped<QString>(
        readMembers(client), [known = std::move(known)](const base::Result<Members>& listed) -> base::Result<QString> {
            if (!listed)
                return base::failure(listed.error());
            QStringList own;
            for (const MemberCluster& each : listed->items)
                if (hasAddressOf(each, known))
                    own << each.name;
            if (own.size() != 1)
                return base::failure(
                    {.kind = base::ErrorKind::NotFound, .reason = QStringLiteral("ownClusterUnknown")});
            return own.front();
        });
}

} // namespace tke
