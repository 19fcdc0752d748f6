#include "app/kube/listitems.h"

#include "app/kube/httpdate.h"
#include "app/kube/itemsplitter.h"
#include "app/kube/jsonread.h"
#include "app/kube/pages.h"

#include <algorithm>

namespace kube {
namespace {

/// The list without its items.
base::Result<Json> split(const QByteArray& page, const std::function<void(const Json&)>& take)
{
    ItemSplitter splitter;
    const auto item = [&take](std::string_view json, std::size_t) -> base::Result<void> {
        const auto object = parseJson(QByteArray::fromRawData(json.data(), static_cast<qsizetype>(json.size())));
        if (!object)
            return base::failure(object.error());
        take(*object);
        return {};
    };
    if (const auto taken = splitter.take(page, item); !taken)
        return base::failure(taken.error());
    return splitter.finish().and_then(parseJson);
}

} // namespace

base::Call<QDateTime> takeItems(const Client& client, transport::Request request, ItemTaker taker)
{
    auto pages =
        readPages(client, std::move(request),
                  {.restart = std::move(taker.restart),
                   .take = [take = std::move(taker.take)](const transport::Reply& page) -> base::Result<QString> {
                       return split(page.body, take).transform([](const Json& rest) {
                           return rawText(rest, {"metadata", "continue"});
                       });
                   }});
    return base::mapped<QDateTime>(std::move(pages),
                                   [](const base::Result<transport::ReplyHead>& last) -> base::Result<QDateTime> {
                                       if (!last)
                                           return base::failure(last.error());
                                       return answeredAt(*last);
                                   });
}

} // namespace kube
