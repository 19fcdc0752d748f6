#pragma once
// What a person should know before an object is written: who else keeps it, and what the server warned of.

#include "app/kube/json.h"
#include "app/transport/request.h"

#include <QDateTime>
#include <QString>
#include <optional>
#include <vector>

namespace change {

/// The sentence comes from messages/. `id` is one of
///   serverWarning   the server's own words (`detail`)
///   ownedBy         a controller keeps it and may put it back (`detail`: "ReplicaSet web-5d4")
///   helm            a Helm release (`detail`: its name)
///   argo, flux      a GitOps application (`detail`: its name)
///   otherManager    another field manager wrote the same field last (`detail`: its name)
struct Notice {
    QString id;
    QString detail; ///< made visible
    bool operator==(const Notice&) const = default;
};

/// The values of `Warning:` headers, without their code and agent (RFC 7234, 5.5).
std::vector<Notice> warningsOf(const transport::ReplyHead& head);
/// Who keeps the object, and who wrote the field (as in Intent::field()) before.
std::vector<Notice> keepersOf(const kube::Json& object, const std::vector<QString>& field);

/// Who wrote a field last, by metadata.managedFields: nothing where nobody is named.
struct LastWriter {
    QString manager; ///< made visible
    QDateTime at;    ///< UTC
    bool operator==(const LastWriter&) const = default;
};
std::optional<LastWriter> lastWriterOf(const kube::Json& object, const std::vector<QString>& field);

} // namespace change
