#include "app/tke/owncluster.h"

#include "app/kube/addresses.h"
#include "app/kube/jsonread.h"
#include "app/kube/listitems.h"
#include "app/tke/kinds.h"

namespace tke {

base::Call<QString> findOwnCluster(const kube::Client& client, std::vector<endpoint::Address> known)
{
    const auto nameOf = [known = std::move(known)](const kube::Json& item) {
        const kube::Json list{{"items", kube::Json::array({item})}};
        return kube::addressesInPlatform(list, known).empty() ? QString() : kube::rawText(item, {"metadata", "name"});
    };
    return base::mapped<QString>(kube::listItems<QString>(client, {.path = clusters().path()}, nameOf),
                                 [](const base::Result<kube::ListedItems<QString>>& listed) -> base::Result<QString> {
                                     if (!listed)
                                         return base::failure(listed.error());
                                     QStringList own;
                                     for (const QString& name : listed->items)
                                         if (!name.isEmpty())
                                             own << name;
                                     if (own.size() != 1)
                                         return base::failure({.kind = base::ErrorKind::NotFound,
                                                               .reason = QStringLiteral("ownClusterUnknown")});
                                     return own.front();
                                 });
}

} // namespace tke
