#pragma once
// What is asked of an APIServer and what it answers, as values: a relative path, a query list, headers, a body. So a
// platform's proxy or a snapshot can rewrite or answer it, and no address or credential is in it.

#include <QByteArray>
#include <QString>
#include <chrono>
#include <utility>
#include <vector>

namespace transport {

using Header = std::pair<QByteArray, QByteArray>;

struct Request {
    QByteArray verb = "GET";
    /// Absolute on the server and percent-encoded: "/api/v1/namespaces/shop/pods". Built with path().
    QByteArray path;
    std::vector<std::pair<QString, QString>> query; ///< not encoded
    std::vector<Header> headers;
    QByteArray body;
    /// The longest silence: for a call between its bytes, for a watch between bookmarks.
    std::chrono::milliseconds silence{30'000};
    /// The most that is read of an answer once inflated; more is Error{Limit}.
    qint64 mostBytes = 256LL << 20;
    bool compress = true;    ///< offers gzip; a watch does not
    bool background = false; ///< a beat of the heart: shown in the journal only when it fails

    /// "/api/v1/pods?limit=1", encoded: for the wire and the journal.
    QByteArray target() const;
};

/// Joins segments into a path, each percent-encoded: path({"api", "v1", "nodes", name}).
QByteArray path(std::initializer_list<QString> segments);

struct ReplyHead {
    int status = 0;
    std::vector<Header> headers;
    /// The first value of a header, compared without case; empty when there is none.
    QByteArray header(QByteArrayView name) const;
};

struct Reply {
    ReplyHead head;
    QByteArray body; ///< inflated
};

} // namespace transport
