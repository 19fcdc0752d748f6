#include "app/metrics/rulecheck.h"

#include "app/base/job.h"
#include "app/kube/apiresource.h"
#include "app/kube/listitems.h"
#include "app/metrics/kubestate.h"
#include "app/metrics/prometheusrules.h"

namespace metrics {
namespace {

struct PodFacts {
    PodFact pod;
    std::vector<RestartFact> restarts;
};

PodFacts podFacts(const kube::Json& pod)
{
    return {podFact(pod), restartFacts(pod)};
}

bool isAsked(const Source& source)
{
    return source.place && (source.state == SourceState::Ok || source.state == SourceState::Old);
}

/// A Prometheus answers about all namespaces. A node's series may have one all the same: that of its scrape.
base::Result<QueryAnswer> inNamespace(base::Result<QueryAnswer> answer, RuleId rule, const QString& nameSpace)
{
    if (answer && !nameSpace.isEmpty() && rule != RuleId::NodeNotReady)
        std::erase_if(answer->series, [&nameSpace](const Series& series) {
            return objectLabel(series.labels, QStringLiteral("namespace")) != nameSpace;
        });
    return answer;
}

/// What an old source says may no longer hold.
RuleVerdict aged(const Source& source, RuleVerdict verdict)
{
    if (source.state == SourceState::Old && verdict.state == RuleState::Ok)
        verdict.state = RuleState::Old;
    return verdict;
}

class RuleCheck final : public base::Job<RuleReport> {
public:
    RuleCheck(const kube::Client& client, RuleQuestion question) : m_client(client), m_question(std::move(question))
    {
        const auto& rules = allRules();
        for (std::size_t i = 0; i < rules.size(); ++i)
            m_report.rules[i] = {
                rules[i].id, verdictOf(m_question.prometheus), verdictOf(m_question.kubeStateMetrics), {}};
        m_report.restarts = std::move(m_question.restarts);
        m_answers.resize(rules.size(), {unasked(), unasked(), unasked(), unasked()});
    }

    void start()
    {
        ++m_open; // until all are asked: an answer may be there at once
        if (isAsked(m_question.prometheus))
            askPrometheus(m_question.prometheus.place->at);
        if (isAsked(m_question.kubeStateMetrics))
            askKubeStateMetrics(m_question.kubeStateMetrics.place->at);
        askObjects();
        settle();
    }

private:
    static tl::unexpected<base::Error> unasked() { return base::failure({.kind = base::ErrorKind::Canceled}); }

    template <typename T, typename F> void ask(base::Call<T> part, F&& take)
    {
        ++m_open;
        follow(std::move(part), [this, take = std::forward<F>(take)](const base::Result<T>& answer) {
            take(answer);
            settle();
        });
    }

    void askPrometheus(const ServicePort& where)
    {
        const auto& rules = allRules();
        for (std::size_t i = 0; i < rules.size(); ++i) {
            ask(query(m_client, where, rules[i].expression), [this, i](const auto& rows) {
                m_answers[i].better = inNamespace(rows, allRules()[i].id, m_question.nameSpace);
            });
            ask(query(m_client, where, faqWithoutMatchers(rules[i].id)), [this, i](const auto& rows) {
                m_answers[i].faq = inNamespace(rows, allRules()[i].id, m_question.nameSpace);
            });
        }
        ask(query(m_client, where, QLatin1String(ScrapesExpression)), [this](const auto& rows) {
            for (PrometheusAnswers& answers : m_answers)
                answers.scrapes = rows;
        });
        ask(metricNames(m_client, where, ruleFamilies()), [this](const auto& names) {
            for (PrometheusAnswers& answers : m_answers)
                answers.names = names;
        });
    }

    void askKubeStateMetrics(const ServicePort& where)
    {
        ask(readStatePage(m_client, {.where = where, .scope = {m_question.nameSpace}}, m_question.freeStateBytes),
            [this](const base::Result<StateReading>& reading) {
                if (reading)
                    m_report.pageEstimate = reading->estimate;
                if (reading && reading->page) {
                    m_page = factsOf(*reading->page);
                    return;
                }
                for (RuleAnswer& answer : m_report.rules)
                    answer.kubeStateMetrics = verdictWithout(reading ? reading->page.error() : reading.error());
            });
    }

    void askObjects()
    {
        list<NodeFact>({}, "nodes", {}, nodeFact, {RuleId::NodeNotReady},
                       [this](const auto& nodes) { m_objects.nodes = nodes; });
        list<JobFact>("batch", "jobs", m_question.nameSpace, jobFact, {RuleId::JobFailed},
                      [this](const auto& jobs) { m_objects.jobs = jobs; });
        list<PodFacts>({}, "pods", m_question.nameSpace, podFacts, {RuleId::PodFailed, RuleId::PodRestarts},
                       [this](const auto& pods) {
                           for (const PodFacts& each : pods) {
                               m_objects.pods.push_back(each.pod);
                               m_objects.restarts.insert(m_objects.restarts.end(), each.restarts.begin(),
                                                         each.restarts.end());
                           }
                       });
    }

    template <typename T, typename Turn, typename Take>
    void list(const char* group, const char* resource, const QString& nameSpace, Turn turn, std::vector<RuleId> rules,
              Take take)
    {
        const kube::ApiResource kind{.group = QLatin1String(group),
                                     .version = QStringLiteral("v1"),
                                     .resource = QLatin1String(resource),
                                     .namespaced = !nameSpace.isEmpty()};
        ask(kube::listItems<T>(m_client, {.path = kind.path(nameSpace)}, turn),
            [this, rules = std::move(rules), take](const base::Result<kube::ListedItems<T>>& listed) {
                if (!listed) {
                    for (const RuleId rule : rules)
                        m_objects.errors.emplace(rule, listed.error());
                    return;
                }
                take(listed->items);
                if (!m_objects.readAt.isValid() || listed->answeredAt > m_objects.readAt)
                    m_objects.readAt = listed->answeredAt;
            });
    }

    void settle()
    {
        if (--m_open > 0)
            return;
        m_objects.tellsLastEnds = true;
        if (!m_objects.errors.contains(RuleId::PodRestarts))
            remember(m_objects);
        else if (m_page)
            remember(*m_page);
        for (RuleAnswer& answer : m_report.rules) {
            if (isAsked(m_question.prometheus))
                answer.prometheus =
                    aged(m_question.prometheus, judge(answer.rule, m_answers[static_cast<std::size_t>(answer.rule)]));
            if (m_page)
                answer.kubeStateMetrics =
                    aged(m_question.kubeStateMetrics, judge(answer.rule, *m_page, &m_report.restarts));
            answer.apiServer = judge(answer.rule, m_objects, &m_report.restarts);
        }
        end(std::move(m_report));
    }

    void remember(const RuleFacts& facts)
    {
        for (const RestartFact& fact : facts.restarts)
            m_report.restarts.add(fact.subject, {facts.readAt, static_cast<double>(fact.restarts)});
    }

    const kube::Client m_client;
    RuleQuestion m_question;
    RuleReport m_report;
    std::vector<PrometheusAnswers> m_answers; ///< one a rule
    std::optional<RuleFacts> m_page;
    RuleFacts m_objects;
    int m_open = 0;
};

} // namespace

base::Call<RuleReport> checkRules(const kube::Client& client, RuleQuestion question)
{
    auto* const check = new RuleCheck(client, std::move(question));
    auto call = check->call();
    check->start();
    return call;
}

} // namespace metrics
