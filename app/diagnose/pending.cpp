#include "app/diagnose/pending.h"

#include "app/base/visible.h"
#include "app/kube/httpdate.h"
#include "app/kube/jsonread.h"
#include "app/kube/objectname.h"

#include <QHash>
#include <algorithm>

namespace diagnose {
namespace {

const QString DefaultScheduler = QStringLiteral("default-scheduler");

} // namespace

PendingExamination::PendingExamination(const Subject& subject)
    : ClusterExamination(QStringLiteral("pod-pending"), subject),
      m_nameSpace(subject.nameSpace)
{
    declare("pod", [] { return Diagnose::tr("Pending pods"); });
    declare("events", [] { return Diagnose::tr("Events"); });
    declare("words", [] { return Diagnose::tr("What the scheduler said"); });
    declare("scheduler", [] { return Diagnose::tr("Scheduler"); });
    declare("nodes", [] { return Diagnose::tr("Nodes and taints"); });
    declare("agreement", [] { return Diagnose::tr("Agreement with the scheduler"); });
    declare("rest", [] { return Diagnose::tr("What else the scheduler names"); });
    declare("containers", [] { return Diagnose::tr("Containers"); });
    m_survey.cluster = subject.clusterId;
    m_survey.now = QDateTime::currentDateTimeUtc();
}

void PendingExamination::run()
{
    if (!client()) {
        settle("pod", StepResult::Skipped, [] { return Diagnose::tr("There is no connection to the cluster."); });
        finish();
        return;
    }
    if (!subject().arguments.isEmpty()) {
        const QString& argument = subject().arguments.front();
        const auto slash = argument.indexOf(QLatin1Char('/'));
        m_pod = argument.mid(slash + 1);
        if (slash > 0)
            m_nameSpace = argument.left(slash);
        if (m_nameSpace.isEmpty())
            m_nameSpace = ownNameSpace();
        m_survey.isSingle = true;
    }
    askPods();
}

void PendingExamination::askPods()
{
    const auto take = [this](const kube::Json& pod) { m_survey.pods.push_back(pendingPod(pod)); };
    if (m_survey.isSingle) {
        askJson("pod",
                {.path = transport::path({QStringLiteral("api"), QStringLiteral("v1"), QStringLiteral("namespaces"),
                                          m_nameSpace, QStringLiteral("pods"), m_pod})},
                [this, take](const base::Result<kube::Json>& pod) {
                    if (!pod) {
                        const bool isMissing = pod.error().kind == base::ErrorKind::NotFound;
                        settle("pod", isMissing ? StepResult::Fail : StepResult::Unknown, said(pod.error()));
                        giveIn(pod.error());
                        return;
                    }
                    take(*pod);
                    heardPods();
                });
        return;
    }
    const QByteArray path = m_nameSpace.isEmpty()
                                ? QByteArrayLiteral("/api/v1/pods")
                                : transport::path({QStringLiteral("api"), QStringLiteral("v1"),
                                                   QStringLiteral("namespaces"), m_nameSpace, QStringLiteral("pods")});
    askList("pod", path, QStringLiteral("status.phase=Pending"), take, [this](const std::optional<base::Error>& error) {
        if (error) {
            settle("pod", StepResult::Unknown, said(*error));
            giveIn(*error);
            return;
        }
        heardPods();
    });
}

void PendingExamination::heardPods()
{
    tellPod();
    if (std::ranges::none_of(m_survey.pods, &PendingPod::isPending))
        finish();
    else
        askEvents(false);
}

void PendingExamination::askEvents(bool isNewGroup)
{
    // The two groups serve the same events; a role may hold one and not the other.
    QByteArray path = isNewGroup ? "/apis/events.k8s.io/v1" : "/api/v1";
    const QString about = isNewGroup ? QStringLiteral("regarding") : QStringLiteral("involvedObject");
    if (!m_nameSpace.isEmpty())
        path += transport::path({QStringLiteral("namespaces"), m_nameSpace});
    path += "/events";
    const QString selector = m_survey.isSingle ? QStringLiteral("%1.kind=Pod,%1.name=%2").arg(about, m_pod)
                                               : QStringLiteral("%1.kind=Pod,reason=FailedScheduling").arg(about);
    auto events = std::make_shared<std::vector<kube::EventFacts>>();
    askList(
        "events", path, selector, [events](const kube::Json& event) { events->push_back(kube::eventFacts(event)); },
        [this, events, isNewGroup](const std::optional<base::Error>& error) {
            if (error && error->kind == base::ErrorKind::Forbidden && !isNewGroup) {
                m_survey.eventsError = error;
                askEvents(true);
                return;
            }
            if (!error)
                m_survey.eventsError.reset();
            else if (!m_survey.eventsError)
                m_survey.eventsError = error;
            QHash<QString, PendingPod*> pods;
            for (PendingPod& pod : m_survey.pods)
                pods.insert(kube::objectName(pod.facts.ref.nameSpace, pod.facts.ref.name), &pod);
            for (kube::EventFacts& event : *events) {
                PendingPod* pod = pods.value(kube::objectName(event.nameSpace, event.name));
                // A pod of the same name was there before.
                if (pod && (event.uid.isEmpty() || event.uid == pod->facts.ref.uid))
                    pod->events.push_back(std::move(event));
            }
            heardEvents();
        });
}

void PendingExamination::heardEvents()
{
    for (PendingPod& pod : m_survey.pods)
        std::ranges::stable_sort(pod.events,
                                 [](const kube::EventFacts& a, const kube::EventFacts& b) { return a.when > b.when; });
    tellWords();
    tellContainers();
    if (std::ranges::any_of(m_survey.pods, &PendingPod::awaitsPlace))
        askLease();
    else
        conclude();
}

void PendingExamination::askLease()
{
    // The one that nothing is heard of, if there is one.
    auto pod = std::ranges::find_if(m_survey.pods,
                                    [](const PendingPod& each) { return each.awaitsPlace() && !each.wasLookedAt(); });
    if (pod == m_survey.pods.end())
        pod = std::ranges::find_if(m_survey.pods, &PendingPod::awaitsPlace);
    m_survey.scheduler = pod->schedulerName;
    const QString lease =
        m_survey.scheduler == DefaultScheduler ? QStringLiteral("kube-scheduler") : m_survey.scheduler;
    askReply("scheduler",
             {.path = transport::path({QStringLiteral("apis"), QStringLiteral("coordination.k8s.io"),
                                       QStringLiteral("v1"), QStringLiteral("namespaces"),
                                       QStringLiteral("kube-system"), QStringLiteral("leases"), lease})},
             [this](const base::Result<transport::Reply>& reply) { heardLease(reply); });
}

void PendingExamination::heardLease(const base::Result<transport::Reply>& reply)
{
    std::optional<base::Error> error;
    if (reply) {
        if (const QDateTime date = kube::dateOf(reply->head); date.isValid())
            m_survey.now = date;
        if (const auto lease = kube::parseJson(reply->body)) {
            const QDateTime renewed = QDateTime::fromString(
                kube::rawText(*lease, {"spec", "renewTime"}).left(19) + QLatin1Char('Z'), Qt::ISODate);
            if (renewed.isValid())
                m_survey.renewed = renewed.toUTC();
        }
    } else {
        error = reply.error();
    }
    tellScheduler(error);
    askNodes();
}

void PendingExamination::askNodes()
{
    askList(
        "nodes", "/api/v1/nodes", {}, [this](const kube::Json& node) { m_survey.nodes.push_back(seenNode(node)); },
        [this](const std::optional<base::Error>& error) {
            m_survey.nodesError = error;
            m_survey.areNodesRead = !error;
            askOwner();
        });
}

void PendingExamination::askOwner()
{
    const kube::ObjectRef owner = m_survey.isSingle ? m_survey.pods.front().facts.owner : kube::ObjectRef{};
    if (owner.kind != QLatin1String("ReplicaSet")) {
        conclude();
        return;
    }
    askJson("nodes",
            {.path = transport::path({QStringLiteral("apis"), QStringLiteral("apps"), QStringLiteral("v1"),
                                      QStringLiteral("namespaces"), owner.nameSpace, QStringLiteral("replicasets"),
                                      owner.name})},
            [this](const base::Result<kube::Json>& set) {
                if (set) // where it cannot be read, the ReplicaSet is what is named
                    m_survey.owner = scheduling::podFacts(*set).owner;
                conclude();
            });
}

void PendingExamination::conclude()
{
    const PendingJudgement judgement = judge(m_survey);
    if (!judgement.verdicts.empty()) {
        tellNodes(judgement);
        tellAgreement(judgement);
        tellRest(judgement);
    }
    for (Finding& finding : pendingFindings(m_survey, judgement))
        report(std::move(finding));
    finish();
}

Guide pendingGuide()
{
    return {.id = QStringLiteral("pod-pending"),
            .title = [] { return Diagnose::tr("A pod stays Pending"); },
            .symptoms = {[] { return Diagnose::tr("A pod stays Pending and is not placed on any node"); },
                         [] { return Diagnose::tr("An event FailedScheduling speaks of taints"); }},
            .patterns = {{R"(\b\d+/\d+ nodes are available)", 40},
                         {R"(\bFailedScheduling\b)", 30},
                         {R"(\bhad taints? [^\n]{0,400}didn.{1,6}t tolerate)", 40},
                         {R"(\bhad untolerated taint)", 40},
                         {R"(no nodes available to schedule pods)", 40},
                         {R"(\bSchedulingGated\b|non-empty scheduling gates)", 30},
                         {R"(\bdefault-scheduler\b)", 10},
                         {R"(\bPending\b)", 5},
                         {R"(节点.{0,6}(Taint|污点)|(容忍|存在).{0,4}污点|无法调度|调度失败|一直.{0,4}(Pending|等待))",
                          20}},
            .arguments = QStringLiteral("[NAMESPACE/]POD"),
            .needsCluster = true,
            .inScan = true,
            .make = [](const Subject& subject) -> std::unique_ptr<Examination> {
                return std::make_unique<PendingExamination>(subject);
            }};
}

} // namespace diagnose
