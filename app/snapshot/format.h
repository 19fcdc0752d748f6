#pragma once
// What a snapshot's file holds beside the answers themselves: what it is of, and which answer lies where. Described for
// other programs in format.md; a change of meaning is another version.

#include "app/kube/apiresource.h"
#include "app/kube/json.h"
#include "app/snapshot/redaction.h"
#include "app/transport/request.h"

#include <QDateTime>

namespace snapshot {

inline constexpr int FormatVersion = 1;
inline constexpr auto ManifestName = "snapshot.json";
inline constexpr auto IndexName = "index.json";
inline constexpr auto EndpointsName = "endpoints.json";

/// A part of the cluster that was asked for and is not in the file, with why.
struct Skipped {
    QString path;  ///< "/api/v1/secrets"
    QString state; ///< forbidden, failing, absent, limit, canceled
    base::Error error;
    bool operator==(const Skipped&) const = default;
};

struct Manifest {
    int version = FormatVersion;
    QString program; ///< "alidade 0.1.0"
    QDateTime from;  ///< by the computer's clock that captured it
    QDateTime until;
    QString context; ///< as the person called it
    QString server;  ///< the address that was asked
    QString uid;     ///< of namespace kube-system; empty: not known
    QString gitVersion;
    QString nameSpace; ///< of the context
    QString user;      ///< who asked, as the server says; empty: not known
    bool isRedacted = true;
    bool addressesRedacted = false;
    qint64 requests = 0;
    qint64 bytes = 0; ///< of all answers, as they lie in the file before compression
    std::vector<Redacted> redacted;
    std::vector<Skipped> skipped;
};
kube::Json toJson(const Manifest& manifest);
/// Error{BadAnswer, "notASnapshot"}: it says that it is something else; "snapshotVersion": of a later version, which
/// `said` is; "snapshotMalformed".
base::Result<Manifest> manifestFrom(const kube::Json& json);

/// One answer.
struct Answer {
    enum class Holds {
        Body,  ///< the body as it came
        List,  ///< a list of Kubernetes', whole, an item a line
        Table, ///< a Table of meta.k8s.io, whole, with the rows' metadata, a row a line
    };
    Holds holds = Holds::Body;
    QByteArray verb = "GET";
    QByteArray path;
    std::vector<std::pair<QString, QString>> query;
    QByteArray accept;  ///< of the request; empty: JSON
    QByteArray request; ///< its body
    int status = 0;     ///< 0: there was no answer, see `error`
    std::vector<transport::Header> headers;
    QDateTime at; ///< when it was answered, by the computer's clock
    std::optional<base::Error> error;
    QByteArray file; ///< its name in the archive; empty: no body
    qint64 bytes = 0;
    qint64 items = 0; ///< of lists and Tables
    QString resourceVersion;

    bool isOk() const { return status >= 200 && status < 300; }
};

/// The list or the Table of a kind, in one namespace or in all.
struct Captured {
    kube::ApiResource kind;
    QString nameSpace; ///< empty: everywhere
    int list = -1;     ///< of `Index::answers`
    int table = -1;    ///< -1: there is none
};

struct Index {
    std::vector<Answer> answers;
    std::vector<Captured> captured;
    std::vector<kube::StaleGroup> stale;
};
kube::Json toJson(const Index& index);
/// Error{BadAnswer, "snapshotMalformed"}.
base::Result<Index> indexFrom(const kube::Json& json);

} // namespace snapshot
