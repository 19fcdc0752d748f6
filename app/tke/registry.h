#pragma once
// The platform's image registry: what its names are, what stands in an image's, and what answers there.
// Facts: tkestack/tke pkg/registry/util/request/request.go (tenant in the first label), pkg/registry/distribution/auth
// (the challenge), docs.docker.com/registry/spec/api (what /v2/ answers).

#include "app/tke/outside.h"

#include <QStringList>

namespace tke {

/// What a person, an image or an error names: "default.registry.tke.com/team/app:v1".
struct ImageName {
    QString host;       ///< lower case
    int port = -1;      ///< -1: none written
    QString repository; ///< "team/app"; empty: the host alone
    bool operator==(const ImageName&) const = default;

    QString address() const; ///< "default.registry.tke.com:5000"
    /// The first part of the repository, which has to be there before anything is pushed; empty: none.
    QString nameSpace() const;
    QUrl url() const; ///< https
};
/// With or without a scheme, tag or digest. Nothing for what names no host: "nginx", "library/nginx".
std::optional<ImageName> imageNameOf(const QString& text);
/// The first registry that an error text speaks of: the address of a request for /v2/, a name that was looked up, or an
/// image that could not be pulled.
std::optional<ImageName> imageNameInError(const QString& text);

/// How registries of this platform are called.
struct RegistryNames {
    QString domainSuffix = QStringLiteral("registry.tke.com"); ///< the installer's own choice
    QString tenant = QStringLiteral("default");
    bool isTold = false; ///< the platform said so; false: both are what it usually is
};
/// From the text of a ConfigMap (tke-registry-api or tke-gateway in namespace tke); nothing where it names none. Only
/// these two values are looked at: passwords stand beside them.
std::optional<RegistryNames> registryNamesIn(const QString& configuration);
/// The host is one of the platform's: the suffix, or one label before it.
bool isOfPlatform(const QString& host, const RegistryNames& names);
/// What was meant, where the host is none of the platform's and only a slip away from one; empty otherwise.
QString hostMeant(const QString& host, const RegistryNames& names);

/// What came back of GET /v2/ without a login.
struct RegistryVisit {
    QUrl url;
    OutsideWay way;
    int status = 0;           ///< HTTP; 0: no answer
    base::Error error;        ///< why there was none, when the way was open
    QString said;             ///< WWW-Authenticate verbatim, made visible; else the beginning of the body
    QString realm;            ///< of a Bearer challenge: where a token is to be had
    QString service;          ///< "tke" at the platform's own
    bool isRegistry = false;  ///< it speaks the registry's protocol
    bool isPlainHttp = false; ///< the port speaks HTTP without TLS
    bool operator==(const RegistryVisit&) const = default;
};

/// Nothing is pushed, no login is tried. An Error only for Canceled and BadConfig.
base::Call<RegistryVisit> visitRegistry(const ImageName& name, const OutsideOptions& options);

enum class RegistryFault {
    None,
    NameUnknown,
    Refused,
    NoAnswer,
    Closed, ///< unreachable, or ended by the other side
    CertificateUntrusted,
    CertificateNameMismatch,
    CertificateOutdated, ///< expired, or not valid yet
    NoHandshake,
    PlainHttp,
    NoRegistry,     ///< something else answers
    Failing,        ///< 5xx: whoever answers has no registry behind it
    RealmElsewhere, ///< tokens are to be fetched from another address than the one that was asked
};
RegistryFault faultOf(const RegistryVisit& visit);

} // namespace tke
