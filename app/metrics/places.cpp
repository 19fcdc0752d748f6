#include "app/metrics/places.h"

#include "app/kube/jsonread.h"

#include <QStringList>
#include <algorithm>

namespace metrics {
namespace {

/// How a part is told from others.
struct Marks {
    QStringList names;       ///< of a Service, the likeliest first; also the values of its labels
    QString nameEnd;         ///< a Helm release puts its own name before
    QStringList portNames;   ///< the likeliest first
    qint64 portNumber;       ///< its usual one
    const char* inNamespace; ///< null: in any
};

Marks marksOf(Part part)
{
    switch (part) {
    case Part::KubeStateMetrics:
        return {{QStringLiteral("kube-state-metrics")},
                QStringLiteral("-kube-state-metrics"),
                {QStringLiteral("http-metrics"), QStringLiteral("http"), QStringLiteral("https-main")},
                8080,
                nullptr};
    case Part::Prometheus:
        return {{QStringLiteral("prometheus"), QStringLiteral("prometheus-k8s"), QStringLiteral("prometheus-server"),
                 QStringLiteral("prometheus-operated")},
                QStringLiteral("-prometheus"),
                {QStringLiteral("http"), QStringLiteral("web"), QStringLiteral("http-web")},
                9090,
                nullptr};
    case Part::Heapster:
        return {{QStringLiteral("heapster")}, {}, {}, 80, "kube-system"};
    case Part::InfluxDb:
        break;
    }
    return {{QStringLiteral("influxdb"), QStringLiteral("monitoring-influxdb")},
            {},
            {QStringLiteral("http")},
            8086,
            nullptr};
}

/// The smaller, the likelier; nothing: another Service.
std::optional<int> rankOf(const ServiceFacts& service, const Marks& marks)
{
    constexpr int NoRank = 1000;
    if (service.ports.empty() || (marks.inNamespace && service.nameSpace != QLatin1String(marks.inNamespace)))
        return std::nullopt;
    int rank = NoRank;
    for (const char* label : {"app.kubernetes.io/name", "k8s-app", "kubernetes.io/name", "app"}) {
        const auto found = service.labels.find(QLatin1String(label));
        if (found != service.labels.end() && marks.names.contains(found->second))
            rank = 0;
    }
    const auto byName = marks.names.indexOf(service.name);
    if (byName >= 0)
        rank = std::min(rank, 10) + static_cast<int>(byName);
    else if (rank == 0)
        rank = 30; // labelled alike: a part of the same release
    else if (!marks.nameEnd.isEmpty() && service.name.endsWith(marks.nameEnd))
        rank = 40;
    return rank < NoRank ? std::optional(rank) : std::nullopt;
}

const ServiceFacts::Port* portOf(const ServiceFacts& service, const Marks& marks)
{
    const auto byNumber = std::ranges::find(service.ports, marks.portNumber, &ServiceFacts::Port::number);
    if (byNumber != service.ports.end())
        return &*byNumber;
    for (const QString& name : marks.portNames) {
        const auto byName = std::ranges::find(service.ports, name, &ServiceFacts::Port::name);
        if (byName != service.ports.end())
            return &*byName;
    }
    return &service.ports.front();
}

} // namespace

std::map<QString, QString> textsOf(const kube::Json& map)
{
    std::map<QString, QString> texts;
    if (map.is_object())
        for (const auto& [key, value] : map.items())
            texts.emplace(QString::fromStdString(key), kube::rawText(value));
    return texts;
}

ServiceFacts serviceFacts(const kube::Json& service)
{
    ServiceFacts facts{.nameSpace = kube::rawText(service, {"metadata", "namespace"}),
                       .name = kube::rawText(service, {"metadata", "name"}),
                       .labels = textsOf(kube::at(service, {"metadata", "labels"})),
                       .selector = textsOf(kube::at(service, {"spec", "selector"})),
                       .ports = {},
                       .scrape = {}};
    for (const kube::Json& port : kube::elements(service, {"spec", "ports"}))
        if (const auto number = kube::number(port, {"port"}))
            facts.ports.push_back({kube::rawText(port, {"name"}), *number});
    for (const char* annotation : {"prometheus.io/scrape", "tke.prometheus.io/scrape"})
        if (const QString value = kube::rawText(service, {"metadata", "annotations", annotation}); !value.isEmpty())
            facts.scrape = QStringLiteral("%1: \"%2\"").arg(QLatin1String(annotation), value);
    return facts;
}

std::optional<Place> findPart(Part part, const std::vector<ServiceFacts>& services)
{
    const Marks marks = marksOf(part);
    const ServiceFacts* best = nullptr;
    int bestRank = 0;
    for (const ServiceFacts& each : services)
        if (const auto rank = rankOf(each, marks); rank && (!best || *rank < bestRank)) {
            best = &each;
            bestRank = *rank;
        }
    if (!best)
        return std::nullopt;
    return placeOf(*best, *portOf(*best, marks));
}

Place usualPlace(Part part)
{
    const Marks marks = marksOf(part);
    return {.at = {.nameSpace = QStringLiteral("kube-system"),
                   .service = marks.names.front(),
                   .port = QString::number(marks.portNumber)},
            .scrape = {},
            .selector = {}};
}

Place placeOf(const ServiceFacts& service, const ServiceFacts::Port& port)
{
    const bool isTls = port.name.startsWith(QLatin1String("https"));
    return {.at = {.nameSpace = service.nameSpace,
                   .service = service.name,
                   .port = QString::number(port.number),
                   .scheme = isTls ? QStringLiteral("https") : QStringLiteral("http")},
            .scrape = service.scrape,
            .selector = service.selector};
}

QString versionOfImage(const QString& image)
{
    const QString tagged = image.section(QLatin1Char('@'), 0, 0).section(QLatin1Char('/'), -1);
    return tagged.contains(QLatin1Char(':')) ? tagged.section(QLatin1Char(':'), -1) : QString();
}

} // namespace metrics
