// The rules of printNode and printNamespace, and what a node's state means.

#include "tests/app/kube/projection.h"

using namespace kube;
using namespace kube::testing;

namespace {

std::string node(const char* metadata, const char* spec, const char* status)
{
    const std::string more = *metadata ? "," + std::string(metadata) : std::string();
    return quoted("{'metadata':{'name':'worker-1'" + more + "},'spec':{" + spec + "},'status':{" + status + "}}");
}

Projected projectNode(const char* metadata, const char* spec, const char* status)
{
    return project(kindOf("nodes"), node(metadata, spec, status));
}

QString cell(const Projected& row, const char* header)
{
    return text(kindOf("nodes"), row, header);
}

} // namespace

class TestObjectKindNodes : public QObject {
    Q_OBJECT

private slots:
    void statusIsTheReadyCondition_data()
    {
        QTest::addColumn<QByteArray>("spec");
        QTest::addColumn<QByteArray>("conditions");
        QTest::addColumn<QString>("text");
        QTest::addColumn<Severity>("severity");
        const QByteArray ready = "{'type':'Ready','status':'True'}";
        const QByteArray notReady = "{'type':'Ready','status':'False'}";
        const QByteArray silent = "{'type':'Ready','status':'Unknown'}";
        const QByteArray full = "{'type':'DiskPressure','status':'True'}";
        const QByteArray cordoned = "'unschedulable':true";
        QTest::newRow("ready is fine") << QByteArray() << ready << QStringLiteral("Ready") << Severity::None;
        QTest::newRow("not ready is an error")
            << QByteArray() << notReady << QStringLiteral("NotReady") << Severity::Error;
        QTest::newRow("a silent node is shown as not ready, and means unknown")
            << QByteArray() << silent << QStringLiteral("NotReady") << Severity::Unknown;
        QTest::newRow("no condition is unknown")
            << QByteArray() << QByteArray() << QStringLiteral("Unknown") << Severity::Unknown;
        QTest::newRow("pressure is a warning")
            << QByteArray() << QByteArray(full + ',' + ready) << QStringLiteral("Ready") << Severity::Warning;
        QTest::newRow("no pressure is fine")
            << QByteArray() << QByteArray("{'type':'PIDPressure','status':'False'}," + ready) << QStringLiteral("Ready")
            << Severity::None;
        QTest::newRow("cordoned is worth knowing")
            << cordoned << ready << QStringLiteral("Ready,SchedulingDisabled") << Severity::Info;
        QTest::newRow("cordoned hides no error")
            << cordoned << notReady << QStringLiteral("NotReady,SchedulingDisabled") << Severity::Error;
        QTest::newRow("cordoned and nothing known")
            << cordoned << QByteArray() << QStringLiteral("Unknown,SchedulingDisabled") << Severity::Unknown;
        QTest::newRow("of two Ready conditions the last counts")
            << QByteArray() << QByteArray(notReady + ',' + ready) << QStringLiteral("Ready") << Severity::None;
    }
    void statusIsTheReadyCondition()
    {
        QFETCH(const QByteArray, spec);
        QFETCH(const QByteArray, conditions);
        QFETCH(const QString, text);
        QFETCH(const Severity, severity);
        const QByteArray status = "'conditions':[" + conditions + ']';
        const Projected row = projectNode("", spec.constData(), status.constData());
        QCOMPARE(row.error, simdjson::SUCCESS);
        QCOMPARE(cell(row, "Status"), text);
        QCOMPARE(row.head().severity, severity);
    }

    void rolesComeFromLabelsSortedAndOnce()
    {
        const auto roles = [](const char* labels) { return cell(projectNode(labels, "", ""), "Roles"); };
        QCOMPARE(roles(""), QStringLiteral("<none>"));
        QCOMPARE(roles("'labels':null"), QStringLiteral("<none>"));
        QCOMPARE(roles("'labels':{'node-role.kubernetes.io/':'','kubernetes.io/role':''}"), QStringLiteral("<none>"));
        QCOMPARE(roles("'labels':{'node-role.kubernetes.io/worker':'','node-role.kubernetes.io/control-plane':''}"),
                 QStringLiteral("control-plane,worker"));
        QCOMPARE(roles("'labels':{'kubernetes.io/role':'node','node-role.kubernetes.io/node':'x','zone':'a'}"),
                 QStringLiteral("node"));
    }

    void theFirstAddressOfAKindIsShown()
    {
        const Projected none = projectNode("", "", "");
        QCOMPARE(cell(none, "Internal-IP"), QStringLiteral("<none>"));
        QCOMPARE(cell(none, "External-IP"), QStringLiteral("<none>"));
        const Projected some = projectNode("", "",
                                           "'addresses':[{'type':'Hostname','address':'h'},"
                                           "{'type':'InternalIP','address':'10.0.0.1'},"
                                           "{'address':'10.0.0.2','type':'InternalIP'},"
                                           "{'type':'ExternalIP','address':''}]");
        QCOMPARE(cell(some, "Internal-IP"), QStringLiteral("10.0.0.1"));
        QCOMPARE(cell(some, "External-IP"), QString()); // it is there, and empty: so says the server's Table
    }

    void aNodesSystemIsUnknownUntilItReports()
    {
        const Projected silent = projectNode("", "", "'nodeInfo':{'kubeletVersion':'','kernelVersion':''}");
        QCOMPARE(cell(silent, "Version"), QString());
        QCOMPARE(cell(silent, "OS-Image"), QStringLiteral("<unknown>"));
        QCOMPARE(cell(silent, "Kernel-Version"), QStringLiteral("<unknown>"));
        QCOMPARE(cell(silent, "Container-Runtime"), QStringLiteral("<unknown>"));
        const Projected half = projectNode("", "", "'nodeInfo':{'architecture':'arm64'}");
        QCOMPARE(cell(half, "Kernel-Version"), QStringLiteral("<unknown> (arm64)"));
        const Projected full = projectNode("", "",
                                           "'nodeInfo':{'architecture':'arm64','kernelVersion':'6.1.0',"
                                           "'osImage':'Debian 12','kubeletVersion':'v1.36.3',"
                                           "'containerRuntimeVersion':'containerd://2.1.3'}");
        QCOMPARE(cell(full, "Kernel-Version"), QStringLiteral("6.1.0 (arm64)"));
        QCOMPARE(cell(full, "OS-Image"), QStringLiteral("Debian 12"));
        QCOMPARE(cell(full, "Version"), QStringLiteral("v1.36.3"));
        QCOMPARE(cell(full, "Container-Runtime"), QStringLiteral("containerd://2.1.3"));
    }

    void taintsAreCountedInAColumnOfOurs()
    {
        QVERIFY(column(kindOf("nodes"), QStringLiteral("Taints")).ours);
        QCOMPARE(cell(projectNode("", "", ""), "Taints"), QStringLiteral("0"));
        QCOMPARE(cell(projectNode("", "'taints':null", ""), "Taints"), QStringLiteral("0"));
        QCOMPARE(cell(projectNode("", "'taints':[{'key':'a','effect':'NoSchedule'},{'key':'b'}]", ""), "Taints"),
                 QStringLiteral("2"));
    }

    void namespacesShowTheirPhase()
    {
        const ObjectKind& namespaces = kindOf("namespaces");
        const Projected active =
            project(namespaces, quoted("{'status':{'phase':'Active'},'metadata':{'name':'shop'}}"));
        QCOMPARE(text(namespaces, active, "Status"), QStringLiteral("Active"));
        QCOMPARE(active.head().severity, Severity::None);
        const Projected ending =
            project(namespaces, quoted("{'status':{'phase':'Terminating'},'metadata':{'name':'shop'}}"));
        QCOMPARE(text(namespaces, ending, "Status"), QStringLiteral("Terminating"));
        QCOMPARE(ending.head().severity, Severity::Warning);
        const Projected deleted = project(
            namespaces,
            quoted(
                "{'metadata':{'name':'shop','deletionTimestamp':'2026-11-22T12:00:00Z'},'status':{'phase':'Active'}}"));
        QCOMPARE(deleted.head().severity, Severity::Warning);
    }
};

QTEST_GUILESS_MAIN(TestObjectKindNodes)
#include "tst_objectkind_nodes.moc"
