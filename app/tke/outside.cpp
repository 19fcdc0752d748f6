#include "app/tke/outside.h"

#include "app/base/job.h"
#include "app/endpoint/reach.h"

namespace tke {
namespace {

using endpoint::ProbeResult;
using endpoint::Stage;

transport::Endpoint endpointOf(const QUrl& url, const QByteArray& authority)
{
    QUrl bare;
    bare.setScheme(url.scheme());
    bare.setHost(url.host());
    bare.setPort(url.port(url.scheme() == QLatin1String("http") ? 80 : 443));
    return {.url = bare, .serverName = {}, .certificateAuthority = authority};
}

bool isUntrusted(const ProbeResult& probe)
{
    return probe.at(Stage::Tls).ok == false &&
           probe.at(Stage::Tls).error.reason == QLatin1String("certificateUntrusted");
}

class FindingWay final : public base::Job<OutsideWay> {
public:
    FindingWay(QUrl url, OutsideOptions options) : m_url(std::move(url)), m_options(std::move(options)) {}

    void begin() { walk({}); }

private:
    void walk(const QByteArray& authority)
    {
        const transport::Endpoint to = endpointOf(m_url, authority);
        follow(endpoint::reach(to, {.url = to.url}, m_options.patience),
               [this, isPlatforms = !authority.isEmpty()](const base::Result<ProbeResult>& probe) {
                   if (probe)
                       take(*probe, isPlatforms);
                   else
                       end(base::failure(probe.error()));
               });
    }

    void take(const ProbeResult& probe, bool isPlatforms)
    {
        const bool isStillUntrusted = isUntrusted(probe);
        if (isStillUntrusted && !isPlatforms && !m_options.certificateAuthority.isEmpty()) {
            m_first = probe;
            walk(m_options.certificateAuthority);
            return;
        }
        OutsideWay way{.probe = isStillUntrusted && m_first ? *m_first : probe};
        if (isStillUntrusted)
            way.trust = Trust::Untrusted;
        else if (probe.at(Stage::Tls).ok)
            way.trust = isPlatforms ? Trust::Platform : Trust::System;
        end(way);
    }

    const QUrl m_url;
    const OutsideOptions m_options;
    std::optional<ProbeResult> m_first;
};

} // namespace

base::Call<OutsideWay> findWay(const QUrl& url, const OutsideOptions& options)
{
    if (options.isOffline)
        return base::answered<OutsideWay>(base::failure({.kind = base::ErrorKind::NotCaptured,
                                                         .asked = url.toDisplayString(QUrl::RemoveUserInfo),
                                                         .ofWhom = options.context}));
    auto* finding = new FindingWay(url, options);
    auto call = finding->call();
    finding->begin();
    return call;
}

base::Result<std::unique_ptr<transport::HttpTransport>> openWay(const QUrl& url, Trust trust,
                                                                const OutsideOptions& options,
                                                                transport::Journal* journal, transport::Identity login)
{
    return transport::HttpTransport::create(
        endpointOf(url, trust == Trust::Platform ? options.certificateAuthority : QByteArray()), std::move(login),
        journal, {.context = options.context, .allowInsecureToken = trust == Trust::NoTls});
}

} // namespace tke
