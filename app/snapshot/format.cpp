#include "app/snapshot/format.h"

#include "app/base/visible.h"
#include "app/kube/jsonread.h"

#include <algorithm>
#include <array>

namespace snapshot {
namespace {

using kube::Json;

constexpr std::size_t MostAnswers = 200'000;

std::string text(const QString& from)
{
    return from.toStdString();
}

std::string timeText(const QDateTime& at)
{
    return at.isValid() ? at.toUTC().toString(Qt::ISODateWithMs).toStdString() : std::string();
}

QDateTime timeFrom(const Json& json, const char* key)
{
    return QDateTime::fromString(kube::rawText(json, {key}), Qt::ISODateWithMs).toUTC();
}

QString shown(const Json& json, const char* key)
{
    return base::visible(kube::rawText(json, {key}));
}

QByteArray bytes(const Json& json, const char* key)
{
    return kube::rawText(json, {key}).toUtf8();
}

base::Error malformed(const QString& said = {})
{
    return {
        .kind = base::ErrorKind::BadAnswer, .reason = QStringLiteral("snapshotMalformed"), .said = base::visible(said)};
}

constexpr std::array Kinds{
    base::ErrorKind::Network,     base::ErrorKind::Dns,       base::ErrorKind::Tls,
    base::ErrorKind::Timeout,     base::ErrorKind::Redirect,  base::ErrorKind::Unauthorized,
    base::ErrorKind::Forbidden,   base::ErrorKind::NotFound,  base::ErrorKind::Conflict,
    base::ErrorKind::Gone,        base::ErrorKind::Invalid,   base::ErrorKind::TooManyRequests,
    base::ErrorKind::Server,      base::ErrorKind::BadAnswer, base::ErrorKind::BadConfig,
    base::ErrorKind::Limit,       base::ErrorKind::Canceled,  base::ErrorKind::ReadOnly,
    base::ErrorKind::NotCaptured,
};

Json errorJson(const base::Error& error)
{
    return {{"kind", text(base::idOf(error.kind))},
            {"httpStatus", error.httpStatus},
            {"reason", text(error.reason)},
            {"said", text(error.said)},
            {"asked", text(error.asked)}};
}

base::Error errorFrom(const Json& json)
{
    base::Error error{.kind = base::ErrorKind::NotCaptured,
                      .httpStatus =
                          static_cast<int>(std::clamp<qint64>(kube::number(json, {"httpStatus"}).value_or(0), 0, 599)),
                      .reason = shown(json, "reason"),
                      .said = shown(json, "said"),
                      .asked = shown(json, "asked")};
    const QString kind = kube::rawText(json, {"kind"});
    for (const base::ErrorKind each : Kinds)
        if (base::idOf(each) == kind)
            error.kind = each;
    return error;
}

std::string idOf(Answer::Holds holds)
{
    switch (holds) {
    case Answer::Holds::List:
        return "list";
    case Answer::Holds::Table:
        return "table";
    case Answer::Holds::Body:
        break;
    }
    return "body";
}

Json pairs(const std::vector<std::pair<QString, QString>>& from)
{
    Json to = Json::array();
    for (const auto& [key, value] : from)
        to.push_back({text(key), text(value)});
    return to;
}

Json answerJson(const Answer& answer)
{
    Json headers = Json::array();
    for (const auto& [key, value] : answer.headers)
        headers.push_back({key.toStdString(), value.toStdString()});
    Json json{{"verb", answer.verb.toStdString()}, {"path", answer.path.toStdString()},
              {"query", pairs(answer.query)},      {"accept", answer.accept.toStdString()},
              {"holds", idOf(answer.holds)},       {"status", answer.status},
              {"headers", std::move(headers)},     {"at", timeText(answer.at)},
              {"file", answer.file.toStdString()}, {"bytes", answer.bytes}};
    if (!answer.request.isEmpty())
        json["request"] = answer.request.toStdString();
    if (answer.holds != Answer::Holds::Body) {
        json["items"] = answer.items;
        json["resourceVersion"] = text(answer.resourceVersion);
    }
    if (answer.error)
        json["error"] = errorJson(*answer.error);
    return json;
}

Answer answerFrom(const Json& json)
{
    Answer answer{.verb = bytes(json, "verb"),
                  .path = bytes(json, "path"),
                  .accept = bytes(json, "accept"),
                  .request = bytes(json, "request"),
                  .status = static_cast<int>(std::clamp<qint64>(kube::number(json, {"status"}).value_or(0), 0, 599)),
                  .at = timeFrom(json, "at"),
                  .file = bytes(json, "file"),
                  .bytes = std::max<qint64>(kube::number(json, {"bytes"}).value_or(0), 0),
                  .items = std::max<qint64>(kube::number(json, {"items"}).value_or(0), 0),
                  .resourceVersion = shown(json, "resourceVersion")};
    const QString holds = kube::rawText(json, {"holds"});
    answer.holds = holds == QLatin1String("list")    ? Answer::Holds::List
                   : holds == QLatin1String("table") ? Answer::Holds::Table
                                                     : Answer::Holds::Body;
    for (const Json& each : kube::elements(json, {"query"}))
        if (each.is_array() && each.size() == 2)
            answer.query.emplace_back(kube::rawText(each[0]), kube::rawText(each[1]));
    for (const Json& each : kube::elements(json, {"headers"}))
        if (each.is_array() && each.size() == 2)
            answer.headers.emplace_back(kube::rawText(each[0]).toUtf8(), kube::rawText(each[1]).toUtf8());
    if (const Json& error = kube::at(json, {"error"}); error.is_object())
        answer.error = errorFrom(error);
    return answer;
}

Json texts(const QStringList& from)
{
    Json to = Json::array();
    for (const QString& each : from)
        to.push_back(text(each));
    return to;
}

QStringList textsFrom(const Json& json, const char* key)
{
    QStringList to;
    for (const Json& each : kube::elements(json, {key}))
        to += base::visible(kube::rawText(each));
    return to;
}

Json capturedJson(const Captured& captured)
{
    const kube::ApiResource& kind = captured.kind;
    return {{"group", text(kind.group)},
            {"version", text(kind.version)},
            {"resource", text(kind.resource)},
            {"kind", text(kind.kind)},
            {"namespaced", kind.namespaced},
            {"verbs", texts(kind.verbs)},
            {"namespace", text(captured.nameSpace)},
            {"list", captured.list < 0 ? Json() : Json(captured.list)},
            {"table", captured.table < 0 ? Json() : Json(captured.table)}};
}

} // namespace

Json toJson(const Manifest& manifest)
{
    Json redacted = Json::array();
    for (const Redacted& each : manifest.redacted)
        redacted.push_back({{"path", text(each.path)}, {"count", each.count}});
    Json skipped = Json::array();
    for (const Skipped& each : manifest.skipped)
        skipped.push_back({{"path", text(each.path)}, {"state", text(each.state)}, {"error", errorJson(each.error)}});
    return {{"format", "alidade-snapshot"},
            {"version", manifest.version},
            {"program", text(manifest.program)},
            {"from", timeText(manifest.from)},
            {"until", timeText(manifest.until)},
            {"cluster",
             {{"context", text(manifest.context)},
              {"server", text(manifest.server)},
              {"uid", text(manifest.uid)},
              {"version", text(manifest.gitVersion)},
              {"namespace", text(manifest.nameSpace)},
              {"user", text(manifest.user)}}},
            {"isRedacted", manifest.isRedacted},
            {"addressesRedacted", manifest.addressesRedacted},
            {"requests", manifest.requests},
            {"bytes", manifest.bytes},
            {"redacted", std::move(redacted)},
            {"skipped", std::move(skipped)}};
}

base::Result<Manifest> manifestFrom(const Json& json)
{
    if (kube::rawText(json, {"format"}) != QLatin1String("alidade-snapshot"))
        return base::failure({.kind = base::ErrorKind::BadAnswer, .reason = QStringLiteral("notASnapshot")});
    const auto version = kube::number(json, {"version"});
    if (!version || *version < 1)
        return base::failure(malformed(QStringLiteral("version")));
    if (*version > FormatVersion)
        return base::failure({.kind = base::ErrorKind::BadAnswer,
                              .reason = QStringLiteral("snapshotVersion"),
                              .said = QString::number(*version)});
    const Json& cluster = kube::at(json, {"cluster"});
    Manifest manifest{.version = static_cast<int>(*version),
                      .program = shown(json, "program"),
                      .from = timeFrom(json, "from"),
                      .until = timeFrom(json, "until"),
                      .context = shown(cluster, "context"),
                      .server = shown(cluster, "server"),
                      .uid = shown(cluster, "uid"),
                      .gitVersion = shown(cluster, "version"),
                      .nameSpace = shown(cluster, "namespace"),
                      .user = shown(cluster, "user"),
                      .isRedacted = kube::flag(json, {"isRedacted"}),
                      .addressesRedacted = kube::flag(json, {"addressesRedacted"}),
                      .requests = kube::number(json, {"requests"}).value_or(0),
                      .bytes = kube::number(json, {"bytes"}).value_or(0)};
    if (!manifest.from.isValid() || !manifest.until.isValid())
        return base::failure(malformed(QStringLiteral("from")));
    for (const Json& each : kube::elements(json, {"redacted"}))
        manifest.redacted.push_back({shown(each, "path"), kube::number(each, {"count"}).value_or(0)});
    for (const Json& each : kube::elements(json, {"skipped"}))
        manifest.skipped.push_back({shown(each, "path"), shown(each, "state"), errorFrom(kube::at(each, {"error"}))});
    return manifest;
}

Json toJson(const Index& index)
{
    Json answers = Json::array();
    for (const Answer& each : index.answers)
        answers.push_back(answerJson(each));
    Json captured = Json::array();
    for (const Captured& each : index.captured)
        captured.push_back(capturedJson(each));
    Json stale = Json::array();
    for (const kube::StaleGroup& each : index.stale)
        stale.push_back({{"group", text(each.group)}, {"version", text(each.version)}, {"said", text(each.said)}});
    return {{"answers", std::move(answers)}, {"kinds", std::move(captured)}, {"stale", std::move(stale)}};
}

base::Result<Index> indexFrom(const Json& json)
{
    const Json& answers = kube::at(json, {"answers"});
    const Json& kinds = kube::at(json, {"kinds"});
    if (!answers.is_array() || !kinds.is_array() || answers.size() > MostAnswers || kinds.size() > MostAnswers ||
        !std::ranges::all_of(answers, &Json::is_object) || !std::ranges::all_of(kinds, &Json::is_object))
        return base::failure(malformed(QStringLiteral("index")));
    Index index;
    for (const Json& each : kube::elements(json, {"answers"}))
        index.answers.push_back(answerFrom(each));
    const auto placeOf = [&](const Json& entry, const char* key) {
        const auto number = kube::number(entry, {key});
        return number && *number >= 0 && *number < static_cast<qint64>(index.answers.size()) ? static_cast<int>(*number)
                                                                                             : -1;
    };
    for (const Json& each : kube::elements(json, {"kinds"})) {
        Captured captured{.kind = {.group = shown(each, "group"),
                                   .version = shown(each, "version"),
                                   .resource = shown(each, "resource"),
                                   .kind = shown(each, "kind"),
                                   .verbs = textsFrom(each, "verbs"),
                                   .namespaced = kube::flag(each, {"namespaced"})},
                          .nameSpace = shown(each, "namespace"),
                          .list = placeOf(each, "list"),
                          .table = placeOf(each, "table")};
        if (captured.list < 0 || captured.kind.resource.isEmpty() || captured.kind.version.isEmpty())
            return base::failure(malformed(captured.kind.key()));
        index.captured.push_back(std::move(captured));
    }
    for (const Json& each : kube::elements(json, {"stale"}))
        index.stale.push_back({shown(each, "group"), shown(each, "version"), shown(each, "said")});
    return index;
}

} // namespace snapshot
