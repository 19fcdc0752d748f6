// Guides as data: which of them an error text leads to, and that each is whole.

#include "app/diagnose/guide.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

class TestGuides : public QObject {
    Q_OBJECT
private slots:
    void everyGuideIsWhole();
    void anErrorTextLeadsToItsGuide_data();
    void anErrorTextLeadsToItsGuide();
    void aTextThatNobodyKnowsLeadsNowhere();
    void aLongTextIsReadUpToABound();
};

void TestGuides::everyGuideIsWhole()
{
    QSet<QString> ids;
    for (const diagnose::Guide& guide : diagnose::allGuides()) {
        QVERIFY2(!ids.contains(guide.id), qPrintable(guide.id));
        ids.insert(guide.id);
        QVERIFY(!guide.title.text().isEmpty());
        QVERIFY(!guide.symptoms.empty());
        QVERIFY(guide.make);
        const auto examination = guide.make({});
        QVERIFY(!examination->steps().empty());
        QSet<QString> steps;
        for (const diagnose::Step& step : examination->steps()) {
            QVERIFY(!step.title.text().isEmpty());
            QVERIFY(!step.result);
            steps.insert(step.id);
        }
        QCOMPARE(steps.size(), examination->steps().size());
        for (const diagnose::Pattern& pattern : guide.patterns) {
            QVERIFY2(QRegularExpression(QString::fromUtf8(pattern.regex)).isValid(), pattern.regex);
            QVERIFY2(pattern.weight > 0, pattern.regex);
        }
        QCOMPARE(diagnose::findGuide(guide.id), &guide);
    }
    QVERIFY(!diagnose::findGuide(QStringLiteral("no-such-guide")));
}

void TestGuides::anErrorTextLeadsToItsGuide_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("guide");
    const auto row = [](const char* text, const char* guide) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromLatin1(guide);
    };
    row("The connection to the server 10.0.0.1:6443 was refused - did you specify the right host or port?",
        "endpoints");
    row("Unable to connect to the server: x509: certificate is valid for 10.96.0.1, kubernetes, not vip.local",
        "endpoints");
    row("Unable to connect to the server: dial tcp: lookup api.prod on 10.0.0.2:53: no such host", "endpoints");
    row("Unable to connect to the server: dial tcp 10.0.0.1:6443: i/o timeout", "endpoints");
    row("Unable to connect to the server: net/http: TLS handshake timeout", "endpoints");
    row("error: You must be logged in to the server (Unauthorized)", "endpoints");
    row("Unable to connect to the server: getting credentials: exec: executable aws not found", "endpoints");
    row("http: server gave HTTP response to HTTPS client", "endpoints");
    row("0/1 nodes are available: 1 node(s) had taints that the pod didn't tolerate.", "pod-pending");
    row("0/3 nodes are available: 1 node(s) had taint {node-role.kubernetes.io/master: }, that the pod didn't "
        "tolerate, "
        "2 Insufficient cpu.",
        "pod-pending");
    row("Warning FailedScheduling 3 node(s) had untolerated taint {dedicated: gpu}", "pod-pending");
    row("1 node(s) had untolerated taint(s)", "pod-pending");
    row("no nodes available to schedule pods", "pod-pending");
    row("警告 FailedScheduling 调度失败", "pod-pending");
    row("部署负载时出现事件，表示节点被 Taint", "pod-pending");
    row("error: context \"moon\" does not exist", "endpoints");
    row("Error response from daemon: Get https://defult.registry.tke.com/v2/: dial tcp: lookup defult.registry.tke.com "
        "on "
        "183.60.83.19:53: no such host",
        "registry-push");
    row("Failed to pull image \"default.registry.tke.com/a/b:1\": x509: certificate signed by unknown authority",
        "registry-push");
    row("镜像仓库镜像上传问题", "registry-push");
    row("事件持久化插件无法点击完成来添加", "event-persistence");
    row("Persistent event deployment do not exist.", "event-persistence");
}

void TestGuides::anErrorTextLeadsToItsGuide()
{
    QFETCH(QString, text);
    QFETCH(QString, guide);
    for (const QString& pasted : {text, text.toUpper(), QStringLiteral("$ kubectl get pods\n%1\n").arg(text)}) {
        const auto guides = diagnose::guidesFor(pasted);
        QVERIFY2(!guides.empty(), qPrintable(pasted));
        QCOMPARE(guides.front()->id, guide);
    }
}

void TestGuides::aTextThatNobodyKnowsLeadsNowhere()
{
    QVERIFY(diagnose::guidesFor(QStringLiteral("Lorem ipsum dolor sit amet")).empty());
    QVERIFY(diagnose::guidesFor({}).empty());
}

void TestGuides::aLongTextIsReadUpToABound()
{
    const QString noise(20'000'000, QLatin1Char('"'));
    QCOMPARE(diagnose::guidesFor(QStringLiteral("connection refused ") + noise).size(), 1UL);
    QVERIFY(diagnose::guidesFor(noise + QStringLiteral("connection refused")).empty());
}

QTEST_GUILESS_MAIN(TestGuides)
#include "tst_guides.moc"
