#include "app/metrics/usage.h"

#include "app/kube/jsonread.h"
#include "app/kube/listitems.h"
#include "app/kube/quantity.h"
#include "app/metrics/amounts.h"

#include <QRegularExpression>
#include <algorithm>
#include <set>

namespace metrics {
namespace {

const QString Node = QStringLiteral("Node");
const QString Pod = QStringLiteral("Pod");

QByteArray pathOf(UsageApi api)
{
    return api == UsageApi::MetricsServer
               ? "/apis/metrics.k8s.io/v1beta1"
               : "/api/v1/namespaces/kube-system/services/http:heapster:/proxy/apis/metrics/v1alpha1";
}

Usage usageOf(const kube::Json& item, const Amounts& used)
{
    return {.used = used,
            .takenAt = timeOf(kube::at(item, {"timestamp"})),
            .windowSeconds = secondsOf(kube::rawText(item, {"window"}))};
}

base::Call<UsagePage> read(const kube::Client& client, const QByteArray& path, Usages (*turn)(const kube::Json&))
{
    return base::mapped<UsagePage>(kube::listItems<Usages>(client, {.path = path}, turn),
                                   [](base::Result<kube::ListedItems<Usages>> list) -> base::Result<UsagePage> {
                                       if (!list)
                                           return base::failure(list.error());
                                       UsagePage page{.usages = {}, .readAt = list->answeredAt};
                                       for (Usages& each : list->items)
                                           page.usages.merge(each);
                                       return page;
                                   });
}

} // namespace

QDateTime UsagePage::newest() const
{
    QDateTime newest;
    for (const auto& [subject, usage] : usages)
        if (usage.takenAt.isValid() && (!newest.isValid() || usage.takenAt > newest))
            newest = usage.takenAt;
    return newest;
}

Usages nodeUsage(const kube::Json& item)
{
    const QString name = kube::rawText(item, {"metadata", "name"});
    if (name.isEmpty())
        return {};
    return {{{.kind = Node, .name = name}, usageOf(item, amountsOf(kube::at(item, {"usage"})))}};
}

Usages podUsage(const kube::Json& item)
{
    const Subject pod{.kind = Pod,
                      .nameSpace = kube::rawText(item, {"metadata", "namespace"}),
                      .name = kube::rawText(item, {"metadata", "name"}),
                      .container = {}};
    if (pod.name.isEmpty())
        return {};
    Usages usages;
    Amounts sum{0, 0};
    for (const kube::Json& each : kube::elements(item, {"containers"})) {
        const Amounts used = amountsOf(kube::at(each, {"usage"}));
        Subject container = pod;
        container.container = kube::rawText(each, {"name"});
        if (!container.container.isEmpty())
            usages.emplace(container, usageOf(item, used));
        sum = totalOf(sum, used);
    }
    usages.emplace(pod, usageOf(item, usages.empty() ? Amounts{} : sum));
    return usages;
}

std::optional<double> secondsOf(const QString& duration)
{
    static const QRegularExpression whole(QStringLiteral(
        R"(^(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9}(?:\.\d{1,9})?)s)?(?:(\d{1,9}(?:\.\d{1,9})?)ms)?$)"));
    const auto match = whole.match(duration);
    if (duration.isEmpty() || !match.hasMatch())
        return std::nullopt;
    const double seconds = match.captured(1).toDouble() * 3600 + match.captured(2).toDouble() * 60 +
                           match.captured(3).toDouble() + match.captured(4).toDouble() / 1000;
    return seconds > 0 ? std::optional(seconds) : std::nullopt;
}

base::Call<UsagePage> readNodeUsage(const kube::Client& client, UsageApi api)
{
    return read(client, pathOf(api) + "/nodes", nodeUsage);
}

base::Call<UsagePage> readPodUsage(const kube::Client& client, const QString& nameSpace, UsageApi api)
{
    const QByteArray path = nameSpace.isEmpty()
                                ? QByteArrayLiteral("/pods")
                                : transport::path({QStringLiteral("namespaces"), nameSpace, QStringLiteral("pods")});
    return read(client, pathOf(api) + path, podUsage);
}

base::Call<UsagePage> readUsageOf(const kube::Client& client, const Subject& subject, UsageApi api)
{
    const bool isNode = subject.kind == Node;
    const QByteArray place =
        isNode
            ? transport::path({QStringLiteral("nodes"), subject.name})
            : transport::path({QStringLiteral("namespaces"), subject.nameSpace, QStringLiteral("pods"), subject.name});
    return base::mapped<UsagePage>(client.askJson({.path = pathOf(api) + place}),
                                   [isNode](const base::Result<kube::Json>& item) -> base::Result<UsagePage> {
                                       if (!item)
                                           return base::failure(item.error());
                                       return UsagePage{.usages = isNode ? nodeUsage(*item) : podUsage(*item),
                                                        .readAt = QDateTime::currentDateTimeUtc()};
                                   });
}

UsageQuestions questionsFor(const std::vector<Subject>& subjects)
{
    constexpr std::size_t MostSingle = 5;
    std::map<QString, std::set<Subject>> pods; // by namespace
    std::set<Subject> nodes;
    std::set<QString> whole; // of workloads: more pods may come
    for (const Subject& subject : subjects)
        if (subject.kind == Node)
            nodes.insert(subject);
        else if (subject.kind == Pod)
            pods[subject.nameSpace].insert({subject.kind, subject.nameSpace, subject.name, {}});
        else if (!subject.nameSpace.isEmpty())
            whole.insert(subject.nameSpace);
    UsageQuestions questions;
    questions.allNodes = nodes.size() > MostSingle;
    if (!questions.allNodes)
        questions.single.assign(nodes.begin(), nodes.end());
    for (const auto& [nameSpace, each] : pods)
        if (each.size() > MostSingle)
            whole.insert(nameSpace);
        else if (!whole.contains(nameSpace))
            questions.single.insert(questions.single.end(), each.begin(), each.end());
    questions.nameSpaces.assign(whole.begin(), whole.end());
    return questions;
}

} // namespace metrics
