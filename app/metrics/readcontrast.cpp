#include "app/metrics/readcontrast.h"

#include "app/base/job.h"
#include "app/metrics/kubestate.h"

namespace metrics {
namespace {

class ContrastJob final : public base::Job<ContrastReport> {
public:
    ContrastJob(const kube::Client& client, ContrastQuestion question)
        : m_client(client),
          m_question(std::move(question))
    {
    }

    base::Call<ContrastReport> begin()
    {
        auto answer = call();
        ++m_open; // until all are asked: an answer may be there at once
        ask<ObjectPage>(readObjects(m_client, m_question.view, m_question.nameSpace), m_objects);
        ++m_open;
        follow(surveySources(m_client, m_question.ownNamespace), [this](const base::Result<SourceSurvey>& survey) {
            if (!survey) {
                end(base::failure(survey.error()));
                return;
            }
            m_report.sources = *survey;
            askSources();
            settle();
        });
        settle();
        return answer;
    }

private:
    template <typename T> void ask(base::Call<T> question, std::optional<base::Result<T>>& into)
    {
        ++m_open;
        follow(std::move(question), [this, &into](const base::Result<T>& answer) {
            into = answer;
            settle();
        });
    }

    static bool mayAnswer(const Source& source)
    {
        return source.state == SourceState::Ok || source.state == SourceState::Old;
    }

    void askSources()
    {
        const SourceSurvey& sources = m_report.sources;
        const bool hasServer = mayAnswer(sources.of(SourceKind::MetricsServer));
        m_usageSource = hasServer ? SourceKind::MetricsServer : SourceKind::Heapster;
        if (mayAnswer(sources.of(m_usageSource)))
            askUsage(hasServer ? UsageApi::MetricsServer : UsageApi::Heapster);
        const Source& state = sources.of(SourceKind::KubeStateMetrics);
        if (mayAnswer(state) && state.place)
            askState(state.place->at);
    }

    void askState(const ServicePort& where)
    {
        ++m_open;
        follow(readStatePage(m_client, {.where = where, .scope = {m_question.nameSpace}}, m_question.freeStateBytes),
               [this](const base::Result<StateReading>& reading) {
                   Source& source = sourceOf(SourceKind::KubeStateMetrics);
                   source.pageEstimate = reading ? reading->estimate : std::nullopt;
                   m_statePage = reading ? reading->page : base::failure(reading.error());
                   if (const StatePage* page = answerOf(m_statePage)) {
                       source.pageBytes = page->bytes;
                       source.pageTook = page->took;
                   }
                   settle();
               });
    }

    Source& sourceOf(SourceKind kind) { return m_report.sources.sources.at(static_cast<std::size_t>(kind)); }

    void askUsage(UsageApi api)
    {
        if (m_question.view == View::Nodes) {
            ask<UsagePage>(readNodeUsage(m_client, api), m_usage);
            return;
        }
        ask<UsagePage>(readPodUsage(m_client, m_question.nameSpace, api), m_usage);
        ask<UsagePage>(readNodeUsage(m_client, api), m_nodeUsage);
    }

    template <typename T> static const T* answerOf(const std::optional<base::Result<T>>& answer)
    {
        return answer && *answer ? &**answer : nullptr;
    }

    /// The source answered when it was probed, and not now.
    template <typename T> void tell(SourceKind kind, const std::optional<base::Result<T>>& answer)
    {
        if (!answer || *answer)
            return;
        Source& source = sourceOf(kind);
        const base::Error& error = answer->error();
        const bool isForbidden = error.kind == base::ErrorKind::Forbidden;
        source.state = isForbidden ? SourceState::Forbidden : SourceState::Failing;
        // kube-state-metrics --auth-filter: its health is for everybody, its page is not.
        const bool wantsLogin = kind == SourceKind::KubeStateMetrics && error.kind == base::ErrorKind::Unauthorized;
        source.reason = isForbidden                                     ? QStringLiteral("figuresForbidden")
                        : wantsLogin                                    ? QStringLiteral("loginWanted")
                        : error.reason == QLatin1String("pageTooLarge") ? error.reason
                                                                        : QStringLiteral("figuresUnread");
        source.said = error.said;
        source.error = error;
    }

    void settle()
    {
        if (--m_open > 0 || isOver())
            return;
        const ObjectPage* objects = answerOf(m_objects);
        const UsagePage* usage = answerOf(m_usage);
        const StatePage* state = answerOf(m_statePage);
        if (!objects && !usage) {
            end(base::failure(m_objects->error()));
            return;
        }
        tell(m_usageSource, m_usage);
        tell(SourceKind::KubeStateMetrics, m_statePage);
        tell(SourceKind::Objects, m_objects);
        m_report.rows = contrast({.view = m_question.view,
                                  .nameSpace = m_question.nameSpace,
                                  .usage = usage,
                                  .kubeStateMetrics = state,
                                  .objects = objects,
                                  .nodeUsage = answerOf(m_nodeUsage)});
        m_report.usageReadAt = usage ? usage->readAt : QDateTime();
        m_report.stateReadAt = state ? state->readAt : QDateTime();
        if (objects) {
            m_report.objectsReadAt = objects->readAt;
            m_report.unread = objects->unread;
        }
        end(std::move(m_report));
    }

    const kube::Client m_client;
    const ContrastQuestion m_question;
    ContrastReport m_report;
    SourceKind m_usageSource = SourceKind::MetricsServer;
    std::optional<base::Result<ObjectPage>> m_objects;
    std::optional<base::Result<UsagePage>> m_usage;
    std::optional<base::Result<UsagePage>> m_nodeUsage;
    std::optional<base::Result<StatePage>> m_statePage;
    int m_open = 0;
};

} // namespace

base::Call<ContrastReport> readContrast(const kube::Client& client, const ContrastQuestion& question)
{
    return (new ContrastJob(client, question))->begin();
}

} // namespace metrics
