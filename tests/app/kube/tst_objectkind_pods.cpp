// The rules of printPod, one at a time.

#include "tests/app/kube/projection.h"

using namespace kube;
using namespace kube::testing;

namespace {

constexpr std::int64_t Now = 1795348823; // 2026-11-22T12:00:23Z

/// A Pod of these members of spec, status and metadata.
std::string pod(const char* spec, const char* status, const char* metadata = "")
{
    const auto more = [](const char* members) { return *members ? "," + std::string(members) : std::string(); };
    return quoted("{'metadata':{'name':'web-0','namespace':'shop','creationTimestamp':'2026-11-22T11:58:23Z'" +
                  more(metadata) + "},'spec':{'terminationGracePeriodSeconds':30" + more(spec) +
                  "},'status':{'qosClass':'Burstable'" + more(status) + "}}");
}

constexpr const char* Deleted = "'deletionTimestamp':'2026-11-22T12:00:00Z'";
constexpr const char* One = "'containers':[{'name':'a'}]";
constexpr const char* Two = "'containers':[{'name':'a'},{'name':'b'}]";
constexpr const char* OneAndInit = "'containers':[{'name':'a'}],'initContainers':[{'name':'i'},{'name':'j'}]";
constexpr const char* OneAndSidecar =
    "'containers':[{'name':'a'}],'initContainers':[{'name':'s','restartPolicy':'Always'}]";

struct Case {
    const char* says;
    const char* spec;
    const char* status;
    const char* metadata;
    const char* ready;
    const char* text;
    const char* restarts;
    Severity severity;
};

const Case cases[] = {
    {"without any status the columns are empty", "", "", "", "0/0", "", "0", Severity::Warning},
    {"the phase is the status where nothing else speaks", One, "'phase':'Pending'", "", "0/1", "Pending", "0",
     Severity::Warning},
    {"a ready, running container counts", One,
     "'phase':'Running','containerStatuses':[{'name':'a','ready':true,'state':{'running':{}}}]", "", "1/1", "Running",
     "0", Severity::None},
    {"a ready container that does not run does not count", One,
     "'phase':'Running','containerStatuses':[{'name':'a','ready':true,'state':{}}]", "", "0/1", "Running", "0",
     Severity::Warning},
    {"a null state is no state", One,
     "'phase':'Running','containerStatuses':[{'name':'a','ready':true,'state':{'waiting':null,'running':{}}}]", "",
     "1/1", "Running", "0", Severity::None},
    {"a running container that is not ready is a warning", Two,
     "'phase':'Running','containerStatuses':[{'name':'a','ready':true,'state':{'running':{}}},"
     "{'name':'b','ready':false,'state':{'running':{}}}]",
     "", "1/2", "Running", "0", Severity::Warning},
    {"the Pod's own reason is above its phase", One, "'phase':'Failed','reason':'Evicted'", "", "0/1", "Evicted", "0",
     Severity::Error},
    {"a gated Pod says so", One,
     "'phase':'Pending','conditions':[{'type':'PodScheduled','status':'False','reason':'SchedulingGated'}]", "", "0/1",
     "SchedulingGated", "0", Severity::Warning},
    {"another condition with that reason says nothing", One,
     "'phase':'Pending','conditions':[{'type':'Ready','status':'False','reason':'SchedulingGated'}]", "", "0/1",
     "Pending", "0", Severity::Warning},

    {"a waiting container gives its reason", One,
     "'phase':'Pending','containerStatuses':[{'name':'a','state':{'waiting':{'reason':'ContainerCreating'}}}]", "",
     "0/1", "ContainerCreating", "0", Severity::Warning},
    {"a container that cannot get its image is an error", One,
     "'phase':'Pending','containerStatuses':[{'name':'a','state':{'waiting':{'reason':'ImagePullBackOff'}}}]", "",
     "0/1", "ImagePullBackOff", "0", Severity::Error},
    {"waiting without a reason says nothing", One,
     "'phase':'Pending','containerStatuses':[{'name':'a','state':{'waiting':{}}}]", "", "0/1", "Pending", "0",
     Severity::Warning},
    {"the first container has the last word", Two,
     "'phase':'Running','containerStatuses':[{'name':'a','state':{'waiting':{'reason':'CrashLoopBackOff'}}},"
     "{'name':'b','state':{'waiting':{'reason':'ErrImagePull'}}}]",
     "", "0/2", "CrashLoopBackOff", "0", Severity::Error},
    {"a terminated container gives its reason", One,
     "'phase':'Failed','containerStatuses':[{'name':'a','state':{'terminated':{'reason':'OOMKilled','exitCode':137}}}]",
     "", "0/1", "OOMKilled", "0", Severity::Error},
    {"a signal is named where there is no reason", One,
     "'phase':'Failed','containerStatuses':[{'name':'a','state':{'terminated':{'signal':9,'exitCode':137}}}]", "",
     "0/1", "Signal:9", "0", Severity::Error},
    {"an exit code is named where there is nothing else", One,
     "'phase':'Running','containerStatuses':[{'name':'a','state':{'terminated':{'exitCode':2}}}]", "", "0/1",
     "ExitCode:2", "0", Severity::Error},
    {"an exit code of Windows is negative", One,
     "'phase':'Failed','containerStatuses':[{'name':'a','state':{'terminated':{'exitCode':-1073741819}}}]", "", "0/1",
     "ExitCode:-1073741819", "0", Severity::Error},
    {"a finished Pod is Completed and fine", One,
     "'phase':'Succeeded','containerStatuses':[{'name':'a','state':{'terminated':{'reason':'Completed','exitCode':0}}}"
     "]",
     "", "0/1", "Completed", "0", Severity::None},

    {"one container done and one running in a ready Pod is Running", Two,
     "'phase':'Running','conditions':[{'type':'Ready','status':'True'}],'containerStatuses':["
     "{'name':'a','state':{'terminated':{'reason':'Completed','exitCode':0}}},"
     "{'name':'b','ready':true,'state':{'running':{}}}]",
     "", "1/2", "Running", "0", Severity::Warning},
    {"one container done and one running in a Pod that is not ready is NotReady", Two,
     "'phase':'Running','containerStatuses':[{'name':'a','state':{'terminated':{'reason':'Completed','exitCode':0}}},"
     "{'name':'b','ready':true,'state':{'running':{}}}]",
     "", "1/2", "NotReady", "0", Severity::Warning},
    {"one container done hides no failure of another", Two,
     "'phase':'Failed','containerStatuses':[{'name':'a','state':{'terminated':{'reason':'Completed','exitCode':0}}},"
     "{'name':'b','state':{'terminated':{'reason':'Error','exitCode':1}}}]",
     "", "0/2", "Error", "0", Severity::Error},
    {"a failure that only has a code is not hidden either", Two,
     "'phase':'Failed','containerStatuses':[{'name':'a','state':{'terminated':{'reason':'Completed','exitCode':0}}},"
     "{'name':'b','state':{'terminated':{'exitCode':3}}}]",
     "", "0/2", "ExitCode:3", "0", Severity::Error},

    {"the init containers done are counted", OneAndInit,
     "'phase':'Pending','initContainerStatuses':[{'name':'i','state':{'terminated':{'exitCode':0}}},"
     "{'name':'j','state':{'running':{}}}],'containerStatuses':[{'name':'a','state':{'waiting':{'reason':'"
     "PodInitializing'}}}]",
     "", "0/1", "Init:1/2", "0", Severity::Warning},
    {"PodInitializing of an init container says nothing", OneAndInit,
     "'phase':'Pending','initContainerStatuses':[{'name':'i','state':{'waiting':{'reason':'PodInitializing'}}}]", "",
     "0/1", "Init:0/2", "0", Severity::Warning},
    {"an init container that waits gives its reason", OneAndInit,
     "'phase':'Pending','initContainerStatuses':[{'name':'i','state':{'waiting':{'reason':'CrashLoopBackOff'}}}]", "",
     "0/1", "Init:CrashLoopBackOff", "0", Severity::Error},
    {"an init container that failed gives its reason", OneAndInit,
     "'phase':'Pending','initContainerStatuses':[{'name':'i','state':{'terminated':{'reason':'Error','exitCode':1}}}]",
     "", "0/1", "Init:Error", "0", Severity::Error},
    {"an init container that failed gives its signal", OneAndInit,
     "'phase':'Pending','initContainerStatuses':[{'name':'i','state':{'terminated':{'signal':11,'exitCode':139}}}]", "",
     "0/1", "Init:Signal:11", "0", Severity::Error},
    {"an init container that failed gives its exit code", OneAndInit,
     "'phase':'Pending','initContainerStatuses':[{'name':'i','state':{'terminated':{'exitCode':4}}}]", "", "0/1",
     "Init:ExitCode:4", "0", Severity::Error},
    {"while it initializes the restarts are those of the init containers", OneAndInit,
     "'phase':'Pending','initContainerStatuses':[{'name':'i','restartCount':3,'lastState':{'terminated':"
     "{'finishedAt':'2026-11-22T12:00:03Z'}},'state':{'running':{}}}],'containerStatuses':[{'name':'a','restartCount':"
     "9}]",
     "", "0/1", "Init:0/2", "3 (20s ago)", Severity::Warning},
    {"once it has initialized they no longer count", OneAndInit,
     "'phase':'Running','initContainerStatuses':[{'name':'i','restartCount':3,'lastState':{'terminated':"
     "{'finishedAt':'2026-11-22T12:00:03Z'}},'state':{'terminated':{'exitCode':0}}}],"
     "'containerStatuses':[{'name':'a','ready':true,'restartCount':1,'state':{'running':{}}}]",
     "", "1/1", "Running", "1", Severity::None},
    {"an initialized Pod whose init container runs again shows its containers", OneAndInit,
     "'phase':'Running','conditions':[{'type':'Initialized','status':'True'}],'initContainerStatuses':["
     "{'name':'i','state':{'running':{}}}],"
     "'containerStatuses':[{'name':'a','state':{'waiting':{'reason':'CrashLoopBackOff'}}}]",
     "", "0/1", "CrashLoopBackOff", "0", Severity::Error},

    {"a sidecar counts among the containers", OneAndSidecar,
     "'phase':'Running','initContainerStatuses':[{'name':'s','ready':true,'started':true,'state':{'running':{}}}],"
     "'containerStatuses':[{'name':'a','ready':true,'state':{'running':{}}}]",
     "", "2/2", "Running", "0", Severity::None},
    {"a sidecar that is not ready is missing", OneAndSidecar,
     "'phase':'Running','initContainerStatuses':[{'name':'s','started':true,'state':{'running':{}}}],"
     "'containerStatuses':[{'name':'a','ready':true,'state':{'running':{}}}]",
     "", "1/2", "Running", "0", Severity::Warning},
    {"a sidecar that has not started holds the Pod up", OneAndSidecar,
     "'phase':'Pending','initContainerStatuses':[{'name':'s','ready':true,'started':false,'state':{'running':{}}}]", "",
     "0/2", "Init:0/1", "0", Severity::Warning},
    {"a sidecar's restarts stay in the count", OneAndSidecar,
     "'phase':'Running','initContainerStatuses':[{'name':'s','ready':true,'started':true,'restartCount':2,"
     "'lastState':{'terminated':{'finishedAt':'2026-11-22T11:55:23Z'}},'state':{'running':{}}}],"
     "'containerStatuses':[{'name':'a','ready':true,'restartCount':5,'state':{'running':{}}}]",
     "", "2/2", "Running", "7 (5m ago)", Severity::None},
    {"a status without its init container is a plain one", One,
     "'phase':'Pending','initContainerStatuses':[{'name':'ghost','started':true,'state':{'running':{}}}]", "", "0/1",
     "Init:0/0", "0", Severity::Warning},

    {"the latest of the last restarts is shown", Two,
     "'phase':'Running','containerStatuses':[{'name':'a','ready':true,'restartCount':1,'state':{'running':{}},"
     "'lastState':{'terminated':{'finishedAt':'2026-11-22T11:00:23Z'}}},"
     "{'name':'b','ready':true,'restartCount':1,'state':{'running':{}},"
     "'lastState':{'terminated':{'finishedAt':'2026-11-22T11:30:23Z'}}}]",
     "", "2/2", "Running", "2 (30m ago)", Severity::None},
    {"no restarts have no last one", One,
     "'phase':'Running','containerStatuses':[{'name':'a','ready':true,'restartCount':0,'state':{'running':{}},"
     "'lastState':{'terminated':{'finishedAt':'2026-11-22T11:00:23Z'}}}]",
     "", "1/1", "Running", "0", Severity::None},

    {"a Pod that is deleted is Terminating", One,
     "'phase':'Running','containerStatuses':[{'name':'a','ready':true,'state':{'running':{}}}]", Deleted, "1/1",
     "Terminating", "0", Severity::Warning},
    {"a finished Pod that is deleted keeps its status", One,
     "'phase':'Succeeded','containerStatuses':[{'name':'a','state':{'terminated':{'reason':'Completed'}}}]", Deleted,
     "0/1", "Completed", "0", Severity::None},
    {"a deleted Pod of a lost node is Unknown", One, "'phase':'Running','reason':'NodeLost'", Deleted, "0/1", "Unknown",
     "0", Severity::Unknown},
    {"a Pod of a lost node says so", One, "'phase':'Running','reason':'NodeLost'", "", "0/1", "NodeLost", "0",
     Severity::Unknown},
    {"a null deletion time is no deletion", One, "'phase':'Pending'", "'deletionTimestamp':null", "0/1", "Pending", "0",
     Severity::Warning},
};

} // namespace

class TestObjectKindPods : public QObject {
    Q_OBJECT

private slots:
    void statusFollowsTheServersRules_data()
    {
        QTest::addColumn<int>("index");
        int index = 0;
        for (const Case& one : cases)
            QTest::newRow(one.says) << index++;
    }
    void statusFollowsTheServersRules()
    {
        QFETCH(const int, index);
        const Case& one = cases[index];
        const ObjectKind& pods = kindOf("pods");
        const Projected row = project(pods, pod(one.spec, one.status, one.metadata));
        QCOMPARE(row.error, simdjson::SUCCESS);
        QCOMPARE(text(pods, row, "Ready", Now), QLatin1String(one.ready));
        QCOMPARE(text(pods, row, "Status", Now), QLatin1String(one.text));
        QCOMPARE(text(pods, row, "Restarts", Now), QLatin1String(one.restarts));
        QCOMPARE(row.head().severity, one.severity);
        QCOMPARE(text(pods, row, "Age", Now), QStringLiteral("2m"));
    }

    void addressIsPodIpAndElseTheFirstOfPodIps()
    {
        const ObjectKind& pods = kindOf("pods");
        const auto ip = [&](const char* status) { return text(pods, project(pods, pod("", status)), "IP"); };
        QCOMPARE(ip("'podIPs':[{'ip':'10.0.0.1'},{'ip':'fd00::1'}]"), QStringLiteral("10.0.0.1"));
        QCOMPARE(ip("'podIP':'10.0.0.2'"), QStringLiteral("10.0.0.2")); // a server from before podIPs
        QCOMPARE(ip("'podIP':'10.0.0.2','podIPs':[{'ip':'10.0.0.1'}]"), QStringLiteral("10.0.0.2"));
        QCOMPARE(ip("'podIPs':[]"), QStringLiteral("<none>"));
        QCOMPARE(ip(""), QStringLiteral("<none>"));
    }

    void nodesAreNoneUntilThereAreSome()
    {
        const ObjectKind& pods = kindOf("pods");
        const Projected pending = project(pods, pod("'nodeName':''", ""));
        QCOMPARE(text(pods, pending, "Node"), QStringLiteral("<none>"));
        QCOMPARE(text(pods, pending, "Nominated Node"), QStringLiteral("<none>"));
        const Projected placed = project(pods, pod("'nodeName':'worker-1'", "'nominatedNodeName':'worker-2'"));
        QCOMPARE(text(pods, placed, "Node"), QStringLiteral("worker-1"));
        QCOMPARE(text(pods, placed, "Nominated Node"), QStringLiteral("worker-2"));
    }

    void readinessGatesCountTheConditionsThatAreTrue()
    {
        const ObjectKind& pods = kindOf("pods");
        const auto gates = [&](const char* spec, const char* conditions) {
            return text(pods, project(pods, pod(spec, conditions)), "Readiness Gates");
        };
        constexpr const char* both = "'readinessGates':[{'conditionType':'lb'},{'conditionType':'dns'}]";
        QCOMPARE(gates("", ""), QStringLiteral("<none>"));
        QCOMPARE(gates("'readinessGates':[]", ""), QStringLiteral("<none>"));
        QCOMPARE(gates(both, ""), QStringLiteral("0/2"));
        QCOMPARE(gates(both, "'conditions':[{'type':'dns','status':'True'},{'type':'lb','status':'False'}]"),
                 QStringLiteral("1/2"));
        // Of two conditions of one type the first counts.
        QCOMPARE(gates(both, "'conditions':[{'type':'lb','status':'Unknown'},{'type':'lb','status':'True'}]"),
                 QStringLiteral("0/2"));
    }

    void reasonsOfFailureAreErrors_data()
    {
        QTest::addColumn<QString>("reason");
        for (const char* reason : {"CrashLoopBackOff", "ImagePullBackOff", "ErrImagePull", "ErrImageNeverPull",
                                   "InvalidImageName", "CreateContainerError", "CreateContainerConfigError",
                                   "RunContainerError", "PostStartHookError", "CreatePodSandboxError"})
            QTest::newRow(reason) << QString::fromLatin1(reason);
    }
    void reasonsOfFailureAreErrors()
    {
        QFETCH(const QString, reason);
        const QString status = QStringLiteral("'phase':'%1','%2':[{'name':'a','state':{'waiting':{'reason':'%3'}}}]");
        const auto severity = [&](const QString& phase, const QString& list) {
            const QByteArray members = status.arg(phase, list, reason).toLatin1();
            return project(kindOf("pods"), pod(One, members.constData())).head().severity;
        };
        QCOMPARE(severity(QStringLiteral("Running"), QStringLiteral("containerStatuses")), Severity::Error);
        QCOMPARE(severity(QStringLiteral("Pending"), QStringLiteral("initContainerStatuses")), Severity::Error);
    }

    void failedPodsAreErrorsWhateverTheirReason()
    {
        for (const char* reason : {"Evicted", "NodeShutdown", "OutOfcpu", "SomethingNew", ""}) {
            const std::string status = "'phase':'Failed','reason':'" + std::string(reason) + "'";
            QCOMPARE(project(kindOf("pods"), pod(One, status.c_str())).head().severity, Severity::Error);
        }
    }

    void aPodIsSmall() { QVERIFY(kindOf("pods").cells <= 8); }

    void listsThatAreMadeToBeSlowAreRefused()
    {
        std::string names = "'containers':[],'initContainers':[{}";
        for (int i = 0; i < 1024; ++i)
            names += ",{}";
        QCOMPARE(project(kindOf("pods"), pod((names + ']').c_str(), "")).error, simdjson::CAPACITY);
    }

    void countsThatNoCellHoldsAreRefused()
    {
        const auto error = [](const char* status) { return project(kindOf("pods"), pod(One, status)).error; };
        constexpr const char* most = "'containerStatuses':[{'name':'a','restartCount':268435455}]";
        QCOMPARE(text(kindOf("pods"), project(kindOf("pods"), pod(One, most)), "Restarts"),
                 QStringLiteral("268435455"));
        QCOMPARE(error("'containerStatuses':[{'restartCount':268435456}]"), simdjson::NUMBER_OUT_OF_RANGE);
        QCOMPARE(error("'containerStatuses':[{'restartCount':268435455},{'restartCount':1}]"),
                 simdjson::NUMBER_OUT_OF_RANGE);
        QCOMPARE(error("'containerStatuses':[{'restartCount':-1}]"), simdjson::NUMBER_OUT_OF_RANGE);
        QVERIFY(error("'containerStatuses':[{'restartCount':123456789012345678901234567890}]"));
        QVERIFY(error("'containerStatuses':[{'restartCount':1.5}]"));
        QCOMPARE(error("'containerStatuses':[{'state':{'terminated':{'exitCode':4294967296}}}]"),
                 simdjson::NUMBER_OUT_OF_RANGE);
    }
};

QTEST_GUILESS_MAIN(TestObjectKindPods)
#include "tst_objectkind_pods.moc"
