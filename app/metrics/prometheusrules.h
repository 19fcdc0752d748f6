#pragma once
// What a Prometheus says of the four conditions: the better expression's rows, and what becomes of the FAQ's own there.
// Pure.

#include "app/metrics/promql.h"
#include "app/metrics/rules.h"

namespace metrics {

/// What is asked for one rule.
struct PrometheusAnswers {
    base::Result<QueryAnswer> better;  ///< Rule::expression
    base::Result<QueryAnswer> faq;     ///< faqWithoutMatchers()
    base::Result<QueryAnswer> scrapes; ///< ScrapesExpression
    base::Result<QStringList> names;   ///< which of ruleFamilies() there are
};

/// By which jobs, and with which k8s_app, kube-state-metrics comes in: one series for each pair.
inline constexpr auto ScrapesExpression = "count by (job, k8s_app) (kube_job_status_failed or kube_node_info)";

/// The FAQ's expression without the labels that one certain scrape adds; the same where it has none.
QString faqWithoutMatchers(RuleId rule);
/// All families that the expressions are about, today's names and old ones.
QStringList ruleFamilies();

RuleVerdict judge(RuleId rule, const PrometheusAnswers& answers);

} // namespace metrics
