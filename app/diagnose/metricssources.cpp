// Where the figures of a cluster come from: each source, whether it answers, and if not, why.

#include "app/metrics/sources.h"

#include "app/base/visible.h"
#include "app/diagnose/clusterexamination.h"
#include "app/diagnose/guide.h"
#include "app/diagnose/metricsfindings.h"
#include "app/messages/errors.h"
#include "app/messages/metrics.h"
#include "app/transport/request.h"

#include <algorithm>

namespace diagnose {
namespace {

using metrics::Source;
using metrics::SourceKind;
using metrics::SourceState;

struct StepOfSource {
    const char* step;
    SourceKind kind;
};
constexpr StepOfSource Steps[] = {{"objects", SourceKind::Objects},
                                  {"metrics-server", SourceKind::MetricsServer},
                                  {"kubelet", SourceKind::Kubelet},
                                  {"kube-state-metrics", SourceKind::KubeStateMetrics},
                                  {"prometheus", SourceKind::Prometheus},
                                  {"influxdb", SourceKind::InfluxDb},
                                  {"custom-metrics", SourceKind::CustomMetrics},
                                  {"external-metrics", SourceKind::ExternalMetrics},
                                  {"heapster", SourceKind::Heapster}};

QString asked(const QByteArray& path)
{
    return QStringLiteral("GET ") + QString::fromLatin1(path);
}

QStringList questionsOf(SourceKind kind)
{
    const QString access = QStringLiteral("POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews (%1)");
    switch (kind) {
    case SourceKind::Objects:
        return {access.arg(QStringLiteral("list pods"))};
    case SourceKind::Kubelet:
        return {access.arg(QStringLiteral("get nodes/proxy"))};
    case SourceKind::MetricsServer:
        return {asked("/apis/apiregistration.k8s.io/v1/apiservices"), asked("/apis/metrics.k8s.io/v1beta1/nodes")};
    case SourceKind::CustomMetrics:
    case SourceKind::ExternalMetrics:
        return {asked("/apis/apiregistration.k8s.io/v1/apiservices")};
    default:
        return {asked("/api/v1/services")};
    }
}

/// What is not needed by everybody may be absent.
bool isWanted(SourceKind kind)
{
    return kind == SourceKind::Objects || kind == SourceKind::MetricsServer || kind == SourceKind::KubeStateMetrics ||
           kind == SourceKind::Prometheus;
}

StepResult resultOf(const Source& source)
{
    switch (source.state) {
    case SourceState::Ok:
        return StepResult::Pass;
    case SourceState::Absent:
        return isWanted(source.kind) ? StepResult::Fail : StepResult::Pass;
    case SourceState::Forbidden:
        return StepResult::Unknown;
    default:
        return StepResult::Fail;
    }
}

class MetricsExamination final : public ClusterExamination {
public:
    explicit MetricsExamination(const Subject& subject) : ClusterExamination(QStringLiteral("metrics-sources"), subject)
    {
        for (const StepOfSource& each : Steps)
            declare(each.step, [kind = each.kind] { return messages::sourceName(kind); });
        declare("faq", [] { return Diagnose::tr("What the FAQ says of them, and what is so"); });
    }

private:
    void run() override
    {
        const kube::Client* asked = client();
        if (!asked) {
            settle("objects", StepResult::Skipped,
                   [] { return Diagnose::tr("There is no connection to the cluster."); });
            finish();
            return;
        }
        for (const StepOfSource& each : Steps)
            ask(each.step, questionsOf(each.kind));
        follow<metrics::SourceSurvey>(metrics::surveySources(*asked, subject().nameSpace), [this](const auto& survey) {
            if (survey) {
                heard(*survey);
                return;
            }
            settle("objects", StepResult::Unknown, said(survey.error()));
            giveIn(survey.error());
        });
    }

    void heard(const metrics::SourceSurvey& survey)
    {
        for (const StepOfSource& each : Steps) {
            const Source& source = survey.of(each.kind);
            if (source.place && !source.place->at.port.isEmpty() && each.kind != SourceKind::MetricsServer)
                ask(each.step, {asked(metrics::proxied(source.place->at, {}).path)});
            settle(each.step, resultOf(source), [source] {
                return Diagnose::tr("%1 %2", "two sentences")
                    .arg(messages::purpose(source.kind), messages::detail(source));
            });
        }
        tellFaq();
        for (Finding& finding : metricsFindings(survey, subject().clusterId))
            report(std::move(finding));
        if (const auto refused = refusal(survey))
            fail(*refused);
        finish();
    }

    void tellFaq()
    {
        settle("faq", StepResult::Pass, [] {
            return Diagnose::tr(
                "The FAQ says that metrics-server collects from the APIServer, serves file descriptors and latency, "
                "and writes to InfluxDB. It serves CPU and memory only, reads the kubelets, and keeps and sends "
                "nothing; heapster was what wrote to InfluxDB. kube-state-metrics is no source of it, nor the other "
                "way round. Nor does the expression with job and k8s_app match where the labels are dropped.");
        });
    }

    /// Where all three that figures come from are closed to the person, the question was not answered.
    static std::optional<base::Error> refusal(const metrics::SourceSurvey& survey)
    {
        for (const SourceKind kind : {SourceKind::MetricsServer, SourceKind::KubeStateMetrics, SourceKind::Prometheus})
            if (survey.of(kind).state != SourceState::Forbidden)
                return std::nullopt;
        return survey.of(SourceKind::MetricsServer).error;
    }
};

} // namespace

Guide metricsGuide()
{
    return {.id = QStringLiteral("metrics-sources"),
            .title = [] { return Diagnose::tr("Metrics are missing or disagree"); },
            .symptoms = {[] { return Diagnose::tr("“kubectl top” fails, or a page of monitoring is empty"); },
                         [] { return Diagnose::tr("An autoscaler shows <unknown> and does not scale"); },
                         [] { return Diagnose::tr("metrics-server and kube-state-metrics say different things"); }},
            .patterns = {{R"(Metrics API not available)", 40},
                         {R"(metrics not available yet)", 40},
                         {R"(unable to (fetch|get) metrics (from|for))", 40},
                         {R"(\bFailedGet(Resource|Pods|Object|External|ContainerResource)Metric\b)", 40},
                         {R"(no metrics (known for|returned from))", 30},
                         {R"(unable to handle the request \(get (nodes|pods)\.metrics\.k8s\.io)", 40},
                         {R"(\bmetrics\.k8s\.io\b)", 20},
                         {R"(\b(metrics?-server|kube-state-metrics|heapster)\b)", 15},
                         {R"(监控.{0,8}(没有|无|为空|缺失|不一致)|指标.{0,8}(没有|缺失|不一致))", 20}},
            .arguments = {},
            .needsCluster = true,
            .inScan = true,
            .make = [](const Subject& subject) -> std::unique_ptr<Examination> {
                return std::make_unique<MetricsExamination>(subject);
            }};
}

} // namespace diagnose
