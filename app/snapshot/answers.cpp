#include "app/kube/jsonread.h"
#include "app/kube/selectors.h"
#include "app/kube/tenantlists.h"
#include "app/snapshot/target.h"

#include <algorithm>
#include <limits>

namespace snapshot {
namespace {

using kube::Json;
using transport::Reply;
using transport::Request;

enum class Form { Object, Table, Metadata };

QString queryOf(const Request& request, const char* name)
{
    for (const auto& [key, value] : request.query)
        if (key == QLatin1String(name))
            return value;
    return {};
}

/// What the server would choose of what is accepted; a Table only where one was captured.
Form formOf(const Request& request, bool hasTable)
{
    for (const QByteArray& each : acceptOf(request).split(',')) {
        if (each.contains("as=Table") && hasTable)
            return Form::Table;
        if (each.contains("as=PartialObjectMetadata"))
            return Form::Metadata;
        if (!each.contains("as="))
            return Form::Object;
    }
    return Form::Object;
}

std::string quoted(const QString& text)
{
    return Json(text.toStdString()).dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Go's way to write a group and resource: "deployments.apps".
QString qualified(const kube::ApiResource& kind)
{
    return kind.key();
}

Reply status(int code, const char* reason, const QString& message, Json details = Json::object())
{
    const Json body{{"kind", "Status"},
                    {"apiVersion", "v1"},
                    {"metadata", Json::object()},
                    {"status", "Failure"},
                    {"message", message.toStdString()},
                    {"reason", reason},
                    {"details", std::move(details)},
                    {"code", code}};
    return {{code, {{"Content-Type", "application/json"}}}, kube::toBytes(body)};
}

Reply notFound(const kube::ApiResource& kind, const QString& name)
{
    Json details{{"name", name.toStdString()}};
    if (!kind.group.isEmpty())
        details["group"] = kind.group.toStdString();
    details["kind"] = kind.resource.toStdString();
    return status(404, "NotFound", QStringLiteral("%1 \"%2\" not found").arg(qualified(kind), name), details);
}

Json parsed(QByteArrayView text)
{
    auto json = kube::parseJson(QByteArray::fromRawData(text.data(), text.size()));
    return json ? std::move(*json) : Json();
}

/// {"kind":…,"apiVersion":…} of the kind before what the item itself has, as a single object is served.
QByteArray withKind(QByteArrayView item, const kube::ApiResource& kind)
{
    const Json json = parsed(item);
    Json whole{{"kind", kind.kind.toStdString()}, {"apiVersion", kind.apiVersion().toStdString()}};
    if (json.contains("kind") && json.contains("apiVersion"))
        return item.toByteArray();
    for (const auto& [key, value] : json.items())
        if (key != "kind" && key != "apiVersion")
            whole[key] = value;
    return kube::toBytes(whole);
}

QByteArray metadataOnly(QByteArrayView item)
{
    const Json json = parsed(item);
    return kube::toBytes(Json{{"kind", "PartialObjectMetadata"},
                              {"apiVersion", "meta.k8s.io/v1"},
                              {"metadata", kube::at(json, {"metadata"})}});
}

/// The text of a field as a selector sees it.
QString fieldOf(const Json& object, const QString& field)
{
    const Json* at = &object;
    // An event's source is its component (pkg/apis/core/v1/conversion.go).
    const QString path = field == QLatin1String("source") ? QStringLiteral("source.component") : field;
    for (const QString& part : path.split(QLatin1Char('.'))) {
        if (!at->is_object())
            return {};
        const auto found = at->find(part.toStdString());
        if (found == at->end())
            return part == QLatin1String("unschedulable") || part == QLatin1String("hostNetwork")
                       ? QStringLiteral("false")
                       : QString();
        at = &*found;
    }
    if (at->is_string())
        return kube::rawText(*at);
    return at->is_null() || at->is_structured() ? QString() : QString::fromStdString(at->dump());
}

QString continueMark(const QString& version, std::size_t next)
{
    return QString::fromLatin1(QByteArray("{\"rv\":" + QByteArray::fromStdString(quoted(version)) +
                                          ",\"next\":" + QByteArray::number(next) + '}')
                                   .toBase64(QByteArray::Base64UrlEncoding));
}

std::optional<std::size_t> nextOf(const QString& mark)
{
    const auto json = kube::parseJson(QByteArray::fromBase64(mark.toLatin1(), QByteArray::Base64UrlEncoding));
    const auto next = json ? kube::number(*json, {"next"}) : std::nullopt;
    return next && *next >= 0 ? std::optional(static_cast<std::size_t>(*next)) : std::nullopt;
}

/// Which items of a list are wanted, in its order.
class Wanted {
public:
    static base::Result<Wanted> of(const QString& nameSpace, const Request& request)
    {
        Wanted wanted;
        wanted.m_nameSpace = nameSpace.toUtf8();
        auto labels = kube::LabelSelector::parse(queryOf(request, "labelSelector"));
        auto fields = kube::FieldSelector::parse(queryOf(request, "fieldSelector"));
        if (!labels || !fields)
            return base::failure(labels ? fields.error() : labels.error());
        wanted.m_labels = std::move(*labels);
        wanted.m_fields = std::move(*fields);
        return wanted;
    }
    bool selects() const { return !m_labels.isEmpty() || !m_fields.isEmpty(); }
    bool holds(const Listed::Item& item, const std::function<QByteArrayView(const Listed::Item&)>& object) const
    {
        if (!m_nameSpace.isEmpty() && item.nameSpace != m_nameSpace)
            return false;
        if (!selects())
            return true;
        const Json json = parsed(object(item));
        const Json& labels = kube::at(json, {"metadata", "labels"});
        return m_labels.matches([&](const QString& key) -> std::optional<QString> {
            const auto found = labels.is_object() ? labels.find(key.toStdString()) : labels.end();
            return labels.is_object() && found != labels.end() ? std::optional(kube::rawText(*found)) : std::nullopt;
        }) && m_fields.matches([&](const QString& field) { return fieldOf(json, field); });
    }

private:
    QByteArray m_nameSpace;
    kube::LabelSelector m_labels;
    kube::FieldSelector m_fields;
};

std::vector<transport::Header> headersFrom(const Answer& answer)
{
    std::vector<transport::Header> headers;
    for (const auto& [name, value] : headersOf(answer))
        if (name.compare("Date", Qt::CaseInsensitive) == 0 || name.compare("Warning", Qt::CaseInsensitive) == 0)
            headers.emplace_back(name, value);
    headers.emplace_back("Content-Type", "application/json");
    return headers;
}

base::Error tooLong(const Request& request)
{
    return {.kind = base::ErrorKind::Limit,
            .reason = QStringLiteral("bodyTooLong"),
            .asked = QString::fromLatin1(request.verb + ' ' + request.target())};
}

} // namespace

/// A list that was made from another question holds no more than what is in it.
base::Result<bool> Snapshot::holdsAnswer(const Captured& of, const Target& target, const Request& request) const
{
    if (!kube::isListedByTenant(of.kind))
        return true;
    return listed(of.list, Listed::Of::Items).transform([&](const auto& list) {
        return target.name.isEmpty() ? !list->items().empty() && queryOf(request, "fieldSelector").isEmpty()
                                     : list->find(target.nameSpace.toUtf8(), target.name.toUtf8()) != nullptr;
    });
}

base::Result<Reply> Snapshot::answerObject(const Target& target, const Captured& of, const Request& request) const
{
    const Answer& from = m_index.answers[static_cast<std::size_t>(of.list)];
    const auto list = listed(of.list, Listed::Of::Items);
    if (!list)
        return base::failure(list.error());
    const Listed::Item* item = (*list)->find(target.nameSpace.toUtf8(), target.name.toUtf8());
    if (!item)
        return notFound(of.kind, target.name);
    Reply reply{{200, headersFrom(from)}, {}};
    switch (formOf(request, of.table >= 0)) {
    case Form::Metadata:
        reply.body = metadataOnly((*list)->text(*item));
        break;
    case Form::Table: {
        const auto table = listed(of.table, Listed::Of::Rows);
        if (!table)
            return base::failure(table.error());
        const Listed::Item* row = (*table)->find(target.nameSpace.toUtf8(), target.name.toUtf8());
        Json whole = parsed((*table)->rest());
        whole["rows"] = row ? Json::array({parsed((*table)->text(*row))}) : Json::array();
        reply.body = kube::toBytes(whole);
        break;
    }
    case Form::Object:
        reply.body = withKind((*list)->text(*item), of.kind);
        break;
    }
    return reply;
}

base::Result<void> Snapshot::answerList(const Target& target, const Captured& of, const Request& request,
                                        AnswerSink& sink) const
{
    const auto wanted = Wanted::of(target.nameSpace, request);
    if (!wanted)
        return give(
            status(400, "BadRequest", QStringLiteral("unable to parse requirement: %1").arg(wanted.error().said)),
            sink);
    const auto list = listed(of.list, Listed::Of::Items);
    if (!list)
        return base::failure(list.error());
    const Form form = formOf(request, of.table >= 0);
    auto shown = form == Form::Table ? listed(of.table, Listed::Of::Rows) : list;
    if (!shown)
        return base::failure(shown.error());
    const Answer& from = m_index.answers[static_cast<std::size_t>(form == Form::Table ? of.table : of.list)];
    // A row holds its object's metadata only: selectors look at the object itself.
    const auto object = [&](const Listed::Item& item) -> QByteArrayView {
        if (form != Form::Table)
            return (*list)->text(item);
        const Listed::Item* whole = (*list)->find(item.nameSpace, item.name);
        return whole ? (*list)->text(*whole) : QByteArrayView("{}");
    };
    const auto asked = queryOf(request, "limit").toULongLong();
    const std::size_t limit = asked > 0 ? asked : std::numeric_limits<std::size_t>::max();
    std::size_t next = 0;
    if (const QString mark = queryOf(request, "continue"); !mark.isEmpty()) {
        const auto begin = nextOf(mark);
        if (!begin || *begin > (*shown)->items().size())
            return give(status(400, "BadRequest", QStringLiteral("continue key is not valid")), sink);
        next = *begin;
    }
    std::vector<const Listed::Item*> chosen;
    const auto& all = (*shown)->items();
    for (; next < all.size() && chosen.size() < limit; ++next)
        if (wanted->holds(all[next], object))
            chosen.push_back(&all[next]);
    qint64 remaining = 0;
    // With a selector a server does not count, so one more is enough to know.
    for (std::size_t i = next; i < all.size() && (remaining == 0 || !wanted->selects()); ++i)
        remaining += wanted->holds(all[i], object) ? 1 : 0;
    Json whole = parsed((*shown)->rest());
    if (!kube::at(whole, {"metadata"}).is_object()) // who wrote the file may have written anything
        whole["metadata"] = Json::object();
    const char* member = form == Form::Table ? "rows" : "items";
    if (form == Form::Metadata) {
        whole["kind"] = "PartialObjectMetadataList";
        whole["apiVersion"] = "meta.k8s.io/v1";
    }
    if (remaining > 0) {
        whole["metadata"]["continue"] = continueMark(from.resourceVersion, next).toStdString();
        if (!wanted->selects())
            whole["metadata"]["remainingItemCount"] = remaining;
    }
    whole.erase(member);
    QByteArray begin = kube::toBytes(whole);
    begin.chop(1);
    begin += (whole.empty() ? "\"" : ",\"") + QByteArray(member) + "\":[";
    sink.head({200, headersFrom(from)});
    qint64 length = begin.size();
    auto taken = sink.body(begin);
    for (std::size_t i = 0; taken && i < chosen.size(); ++i) {
        const QByteArrayView text = (*shown)->text(*chosen[i]);
        const QByteArray metadata = form == Form::Metadata ? metadataOnly(text) : QByteArray();
        const QByteArrayView item = form == Form::Metadata ? QByteArrayView(metadata) : text;
        length += item.size() + 1;
        if (length > request.mostBytes)
            return base::failure(tooLong(request));
        if (i > 0)
            taken = sink.body(",");
        if (taken)
            taken = sink.body(item);
    }
    return taken ? sink.body("]}") : taken;
}

base::Result<Reply> Snapshot::answerLog(const Target& target, const Request& request) const
{
    const QString container = queryOf(request, "container");
    const bool previous = queryOf(request, "previous") == QLatin1String("true");
    const auto isOf = [&](const Answer& each) {
        if (each.holds != Answer::Holds::Body || each.path != request.path)
            return false;
        const Request then{.path = each.path, .query = each.query};
        return (container.isEmpty() || queryOf(then, "container") == container) &&
               (queryOf(then, "previous") == QLatin1String("true")) == previous;
    };
    const auto found = std::ranges::find_if(m_index.answers, isOf);
    if (found == m_index.answers.end()) {
        const auto unknown =
            captured({.version = target.version, .nameSpace = target.nameSpace, .resource = target.resource});
        if (unknown && m_index.answers[static_cast<std::size_t>(unknown->list)].isOk())
            if (const auto list = listed(unknown->list, Listed::Of::Items);
                list && !(*list)->find(target.nameSpace.toUtf8(), target.name.toUtf8()))
                return notFound(unknown->kind, target.name);
        return base::failure(lacks(request));
    }
    auto reply = replay(*found, request);
    if (!reply || reply->head.status != 200)
        return reply;
    QList<QByteArray> lines = reply->body.split('\n');
    if (lines.constLast().isEmpty())
        lines.removeLast();
    if (const auto tail = queryOf(request, "tailLines").toLongLong(); tail > 0 && lines.size() > tail)
        lines = lines.mid(lines.size() - tail);
    const bool wantsTimes = queryOf(request, "timestamps") == QLatin1String("true");
    const bool hasTimes = queryOf({.query = found->query}, "timestamps") == QLatin1String("true");
    if (hasTimes && !wantsTimes)
        for (QByteArray& line : lines)
            line = line.mid(line.indexOf(' ') + 1);
    reply->body = lines.join('\n') + (lines.isEmpty() ? "" : "\n");
    return reply;
}

base::Result<Reply> Snapshot::answerReview(const Request& request) const
{
    // By the person's rules as the server told them (SelfSubjectRulesReview), in that namespace or, for a question
    // about all of them, nowhere: those rules are of one namespace.
    const auto review = kube::parseJson(request.body);
    if (!review)
        return base::failure(review.error());
    const Json& about = kube::at(*review, {"spec", "resourceAttributes"});
    const QString nameSpace = kube::rawText(about, {"namespace"});
    const QString resource =
        kube::rawText(about, {"resource"}) + (kube::rawText(about, {"subresource"}).isEmpty()
                                                  ? QString()
                                                  : QLatin1Char('/') + kube::rawText(about, {"subresource"}));
    const auto has = [](const Json& rule, const char* key, const QString& value) {
        return std::ranges::any_of(kube::elements(rule, {key}), [&](const Json& each) {
            const QString text = kube::rawText(each);
            return text == QLatin1String("*") || text == value ||
                   (text.startsWith(QLatin1String("*/")) && value.endsWith(text.mid(1))); // "*/scale"
        });
    };
    for (const Answer& each : m_index.answers) {
        if (each.verb != "POST" || !each.path.contains("/selfsubjectrulesreviews") || !each.isOk())
            continue;
        const auto asked = kube::parseJson(each.request);
        if (!asked || kube::rawText(*asked, {"spec", "namespace"}) != nameSpace)
            continue;
        const auto rules = replay(each, request);
        const auto json = rules ? kube::parseJson(rules->body) : base::failure(rules.error());
        if (!json)
            break;
        for (const Json& rule : kube::elements(*json, {"status", "resourceRules"})) {
            const bool isNamed = kube::elements(rule, {"resourceNames"}).empty() ||
                                 has(rule, "resourceNames", kube::rawText(about, {"name"}));
            if (isNamed && has(rule, "verbs", kube::rawText(about, {"verb"})) &&
                has(rule, "apiGroups", kube::rawText(about, {"group"})) && has(rule, "resources", resource)) {
                Json answer = *review;
                answer["status"] = {{"allowed", true}};
                return Reply{{201, {{"Content-Type", "application/json"}}}, kube::toBytes(answer)};
            }
        }
        if (kube::flag(*json, {"status", "incomplete"}))
            break;
        Json answer = *review;
        answer["status"] = {{"allowed", false}};
        return Reply{{201, {{"Content-Type", "application/json"}}}, kube::toBytes(answer)};
    }
    return base::failure(lacks(request));
}

} // namespace snapshot
