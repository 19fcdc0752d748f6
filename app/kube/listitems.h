#pragma once
// All objects of a collection as values of one's own: page by page, each object parsed, turned and let go before the
// next, so that a list of any length costs what is kept of it.

#include "app/kube/client.h"

#include <QDateTime>
#include <memory>
#include <vector>

namespace kube {

template <typename T> struct ListedItems {
    std::vector<T> items;
    QDateTime answeredAt; ///< by the server's clock where it told, else by ours
};

/// What the pages of a list are handed to, in the thread that answers, one at a time.
struct ItemTaker {
    std::function<void()> restart; ///< the pages went stale: what was taken is void
    std::function<void(const Json&)> take;
};
/// As listItems(), item by item; answers when the list was answered.
base::Call<QDateTime> takeItems(const Client& client, transport::Request request, ItemTaker taker);

/// `request`: of a collection, with selectors if any; limit and continue are added. `turn` is called in the thread that
/// answers. Error: that of the page that was refused; Error{BadAnswer} for what is no list.
template <typename T, typename F>
base::Call<ListedItems<T>> listItems(const Client& client, transport::Request request, F turn)
{
    auto items = std::make_shared<std::vector<T>>();
    return base::mapped<ListedItems<T>>(
        takeItems(client, std::move(request),
                  {.restart = [items] { items->clear(); },
                   .take = [items, turn = std::move(turn)](const Json& item) { items->push_back(turn(item)); }}),
        [items](const base::Result<QDateTime>& end) -> base::Result<ListedItems<T>> {
            if (!end)
                return base::failure(end.error());
            return ListedItems<T>{std::move(*items), *end};
        });
}

} // namespace kube
