#include "app/change/nodesurvey.h"

#include "app/change/intent.h"
#include "app/kube/jsonread.h"

namespace change {
namespace {

constexpr int PageSize = 500;

scheduling::BudgetFacts budgetFacts(const kube::Json& budget)
{
    return {.ref = {.cluster = {},
                    .apiVersion = QStringLiteral("policy/v1"),
                    .kind = QStringLiteral("PodDisruptionBudget"),
                    .nameSpace = kube::rawText(budget, {"metadata", "namespace"}),
                    .name = kube::rawText(budget, {"metadata", "name"}),
                    .uid = kube::rawText(budget, {"metadata", "uid"})},
            .selector = kube::at(budget, {"spec", "selector"}),
            .disruptionsAllowed = kube::number(budget, {"status", "disruptionsAllowed"})};
}

} // namespace

NodeSurvey::NodeSurvey(kube::Client client, QObject* parent) : QObject(parent), m_client(client) {}

void NodeSurvey::ask(transport::Request request, std::function<void(const base::Result<kube::Json>&)> take)
{
    m_calls.follow(m_client.askJson(std::move(request)),
                   [this, take = std::move(take)](const base::Result<kube::Json>& answer) {
                       take(answer);
                       if (isReading())
                           return;
                       if (!m_error) {
                           m_survey = std::move(m_next);
                           m_nodes = std::move(m_nextNodes);
                       }
                       emit finished();
                   });
}

void NodeSurvey::askPage(const QByteArray& path, const QString& fieldSelector, const QString& continueToken,
                         std::function<void(const kube::Json&)> each, std::function<void(const base::Error&)> failed)
{
    transport::Request request{.path = path};
    request.query.emplace_back(QStringLiteral("limit"), QString::number(PageSize));
    if (!fieldSelector.isEmpty())
        request.query.emplace_back(QStringLiteral("fieldSelector"), fieldSelector);
    if (!continueToken.isEmpty())
        request.query.emplace_back(QStringLiteral("continue"), continueToken);
    ask(std::move(request), [this, path, fieldSelector, each = std::move(each),
                             failed = std::move(failed)](const base::Result<kube::Json>& list) {
        if (!list) {
            failed(list.error());
            return;
        }
        for (const kube::Json& item : kube::elements(*list, {"items"}))
            each(item);
        if (const QString next = kube::rawText(*list, {"metadata", "continue"}); !next.isEmpty())
            askPage(path, fieldSelector, next, each, failed);
    });
}

void NodeSurvey::read(const QStringList& nodes)
{
    m_calls.cancel();
    m_next = {};
    m_next.nodes.resize(static_cast<std::size_t>(nodes.size()));
    m_nextNodes.assign(static_cast<std::size_t>(nodes.size()), nullptr);
    m_error.reset();
    for (qsizetype i = 0; i < nodes.size(); ++i) {
        ask({.path = nodeTarget(nodes[i]).path()},
            [this, at = static_cast<std::size_t>(i)](const base::Result<kube::Json>& node) {
                if (!node) {
                    if (!m_error)
                        m_error = node.error();
                    return;
                }
                m_next.nodes[at] = scheduling::nodeFacts(*node);
                m_nextNodes[at] = *node;
            });
        askPage(
            "/api/v1/pods", QStringLiteral("spec.nodeName=") + nodes[i], {},
            [this](const kube::Json& pod) { m_next.pods.push_back(scheduling::podFacts(pod)); },
            [this](const base::Error& error) { m_next.podsError = error; });
    }
    askPage(
        "/api/v1/pods", QStringLiteral("spec.nodeName=,status.phase=Pending"), {},
        [this](const kube::Json& pod) { m_next.pending.push_back(scheduling::podFacts(pod)); },
        [this](const base::Error& error) { m_next.pendingError = error; });
    askBudgets("v1");
    ask({.path = "/apis/platform.tkestack.io"},
        [this](const base::Result<kube::Json>& group) { m_next.isPlatform = group.has_value(); });
}

void NodeSurvey::askBudgets(const QByteArray& version)
{
    askPage(
        "/apis/policy/" + version + "/poddisruptionbudgets", {}, {},
        [this](const kube::Json& budget) { m_next.budgets.push_back(budgetFacts(budget)); },
        [this, version](const base::Error& error) {
            // Before 1.21 there is no policy/v1.
            if (error.kind == base::ErrorKind::NotFound && version == "v1")
                askBudgets("v1beta1");
            else
                m_next.budgetsError = error;
        });
}

} // namespace change
