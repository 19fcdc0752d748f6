// The four conditions: each source says the same of the same moment, and why where it does not.

#include "app/kube/jsonread.h"
#include "app/messages/metricrules.h"
#include "app/metrics/prometheusrules.h"
#include "app/metrics/rulecheck.h"
#include "tests/support/fixture.h"
#include "tests/support/statepage.h"
#include "tests/support/streamingtransport.h"

#include <QTest>

using metrics::PrometheusAnswers;
using metrics::QueryAnswer;
using metrics::RuleFacts;
using metrics::RuleId;
using metrics::RuleState;
using metrics::RuleVerdict;
using metrics::Subject;
using support::fixture;

namespace {

const QDateTime Moment = QDateTime::fromSecsSinceEpoch(1'795'348'823, Qt::UTC); ///< when the lists were recorded

kube::Json json(const QByteArray& text)
{
    auto parsed = kube::parseJson(text);
    if (!parsed)
        qFatal("no JSON");
    return std::move(*parsed);
}

kube::Json list(const char* path)
{
    return json(fixture(QLatin1String(path)));
}

RuleFacts recordedObjects()
{
    RuleFacts facts{.readAt = Moment, .tellsLastEnds = true};
    const kube::Json pods = list("kubernetes-1.36/list-pods.json");
    for (const kube::Json& pod : kube::elements(pods, {"items"})) {
        facts.pods.push_back(metrics::podFact(pod));
        const auto restarts = metrics::restartFacts(pod);
        facts.restarts.insert(facts.restarts.end(), restarts.begin(), restarts.end());
    }
    const kube::Json nodes = list("kubernetes-1.36/list-nodes.json");
    for (const kube::Json& node : kube::elements(nodes, {"items"}))
        facts.nodes.push_back(metrics::nodeFact(node));
    const kube::Json jobs = list("metrics/list-jobs.json");
    for (const kube::Json& job : kube::elements(jobs, {"items"}))
        facts.jobs.push_back(metrics::jobFact(job));
    return facts;
}

RuleFacts factsOf(const QByteArray& text)
{
    metrics::StatePage page = support::statePage(text);
    page.readAt = Moment;
    return metrics::factsOf(page);
}

RuleFacts recordedPage()
{
    return factsOf(fixture(QStringLiteral("metrics/kube-state-metrics.txt")));
}

base::Result<QueryAnswer> recordedAnswer(const char* name)
{
    return metrics::readQueryAnswer(
        list(qPrintable(QStringLiteral("metrics/prometheus-%1.json").arg(QLatin1String(name)))));
}

base::Result<QueryAnswer> answerOfSeries(const QByteArray& labels)
{
    return metrics::readQueryAnswer(
        json(R"({"data":{"resultType":"vector","result":[{"metric":)" + labels + R"(,"value":[1,"1"]}]}})"));
}

/// As a Prometheus that knows all metrics answers.
PrometheusAnswers answersOf(const char* better, const char* faq)
{
    return {.better = recordedAnswer(better),
            .faq = recordedAnswer(faq),
            .scrapes = answerOfSeries(R"({"job":"kubernetes-service-endpoints","k8s_app":"kube-state-metrics"})"),
            .names = metrics::ruleFamilies()};
}

QStringList firing(const RuleVerdict& verdict)
{
    QStringList names;
    for (const metrics::Firing& row : verdict.firing)
        names += metrics::nameOf(row.subject);
    return names;
}

QStringList noteIds(const RuleVerdict& verdict)
{
    QStringList ids;
    for (const metrics::RuleNote& note : verdict.notes) {
        if (messages::sentence(note).isEmpty())
            qFatal("a note without a sentence");
        ids += note.id;
    }
    return ids;
}

const QStringList Restarted{
    QStringLiteral("kube-system/kube-apiserver-master-3"), QStringLiteral("shop/checkout-7b679c5ccc-csq7c"),
    QStringLiteral("shop/checkout-7b679c5ccc-xbfmm"), QStringLiteral("shop/session-cache-5c58dd56bf-5cxtp")};

RuleFacts oneContainer(qint64 restarts, qint64 secondsAgo)
{
    RuleFacts facts{.readAt = Moment};
    facts.restarts.push_back(
        {.subject = {QStringLiteral("Pod"), QStringLiteral("a"), QStringLiteral("p"), QStringLiteral("c")},
         .restarts = restarts});
    if (secondsAgo >= 0) {
        facts.tellsLastEnds = true;
        facts.restarts.front().lastEnd = Moment.addSecs(-secondsAgo);
    }
    return facts;
}

} // namespace

class TestRules : public QObject {
    Q_OBJECT

private slots:
    void thePageAndTheObjectsAgree_data();
    void thePageAndTheObjectsAgree();
    void prometheusAgrees();
    void aScrapeThatWritesOverLabelsChangesNothing();
    void theFaqsLabelsMayMatchNothing();
    void theFaqMissesWhatFailsAgainAndAgain();
    void anOldMetricIsAskedForWhereThereIsNoOther();
    void anEmptyAnswerIsNotAlwaysGood();
    void aSeriesThatIsThereTwiceCountsOnce();
    void aRefusedQuestionIsTold();
    void aRestartIsSeenByTheLastEnding();
    void withoutTimesItTakesASecondLook();
    void ownReadingsCountRestarts();
    void whatAPageLeavesOutIsMissing();
    void aSourceThatStandsBadlySaysHow();
    void allSourcesAreAskedAndNoneStopsTheOthers();
};

void TestRules::thePageAndTheObjectsAgree_data()
{
    QTest::addColumn<RuleId>("rule");
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QStringList>("notes");
    QTest::newRow("job-failed") << RuleId::JobFailed << QStringList{QStringLiteral("batch/import-bad")}
                                << QStringList{QStringLiteral("stillTrying")};
    QTest::newRow("node-not-ready") << RuleId::NodeNotReady << QStringList{QStringLiteral("worker-b2")}
                                    << QStringList();
    QTest::newRow("pod-failed") << RuleId::PodFailed
                                << QStringList{QStringLiteral("default/evicted-importer"),
                                               QStringLiteral("default/lost-pod")}
                                << QStringList{QStringLiteral("jobAttempts")};
    QTest::newRow("pod-restarts") << RuleId::PodRestarts << Restarted << QStringList{QStringLiteral("lastEndOnly")};
}

void TestRules::thePageAndTheObjectsAgree()
{
    QFETCH(const RuleId, rule);
    QFETCH(const QStringList, names);
    QFETCH(const QStringList, notes);
    QCOMPARE(metrics::idOf(rule), QLatin1String(QTest::currentDataTag()));
    const RuleVerdict page = metrics::judge(rule, recordedPage(), nullptr);
    const RuleVerdict objects = metrics::judge(rule, recordedObjects(), nullptr);
    for (const RuleVerdict& verdict : {page, objects}) {
        QCOMPARE(verdict.state, RuleState::Ok);
        QCOMPARE(firing(verdict), names);
        QCOMPARE(noteIds(verdict), notes);
    }
    for (std::size_t i = 0; i < objects.firing.size(); ++i) {
        QCOMPARE(page.firing[i].subject, objects.firing[i].subject);
        QCOMPARE(page.firing[i].labels, objects.firing[i].labels);
        QVERIFY(!objects.firing[i].uid.isEmpty());
    }
}

void TestRules::prometheusAgrees()
{
    const RuleVerdict jobs = metrics::judge(RuleId::JobFailed, answersOf("job-failed-condition", "faq1-job-failed"));
    QCOMPARE(firing(jobs), QStringList{QStringLiteral("batch/import-bad")});
    QVERIFY(noteIds(jobs).isEmpty());
    const RuleVerdict nodes =
        metrics::judge(RuleId::NodeNotReady, answersOf("faq2-node-notready", "faq2-node-notready"));
    QCOMPARE(firing(nodes), QStringList{QStringLiteral("worker-b2")});
    const RuleVerdict restarts =
        metrics::judge(RuleId::PodRestarts, answersOf("faq4-restarts-total", "faq4-restarts-old-name"));
    QCOMPARE(firing(restarts), Restarted);
    QVERIFY(restarts.firing.front().value > 0);
    QVERIFY(!restarts.firing.front().uid.isEmpty());
    // What the FAQ's expression fires for, and the better one does not: here, attempts of Jobs.
    PrometheusAnswers pods = answersOf("faq3-pod-phase", "faq3-pod-phase");
    std::erase_if(pods.better->series, [](const metrics::Series& series) {
        return metrics::objectLabel(series.labels, QStringLiteral("namespace")) == QLatin1String("batch");
    });
    const RuleVerdict failed = metrics::judge(RuleId::PodFailed, pods);
    QCOMPARE(firing(failed),
             (QStringList{QStringLiteral("default/evicted-importer"), QStringLiteral("default/lost-pod")}));
    QCOMPARE(failed.notes.front().id, QStringLiteral("jobAttempts"));
    QCOMPARE(failed.notes.front().count, static_cast<qint64>(pods.faq->series.size()) - 2);
}

void TestRules::aScrapeThatWritesOverLabelsChangesNothing()
{
    const RuleVerdict jobs =
        metrics::judge(RuleId::JobFailed, answersOf("exported-faq1-job-failed", "exported-faq1-job-failed"));
    QCOMPARE(firing(jobs), QStringList{QStringLiteral("batch/import-bad")});
    const RuleVerdict restarts =
        metrics::judge(RuleId::PodRestarts, answersOf("exported-faq4-restarts-total", "faq4-restarts-old-name"));
    for (const metrics::Firing& row : restarts.firing)
        QVERIFY2(Restarted.contains(metrics::nameOf(row.subject)), qPrintable(metrics::nameOf(row.subject)));
}

void TestRules::theFaqsLabelsMayMatchNothing()
{
    PrometheusAnswers answers = answersOf("job-failed-condition", "faq1-job-failed");
    answers.scrapes = answerOfSeries(R"({"job":"monitoring/state"})");
    const RuleVerdict verdict = metrics::judge(RuleId::JobFailed, answers);
    QCOMPARE(firing(verdict), QStringList{QStringLiteral("batch/import-bad")});
    QCOMPARE(noteIds(verdict), QStringList{QStringLiteral("matchersMatchNothing")});
    QVERIFY(messages::noteOf(verdict).message.contains(QLatin1String("job=\"monitoring/state\"")));
}

void TestRules::theFaqMissesWhatFailsAgainAndAgain()
{
    PrometheusAnswers answers = answersOf("job-failed-condition", "faq4-restarts-old-name");
    QCOMPARE(noteIds(metrics::judge(RuleId::JobFailed, answers)), QStringList{QStringLiteral("faqMisses")});
    answers.faq = answerOfSeries(R"({"namespace":"batch","job_name":"tried-twice"})");
    QCOMPARE(noteIds(metrics::judge(RuleId::JobFailed, answers)),
             (QStringList{QStringLiteral("faqMisses"), QStringLiteral("faqFiresToo")}));
    // A scrape may keep the one metric and not the other.
    answers.better = recordedAnswer("faq4-restarts-old-name");
    answers.names->removeAll(QStringLiteral("kube_job_failed"));
    QCOMPARE(noteIds(metrics::judge(RuleId::JobFailed, answers)), QStringList{QStringLiteral("endUnknown")});
}

void TestRules::anOldMetricIsAskedForWhereThereIsNoOther()
{
    PrometheusAnswers answers = answersOf("faq4-restarts-old-name", "faq4-restarts-total");
    answers.names = QStringList{QStringLiteral("kube_pod_container_status_restarts")};
    const RuleVerdict old = metrics::judge(RuleId::PodRestarts, answers);
    QCOMPARE(firing(old), Restarted);
    QCOMPARE(noteIds(old), QStringList{QStringLiteral("onlyOldName")});
    answers.names = QStringList{QStringLiteral("kube_pod_container_status_restarts_total")};
    QCOMPARE(noteIds(metrics::judge(RuleId::PodRestarts, answers)), QStringList{QStringLiteral("oldNameGone")});
}

void TestRules::anEmptyAnswerIsNotAlwaysGood()
{
    PrometheusAnswers answers = answersOf("faq4-restarts-old-name", "faq4-restarts-old-name");
    QCOMPARE(metrics::judge(RuleId::NodeNotReady, answers).state, RuleState::Ok);
    QVERIFY(metrics::judge(RuleId::NodeNotReady, answers).notes.empty());
    answers.names = QStringList();
    const RuleVerdict unscraped = metrics::judge(RuleId::NodeNotReady, answers);
    QCOMPARE(unscraped.state, RuleState::Absent);
    QCOMPARE(noteIds(unscraped), QStringList{QStringLiteral("notScraped")});
    answers.names = QStringList{QStringLiteral("kube_pod_info")};
    const RuleVerdict missing = metrics::judge(RuleId::NodeNotReady, answers);
    QCOMPARE(missing.state, RuleState::Absent);
    QCOMPARE(noteIds(missing), QStringList{QStringLiteral("familyMissing")});
    const RuleVerdict noJobs = metrics::judge(RuleId::JobFailed, answers);
    QCOMPARE(noJobs.state, RuleState::Ok);
    QCOMPARE(noteIds(noJobs), QStringList{QStringLiteral("noSeries")});
    answers.names = base::failure({.kind = base::ErrorKind::Timeout});
    QCOMPARE(noteIds(metrics::judge(RuleId::NodeNotReady, answers)), QStringList{QStringLiteral("namesUnknown")});
}

void TestRules::aSeriesThatIsThereTwiceCountsOnce()
{
    PrometheusAnswers answers = answersOf("faq4-restarts-total", "faq4-restarts-old-name");
    QueryAnswer& better = *answers.better;
    metrics::Series again = better.series.front();
    again.labels[QStringLiteral("instance")] = QStringLiteral("elsewhere");
    again.points.front().value += 1;
    const double most = again.points.front().value;
    better.series.push_back(again);
    const RuleVerdict verdict = metrics::judge(RuleId::PodRestarts, answers);
    QCOMPARE(firing(verdict), Restarted);
    QVERIFY(std::ranges::any_of(verdict.firing, [most](const metrics::Firing& row) { return row.value == most; }));
}

void TestRules::aRefusedQuestionIsTold()
{
    PrometheusAnswers answers = answersOf("job-failed-condition", "faq1-job-failed");
    answers.better = base::failure({.kind = base::ErrorKind::Forbidden, .httpStatus = 403});
    const RuleVerdict forbidden = metrics::judge(RuleId::JobFailed, answers);
    QCOMPARE(forbidden.state, RuleState::Forbidden);
    QCOMPARE(messages::noteOf(forbidden).id, QStringLiteral("forbidden"));
    answers.better = base::failure({.kind = base::ErrorKind::Timeout});
    QCOMPARE(metrics::judge(RuleId::JobFailed, answers).state, RuleState::Failing);
}

void TestRules::aRestartIsSeenByTheLastEnding()
{
    QCOMPARE(metrics::judge(RuleId::PodRestarts, oneContainer(3, 29 * 60), nullptr).firing.size(), 1UL);
    QVERIFY(metrics::judge(RuleId::PodRestarts, oneContainer(3, 31 * 60), nullptr).firing.empty());
    QVERIFY(metrics::judge(RuleId::PodRestarts, oneContainer(0, 60), nullptr).firing.empty());
}

void TestRules::withoutTimesItTakesASecondLook()
{
    const RuleVerdict first = metrics::judge(RuleId::PodRestarts, oneContainer(3, -1), nullptr);
    QCOMPARE(first.state, RuleState::Learning);
    QVERIFY(first.firing.empty());
    QCOMPARE(noteIds(first), QStringList{QStringLiteral("learning")});
    metrics::SampleHistory history;
    const RuleFacts facts = oneContainer(3, -1);
    history.add(facts.restarts.front().subject, {Moment.addSecs(-600), 1});
    const RuleVerdict later = metrics::judge(RuleId::PodRestarts, facts, &history);
    QCOMPARE(later.state, RuleState::Learning);
    QCOMPARE(later.notes.front().count, 10);
}

void TestRules::ownReadingsCountRestarts()
{
    const RuleFacts facts = oneContainer(3, -1);
    metrics::SampleHistory history;
    for (const auto& [minutesAgo, restarts] : {std::pair{40, 0}, {31, 1}, {20, 2}, {5, 3}})
        history.add(facts.restarts.front().subject, {Moment.addSecs(-60 * minutesAgo), static_cast<double>(restarts)});
    const RuleVerdict verdict = metrics::judge(RuleId::PodRestarts, facts, &history);
    QCOMPARE(verdict.state, RuleState::Ok);
    QVERIFY(verdict.notes.empty());
    QCOMPARE(verdict.firing.size(), 1UL);
    QCOMPARE(verdict.firing.front().value, 1.0);
}

void TestRules::whatAPageLeavesOutIsMissing()
{
    const RuleFacts facts = factsOf("kube_pod_info{namespace=\"a\",pod=\"p\"} 1\nkube_node_info{node=\"n\"} 1\n");
    for (const RuleId rule : {RuleId::NodeNotReady, RuleId::PodFailed, RuleId::PodRestarts}) {
        const RuleVerdict verdict = metrics::judge(rule, facts, nullptr);
        QCOMPARE(verdict.state, RuleState::Absent);
        QCOMPARE(noteIds(verdict), QStringList{QStringLiteral("familyMissing")});
    }
    QCOMPARE(metrics::judge(RuleId::PodFailed, factsOf("kube_node_info{node=\"n\"} 1\n"), nullptr).state,
             RuleState::Ok);
}

void TestRules::aSourceThatStandsBadlySaysHow()
{
    const metrics::Source source{.kind = metrics::SourceKind::Prometheus,
                                 .state = metrics::SourceState::Absent,
                                 .reason = QStringLiteral("serviceMissing")};
    const RuleVerdict verdict = metrics::verdictOf(source);
    QCOMPARE(verdict.state, RuleState::Absent);
    QCOMPARE(messages::noteOf(verdict).id, QStringLiteral("serviceMissing"));
    QVERIFY(!messages::noteOf(verdict).message.isEmpty());
}

void TestRules::allSourcesAreAskedAndNoneStopsTheOthers()
{
    support::StreamingTransport transport;
    transport.pieces = {fixture(QStringLiteral("metrics/kube-state-metrics.txt"))};
    transport.answer = [](const transport::Request& request) {
        if (request.path == "/api/v1/nodes")
            return support::reply(200, fixture(QStringLiteral("kubernetes-1.36/list-nodes.json")));
        if (request.path == "/api/v1/pods")
            return support::reply(200, fixture(QStringLiteral("kubernetes-1.36/list-pods.json")));
        if (request.path == "/apis/batch/v1/jobs")
            return support::reply(403, "{}");
        return support::reply(500, "{}");
    };
    const auto at = [](const char* service) {
        return metrics::Place{.at = {QStringLiteral("kube-system"), QLatin1String(service), QStringLiteral("80"),
                                     QStringLiteral("http")}};
    };
    metrics::RuleQuestion question;
    question.prometheus.state = metrics::SourceState::Ok;
    question.prometheus.place = at("prometheus");
    question.kubeStateMetrics.state = metrics::SourceState::Ok;
    question.kubeStateMetrics.place = at("kube-state-metrics");
    const auto report = support::answerOf(metrics::checkRules(kube::Client(&transport), question));
    QVERIFY(report);
    question.nameSpace = QStringLiteral("shop");
    QStringList lists;
    transport.answer = [&lists](const transport::Request& request) {
        lists += QString::fromLatin1(request.path);
        return support::reply(500, "{}");
    };
    QVERIFY(support::answerOf(metrics::checkRules(kube::Client(&transport), question)));
    QVERIFY(lists.contains(QStringLiteral("/api/v1/nodes")));
    QVERIFY(lists.contains(QStringLiteral("/api/v1/namespaces/shop/pods")));
    QVERIFY(lists.contains(QStringLiteral("/apis/batch/v1/namespaces/shop/jobs")));
    const metrics::RuleAnswer& jobs = report->rules[0];
    QCOMPARE(jobs.prometheus.state, RuleState::Failing);
    QCOMPARE(jobs.apiServer.state, RuleState::Forbidden);
    QCOMPARE(firing(jobs.kubeStateMetrics), QStringList{QStringLiteral("batch/import-bad")});
    const metrics::RuleAnswer& nodes = report->rules[1];
    QCOMPARE(firing(nodes.apiServer), QStringList{QStringLiteral("worker-b2")});
    QCOMPARE(firing(nodes.kubeStateMetrics), firing(nodes.apiServer));
    QVERIFY(report->restarts.since().isValid());
}

QTEST_GUILESS_MAIN(TestRules)
#include "tst_rules.moc"
