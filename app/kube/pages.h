#pragma once
// A list page by page: asked on at the server's own mark, in smaller pages where one is too large to be held, and anew
// as a whole, once, when the pages went stale
// (https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks).

#include "app/kube/client.h"

namespace kube {

/// What the pages are handed to, in the thread that answers, one at a time.
struct PageTaker {
    std::function<void()> restart; ///< the pages went stale: what was taken is void
    /// The mark of the next page; empty: it was the last.
    std::function<base::Result<QString>(const transport::Reply&)> take;
};

/// `first`: of the query of a first page only: with a mark the server takes no version
/// (resourceVersionMatch beside continue is refused).
/// `request`: of a collection, with selectors if any; limit and continue are added. Answers with the head of the last
/// page. Error: that of the page that was refused, or that `take` gave, with what was asked and of whom.
base::Call<transport::ReplyHead> readPages(const Client& client, transport::Request request, PageTaker taker,
                                           std::vector<std::pair<QString, QString>> first = {});

} // namespace kube
