#include "app/metrics/promql.h"

#include "app/base/visible.h"
#include "app/kube/errors.h"
#include "app/kube/jsonread.h"

#include <cmath>

namespace metrics {
namespace {

constexpr auto Refused = "promqlRefused";

std::optional<Point> pointOf(const kube::Json& pair)
{
    const auto& parts = kube::elements(pair);
    constexpr double LastSecond = 253'402'300'799; // of the year 9999
    if (parts.size() != 2 || !parts[0].is_number())
        return std::nullopt;
    const double seconds = parts[0].get<double>();
    bool isNumber = false;
    const double value = kube::rawText(parts[1]).toDouble(&isNumber);
    if (!isNumber || !(std::abs(seconds) <= LastSecond))
        return std::nullopt;
    return Point{QDateTime::fromMSecsSinceEpoch(std::llround(seconds * 1000), Qt::UTC), value};
}

Series seriesOf(const kube::Json& json)
{
    Series series;
    const kube::Json& labels = kube::at(json, {"metric"});
    if (!labels.is_object())
        return series;
    for (const auto& [name, value] : labels.items())
        series.labels.emplace(QString::fromStdString(name), kube::rawText(value));
    return series;
}

/// What an answer over HTTP comes down to: Prometheus puts its own words into the body of a refusal as well.
base::Result<kube::Json> contentOf(const transport::Reply& reply)
{
    const bool isGood = reply.head.status >= 200 && reply.head.status < 300;
    auto json = kube::parseJson(reply.body);
    if (json && kube::rawText(*json, {"status"}) == QLatin1String("error") && !kube::at(*json, {"errorType"}).is_null())
        return base::failure(promqlError(*json));
    if (!isGood)
        return base::failure(kube::errorFrom(reply));
    if (!json || kube::rawText(*json, {"status"}) != QLatin1String("success"))
        return base::failure({.kind = base::ErrorKind::BadAnswer, .reason = QStringLiteral("noPrometheus")});
    return json;
}

template <typename T, typename F> base::Call<T> ask(const kube::Client& client, transport::Request request, F&& read)
{
    request.mostBytes = MostAnswerBytes;
    const QString asked = QStringLiteral("GET ") + QString::fromLatin1(request.target());
    const QString ofWhom = client.transport()->address();
    // Not by the client's ask(): it asks again after a 503, which Prometheus answers to what took it too long.
    return base::mapped<T>(client.transport()->send(std::move(request)),
                           [asked, ofWhom, read](const base::Result<transport::Reply>& reply) -> base::Result<T> {
                               return reply.and_then(contentOf).and_then(read).map_error([&](base::Error error) {
                                   error.asked = asked;
                                   error.ofWhom = ofWhom;
                                   return error;
                               });
                           });
}

QString secondsText(const QDateTime& moment)
{
    return QString::number(static_cast<double>(moment.toMSecsSinceEpoch()) / 1000, 'f', 3);
}

} // namespace

base::Error promqlError(const kube::Json& json)
{
    const QString type = kube::rawText(json, {"errorType"});
    base::Error error{.kind = base::ErrorKind::Server,
                      .reason = QStringLiteral("promqlFailed"),
                      .said = base::visible(kube::rawText(json, {"error"}))};
    if (type == QLatin1String("bad_data")) {
        error.kind = base::ErrorKind::Invalid;
        error.reason = QLatin1String(Refused);
    } else if (type == QLatin1String("timeout") || type == QLatin1String("canceled")) {
        error.kind = base::ErrorKind::Timeout;
    }
    return error;
}

base::Result<QueryAnswer> readQueryAnswer(const kube::Json& json)
{
    QueryAnswer answer;
    for (const kube::Json& warning : kube::elements(json, {"warnings"}))
        answer.warnings += base::visible(kube::rawText(warning));
    const QString type = kube::rawText(json, {"data", "resultType"});
    const kube::Json& result = kube::at(json, {"data", "result"});
    const bool isMatrix = type == QLatin1String("matrix");
    if (type == QLatin1String("scalar")) {
        const auto point = pointOf(result);
        if (!point)
            return base::failure({.kind = base::ErrorKind::BadAnswer, .reason = QStringLiteral("noPrometheus")});
        answer.series.push_back({{}, {*point}});
        return answer;
    }
    if ((!isMatrix && type != QLatin1String("vector")) || !result.is_array())
        return base::failure({.kind = base::ErrorKind::BadAnswer, .reason = QStringLiteral("noPrometheus")});
    std::size_t points = 0;
    for (const kube::Json& each : kube::elements(result)) {
        Series series = seriesOf(each);
        const auto add = [&](const kube::Json& pair) {
            const auto point = points < MostPoints ? pointOf(pair) : std::nullopt;
            answer.isCut = answer.isCut || points == MostPoints;
            if (point) {
                series.points.push_back(*point);
                ++points;
            }
        };
        if (isMatrix)
            for (const kube::Json& pair : kube::elements(each, {"values"}))
                add(pair);
        else
            add(kube::at(each, {"value"}));
        if (!series.points.empty())
            answer.series.push_back(std::move(series));
    }
    return answer;
}

base::Call<QueryAnswer> query(const kube::Client& client, const ServicePort& where, const QString& expression)
{
    transport::Request request = proxied(where, {QStringLiteral("api"), QStringLiteral("v1"), QStringLiteral("query")});
    request.query.emplace_back(QStringLiteral("query"), expression);
    return ask<QueryAnswer>(client, std::move(request), readQueryAnswer);
}

base::Call<QueryAnswer> queryRange(const kube::Client& client, const ServicePort& where, const QString& expression,
                                   const Range& range)
{
    transport::Request request =
        proxied(where, {QStringLiteral("api"), QStringLiteral("v1"), QStringLiteral("query_range")});
    request.query.emplace_back(QStringLiteral("query"), expression);
    request.query.emplace_back(QStringLiteral("start"), secondsText(range.from));
    request.query.emplace_back(QStringLiteral("end"), secondsText(range.to));
    request.query.emplace_back(QStringLiteral("step"), QString::number(range.step.count()));
    return ask<QueryAnswer>(client, std::move(request), readQueryAnswer);
}

base::Call<QStringList> metricNames(const kube::Client& client, const ServicePort& where, const QStringList& names)
{
    transport::Request request = proxied(where, {QStringLiteral("api"), QStringLiteral("v1"), QStringLiteral("label"),
                                                 QStringLiteral("__name__"), QStringLiteral("values")});
    // Since 2.24; one that is older passes it over and answers with all names.
    request.query.emplace_back(QStringLiteral("match[]"),
                               QStringLiteral("{__name__=~\"%1\"}").arg(names.join(QLatin1Char('|'))));
    return ask<QStringList>(client, std::move(request), [names](const kube::Json& json) -> base::Result<QStringList> {
        QStringList found;
        for (const kube::Json& name : kube::elements(json, {"data"}))
            if (const QString text = kube::rawText(name); names.contains(text))
                found += text;
        return found;
    });
}

} // namespace metrics
