// The four conditions on the practice cluster: Prometheus, the stand-in for kube-state-metrics and the objects fire for
// what the scenario has staged, and for nothing that is healthy.

#include "app/kube/jsonread.h"
#include "app/metrics/kubestate.h"
#include "app/metrics/rulecheck.h"
#include "tests/cluster/plane.h"

#include <QFileInfo>
#include <set>

using metrics::RuleAnswer;
using metrics::RuleId;
using metrics::RuleState;
using metrics::RuleVerdict;

namespace {

std::set<QString> firing(const RuleVerdict& verdict)
{
    std::set<QString> names;
    for (const metrics::Firing& row : verdict.firing)
        names.insert(metrics::nameOf(row.subject));
    return names;
}

bool hasPodOf(const std::set<QString>& names, const QString& workload)
{
    return std::ranges::any_of(names,
                               [&](const QString& name) { return name.startsWith(workload + QLatin1Char('-')); });
}

} // namespace

class TestMetricRules : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void whatIsStagedFires_data();
    void whatIsStagedFires();
    void whatIsHealthyDoesNot();
    void restartsAreSeenByAllSources();
    void aPageCostsAboutWhatWasEstimated();

private:
    /// "namespace/name" of a role of the scenario.
    QString role(const char* name) const;
    /// Until each source answers and all say the same: they look every few seconds.
    RuleAnswer agreed(RuleId rule);
    RuleAnswer asked(RuleId rule);

    transport::Journal m_journal;
    plane::Connection m_plane;
    kube::Json m_scenario;
    metrics::SourceSurvey m_sources;
};

QString TestMetricRules::role(const char* name) const
{
    const kube::Json& found = kube::at(m_scenario, {"roles", name});
    if (!found.is_object())
        qFatal("the scenario has no role %s", name);
    return metrics::nameOf({.nameSpace = kube::rawText(found, {"namespace"}), .name = kube::rawText(found, {"name"})});
}

RuleAnswer TestMetricRules::asked(RuleId rule)
{
    const auto report = plane::answerOf(metrics::checkRules(
        *m_plane.client, {.prometheus = m_sources.of(metrics::SourceKind::Prometheus),
                          .kubeStateMetrics = m_sources.of(metrics::SourceKind::KubeStateMetrics)}));
    return report ? report->rules[static_cast<std::size_t>(rule)] : RuleAnswer{};
}

RuleAnswer TestMetricRules::agreed(RuleId rule)
{
    RuleAnswer answer;
    const auto isAgreed = [&] {
        answer = asked(rule);
        return answer.apiServer.state == RuleState::Ok && firing(answer.kubeStateMetrics) == firing(answer.apiServer) &&
               firing(answer.prometheus) == firing(answer.apiServer);
    };
    (void)QTest::qWaitFor(isAgreed, 90'000);
    return answer;
}

void TestMetricRules::initTestCase()
{
    m_plane = plane::connectTo(m_journal);
    QFile file(QFileInfo(qEnvironmentVariable("KUBECONFIG")).dir().filePath(QStringLiteral("scenario.json")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto scenario = kube::parseJson(file.readAll());
    QVERIFY(scenario);
    m_scenario = *scenario;
    const auto sources = plane::answerOf(metrics::surveySources(*m_plane.client, {}));
    QVERIFY(sources);
    m_sources = *sources;
    QVERIFY(m_sources.isOk(metrics::SourceKind::Prometheus));
    QVERIFY(m_sources.isOk(metrics::SourceKind::KubeStateMetrics));
}

void TestMetricRules::whatIsStagedFires_data()
{
    QTest::addColumn<RuleId>("rule");
    QTest::addColumn<QStringList>("roles");
    QTest::newRow("job-failed") << RuleId::JobFailed << QStringList{QStringLiteral("job.failed")};
    QTest::newRow("node-not-ready") << RuleId::NodeNotReady
                                    << QStringList{QStringLiteral("node.dead"), QStringLiteral("node.not-ready")};
    QTest::newRow("pod-failed") << RuleId::PodFailed
                                << QStringList{QStringLiteral("pod.evicted"), QStringLiteral("pod.lost")};
}

void TestMetricRules::whatIsStagedFires()
{
    QFETCH(const RuleId, rule);
    QFETCH(const QStringList, roles);
    const RuleAnswer answer = agreed(rule);
    const auto objects = firing(answer.apiServer);
    QCOMPARE(firing(answer.kubeStateMetrics), objects);
    QCOMPARE(firing(answer.prometheus), objects);
    for (const QString& each : roles)
        QVERIFY2(objects.contains(role(each.toUtf8().constData())), qPrintable(each));
    for (const RuleVerdict* verdict : {&answer.prometheus, &answer.kubeStateMetrics, &answer.apiServer})
        QCOMPARE(verdict->state, RuleState::Ok);
}

void TestMetricRules::whatIsHealthyDoesNot()
{
    for (const auto& [rule, names] :
         {std::pair{RuleId::JobFailed, QStringList{role("job.retrying"), role("job.complete"), role("job.active")}},
          {RuleId::NodeNotReady,
           QStringList{role("node.ordinary-0"), role("node.cordoned"), role("node.disk-pressure")}}}) {
        const RuleAnswer answer = asked(rule);
        for (const RuleVerdict* verdict : {&answer.prometheus, &answer.kubeStateMetrics, &answer.apiServer})
            for (const QString& name : names)
                QVERIFY2(!firing(*verdict).contains(name), qPrintable(name));
    }
}

void TestMetricRules::restartsAreSeenByAllSources()
{
    RuleAnswer answer;
    const auto isSeen = [&] {
        answer = asked(RuleId::PodRestarts);
        for (const RuleVerdict* verdict : {&answer.prometheus, &answer.kubeStateMetrics, &answer.apiServer}) {
            const auto names = firing(*verdict);
            if (!hasPodOf(names, role("crash-loop")) || !hasPodOf(names, role("oom-killed")) ||
                !names.contains(role("pod.apiserver-down")))
                return false;
        }
        return firing(answer.kubeStateMetrics) == firing(answer.apiServer);
    };
    QTRY_VERIFY_WITH_TIMEOUT(isSeen(), 120'000);
    QVERIFY(std::ranges::any_of(answer.prometheus.notes,
                                [](const metrics::RuleNote& note) { return note.id == QLatin1String("oldNameGone"); }));
}

void TestMetricRules::aPageCostsAboutWhatWasEstimated()
{
    const auto estimated = plane::answerOf(metrics::estimatePageBytes(*m_plane.client));
    const metrics::StateQuestion question{.where = m_sources.of(metrics::SourceKind::KubeStateMetrics).place->at};
    const auto page = plane::answerOf(metrics::readStatePage(*m_plane.client, question));
    QVERIFY(estimated && page);
    QVERIFY2(page->bytes < 2 * *estimated && *estimated < 3 * page->bytes,
             qPrintable(QStringLiteral("%1 of %2").arg(page->bytes).arg(*estimated)));
    QCOMPARE(page->badLines, 0);
}

QTEST_GUILESS_MAIN(TestMetricRules)
#include "tst_metricrules.moc"
