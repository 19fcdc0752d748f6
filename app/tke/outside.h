#pragma once
// A look at an address that is no APIServer: an image registry, an event store. First the way there, then questions
// over HTTP, none of them with a credential of a cluster. Only for an address that a person named. What it says is seen
// from this machine: a workstation's DNS proves nothing about a node's.

#include "app/endpoint/probe.h"
#include "app/transport/httptransport.h"

namespace tke {

struct OutsideOptions {
    /// Of the platform (PEM): tried where the system's own roots do not know the certificate's. Empty: none.
    QByteArray certificateAuthority = {};
    QString context = {};                      ///< for the journal
    transport::Journal* journal = nullptr;     ///< outlives the look; null: it is not kept
    std::chrono::milliseconds patience{5'000}; ///< for each step
    /// A snapshot is looked at: nobody is asked anything, Error{NotCaptured}.
    bool isOffline = false;
};

/// Who vouches for the certificate.
enum class Trust {
    NoTls,     ///< plain HTTP, or the way ended before
    System,    ///< a public authority, or one that this machine was taught
    Platform,  ///< OutsideOptions::certificateAuthority
    Untrusted, ///< nobody that is known here
};

struct OutsideWay {
    endpoint::ProbeResult probe; ///< its stages up to TLS; one that is expected of the certificate's name is told too
    Trust trust = Trust::NoTls;
    bool operator==(const OutsideWay&) const = default;
};

/// Scheme, host and port of `url` matter. No proxy is used: nodes use none either. Works in the calling thread, which
/// has an event loop. An Error only for Canceled and BadConfig.
base::Call<OutsideWay> findWay(const QUrl& url, const OutsideOptions& options);

/// A transport to the end of that way, as nobody, or with a login that a person gave for this very address, which then
/// goes over plain HTTP as well where the address says so. The journal outlives it.
base::Result<std::unique_ptr<transport::HttpTransport>> openWay(const QUrl& url, Trust trust,
                                                                const OutsideOptions& options,
                                                                transport::Journal* journal,
                                                                transport::Identity login = {});

} // namespace tke
