#include "app/change/hostpathreview.h"

#include "app/base/job.h"
#include "app/base/visible.h"
#include "app/kube/jsonread.h"

#include <algorithm>

namespace change {
namespace {

using base::Severity;
using kube::Json;

constexpr auto Enforce = "pod-security.kubernetes.io/enforce";
constexpr int MostPods = 500;

class Review final : public base::Job<HostPathReview> {
public:
    Review(const kube::Client& client, Target target, Json object)
        : m_client(client),
          m_target(std::move(target)),
          m_object(std::move(object))
    {
    }

    void begin(HostPathScope scope)
    {
        const Json pods = completeTemplate(m_target.resource, m_object);
        const bool isWhole = scope == HostPathScope::Whole;
        m_left = isWhole ? 4 : 2;
        tryPod(pods);
        readPods();
        if (!isWhole)
            return;
        readNamespace();
        readWindowsNodes(pods);
    }

private:
    void tryPod(const Json& podTemplate)
    {
        transport::Request request{.verb = "POST",
                                   .path = "/api/v1/namespaces/" + m_target.nameSpace.toUtf8() + "/pods"};
        request.query = {{QStringLiteral("dryRun"), QStringLiteral("All")},
                         {QStringLiteral("fieldValidation"), QStringLiteral("Strict")}};
        request.headers.emplace_back("Content-Type", "application/json");
        request.body = kube::toBytes(podOf(podTemplate, m_target.nameSpace));
        follow(m_client.ask(std::move(request)), [this](const base::Result<transport::Reply>& reply) {
            PodAdmission& admission = m_review.podAdmission;
            admission.accepted = reply.has_value();
            if (reply)
                admission.warnings = warningsOf(reply->head);
            else
                admission.error = reply.error();
            settled();
        });
    }

    void readNamespace()
    {
        follow(m_client.askJson({.path = "/api/v1/namespaces/" + m_target.nameSpace.toUtf8()}),
               [this](const base::Result<Json>& answer) {
                   if (answer)
                       m_review.podSecurity = kube::rawText(*answer, {"metadata", "labels", Enforce});
                   else
                       m_review.unread.emplace_back(QStringLiteral("namespace"), answer.error());
                   settled();
               });
    }

    /// Of a CronJob, and of what is new, there are none to speak of.
    void readPods()
    {
        QStringList terms;
        for (const auto& [key, value] : kube::at(m_object, {"spec", "selector", "matchLabels"}).items())
            terms << QString::fromStdString(key) + QLatin1Char('=') + kube::rawText(value);
        const bool isThere = !kube::rawText(m_object, {"metadata", "uid"}).isEmpty();
        if (terms.isEmpty() || !isThere) {
            settled();
            return;
        }
        transport::Request request{.path = "/api/v1/namespaces/" + m_target.nameSpace.toUtf8() + "/pods"};
        request.query = {{QStringLiteral("labelSelector"), terms.join(QLatin1Char(','))},
                         {QStringLiteral("limit"), QString::number(MostPods)}};
        follow(m_client.askJson(std::move(request)), [this](const base::Result<Json>& list) {
            if (!list)
                m_review.unread.emplace_back(QStringLiteral("pods"), list.error());
            else
                for (const Json& pod : kube::elements(*list, {"items"}))
                    if (const QString node = kube::rawText(pod, {"spec", "nodeName"});
                        !node.isEmpty() && !m_review.nodes.contains(node))
                        m_review.nodes << node;
            m_review.nodes.sort();
            settled();
        });
    }

    void readWindowsNodes(const Json& podTemplate)
    {
        const bool isLinux =
            kube::rawText(podTemplate, {"spec", "os", "name"}) == QLatin1String("linux") ||
            kube::rawText(podTemplate, {"spec", "nodeSelector", "kubernetes.io/os"}) == QLatin1String("linux");
        if (isLinux) {
            settled();
            return;
        }
        transport::Request request{.path = "/api/v1/nodes"};
        request.query = {{QStringLiteral("labelSelector"), QStringLiteral("kubernetes.io/os=windows")},
                         {QStringLiteral("limit"), QStringLiteral("1")}};
        follow(m_client.askJson(std::move(request)), [this](const base::Result<Json>& list) {
            if (!list)
                m_review.unread.emplace_back(QStringLiteral("nodes"), list.error());
            else if (!kube::elements(*list, {"items"}).empty())
                m_review.hazards.push_back(
                    {QStringLiteral("windowsNodes"), Severity::Warning,
                     kube::rawText(kube::elements(*list, {"items"}).front(), {"metadata", "name"})});
            settled();
        });
    }

    void settled()
    {
        if (--m_left > 0)
            return;
        auto& hazards = m_review.hazards;
        const bool isDaemon = m_target.resource.resource == QLatin1String("daemonsets");
        const qint64 replicas = kube::number(m_object, {"spec", "replicas"}).value_or(1);
        if (isDaemon)
            hazards.push_back({QStringLiteral("everyNode"), Severity::Warning});
        else if (replicas > 1 || m_review.nodes.size() > 1)
            hazards.push_back({QStringLiteral("spread"), Severity::Warning,
                               base::visible(m_review.nodes.join(QStringLiteral(", ")))});
        if (!m_review.podSecurity.isEmpty() && m_review.podSecurity != QLatin1String("privileged"))
            hazards.push_back({QStringLiteral("podSecurity"), Severity::Warning, base::visible(m_review.podSecurity)});
        std::ranges::stable_sort(hazards, {}, &Hazard::severity);
        end(std::move(m_review));
    }

    const kube::Client m_client;
    const Target m_target;
    const Json m_object;
    HostPathReview m_review;
    int m_left = 0;
};

} // namespace

base::Call<HostPathReview> reviewHostPath(const kube::Client& client, const Target& target, const Json& object,
                                          HostPathScope scope)
{
    auto* review = new Review(client, target, object);
    auto call = review->call();
    review->begin(scope);
    return call;
}

} // namespace change
