#pragma once
// Where events are to be kept: an Elasticsearch by its address, the name of its index, and what answers there.
// Rules of index names: the console's (its form of event persistence: at most 60, beginning with a lower-case letter)
// and Elasticsearch's own (elastic.co/guide/en/elasticsearch/reference/7.17/indices-create-index.html, path
// parameters).

#include "app/tke/outside.h"

#include <QDateTime>

namespace tke {

/// As a PersistentEvent has it; the parts that the console cuts an address into at "://" and ":".
struct StoreAddress {
    QString scheme; ///< "http", "https"; anything else is told by the checks
    QString host;   ///< a name or a number; IPv6 without brackets
    int port = 0;   ///< 0: none
    bool operator==(const StoreAddress&) const = default;

    QString text() const; ///< "http://10.0.0.1:9200"
    QUrl url() const;     ///< invalid where the parts make none
};
/// What is wrong with a text that should be http://HOST:PORT, as the id of a persistent event's remark
/// ("addressMissing", "schemeMissing", "portMissing", "addressPath", "addressInvalid").
struct StoreAddressText {
    StoreAddress address;
    QString problem; ///< empty: none
};
StoreAddressText storeAddressOf(const QString& text);
/// Of a form's three fields one text for storeAddressOf(); a host that is an address itself stands for all three.
QString storeAddressText(const QString& scheme, const QString& host, const QString& port);
/// The text for showing: without a login that somebody wrote into it.
QString withoutLogin(const QString& addressText);

/// Why this is no name of an index: "indexMissing", "indexUpperCase", "indexCharacter" (one that Elasticsearch
/// refuses), "indexStart" ("-", "_", "+"), "indexDots", "indexTooLong" (255 bytes). Empty: Elasticsearch takes it.
QString indexProblem(const QString& name);
/// The console's form would take it as well.
bool isConsoleIndex(const QString& name);

enum class StoreKind {
    Unknown, ///< it does not tell, for want of a login or of an answer
    Elasticsearch,
    OpenSearch,
    SomethingElse,
};

struct StoreVisit {
    StoreAddress address;
    OutsideWay way;
    base::Error error; ///< why there was no answer, when the way was open
    int status = 0;    ///< HTTP, of the first question; 0: none
    StoreKind kind = StoreKind::Unknown;
    QString version;                   ///< "7.17.27"; made visible
    QString clusterName;               ///< made visible
    bool wantsLogin = false;           ///< it answers nobody without one
    std::optional<bool> loginAccepted; ///< none: none was tried
    // Of the index, where the store let it be asked.
    std::optional<bool> hasIndex;
    std::optional<qint64> documents;
    QDateTime newest; ///< UTC, of the newest document that tells; invalid: none does
    bool operator==(const StoreVisit&) const = default;

    bool answers() const { return status > 0; }
    /// It is an event store, and lets in whoever was tried.
    bool isUsable() const;
};

/// What a person filled in for this very address, or nothing: never what a cluster keeps.
struct StoreLogin {
    QString user;
    QString password;
};
/// Only reads. `index`: empty: not asked for. The login is shown only when the store wants one, and only over a
/// connection whose other side is known, or over plain HTTP, where the events themselves go with it as well. An Error
/// only for Canceled and BadConfig.
base::Call<StoreVisit> visitStore(const StoreAddress& address, const QString& index, const StoreLogin& login,
                                  const OutsideOptions& options);

} // namespace tke
