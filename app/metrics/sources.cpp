#include "app/metrics/sources.h"

#include "app/base/job.h"
#include "app/base/visible.h"
#include "app/kube/access.h"
#include "app/kube/httpdate.h"
#include "app/kube/jsonread.h"
#include "app/kube/listitems.h"
#include "app/metrics/apiservices.h"
#include "app/metrics/influxprobe.h"
#include "app/metrics/prometheusprobe.h"
#include "app/metrics/usage.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace metrics {
namespace {

constexpr std::chrono::seconds Patience{15};
/// A sample that is older than three rounds of metrics-server, and than this, is an old one.
constexpr double OldSeconds = 120;
constexpr double Rounds = 3;
constexpr auto MetricsGroup = "metrics.k8s.io";

Source seen(SourceKind kind, SourceState state, const char* reason)
{
    return {.kind = kind,
            .state = state,
            .reason = QLatin1String(reason),
            .said = {},
            .version = {},
            .databases = {},
            .apiService = {},
            .workload = {}};
}

Source failed(SourceKind kind, SourceState state, const char* reason, const base::Error& error)
{
    Source source = seen(kind, state, reason);
    source.said = error.said;
    source.error = error;
    return source;
}

transport::Request patient(transport::Request request)
{
    request.silence = Patience;
    return request;
}

/// All questions at once; what one answer leads to is asked when it is there.
class SurveyJob final : public base::Job<SourceSurvey> {
public:
    SurveyJob(const kube::Client& client, QString nameSpace) : m_client(client), m_nameSpace(std::move(nameSpace))
    {
        for (int kind = 0; kind <= static_cast<int>(SourceKind::Objects); ++kind)
            m_sources.push_back(seen(static_cast<SourceKind>(kind), SourceState::Absent, "serviceMissing"));
    }

    base::Call<SourceSurvey> begin()
    {
        auto answer = call();
        ++m_open; // until all are asked: an answer may be there at once
        askApiServices();
        askServices();
        askAccess(SourceKind::Kubelet, {QStringLiteral("get"), {}, QStringLiteral("nodes/proxy"), {}, {}});
        askAccess(SourceKind::Objects, {QStringLiteral("list"), {}, QStringLiteral("pods"), {}, {}});
        settle();
        return answer;
    }

private:
    Source& of(SourceKind kind) { return m_sources[static_cast<std::size_t>(kind)]; }

    template <typename T, typename F> void ask(base::Call<T> question, F take)
    {
        ++m_open;
        follow(std::move(question), [this, take = std::move(take)](const base::Result<T>& answer) {
            if (answer || (answer.error().httpStatus > 0 && answer.error().kind != base::ErrorKind::Unauthorized))
                m_hasAnswer = true;
            else if (!m_firstError)
                m_firstError = answer.error();
            take(answer);
            settle();
        });
    }

    void askAccess(SourceKind kind, const kube::AccessQuestion& question)
    {
        ask<bool>(kube::mayI(m_client, question), [this, kind, question](const base::Result<bool>& may) {
            if (!may)
                of(kind) = failed(kind, SourceState::Failing, "accessUnknown", may.error());
            else if (*may)
                of(kind) = seen(kind, SourceState::Ok, "mayRead");
            else if (kind == SourceKind::Objects && question.nameSpace.isEmpty() && !m_nameSpace.isEmpty())
                askAccess(kind, {question.verb, {}, question.resource, m_nameSpace, {}});
            else
                of(kind) = seen(kind, SourceState::Forbidden, "mayNotRead");
        });
    }

    void askApiServices()
    {
        using List = kube::ListedItems<ApiServiceFacts>;
        ask<List>(kube::listItems<ApiServiceFacts>(
                      m_client, {.path = "/apis/apiregistration.k8s.io/v1/apiservices", .silence = Patience},
                      apiServiceFacts),
                  [this](const base::Result<List>& list) {
                      if (list) {
                          m_apiServices = list->items;
                          m_takenAt = list->answeredAt;
                      } else {
                          m_apiServicesError = list.error();
                      }
                      heardApiServices();
                  });
    }

    /// Null when there is none.
    const ApiServiceFacts* apiServiceOf(const char* group) const
    {
        const auto found = std::ranges::find(m_apiServices, QLatin1String(group), &ApiServiceFacts::group);
        return found == m_apiServices.end() ? nullptr : &*found;
    }

    void heardApiServices()
    {
        tellApi(SourceKind::CustomMetrics, "custom.metrics.k8s.io");
        tellApi(SourceKind::ExternalMetrics, "external.metrics.k8s.io");
        tellApi(SourceKind::MetricsServer, MetricsGroup);
        if (const ApiServiceFacts* api = apiServiceOf(MetricsGroup); api && !api->service.isEmpty())
            askServiceBehind(*api);
        if (m_apiServicesError || of(SourceKind::MetricsServer).state == SourceState::Ok)
            askUsage();
    }

    void tellApi(SourceKind kind, const char* group)
    {
        if (m_apiServicesError) {
            const bool isForbidden = m_apiServicesError->kind == base::ErrorKind::Forbidden;
            of(kind) = failed(kind, isForbidden ? SourceState::Forbidden : SourceState::Failing,
                              isForbidden ? "apiServicesForbidden" : "apiServicesUnread", *m_apiServicesError);
            return;
        }
        const ApiServiceFacts* api = apiServiceOf(group);
        if (!api) {
            of(kind) = seen(kind, SourceState::Absent, "apiServiceMissing");
        } else if (!api->isAvailable) {
            of(kind) = seen(kind, SourceState::Failing, "apiServiceUnavailable");
            of(kind).said = QStringList{api->reason, api->message}.join(QStringLiteral(": "));
        } else {
            of(kind) = seen(kind, SourceState::Ok, "answers");
            of(kind).seenAt = m_takenAt;
        }
        of(kind).apiService = api ? api->name : QString();
        if (api && !api->service.isEmpty())
            of(kind).place = Place{.at = {.nameSpace = api->serviceNamespace, .service = api->service, .port = {}},
                                   .scrape = {},
                                   .selector = {}};
    }

    void askServiceBehind(const ApiServiceFacts& api)
    {
        ask<kube::Json>(m_client.askJson({.path = transport::path({QStringLiteral("api"), QStringLiteral("v1"),
                                                                   QStringLiteral("namespaces"), api.serviceNamespace,
                                                                   QStringLiteral("services"), api.service}),
                                          .silence = Patience}),
                        [this](const base::Result<kube::Json>& service) {
                            if (!service)
                                return;
                            const ServiceFacts facts = serviceFacts(*service);
                            of(SourceKind::MetricsServer).place =
                                placeOf(facts, facts.ports.empty() ? ServiceFacts::Port{} : facts.ports.front());
                            askDeployments(facts.nameSpace);
                        });
    }

    void askDeployments(const QString& nameSpace)
    {
        if (!m_deploymentsAsked.insert(nameSpace).second)
            return;
        using List = kube::ListedItems<DeploymentFacts>;
        ask<List>(
            kube::listItems<DeploymentFacts>(
                m_client,
                {.path = transport::path({QStringLiteral("apis"), QStringLiteral("apps"), QStringLiteral("v1"),
                                          QStringLiteral("namespaces"), nameSpace, QStringLiteral("deployments")}),
                 .silence = Patience},
                deploymentFacts),
            [this](const base::Result<List>& list) {
                if (list)
                    m_deployments.insert(m_deployments.end(), list->items.begin(), list->items.end());
            });
    }

    void askUsage()
    {
        ask<UsagePage>(readNodeUsage(m_client), [this](const base::Result<UsagePage>& page) {
            if (!page && page.error().kind == base::ErrorKind::Forbidden && !m_nameSpace.isEmpty())
                ask<UsagePage>(readPodUsage(m_client, m_nameSpace),
                               [this](const base::Result<UsagePage>& pods) { heardUsage(pods); });
            else
                heardUsage(page);
        });
    }

    void heardUsage(const base::Result<UsagePage>& page)
    {
        const SourceKind kind = SourceKind::MetricsServer;
        const auto place = of(kind).place;
        const QString apiService = of(kind).apiService;
        if (page) {
            of(kind) = seen(kind, page->usages.empty() ? SourceState::Failing : SourceState::Ok,
                            page->usages.empty() ? "noSamples" : "answers");
            of(kind).seenAt = page->newest();
            m_takenAt = page->readAt;
        } else if (page.error().kind == base::ErrorKind::Forbidden) {
            of(kind) = failed(kind, SourceState::Forbidden, "usageForbidden", page.error());
        } else if (page.error().kind == base::ErrorKind::NotFound) {
            of(kind) = failed(kind, SourceState::Absent, "apiServiceMissing", page.error());
        } else {
            of(kind) = failed(kind, SourceState::Failing, "usageFailing", page.error());
        }
        of(kind).place = place;
        of(kind).apiService = apiService;
    }

    void askServices()
    {
        using List = kube::ListedItems<ServiceFacts>;
        ask<List>(
            kube::listItems<ServiceFacts>(m_client, {.path = "/api/v1/services", .silence = Patience}, serviceFacts),
            [this](const base::Result<List>& list) {
                if (!list)
                    m_servicesError = list.error();
                const std::vector<ServiceFacts> none;
                const auto& services = list ? list->items : none;
                askPart(SourceKind::KubeStateMetrics, Part::KubeStateMetrics, services, {QStringLiteral("healthz")});
                askPart(SourceKind::Heapster, Part::Heapster, services, {QStringLiteral("healthz")});
                askPart(SourceKind::InfluxDb, Part::InfluxDb, services, {QStringLiteral("ping")});
                askPart(SourceKind::Prometheus, Part::Prometheus, services,
                        {QStringLiteral("-"), QStringLiteral("healthy")});
            });
    }

    void askPart(SourceKind kind, Part part, const std::vector<ServiceFacts>& services, const QStringList& path)
    {
        auto place = findPart(part, services);
        if (!place && !m_servicesError) {
            of(kind) = seen(kind, SourceState::Absent, "serviceMissing");
            return;
        }
        if (!place && m_servicesError->kind != base::ErrorKind::Forbidden) {
            of(kind) = failed(kind, SourceState::Failing, "servicesUnread", *m_servicesError);
            return;
        }
        const bool isSeen = place.has_value();
        if (!isSeen)
            place = usualPlace(part);
        if (isSeen && kind == SourceKind::KubeStateMetrics)
            askDeployments(place->at.nameSpace);
        ask<transport::Reply>(m_client.ask(patient(proxied(place->at, path))),
                              [this, kind, place = *place, isSeen](const base::Result<transport::Reply>& reply) {
                                  heardPart(kind, place, isSeen, reply);
                              });
    }

    void heardPart(SourceKind kind, const Place& place, bool isSeen, const base::Result<transport::Reply>& reply)
    {
        if (!reply) {
            of(kind) = failedProxy(kind, reply.error(), isSeen);
            if (isSeen)
                of(kind).place = place;
            return;
        }
        of(kind) = kind == SourceKind::Heapster ? seen(kind, SourceState::Old, "retired")
                                                : seen(kind, SourceState::Ok, "answers");
        of(kind).place = place;
        of(kind).seenAt = kube::answeredAt(reply->head);
        if (kind == SourceKind::InfluxDb) {
            of(kind).version = base::visible(QString::fromUtf8(reply->head.header("X-Influxdb-Version")));
            ask<InfluxProbe>(probeInflux(m_client, place.at),
                             [this](const base::Result<InfluxProbe>& probe) { heardInflux(probe); });
        }
        if (kind == SourceKind::Prometheus)
            ask<PrometheusProbe>(probePrometheus(m_client, place),
                                 [this](const base::Result<PrometheusProbe>& probe) { heardPrometheus(probe); });
    }

    void heardInflux(const base::Result<InfluxProbe>& probe)
    {
        Source& source = of(SourceKind::InfluxDb);
        if (!probe) { // it answers all the same: what it does not tell is since when
            const bool isLogin = probe.error().kind == base::ErrorKind::Unauthorized;
            source.reason = isLogin ? QStringLiteral("sinceWantsLogin") : QStringLiteral("sinceUnknown");
            source.said = probe.error().said;
            source.error = probe.error();
            return;
        }
        source.since = probe->since;
        source.databases = probe->databases;
        if (!probe->since.isValid()) {
            source.reason = QStringLiteral("storeEmpty");
        } else if (probe->until < source.seenAt) {
            source.state = SourceState::Old;
            source.reason = QStringLiteral("storeOld");
            source.seenAt = probe->until;
        }
    }

    void heardPrometheus(const base::Result<PrometheusProbe>& probe)
    {
        Source& source = of(SourceKind::Prometheus);
        if (!probe) {
            const auto place = source.place;
            source = failedProxy(SourceKind::Prometheus, probe.error(), true);
            source.place = place;
            return;
        }
        source.version = probe->version;
        source.scrapeJobs = probe->stateJobs;
        source.seenAt = probe->newest;
        source.stateSeenAt = probe->stateNewest;
        const auto isOld = [&probe](const QDateTime& newest) {
            return newest.secsTo(probe->now) > OldSeconds + PrometheusProbe::UsualScrapeSeconds;
        };
        if (!probe->newest.isValid()) {
            source.state = SourceState::Failing;
            source.reason = QStringLiteral("noTargets");
        } else if (isOld(probe->newest)) {
            source.state = SourceState::Old;
            source.reason = QStringLiteral("samplesOld");
        } else if (probe->stateNewest.isValid() && isOld(probe->stateNewest)) {
            source.state = SourceState::Old;
            source.reason = QStringLiteral("stateSamplesOld");
        }
    }

    void tellDeployments()
    {
        const auto tell = [this](SourceKind kind, const char* program) {
            Source& source = of(kind);
            const DeploymentFacts* deployment = source.place ? deploymentBehind(*source.place, m_deployments) : nullptr;
            const auto* container = deployment ? containerOf(*deployment, QLatin1String(program)) : nullptr;
            if (!container)
                return;
            source.workload = deployment->name;
            source.version = base::visible(versionOfImage(container->image));
            if (kind == SourceKind::MetricsServer)
                source.resolutionSeconds = resolutionOf(*container);
        };
        tell(SourceKind::MetricsServer, "metrics-server");
        tell(SourceKind::KubeStateMetrics, "kube-state-metrics");
    }

    void judgeAge()
    {
        Source& source = of(SourceKind::MetricsServer);
        if (source.state != SourceState::Ok || !source.seenAt.isValid())
            return;
        const double most = std::max(OldSeconds, Rounds * source.resolutionSeconds.value_or(60));
        if (static_cast<double>(source.seenAt.secsTo(m_takenAt)) > most) {
            source.state = SourceState::Old;
            source.reason = QStringLiteral("samplesOld");
        }
    }

    void settle()
    {
        if (--m_open > 0)
            return;
        if (!m_hasAnswer && m_firstError) {
            end(base::failure(*m_firstError));
            return;
        }
        tellDeployments();
        judgeAge();
        end(SourceSurvey{std::move(m_sources), m_takenAt});
    }

    const kube::Client m_client;
    const QString m_nameSpace;
    std::vector<Source> m_sources;
    std::vector<ApiServiceFacts> m_apiServices;
    std::optional<base::Error> m_apiServicesError;
    std::optional<base::Error> m_servicesError;
    std::vector<DeploymentFacts> m_deployments;
    std::set<QString> m_deploymentsAsked;
    QDateTime m_takenAt = QDateTime::currentDateTimeUtc();
    std::optional<base::Error> m_firstError;
    bool m_hasAnswer = false;
    int m_open = 0;
};

} // namespace

QString idOf(SourceKind kind)
{
    switch (kind) {
    case SourceKind::MetricsServer:
        return QStringLiteral("metricsServer");
    case SourceKind::KubeStateMetrics:
        return QStringLiteral("kubeStateMetrics");
    case SourceKind::Prometheus:
        return QStringLiteral("prometheus");
    case SourceKind::Kubelet:
        return QStringLiteral("kubelet");
    case SourceKind::Heapster:
        return QStringLiteral("heapster");
    case SourceKind::InfluxDb:
        return QStringLiteral("influxdb");
    case SourceKind::CustomMetrics:
        return QStringLiteral("customMetrics");
    case SourceKind::ExternalMetrics:
        return QStringLiteral("externalMetrics");
    case SourceKind::Objects:
        break;
    }
    return QStringLiteral("objects");
}

QString idOf(SourceState state)
{
    switch (state) {
    case SourceState::Ok:
        return QStringLiteral("ok");
    case SourceState::Absent:
        return QStringLiteral("absent");
    case SourceState::Failing:
        return QStringLiteral("failing");
    case SourceState::Forbidden:
        return QStringLiteral("forbidden");
    case SourceState::Old:
        break;
    }
    return QStringLiteral("old");
}

const Source& SourceSurvey::of(SourceKind kind) const
{
    return sources.at(static_cast<std::size_t>(kind));
}

Source failedProxy(SourceKind kind, const base::Error& error, bool isServiceSeen)
{
    using base::ErrorKind;
    const auto says = [&error](const char* words) { return error.said.contains(QLatin1String(words)); };
    // Services may not be listed, and one of the usual name cannot be read either.
    if (!isServiceSeen && (error.kind == ErrorKind::Forbidden || error.kind == ErrorKind::NotFound))
        return failed(kind, SourceState::Forbidden, "servicesForbidden", error);
    if (error.kind == ErrorKind::Forbidden)
        return failed(kind, SourceState::Forbidden, "proxyForbidden", error);
    if (error.kind == ErrorKind::Unauthorized)
        return failed(kind, SourceState::Failing, "loginWanted", error);
    if (error.kind == ErrorKind::NotFound && says("services \""))
        return failed(kind, SourceState::Failing, "endpointsWithoutPod", error);
    if (says("no endpoints available"))
        return failed(kind, SourceState::Failing, "noReadyPod", error);
    if (says("no service port"))
        return failed(kind, SourceState::Failing, "noSuchPort", error);
    return failed(kind, SourceState::Failing, "unreachable", error);
}

base::Call<SourceSurvey> surveySources(const kube::Client& client, const QString& nameSpace)
{
    return (new SurveyJob(client, nameSpace))->begin();
}

} // namespace metrics
