#include "app/diagnose/eventfindings.h"

#include "app/base/shell.h"
#include "app/base/visible.h"
#include "app/messages/eventpersistence.h"

#include <algorithm>

namespace diagnose {
namespace {

QString shownName(const tke::EventSink& sink)
{
    return base::visible(sink.ref.name);
}

QStringList evidenceOf(const tke::EventSink& sink)
{
    QStringList evidence;
    if (sink.isElasticsearch)
        evidence << sink.address.text() + QLatin1Char('/') + sink.index;
    if (!sink.phase.isEmpty())
        evidence << QStringLiteral("phase: ") + sink.phase;
    if (!sink.reason.isEmpty())
        evidence << QStringLiteral("reason: ") + sink.reason;
    return evidence;
}

QString creation(const QString& cluster)
{
    return QStringLiteral("alidadectl event-persistence %1 --address http://HOST:9200 --index fluentd")
        .arg(base::shellQuoted(cluster));
}

/// The window's form, with what is known filled in; what the command says too.
void fillForm(Fix& fix, const QString& cluster, const QString& address = {}, const QString& index = {},
              const QString& user = {})
{
    fix.action = QStringLiteral("event-persistence");
    for (const auto& [field, value] : {std::pair("cluster", cluster), std::pair("address", address),
                                       std::pair("index", index), std::pair("user", user)})
        if (!value.isEmpty())
            fix.fields[QLatin1String(field)] = value;
}

/// The controller acts on a changed spec only while the phase is Running.
void makeAnew(Finding& finding, const tke::EventSink& sink)
{
    Fix& fix = finding.fix;
    fix.title = [] { return Diagnose::tr("Delete it, and create it again as it should be"); };
    fix.steps = {[] {
        return Diagnose::tr(
            "Changing it is not enough: the platform acts on a change only while the phase is Running.");
    }};
    fix.command = QStringLiteral("kubectl delete persistentevents.platform.tkestack.io %1 && %2 --apply")
                      .arg(base::shellQuoted(sink.ref.name), creation(sink.cluster));
    fillForm(fix, sink.cluster, sink.address.host.isEmpty() ? QString() : sink.address.text(), sink.index, sink.user);
}

void lookAtPods(Finding& finding)
{
    finding.fix.command =
        QStringLiteral("kubectl -n kube-system describe pods -l k8s-app=tke-persistent-event; kubectl "
                       "-n kube-system logs deployment/tke-persistent-event -c "
                       "tke-persistent-event-fluentd --tail=50");
}

} // namespace

Finding eventRemarkFinding(const tke::EventSink& sink, const tke::Remark& remark)
{
    Finding finding{.id = QStringLiteral("event") + remark.id.left(1).toUpper() + remark.id.mid(1),
                    .severity = remark.severity,
                    .ref = sink.ref,
                    .evidence = evidenceOf(sink)};
    finding.title = [name = shownName(sink)] {
        return Diagnose::tr("What PersistentEvent %1 says cannot deliver").arg(name);
    };
    finding.cause = [remark] { return messages::sentence(remark); };
    makeAnew(finding, sink);
    return finding;
}

Finding eventClusterUnknown(const tke::EventSink& sink)
{
    Finding finding = eventRemarkFinding(
        sink, {.id = QStringLiteral("clusterUnknown"), .severity = Severity::Error, .detail = sink.cluster});
    finding.fix = {};
    finding.fix.title = [] { return Diagnose::tr("Delete it"); };
    finding.fix.command =
        QStringLiteral("kubectl delete persistentevents.platform.tkestack.io ") + base::shellQuoted(sink.ref.name);
    return finding;
}

Finding eventSeveral(const QString& cluster, const QStringList& names)
{
    Finding finding{.id = QStringLiteral("eventSeveral"), .evidence = names};
    finding.title = [cluster = base::visible(cluster)] {
        return Diagnose::tr("Cluster %1 has several PersistentEvents").arg(cluster);
    };
    finding.cause = [] {
        return Diagnose::tr("All of them keep one Deployment and one ConfigMap in the cluster: who came first is in "
                            "there, and whoever is deleted takes it away from the others.");
    };
    finding.fix.title = [] { return Diagnose::tr("Delete all but one, then that one, and create it again"); };
    finding.fix.command = QStringLiteral("kubectl get persistentevents.platform.tkestack.io");
    return finding;
}

Finding eventPhaseFinding(const tke::EventSink& sink)
{
    const bool isGone = sink.reason.contains(QLatin1String("do not exist"));
    const bool isTrying = sink.phase == QLatin1String("Reinitializing");
    Finding finding{.id = isGone     ? QStringLiteral("eventDeploymentGone")
                          : isTrying ? QStringLiteral("eventReinitializing")
                                     : QStringLiteral("eventFailed"),
                    .ref = sink.ref,
                    .evidence = evidenceOf(sink)};
    finding.title = [name = shownName(sink), phase = base::visible(sink.phase)] {
        return Diagnose::tr("PersistentEvent %1 is %2").arg(name, phase);
    };
    finding.cause = [isGone, isTrying, reason = base::visible(sink.reason), tries = QString::number(sink.retries)] {
        if (isGone)
            return Diagnose::tr("Deployment kube-system/tke-persistent-event is not there any more in the cluster; the "
                                "platform does not make it again by itself.");
        return isTrying
                   ? Diagnose::tr("The platform tries every five minutes, five times (now: %1): %2").arg(tries, reason)
                   : Diagnose::tr("The platform gave up: %1").arg(reason);
    };
    makeAnew(finding, sink);
    return finding;
}

std::optional<Finding> eventDeliveryFinding(const tke::EventSink& sink, const tke::Delivery& delivery)
{
    Finding finding{.ref = sink.ref, .evidence = evidenceOf(sink)};
    const QString name = shownName(sink);
    if (delivery.hasDeployment == false) {
        finding.id = QStringLiteral("eventDeploymentMissing");
        finding.title = [name] { return Diagnose::tr("What PersistentEvent %1 made is gone").arg(name); };
        finding.cause = [phase = base::visible(sink.phase)] {
            return Diagnose::tr("The platform says %1, and Deployment kube-system/tke-persistent-event is not there.")
                .arg(phase);
        };
        makeAnew(finding, sink);
        return finding;
    }
    if (!delivery.hasDeployment)
        return std::nullopt;
    if (!delivery.isReady()) {
        finding.id = QStringLiteral("eventDeploymentNotReady");
        finding.title = [name] { return Diagnose::tr("What PersistentEvent %1 made does not run").arg(name); };
        finding.evidence << delivery.complaint;
        finding.cause = [delivery] { return messages::sentence(delivery); };
        finding.fix.title = [] { return Diagnose::tr("See what its pod says"); };
        lookAtPods(finding);
        return finding;
    }
    if (delivery.log != tke::Delivery::Log::Fails)
        return std::nullopt;
    finding.id = QStringLiteral("eventNotDelivered");
    finding.title = [name] { return Diagnose::tr("PersistentEvent %1 runs and delivers nothing").arg(name); };
    finding.evidence << delivery.words;
    const bool isRefused =
        delivery.words.contains(QLatin1String("401")) || delivery.words.contains(QLatin1String("403"));
    finding.cause = [isRefused] {
        return isRefused ? Diagnose::tr("Running only says that a Deployment stands: Elasticsearch refuses fluentd's "
                                        "login, or wants one that it does not have.")
                         : Diagnose::tr("Running only says that a Deployment stands: fluentd in it cannot deliver to "
                                        "Elasticsearch, see its words.");
    };
    finding.fix.title = [] { return Diagnose::tr("Try the address, then correct what is wrong"); };
    finding.fix.steps = {[address = base::visible(sink.address.text())] {
        return Diagnose::tr("From here: alidadectl check event-persistence %1. A node may have another way to it.")
            .arg(address);
    }};
    lookAtPods(finding);
    return finding;
}

std::optional<Finding> eventConfigurationFinding(const tke::EventSink& sink, const tke::Delivery& delivery)
{
    if (!delivery.configured || !sink.remarks.empty() || !sink.isElasticsearch)
        return std::nullopt;
    const bool isSame = *delivery.configured == sink.address && delivery.configuredIndex == sink.index;
    if (isSame)
        return std::nullopt;
    Finding finding{.id = QStringLiteral("eventConfigurationStale"), .ref = sink.ref};
    const QString says = sink.address.text() + QLatin1Char('/') + sink.index;
    const QString does = delivery.configured->text() + QLatin1Char('/') + delivery.configuredIndex;
    finding.evidence = {QStringLiteral("spec: ") + says, QStringLiteral("fluentd-config: ") + does};
    finding.title = [name = shownName(sink)] {
        return Diagnose::tr("fluentd delivers elsewhere than PersistentEvent %1 says").arg(name);
    };
    finding.cause = [says = base::visible(says), does = base::visible(does)] {
        return Diagnose::tr("The PersistentEvent says %1, and fluentd is configured for %2: a ConfigMap fluentd-config "
                            "that is there already is left as it is.")
            .arg(says, does);
    };
    makeAnew(finding, sink);
    finding.fix.steps = {[] {
        return Diagnose::tr(
            "Before it is created again ConfigMap fluentd-config in kube-system of the cluster has to be "
            "gone.");
    }};
    return finding;
}

std::optional<Finding> eventStoreFinding(const tke::StoreVisit& visit)
{
    if (visit.isUsable())
        return std::nullopt;
    Finding finding{.id = QStringLiteral("eventStoreUnreachable"),
                    .evidence = {visit.address.text(), visit.error.said}};
    const QString where = base::visible(visit.address.text());
    const auto failed = visit.way.probe.failure();
    if (failed)
        finding.evidence << visit.way.probe.at(*failed).error.said;
    finding.title = [where] { return Diagnose::tr("%1 takes no events").arg(where); };
    finding.cause = [visit] { return messages::sentence(visit); };
    finding.fix.title = [] { return Diagnose::tr("Try it from a node of the cluster, too"); };
    finding.fix.command = QStringLiteral("curl -v %1").arg(base::shellQuoted(visit.address.text()));
    if (visit.kind == tke::StoreKind::SomethingElse)
        finding.id = QStringLiteral("eventStoreIsNone");
    if (visit.answers() && visit.wantsLogin) {
        finding.id = QStringLiteral("eventStoreWantsLogin");
        finding.severity = Severity::Info; // a PersistentEvent with a login may well get in
        finding.title = [where] { return Diagnose::tr("%1 wants a login").arg(where); };
        finding.fix.title = [] { return Diagnose::tr("Create the PersistentEvent with a login"); };
        finding.fix.steps = {[] {
            return Diagnose::tr("The FAQ says that only Elasticsearch without a login works; since v1.5.0 of the "
                                "platform one with a login does.");
        }};
        finding.fix.command = QStringLiteral("alidadectl event-persistence CLUSTER --address %1 --index fluentd --user "
                                             "elastic --password-stdin")
                                  .arg(base::shellQuoted(visit.address.text()));
        fillForm(finding.fix, {}, visit.address.text());
    }
    return finding;
}

Finding eventAbsent(const QString& cluster)
{
    Finding finding{.id = QStringLiteral("eventAbsent"), .severity = Severity::Info};
    finding.title = [cluster = base::visible(cluster)] {
        return Diagnose::tr("Nobody keeps the events of cluster %1").arg(cluster);
    };
    finding.cause = [] {
        return Diagnose::tr(
            "There is no PersistentEvent for it. In the console's form 完成 (Finish) does nothing until "
            "the address of Elasticsearch and the index are filled in, below the long description.");
    };
    finding.fix.title = [] { return Diagnose::tr("Create one, tried first"); };
    finding.fix.command = creation(cluster);
    fillForm(finding.fix, cluster);
    return finding;
}

} // namespace diagnose
