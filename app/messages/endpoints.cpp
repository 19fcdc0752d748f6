#include "app/messages/endpoints.h"

#include <QCoreApplication>
#include <QLocale>

namespace messages {
namespace {

using endpoint::ProbeResult;
using endpoint::Stage;

struct Endpoints {
    Q_DECLARE_TR_FUNCTIONS(Endpoints)
};

QString tlsWords(const ProbeResult& result, const base::Error& error)
{
    const QString& id = error.reason;
    if (id == QLatin1String("certificateNameMismatch"))
        return Endpoints::tr("TLS: the certificate is not made out to %1").arg(result.serverName);
    if (id == QLatin1String("certificateExpired") && result.certificate)
        return Endpoints::tr("TLS: the certificate expired on %1")
            .arg(QLocale().toString(result.certificate->notAfter.toLocalTime(), QLocale::ShortFormat));
    if (id == QLatin1String("certificateNotYetValid") && result.certificate)
        return Endpoints::tr("TLS: the certificate is not valid before %1")
            .arg(QLocale().toString(result.certificate->notBefore.toLocalTime(), QLocale::ShortFormat));
    if (id == QLatin1String("certificateUntrusted"))
        return Endpoints::tr("TLS: the certificate is not signed by the cluster's CA: %1").arg(error.said);
    return Endpoints::tr("TLS: the handshake failed: %1").arg(error.said);
}

QString failureWords(const ProbeResult& result, Stage stage)
{
    const base::Error& error = result.at(stage).error;
    const bool isTimeout = error.kind == base::ErrorKind::Timeout;
    switch (stage) {
    case Stage::Resolve:
        return isTimeout ? Endpoints::tr("Name: no answer from the name service in time")
                         : Endpoints::tr("Name: it was not found: %1").arg(error.said);
    case Stage::Tcp:
        if (isTimeout)
            return Endpoints::tr("Connection: nothing answers there (no answer in time)");
        if (error.reason == QLatin1String("refused"))
            return Endpoints::tr("Connection: refused; nothing listens on that port");
        return Endpoints::tr("Connection: it failed: %1").arg(error.said);
    case Stage::Tls:
        return isTimeout ? Endpoints::tr("TLS: the server accepts connections and says nothing; it may hang")
                         : tlsWords(result, error);
    case Stage::Livez:
        if (error.httpStatus > 0)
            return Endpoints::tr("/livez: the API server says that it does not live (HTTP %1)").arg(error.httpStatus);
        return isTimeout ? Endpoints::tr("/livez: no answer in time; the API server may hang")
                         : Endpoints::tr("/livez: the connection failed: %1").arg(error.said);
    case Stage::Readyz:
        if (!result.failingChecks.isEmpty())
            return Endpoints::tr("/readyz: not ready; failing: %1")
                .arg(result.failingChecks.join(QStringLiteral(", ")));
        return error.httpStatus > 0 ? Endpoints::tr("/readyz: not ready (HTTP %1)").arg(error.httpStatus)
                                    : Endpoints::tr("/readyz: no answer: %1").arg(error.said);
    case Stage::Version:
        return error.httpStatus > 0 ? Endpoints::tr("/version: not told (HTTP %1)").arg(error.httpStatus)
                                    : Endpoints::tr("/version: no answer: %1").arg(error.said);
    }
    return {};
}

} // namespace

QString stageName(Stage stage)
{
    switch (stage) {
    case Stage::Resolve:
        return Endpoints::tr("Name");
    case Stage::Tcp:
        return Endpoints::tr("Connection");
    case Stage::Tls:
        return QStringLiteral("TLS");
    case Stage::Livez:
        return QStringLiteral("/livez");
    case Stage::Readyz:
        return QStringLiteral("/readyz");
    case Stage::Version:
        return QStringLiteral("/version");
    }
    return {};
}

QString sourceName(const QString& source)
{
    namespace from = endpoint::source;
    if (source == from::Kubeconfig)
        return Endpoints::tr("the kubeconfig");
    if (source == from::EndpointSlice)
        return Endpoints::tr("the list of API servers (default/kubernetes)");
    if (source == from::ApiServerPods)
        return Endpoints::tr("the API servers' pods");
    if (source == from::KubeadmConfig)
        return Endpoints::tr("kubeadm's configuration");
    if (source == from::ClusterInfo)
        return Endpoints::tr("the cluster's public information (cluster-info)");
    if (source == from::Platform)
        return Endpoints::tr("the TKEStack platform");
    if (source == from::Manual)
        return Endpoints::tr("added by hand");
    if (source == from::Remembered)
        return Endpoints::tr("seen earlier");
    return source;
}

QString verdict(const ProbeResult& result)
{
    if (result.sameCluster == false)
        return result.clusterUid.isEmpty() ? Endpoints::tr("Refused: its certificate is not of this cluster's CA")
                                           : Endpoints::tr("Refused: another cluster answers there");
    if (const auto failed = result.failure())
        return failureWords(result, *failed);
    if (result.attempts.failed > 0)
        return Endpoints::tr("Unsteady: %1 of %2 connections failed; one of the servers behind it may be down")
            .arg(result.attempts.failed)
            .arg(result.attempts.tried);
    if (!result.answers())
        return Endpoints::tr("Not known yet");
    if (!result.sameCluster)
        return Endpoints::tr("Answers; whether it is the same cluster cannot be told");
    return Endpoints::tr("Answers");
}

QString verdictAdvice(const ProbeResult& result)
{
    if (!result.offeredServerName.isEmpty())
        return Endpoints::tr("The certificate is of this cluster and made out to “%1”. Use that as server name.")
            .arg(result.offeredServerName);
    if (result.answers() && !result.sameCluster && !result.failure())
        return Endpoints::tr("Use it only if you know that it belongs to this cluster.");
    return {};
}

} // namespace messages
