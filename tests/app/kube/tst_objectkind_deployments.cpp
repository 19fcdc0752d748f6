// The rules of printDeployment, and what a deployment's state means.

#include "tests/app/kube/projection.h"

using namespace kube;
using namespace kube::testing;

namespace {

Projected projectDeployment(const std::string& spec, const std::string& status)
{
    return project(kindOf("deployments"), quoted("{'metadata':{'name':'web','namespace':'shop'},'spec':{" + spec +
                                                 "},'status':{" + status + "}}"));
}

QString cell(const Projected& row, const char* header)
{
    return text(kindOf("deployments"), row, header);
}

} // namespace

class TestObjectKindDeployments : public QObject {
    Q_OBJECT

private slots:
    void replicasAreCounted()
    {
        const Projected row = projectDeployment(
            "'replicas':3", "'replicas':4,'readyReplicas':2,'updatedReplicas':1,'availableReplicas':2");
        QCOMPARE(cell(row, "Ready"), QStringLiteral("2/3"));
        QCOMPARE(cell(row, "Up-to-date"), QStringLiteral("1"));
        QCOMPARE(cell(row, "Available"), QStringLiteral("2"));
    }

    void absentReplicasAreOneWantedAndNoneThere()
    {
        for (const char* spec : {"", "'replicas':null"}) {
            const Projected row = projectDeployment(spec, "");
            QCOMPARE(cell(row, "Ready"), QStringLiteral("0/1"));
            QCOMPARE(cell(row, "Up-to-date"), QStringLiteral("0"));
            QCOMPARE(cell(row, "Available"), QStringLiteral("0"));
        }
    }

    void replicasBelowNoneOrPastTheirRangeAreRefused()
    {
        for (const char* spec : {"'replicas':-1", "'replicas':268435456", "'replicas':4294967297"})
            QCOMPARE(projectDeployment(spec, "").error, simdjson::NUMBER_OUT_OF_RANGE);
        for (const char* status : {"'readyReplicas':-1", "'updatedReplicas':-1", "'availableReplicas':-1"})
            QCOMPARE(projectDeployment("", status).error, simdjson::NUMBER_OUT_OF_RANGE);
    }

    void containersAndImagesAreListedInOrder()
    {
        const Projected row = projectDeployment(
            "'template':{'spec':{'containers':[{'name':'web','image':'r/web:1'},{'image':'r/log:2','name':'log'},{}]}}",
            "");
        QCOMPARE(cell(row, "Containers"), QStringLiteral("web,log,"));
        QCOMPARE(cell(row, "Images"), QStringLiteral("r/web:1,r/log:2,"));
        QCOMPARE(cell(projectDeployment("", ""), "Containers"), QString());
    }

    void selectorsAreWrittenAsTheServerDoes_data()
    {
        QTest::addColumn<QByteArray>("selector");
        QTest::addColumn<QString>("text");
        const auto add = [](const char* says, const char* selector, const char* text) {
            QTest::newRow(says) << QByteArray(selector) << QString::fromUtf8(text);
        };
        add("none is empty", "null", "");
        add("one that takes all is empty", "{}", "");
        add("labels are sorted by key", "{'matchLabels':{'tier':'front','app':'web'}}", "app=web,tier=front");
        add("a label may be empty", "{'matchLabels':{'app':''}}", "app=");
        add("values of a set are sorted", "{'matchExpressions':[{'key':'a','operator':'In','values':['z','b']}]}",
            "a in (b,z)");
        add("one value of a set", "{'matchExpressions':[{'values':['b'],'operator':'NotIn','key':'a'}]}",
            "a notin (b)");
        add("existence", "{'matchExpressions':[{'key':'b','operator':'Exists'},{'key':'a','operator':'DoesNotExist'}]}",
            "!a,b");
        add("labels come before expressions of the same key",
            "{'matchExpressions':[{'key':'b','operator':'Exists'}],'matchLabels':{'b':'c','example.com/a':'1'}}",
            "b=c,b,example.com/a=1");
        add("an operator that there is not", "{'matchExpressions':[{'key':'a','operator':'Gt','values':['1']}]}",
            "<invalid>");
        add("a set without values", "{'matchExpressions':[{'key':'a','operator':'In'}]}", "<invalid>");
        add("existence with values", "{'matchExpressions':[{'key':'a','operator':'Exists','values':['1']}]}",
            "<invalid>");
        add("a value that no label can have", "{'matchLabels':{'app':'-x'}}", "<invalid>");
        add("a key that no label can have", "{'matchLabels':{'Example.com/app':'x'}}", "<invalid>");
        add("an empty key", "{'matchLabels':{'':'x'}}", "<invalid>");
        add("two slashes in a key", "{'matchLabels':{'a/b/c':'x'}}", "<invalid>");
        add("an empty part of a prefix", "{'matchLabels':{'a..b/c':'x'}}", "<invalid>");
    }
    void selectorsAreWrittenAsTheServerDoes()
    {
        QFETCH(const QByteArray, selector);
        QFETCH(const QString, text);
        QCOMPARE(cell(projectDeployment("'selector':" + selector.toStdString(), ""), "Selector"), text);
    }

    void labelsEndAt63Characters()
    {
        const auto selector = [](int length) {
            const std::string value(static_cast<std::size_t>(length), 'x');
            return cell(projectDeployment("'selector':{'matchLabels':{'app':'" + value + "\"}}", ""), "Selector");
        };
        QCOMPARE(selector(63), QStringLiteral("app=") + QString(63, QLatin1Char('x')));
        QCOMPARE(selector(64), QStringLiteral("<invalid>"));
    }

    void severityIsWhatTheReplicasAndConditionsSay_data()
    {
        QTest::addColumn<QByteArray>("spec");
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<Severity>("severity");
        const QByteArray two = "'replicas':2";
        const QByteArray all = "'availableReplicas':2";
        QTest::newRow("all available is fine") << two << all << Severity::None;
        QTest::newRow("none wanted is fine") << QByteArray("'replicas':0") << QByteArray() << Severity::None;
        QTest::newRow("one missing is a warning") << two << QByteArray("'availableReplicas':1") << Severity::Warning;
        QTest::newRow("a rollout that stopped is an error")
            << two << QByteArray(all + ",'conditions':[{'type':'Progressing','status':'False'}]") << Severity::Error;
        QTest::newRow("pods that cannot be made are an error")
            << two << QByteArray(all + ",'conditions':[{'type':'ReplicaFailure','status':'True'}]") << Severity::Error;
        QTest::newRow("a rollout that goes on is fine")
            << two << QByteArray(all + ",'conditions':[{'type':'Progressing','status':'True'}]") << Severity::None;
    }
    void severityIsWhatTheReplicasAndConditionsSay()
    {
        QFETCH(const QByteArray, spec);
        QFETCH(const QByteArray, status);
        QFETCH(const Severity, severity);
        const Projected row = projectDeployment(spec.toStdString(), status.toStdString());
        QCOMPARE(row.error, simdjson::SUCCESS);
        QCOMPARE(row.head().severity, severity);
    }
};

QTEST_GUILESS_MAIN(TestObjectKindDeployments)
#include "tst_objectkind_deployments.moc"
