#include "app/messages/metrics.h"

#include "app/base/moment.h"
#include "app/base/visible.h"
#include "app/kube/objectname.h"
#include "app/messages/changes.h"
#include "app/messages/errors.h"

#include <QCoreApplication>
#include <QLocale>

namespace messages {
namespace {

using metrics::SourceKind;
using metrics::SourceState;

struct Metrics {
    Q_DECLARE_TR_FUNCTIONS(Metrics)
};

QString withSaid(const QString& sentence, const QString& said)
{
    return said.isEmpty() ? sentence : Metrics::tr("%1 It says: %2").arg(sentence, base::visible(said));
}

QString placeName(const metrics::Source& source)
{
    return source.place ? kube::shownName(source.place->at.nameSpace, source.place->at.service)
                        : sourceName(source.kind);
}

QString day(const QDateTime& time)
{
    return time.toUTC().toString(QStringLiteral("yyyy-MM-dd"));
}

QString okSentence(const metrics::Source& source)
{
    if (source.reason == QLatin1String("mayRead"))
        return source.kind == SourceKind::Kubelet
                   ? Metrics::tr("You may read the kubelets through the APIServer; they were not asked.")
                   : Metrics::tr("You may read them.");
    if (source.kind == SourceKind::MetricsServer && source.seenAt.isValid())
        return Metrics::tr("It answers; its newest sample is of %1.").arg(base::moment(source.seenAt));
    if (source.kind == SourceKind::Prometheus && source.scrapeJobs) {
        if (source.scrapeJobs->isEmpty())
            return Metrics::tr("It answers, but does not scrape kube-state-metrics.");
        if (source.scrapeJobs->contains(QString()))
            return Metrics::tr("It answers and scrapes kube-state-metrics; the label “job” is dropped on the way.");
        return Metrics::tr("It answers and scrapes kube-state-metrics by the job %1.")
            .arg(source.scrapeJobs->join(QStringLiteral(", ")));
    }
    if (source.pageBytes && source.pageTook)
        return Metrics::tr("It answers; its page of %1 was read in %2 ms.")
            .arg(QLocale().formattedDataSize(*source.pageBytes), QString::number(source.pageTook->count()));
    if (source.reason == QLatin1String("sinceWantsLogin"))
        return Metrics::tr("It answers, but wants a login of its own for its data: since when it holds them is not "
                           "known.");
    if (source.reason == QLatin1String("sinceUnknown"))
        return Metrics::tr("It answers, but does not tell since when it holds data.");
    if (source.reason == QLatin1String("storeEmpty"))
        return Metrics::tr("It answers and holds nothing yet.");
    if (source.kind == SourceKind::InfluxDb && source.since.isValid())
        return Metrics::tr("It answers; its oldest data are of %1 or the days after (%2).")
            .arg(day(source.since), source.databases.join(QStringLiteral(", ")));
    return Metrics::tr("It answers.");
}

QString absentSentence(const metrics::Source& source)
{
    if (source.reason == QLatin1String("apiServiceMissing"))
        return source.kind == SourceKind::MetricsServer
                   ? Metrics::tr("No APIService serves metrics.k8s.io: metrics-server is not installed.")
                   : Metrics::tr("No APIService serves %1.").arg(metrics::apiGroupOf(source.kind));
    return Metrics::tr("No Service in the cluster has its name or its labels.");
}

QString forbiddenSentence(const metrics::Source& source)
{
    const auto is = [&source](const char* id) { return source.reason == QLatin1String(id); };
    if (is("apiServicesForbidden"))
        return Metrics::tr("You may not read APIServices, so it is not known whether it is installed.");
    if (is("servicesForbidden"))
        return Metrics::tr("You may not list Services, so it is not known whether it is installed.");
    if (is("proxyForbidden"))
        return Metrics::tr("The Service %1 is there, but you may not read it through the APIServer.")
            .arg(placeName(source));
    if (is("mayNotRead"))
        return source.kind == SourceKind::Kubelet
                   ? Metrics::tr("You may not read the kubelets through the APIServer (get nodes/proxy).")
                   : Metrics::tr("You may not list pods.");
    return Metrics::tr("It is there, but you may not read its figures.");
}

QString failingSentence(const metrics::Source& source)
{
    const auto is = [&source](const char* id) { return source.reason == QLatin1String(id); };
    const QString place = placeName(source);
    if (is("apiServiceUnavailable"))
        return Metrics::tr("Its APIService is there and not available.");
    if (is("noSamples"))
        return Metrics::tr(
            "It answers, but has no sample of any node: it cannot read the kubelets, or has just begun.");
    if (is("endpointsWithoutPod"))
        return Metrics::tr("The Service %1 is there, but no Endpoints that lead to a pod: the APIServer's proxy then "
                           "says “not found”.")
            .arg(place);
    if (is("noReadyPod"))
        return Metrics::tr("The Service %1 is there, but none of its pods is ready.").arg(place);
    if (is("noSuchPort"))
        return Metrics::tr("The Service %1 has no such port.").arg(place);
    if (is("loginWanted"))
        return Metrics::tr("%1 wants a login of its own, which does not pass the APIServer's proxy.").arg(place);
    if (is("noTargets"))
        return Metrics::tr("It answers, but has no sample of any target: it scrapes nothing.");
    if (is("apiServicesUnread"))
        return Metrics::tr("The APIServices could not be read.");
    if (is("servicesUnread"))
        return Metrics::tr("The Services could not be read.");
    if (is("accessUnknown"))
        return Metrics::tr("The APIServer does not say what you may do.");
    if (is("pageTooLarge"))
        return source.pageEstimate ? Metrics::tr("It answers. Its page is about %1: it is read when you ask for it.")
                                         .arg(QLocale().formattedDataSize(*source.pageEstimate))
                                   : Metrics::tr("It answers. Its page is large: it is read when you ask for it.");
    if (is("figuresUnread") || is("usageFailing"))
        return Metrics::tr("It is there, but its figures could not be read.");
    return Metrics::tr("%1 is there and does not answer as it should.").arg(place);
}

QString oldSentence(const metrics::Source& source)
{
    if (source.reason == QLatin1String("retired"))
        return Metrics::tr("Heapster is still there. It is retired: metrics-server came in its place.");
    if (source.reason == QLatin1String("storeOld"))
        return Metrics::tr("It answers, but nothing was written to it since %1; its oldest data are of %2 or the days "
                           "after.")
            .arg(base::moment(source.seenAt), day(source.since));
    if (source.reason == QLatin1String("stateSamplesOld"))
        return Metrics::tr("It answers, but its newest sample of kube-state-metrics is of %1: alarm rules on the state "
                           "of objects see nothing after that.")
            .arg(base::moment(source.stateSeenAt));
    return Metrics::tr("It answers, but its newest sample is of %1.").arg(base::moment(source.seenAt));
}

QString absentAdvice(SourceKind kind)
{
    switch (kind) {
    case SourceKind::MetricsServer:
        return Metrics::tr("Without it there is no usage, no “kubectl top”, and HPA cannot work by CPU or memory. "
                           "Install metrics-server; on TKEStack it is a choice made when the cluster is created.");
    case SourceKind::KubeStateMetrics:
        return Metrics::tr("Alarms and dashboards on the state of objects need it. Install kube-state-metrics; on "
                           "TKEStack it comes with the addon Prometheus. The objects tell the same for now.");
    case SourceKind::Prometheus:
        return Metrics::tr("Without it there is no history and no alarm rule. On TKEStack install the addon "
                           "Prometheus.");
    case SourceKind::CustomMetrics:
    case SourceKind::ExternalMetrics:
        return Metrics::tr("Only HPA by metrics of one's own needs it.");
    default:
        return {};
    }
}

QString failingAdvice(const metrics::Source& source)
{
    const auto is = [&source](const char* id) { return source.reason == QLatin1String(id); };
    if (is("apiServiceUnavailable"))
        return Metrics::tr("Look at the Service that the APIService names, its pods, and whether the APIServer reaches "
                           "them; the reason says which of them it is.");
    if (is("noSamples"))
        return Metrics::tr("Read the log of metrics-server: certificates of the kubelets (--kubelet-insecure-tls), "
                           "their address type, or a network policy are the usual causes.");
    if (is("endpointsWithoutPod") || is("noReadyPod"))
        return Metrics::tr("Compare the Service's selector with the labels of its pods, and see why they are not "
                           "ready. A Service whose endpoints were written by hand cannot be read this way.");
    if (is("noSuchPort"))
        return Metrics::tr("Read the Service's ports.");
    if (is("loginWanted"))
        return Metrics::tr("Read it where its login is known.");
    if (is("noTargets"))
        return Metrics::tr("Look at its page Targets and at its scrape configuration.");
    if (is("pageTooLarge"))
        return {};
    return Metrics::tr("Look at its pods and their log.");
}

QString disagreementSentence(const QString& id)
{
    const auto is = [&id](const char* each) { return id == QLatin1String(each); };
    if (is("goneFromObjects"))
        return Metrics::tr("It is gone: a source still tells of it for a while after the object was deleted.");
    if (is("youngerThanPage"))
        return Metrics::tr("It is younger than the page of kube-state-metrics.");
    if (is("missingFromKubeStateMetrics"))
        return Metrics::tr("kube-state-metrics does not tell of it: it watches other namespaces or kinds, is split "
                           "into shards, or has lost its watch.");
    if (is("nodeWithoutSample"))
        return Metrics::tr("The node is Ready, but metrics-server has no sample of it: it could not read its kubelet. "
                           "Absent is not zero.");
    if (is("nodeNotReady"))
        return Metrics::tr("The node is not Ready and its kubelet does not answer, so nothing is measured. Absent is "
                           "not zero.");
    if (is("nodeSilent"))
        return Metrics::tr("metrics-server has no sample of the whole node that it runs on. Absent is not zero.");
    if (is("tooYoung"))
        return Metrics::tr("It runs for less than two minutes: metrics-server needs two samples of it.");
    if (is("podWithoutSample"))
        return Metrics::tr("It runs, but metrics-server has no sample: one of its containers is between two starts, or "
                           "its kubelet does not tell of it. Absent is not zero.");
    if (is("sampleOfStopped"))
        return Metrics::tr("It does not run now; the sample is of before it stopped.");
    if (is("sampleBeforeStart"))
        return Metrics::tr("The sample is older than the start of what runs now: it was taken of the one before.");
    if (is("sidecarCounted"))
        return Metrics::tr("metrics-server counts every container that runs, sidecars too; kube-state-metrics tells "
                           "the requests of sidecars apart, with the init containers.");
    if (is("partOfPods"))
        return Metrics::tr("Not all pods have a sample: the sum is of those that have, and no ratio is made of it.");
    if (is("pageBeforeStart"))
        return Metrics::tr("The page of kube-state-metrics is older than the start of what runs now.");
    if (is("otherMoment"))
        return Metrics::tr("The two were read at different moments, and it changed in between.");
    if (is("startAndOverheadCounted"))
        return Metrics::tr("kube-state-metrics has each container by itself; the pod as a whole holds what the "
                           "scheduler counts: init containers, sidecars, overhead and what the pod itself declares.");
    if (is("capacityAsBase"))
        return Metrics::tr("One takes the node's capacity as the base, the other what is allocatable of it.");
    if (is("otherTimes"))
        return Metrics::tr("The usage is the average over a window that ended more than two minutes before or after "
                           "the page of kube-state-metrics was read.");
    return Metrics::tr("The two declare different amounts: one of them was read before a change.");
}

QString noteSentence(const metrics::ScalerNote& note)
{
    const auto is = [&note](const char* id) { return note.id == QLatin1String(id); };
    const QString about = base::visible(note.about);
    if (is("apiAbsent"))
        return Metrics::tr("The API %1, which feeds it, is not served.").arg(about);
    if (is("apiFailing"))
        return Metrics::tr("The API %1, which feeds it, is not available.").arg(about);
    if (is("apiOld"))
        return Metrics::tr("The API %1, which feeds it, has old samples only.").arg(about);
    if (is("missingRequest"))
        return Metrics::tr("The target is a percentage of the request, and a container declares none.");
    if (is("metricUnread"))
        return Metrics::tr("A metric cannot be read (%1), so what is wanted is not known.").arg(about);
    if (is("notAble"))
        return Metrics::tr("It cannot scale its target (%1).").arg(about);
    if (is("disabled"))
        return Metrics::tr("It is switched off: its target has no replicas.");
    if (is("atMaximum"))
        return Metrics::tr("It would have more pods than its maximum allows.");
    return Metrics::tr("It would have fewer pods than its minimum allows.");
}

} // namespace

QString sourceName(SourceKind kind)
{
    switch (kind) {
    case SourceKind::MetricsServer:
        return QStringLiteral("metrics-server");
    case SourceKind::KubeStateMetrics:
        return QStringLiteral("kube-state-metrics");
    case SourceKind::Prometheus:
        return QStringLiteral("Prometheus");
    case SourceKind::Kubelet:
        return QStringLiteral("kubelet");
    case SourceKind::Heapster:
        return QStringLiteral("heapster");
    case SourceKind::InfluxDb:
        return QStringLiteral("InfluxDB");
    case SourceKind::CustomMetrics:
    case SourceKind::ExternalMetrics:
        return metrics::apiGroupOf(kind);
    case SourceKind::Objects:
        break;
    }
    return Metrics::tr("Objects");
}

QString stateName(SourceState state)
{
    switch (state) {
    case SourceState::Ok:
        return Metrics::tr("answers");
    case SourceState::Absent:
        return Metrics::tr("absent");
    case SourceState::Failing:
        return Metrics::tr("failing");
    case SourceState::Forbidden:
        return Metrics::tr("no permission");
    case SourceState::Old:
        break;
    }
    return Metrics::tr("old");
}

QString sentence(const metrics::Source& source)
{
    switch (source.state) {
    case SourceState::Ok:
        return okSentence(source);
    case SourceState::Absent:
        return absentSentence(source);
    case SourceState::Failing:
        return failingSentence(source);
    case SourceState::Forbidden:
        return forbiddenSentence(source);
    case SourceState::Old:
        break;
    }
    return oldSentence(source);
}

QString detail(const metrics::Source& source)
{
    return withSaid(sentence(source), source.said);
}

QString advice(const metrics::Source& source)
{
    switch (source.state) {
    case SourceState::Ok:
        return source.kind == SourceKind::Prometheus && source.scrapeJobs && source.scrapeJobs->isEmpty()
                   ? Metrics::tr("Annotate the Service of kube-state-metrics with prometheus.io/scrape: \"true\" (on "
                                 "TKEStack tke.prometheus.io/scrape), or add a job.")
                   : QString();
    case SourceState::Absent:
        return absentAdvice(source.kind);
    case SourceState::Failing:
        return failingAdvice(source);
    case SourceState::Forbidden:
        return Metrics::tr("Ask the cluster's administrator for the right to read it.");
    case SourceState::Old:
        break;
    }
    if (source.reason == QLatin1String("storeOld"))
        return Metrics::tr("See whether Prometheus still writes to it: its remote write, and the log of both.");
    if (source.reason == QLatin1String("stateSamplesOld"))
        return Metrics::tr("Look at the page Targets of Prometheus: whether its job still reaches kube-state-metrics, "
                           "and what it says of it.");
    return source.kind == SourceKind::Heapster
               ? Metrics::tr("Install metrics-server and remove heapster.")
               : Metrics::tr("Its figures say nothing of now. Look at its pods and their log.");
}

QString purpose(SourceKind kind)
{
    switch (kind) {
    case SourceKind::MetricsServer:
        return Metrics::tr("CPU and memory in use now, read from the kubelets (cAdvisor) and kept nowhere. It feeds "
                           "HPA and “kubectl top”.");
    case SourceKind::KubeStateMetrics:
        return Metrics::tr("What objects declare and how they stand, read from the APIServer by watches and kept "
                           "nowhere. It feeds Prometheus.");
    case SourceKind::Prometheus:
        return Metrics::tr("The store: it scrapes kube-state-metrics and others, and evaluates alarm rules.");
    case SourceKind::Kubelet:
        return Metrics::tr("The raw source below metrics-server, on each node.");
    case SourceKind::Heapster:
        return Metrics::tr("What metrics-server came in the place of.");
    case SourceKind::InfluxDb:
        return Metrics::tr("TKEStack's long-term store. Prometheus writes to it; metrics-server never did.");
    case SourceKind::CustomMetrics:
    case SourceKind::ExternalMetrics:
        return Metrics::tr("An adapter that feeds HPA by metrics of one's own.");
    case SourceKind::Objects:
        break;
    }
    return Metrics::tr("The objects themselves, as the APIServer has them.");
}

QString sentence(const metrics::Disagreement& disagreement)
{
    return disagreementSentence(disagreement.id);
}

QString sentence(const metrics::ScalerNote& note)
{
    return withSaid(noteSentence(note), note.said);
}

QString valuesText(const metrics::Disagreement& disagreement)
{
    QStringList parts;
    for (const auto kind : {SourceKind::MetricsServer, SourceKind::KubeStateMetrics, SourceKind::Objects}) {
        const std::string key = kind == SourceKind::Objects ? "object" : metrics::idOf(kind).toStdString();
        if (disagreement.values.is_object() && disagreement.values.contains(key))
            parts << labelled(sourceName(kind), valueText(disagreement.values[key]));
    }
    return parts.join(QLatin1Char('\n'));
}

QString cpuText(std::optional<qint64> milli)
{
    return milli ? QString::number(*milli) + QLatin1Char('m') : QStringLiteral("–");
}

QString memoryText(std::optional<qint64> bytes)
{
    constexpr qint64 Mebi = 1LL << 20;
    return bytes ? QString::number(*bytes / Mebi) + QStringLiteral("Mi") : QStringLiteral("–");
}

QString stateText(const metrics::State& state)
{
    if (!state.reason.isEmpty())
        return base::visible(state.reason);
    if (!state.phase.isEmpty())
        return base::visible(state.phase);
    if (state.wanted && state.available)
        return Metrics::tr("%1 of %2 available").arg(*state.available).arg(*state.wanted);
    if (!state.ready)
        return QStringLiteral("–");
    return *state.ready ? Metrics::tr("ready") : Metrics::tr("not ready");
}

} // namespace messages
